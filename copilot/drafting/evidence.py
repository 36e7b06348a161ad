"""All that speaks for the practice toward one payer, each with its figures and its strength.

Only this payer's claims, reports and contract are read. What is missing is named, with the
file that would give it; nothing is filled in.
"""

from __future__ import annotations

from dataclasses import dataclass

from copilot.drafting.facts import Facts
from copilot.drafting.looked_up import LookedUp
from copilot.drafting.pieces.access import access
from copilot.drafting.pieces.denials import denials
from copilot.drafting.pieces.piece import Piece
from copilot.drafting.pieces.quality import quality
from copilot.drafting.pieces.rates import age, rate_gap, together
from copilot.drafting.pieces.standing import with_notice
from copilot.drafting.pieces.utilization import utilization
from copilot.drafting.pieces.volume import volume
from knowledge.problems import BadInput, NotKnown
from tools.papers.standing_paper import Paper, paper_of
from tools.period import Period, period_of
from tools.practice import Practice


@dataclass(frozen=True)
class Evidence:
    """The pieces found, strongest first; the payer's paper; the period; what is missing."""

    pieces: tuple[Piece, ...]
    volume: Piece | None
    paper: Paper
    span: Period | None
    missing: tuple[str, ...]

    def piece(self, key: str) -> Piece | None:
        """One piece by its id, the volume among them."""
        every = [*self.pieces, *([self.volume] if self.volume else [])]
        return next((piece for piece in every if piece.id == key), None)


def gather(looked: LookedUp, facts: Facts) -> Evidence:
    """Every piece of evidence the practice's data give for this payer."""
    practice, payer = looked.desk.practice, facts.payer
    paper = with_notice(looked, paper_of(practice, payer), payer)
    span = span_of(practice)
    found: list[Piece | None] = [
        *_rates(looked, facts, paper),
        access(practice, payer, span),
        *quality(practice, payer),
        *utilization(practice, payer),
    ]
    seen = None
    if span is not None:
        seen = volume(practice, payer, span)
        found.append(denials(practice, payer, span))
    held = sorted((piece for piece in found if piece), key=lambda p: (-p.strength, p.id))
    return Evidence(tuple(held), seen, paper, span, tuple(_missing(practice, payer, seen, paper)))


def _rates(looked: LookedUp, facts: Facts, paper: Paper) -> list[Piece]:
    """The rates against Medicare and their age, as one piece where both are known."""
    gap = rate_gap(looked, facts)
    aged = age(looked, facts.payer, paper)
    if gap and aged and aged.id not in facts.dropped and gap.id not in facts.dropped:
        return [together(gap, aged)]
    return [piece for piece in (gap, aged) if piece]


def span_of(practice: Practice) -> Period | None:
    """The default period of the claims; None without claims."""
    try:
        return period_of(None, practice)
    except (NotKnown, BadInput):
        return None


def _missing(practice: Practice, payer: str, seen: Piece | None, paper: Paper) -> list[str]:
    short = practice.payers.short_name(payer)
    wanted = []
    if seen is None:
        wanted.append(f"{short}'s claims or 835 files: percent of Medicare, worth and visits")
    if not paper.documents:
        wanted.append(f"the {short} contract: the clause to stand on and the age of the rates")
    if not practice.tables.has("access"):
        wanted.append("opening hours by weekday: evening and weekend access")
    if not practice.tables.has("quality"):
        wanted.append("a quality report with numerators and denominators")
    if not practice.tables.has("utilization"):
        wanted.append(f"{short}'s utilization report: emergency visits against its comparison")
    return wanted
