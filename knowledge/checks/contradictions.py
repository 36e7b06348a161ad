"""Sections of one paper that state the same term differently, for the same line of business."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from knowledge.checks.slip import Slip
from knowledge.terms.names import TERM_NAMES
from knowledge.terms.readers import reader_of
from knowledge.terms.reading import Candidate, Paper, quoted
from knowledge.terms.term import SURE_FROM, Term
from knowledge.terms.words import TERM_WORDS

AS_SURE = 0.1  # how much less sure the second statement may be


def contradictions(paper: Paper) -> Iterator[Slip]:
    """One finding a term and line of business that two sections state differently.

    Both statements must be sure enough to be read alone and nearly as sure as each other.
    """
    for name in TERM_NAMES:
        reader = reader_of(name)
        groups: dict[tuple[str | None, str | None], list[Candidate]] = {}
        for each in reader.candidates(paper):
            party = each.party if reader.apart else None
            groups.setdefault((each.statement.scope, party), []).append(each)
        for found in groups.values():
            pair = _at_odds(found)
            if pair:
                yield _slip(name, paper, *pair)


def _at_odds(found: list[Candidate]) -> tuple[Candidate, Candidate] | None:
    sure = sorted(
        (c for c in found if c.score >= SURE_FROM and c.value is not None),
        key=lambda c: (-c.score, c.statement.start),
    )
    if not sure:
        return None
    first = sure[0]
    for other in sure[1:]:
        if (
            other.value != first.value
            and other.score >= first.score - AS_SURE
            and other.statement.section != first.statement.section
            and isinstance(other.value, Decimal) == isinstance(first.value, Decimal)
        ):
            return first, other
    return None


def _slip(name: str, paper: Paper, one: Candidate, other: Candidate) -> Slip:
    label = TERM_WORDS[name].label
    first, second = sorted((one, other), key=lambda c: c.statement.start)
    return Slip(
        "contradiction",
        "fail",
        "high",
        f"{label[0].lower()}{label[1:]}",
        f"{_where(first)} says {_shown(name, first)}, {_where(second)} says {_shown(name, second)}",
        "have one of them struck, the one that serves you less",
        quoted(paper.document, first.statement, first.at),
        (quoted(paper.document, second.statement, second.at),),
    )


def _where(candidate: Candidate) -> str:
    return candidate.statement.section or "one place"


def _shown(name: str, candidate: Candidate) -> str:
    return Term(name, candidate.value, candidate.unit, None, True, candidate.score, None).shown
