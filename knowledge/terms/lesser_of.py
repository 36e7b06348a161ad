"""Whether the practice is paid the lesser of its charge and the schedule."""

from __future__ import annotations

from collections.abc import Iterator

from knowledge.terms.language.patterns import says
from knowledge.terms.reading import Candidate, Paper, Reader

_LESSER = (
    r"(?:lesser|lower|smaller|least|lowest) (?:of|amount)|whichever (?:is|sum is"
    r"|amount is) (?:the )?(?:less|lower|lesser|smaller)"
)
_CHARGE = (
    r"charge|billed|bills?\b|(?:provider|practice)'s (?:usual|own|normal) (?:fee|price)|asks for"
)
_CEILING = (
    r"(?:not|never|in no event|no more than){~~}(?:exceed|more than|greater than"
    r"|above){~}(?:billed|"
    r"actual|usual|provider's)? ?(?:billed |usual |actual )?(?:charges?|amount billed)"
)
_OTHER = (
    r"coordination|primary|secondary|other (?:coverage|insurance|payer|payor)"
    r"|another (?:insurer|plan|payer)"
    r"|damages|liabil|insurance limits|copying"
)
_NOT = (
    r"without regard to (?:billed )?charges|(?:not|no) (?:be )?(?:apply"
    r"|subject to)?{~}lesser|no lesser"
)


def candidates(paper: Paper) -> Iterator[Candidate]:
    """Lesser-of clauses and ceilings at charges."""
    for statement in paper.about(rf"{_LESSER}|exceed|more than|lesser|without regard to"):
        text = statement.full
        about_money = says(_CHARGE, text)
        if says(_NOT, text) and about_money:
            yield Candidate(statement, "excluded", "", 0.85)
        elif says(_LESSER, text) and about_money and not says(_OTHER, text):
            yield Candidate(statement, "lesser of billed charges and the schedule", "", 0.9)
        elif says(_CEILING, text) and says(r"pa(?:y|id)|reimburs", text) and not says(_OTHER, text):
            yield Candidate(statement, "lesser of billed charges and the schedule", "", 0.75)
        elif says(_LESSER, text) and says(_CHARGE, statement.before) and not says(_OTHER, text):
            yield Candidate(statement, "lesser of billed charges and the schedule", "", 0.7)


READER = Reader("lesser_of", "the sections and exhibits on compensation", candidates)
