"""Which pieces of evidence a draft stands on, and why these: fit to the payer, then strength."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from copilot.drafting.evidence import Evidence
from copilot.drafting.facts import Facts
from copilot.drafting.pieces.piece import Piece
from copilot.drafting.purposes import purposes

# How much each kind of reason weighs with a payer of a line of business, and what it is to it.
FITS = {
    "commercial": {
        "rates": "1", "access": "0.95", "emergency": "1", "administration": "0.75",
        "quality": "0.85", "cost": "0.9", "network": "0.6",
    },
    "medicare_advantage": {
        "rates": "0.9", "access": "0.85", "emergency": "0.95", "administration": "0.7",
        "quality": "1", "cost": "0.9", "network": "0.6",
    },
    "medicaid": {
        "rates": "0.9", "access": "1", "emergency": "1", "administration": "0.7",
        "quality": "0.9", "cost": "0.8", "network": "0.7",
    },
}  # fmt: skip
PAINS = {
    "rates": "the reason for the ask itself",
    "access": "every plan must show that members are seen in time",
    "emergency": "emergency and hospital care is what a plan pays most for",
    "administration": "refused lines cost its staff too",
    "quality": "plans are rated on it and report it",
    "cost": "it lowers what the plan spends",
    "network": "these members would need another doctor",
}
# How much a lead on a measure weighs with a line of business; the rest by its own weight.
# Medicare's star ratings count screenings and control of chronic disease; Medicaid's core set
# counts depression screening.
MEASURES = {
    "commercial": {"CMS165": "1.2", "CMS130": "1.15", "CMS125": "1.05", "CMS2": "0.75"},
    "medicare_advantage": {
        "CMS130": "1.2", "CMS125": "1.2", "CMS165": "1.25", "CMS122": "1.1", "CMS2": "0.6",
        "CMS138": "0.7",
    },
    "medicaid": {"CMS2": "1.15", "CMS122": "1.1", "CMS165": "1.05", "CMS138": "0.9"},
}  # fmt: skip
REMINDERS = ("follow_up",)
FLOOR = Decimal("0.25")
WANTED = Decimal(2)


def score(piece: Piece, line: str | None, facts: Facts) -> Decimal:
    """Strength times fit; a piece the user asked for goes first."""
    business = line if line in FITS else "commercial"
    fit = Decimal(FITS[business][piece.pain])
    fit *= Decimal(MEASURES[business].get(piece.id.partition(":")[2], "1"))
    if facts.purpose in purposes():
        fit *= Decimal(purposes()[facts.purpose].leans.get(piece.pain, "1"))
    asked = is_wanted(piece, facts)
    return piece.strength * fit + (WANTED if asked else 0)


def is_wanted(piece: Piece, facts: Facts) -> bool:
    """Whether the user asked for this piece by one of its words."""
    return any(word in piece.topics or word == piece.id for word in facts.wanted)


def is_dropped(piece: Piece, facts: Facts) -> bool:
    """Whether the user took this piece, or all of its kind, out."""
    return bool({piece.id, piece.id.partition(":")[0]} & set(facts.dropped))


def is_first(piece: Piece, facts: Facts) -> bool:
    """Whether the user wants this piece, or one of its kind, to come first."""
    return bool(facts.first) and facts.first in (piece.id, piece.id.partition(":")[0])


def droppable(evidence: Evidence) -> set[str]:
    """The ids and kinds of the pieces there are; each one dropped leaves one place empty."""
    return {name for p in evidence.pieces for name in (p.id, p.id.partition(":")[0])}


def chosen(
    evidence: Evidence,
    facts: Facts,
    line: str | None,
    number: int,
    pains: Sequence[str] = (),
) -> tuple[Piece, ...]:
    """At most `number` pieces: what was chosen before stays, the rest by score.

    One piece gives the reason in the rates and one what the payer gains, where there are
    both; a second measure of quality comes only where it was asked for. What was taken out
    is not replaced, unless it was swapped. The piece the user wants first stands first.
    pains: only pieces of these kinds. A reminder stands on what the request did not say yet,
    the next one on another piece again.
    """
    ranked = sorted(
        (
            p
            for p in evidence.pieces
            if not is_dropped(p, facts)
            and p.strength >= FLOOR
            and (not pains or p.pain in pains or is_wanted(p, facts))
        ),
        key=lambda p: (-score(p, line, facts), p.id),
    )
    if facts.purpose in REMINDERS and not facts.chosen:
        wanted = [p for p in ranked if is_wanted(p, facts)]
        fresh = [p for p in _fresh(ranked, facts) if p not in wanted]
        return tuple([*wanted, *fresh][: max(number, len(wanted))])
    wanted = [p for p in ranked if is_wanted(p, facts)]
    kept = [p for p in ranked if p.id in facts.chosen and p not in wanted]
    reason = [p for p in kept if p.pain == "rates"][:1]
    number -= len((set(facts.dropped) - set(facts.swapped)) & droppable(evidence))
    number = max(number, len(wanted) + len(reason) if wanted else 0)
    rest = [p for p in ranked if p not in wanted and p not in kept]
    firsts = [next((p for p in rest if (p.pain == "rates") == rates), None)
              for rates in (True, False)]  # fmt: skip
    order = [*reason, *wanted, *(p for p in kept if p not in reason)]
    for first, rates in zip(firsts, (True, False), strict=True):
        if first and not any((p.pain == "rates") == rates for p in order):
            order.append(first)
    order += [p for p in rest if p not in order]
    return tuple(sorted(_varied(order, facts, number), key=lambda p: not is_first(p, facts)))


def _fresh(ranked: Sequence[Piece], facts: Facts) -> list[Piece]:
    """The pieces the request did not use, one kind after the other, a later one each time.

    What is told of this payer's own members goes before results of the whole practice; from
    the third letter on the rates come back before those.
    """
    own = [p for p in ranked if p.values.get("whose") != "our patients"]
    whole = [p for p in ranked if p not in own]
    new = [p for p in own if p.id not in facts.used and not (facts.used and p.pain == "rates")]
    by_kind = {p.pain: p for p in reversed(new)}
    firsts = [p for p in new if by_kind[p.pain] is p]
    rest = [p for p in new if p not in firsts]
    turn = (facts.stage - 1) % max(1, len(firsts))
    used = [p for p in own if p not in new]
    back, left = (used, []) if facts.stage > 2 else ([], used)
    fresh = [p for p in whole if p.id not in facts.used]
    ends = [*fresh, *left, *(p for p in whole if p not in fresh)]
    return [*firsts[turn:], *firsts[:turn], *rest, *back, *ends]


def _varied(order: Sequence[Piece], facts: Facts, number: int) -> list[Piece]:
    made: list[Piece] = []
    for piece in order:
        alike = sum(other.pain == piece.pain for other in made)
        most = 2 if piece.pain == "rates" or number > 3 else 1
        if len(made) < number and (alike < most or is_wanted(piece, facts)):
            made.append(piece)
    return made


def as_plan(pieces: Sequence[Piece]) -> tuple[dict[str, Any], ...]:
    """The pieces as the user sees them: what, why, and the ids of figures and citations."""
    return tuple(
        {
            "id": piece.id,
            "what": piece.what,
            "why": f"{piece.because}; {PAINS[piece.pain]}",
            "strength": float(piece.strength),
            "figures": list(dict.fromkeys(figure.id for figure in piece.figures())),
            "citations": [citation.id for citation in piece.citations],
        }
        for piece in pieces
    )
