"""Whether the practice is paid the lesser of its charge and the schedule."""

from __future__ import annotations

from collections.abc import Iterator

from knowledge.terms.language.patterns import says
from knowledge.terms.language.statements import Statement
from knowledge.terms.reading import Candidate, Paper, Reader

_LESSER = (
    r"if (?:that|it|this|which) is (?:the )?(?:lower|less\b|smaller)|"
    r"(?:lesser|lower|smaller|least|lowest) (?:of|amount)|whichever (?:is|sum is"
    r"|amount is) (?:the )?(?:less|lower|lesser|smaller)"
)
_CHARGE = (
    r"charge|billed|bills?\b|(?:provider|practice)'s (?:usual|own|normal) (?:fee|price)|asks for"
)
_CEILING = (
    r"(?:not|never|in no (?:event|case)|no more than){~~}(?:exceed|more than|greater than"
    r"|above){~}(?:billed|"
    r"actual|usual|provider's)? ?(?:billed |usual |actual )?(?:charges?|amount billed)"
)
_NEVER_MORE = (
    r"(?:not|never|no){~~}(?:more|greater|higher) than (?:what |the (?:amount|sum) )?(?:\w+ ){0,2}"
    r"(?:billed|bills?|charged?|charges)\b"
)
_OTHER = (
    r"coordination|primary|secondary|other (?:coverage|insurance|payer|payor)"
    r"|another (?:insurer|plan|payer)"
    r"|damages|liabil|insurance limits|copying"
)
_NOT = (
    r"(?:without regard to|regardless of|irrespective of|whatever) (?:the |its |provider's |your )?"
    r"(?:amount )?(?:billed |usual )?(?:charge|bill|amount billed)|(?:not|no) (?:be )?(?:apply"
    r"|subject to)?{~}lesser|no lesser|(?:do(?:es)? not|shall not) depend on{~}(?:charge|bill)"
    r"|charges?{~}(?:lower|less|smaller){~~}(?:still|nevertheless|even so|all the same|anyway)"
    r"|charges?{~}(?:plays? no part|has no bearing|(?:is|are) (?:ignored|immaterial|irrelevant)"
    r"|do(?:es)? not (?:matter|count|affect))"
)
_SOME = (
    r"(?:every|any|all) other|(?:other|remaining) (?:categor|service|code)|for (?:these|those|some)"
)


def candidates(paper: Paper) -> Iterator[Candidate]:
    """Lesser-of clauses and ceilings at charges."""
    for statement in paper.about(rf"{_LESSER}|exceed|more than|lesser|charge|bill"):
        text = statement.full
        about_money = says(_CHARGE, text)
        if says(_NOT, text) and about_money:
            if not any(_other_half(each) for each in paper.beside(statement)):
                yield Candidate(statement, "excluded", "", 0.85)
        elif says(_LESSER, text) and about_money and not says(_OTHER, text):
            yield Candidate(statement, "lesser of billed charges and the schedule", "", 0.9)
        elif (
            says(rf"{_CEILING}|{_NEVER_MORE}", text)
            and says(r"pa(?:y|id)|reimburs", text)
            and not says(_OTHER, text)
        ):
            yield Candidate(statement, "lesser of billed charges and the schedule", "", 0.75)
        elif says(_LESSER, text) and says(_CHARGE, statement.before) and not says(_OTHER, text):
            some = ", for some services" if _other_half(statement) else ""
            yield Candidate(statement, f"lesser of billed charges and the schedule{some}", "", 0.7)


def _other_half(statement: Statement) -> bool:
    """Whether a statement keeps the lesser amount for the services that the rest leaves out."""
    return bool(says(_LESSER, statement.marked) and says(_SOME, statement.marked))


def worded(paper: Paper, statement: Statement) -> Iterator[Candidate]:
    """What a clause says that its words alone show to be about charges under the schedule."""
    text = statement.full
    if not says(_CHARGE, text) or says(_OTHER, text):
        return
    if says(rf"{_NOT}|even (?:if|where|when|though)|irrespective|regardless", text):
        yield Candidate(statement, "excluded", "", 0.0)
    elif says(
        rf"{_LESSER}|{_CEILING}|{_NEVER_MORE}|less\b|lower|smaller|exceed|cap(?:s|ped)?\b", text
    ):
        yield Candidate(statement, "lesser of billed charges and the schedule", "", 0.0)


READER = Reader("lesser_of", "the sections and exhibits on compensation", candidates, worded=worded)
