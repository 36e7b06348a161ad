"""Interest that the payer owes when it pays a clean claim late."""

from __future__ import annotations

from collections.abc import Iterator

from knowledge.terms.language.patterns import says
from knowledge.terms.language.statements import Statement
from knowledge.terms.reading import Candidate, Paper, Reader

_LATE = (
    r"late|not (?:been )?paid|unpaid|overdue|past due|after (?:the )?(?:due|that|this"
    r"|the (?:end|time))"
    r"|delay|clean claim|complete claim|prompt|timely pay|fails? to pay|payment of claims|beyond"
    r"|on time|missed|slow|after (?:these|those) (?:times|days|periods|dates)"
)
_OTHER = (
    r"conflicts? of interest|best interest|ownership|financial interest|security interest"
    r"|interested"
    r"|successors? in interest|right, title|interests of|public interest"
    r"|interest in (?:this|the|any)"
    r"|vested|property interest|common interest"
)
_FROM_PROVIDER = r"overpa|provider shall (?:re)?pay|provider owes|refund|recoup|from provider"
_NONE = (
    r"(?:no|without|neither) interest|(?:owes?|pays?) nothing"
    r"|not (?:be )?(?:liable|responsible|required|obligated|obliged|owe)"
    r"[^,;]{0,40}?interest|(?:shall|does|do|will) not (?:\w+ ){1,2}(?:any )?interest"
    r"|interest (?:is|shall|will) not"
)
_LAW = (
    r"interest{~~}(?:as required|required (?:by|under)|(?:set|prescribed|provided|fixed|specified|"
    r"established|mandated|imposed) (?:by|in|under)|in accordance with|pursuant to|statut\w+|by law"
    r"|applicable law|state law|c\.r\.s|the law|(?:law|statute|regulation|rule)s? (?:requires?"
    r"|sets?"
    r"|provides?|fixe?s|says?|prescribes?|calls for|demands?)|prescribes|cms\b)"
)
_BUT_LAW = r"(?:\bsave\b|except|unless|other than|beyond){~~}(?:\blaw\b|statut|required by)"
_PUBLISHED = (
    (r"treasur", "at the rate the U.S. Treasury publishes"),
    (r"prime (?:lending )?rate", "at the prime rate"),
)
_PART_ONLY = (
    r"(?:self-?(?:funded|insured)|partner|under one dollar|less than one dollar"
    r"|for any other reason"
    r"|employers?'?s? (?:own )?money|pended|incomplete)"
)


def candidates(paper: Paper) -> Iterator[Candidate]:
    """Clauses that promise interest at a rate or by law, or refuse it."""
    for statement in paper.about(r"\binterest\b"):
        text = statement.full
        if not says(r"\binterest\b", text) or says(_OTHER, text) or says(_FROM_PROVIDER, text):
            continue
        if not says(_LATE, statement.about):
            continue
        part_only = rf"interest{{~~}}{_PART_ONLY}|{_PART_ONLY}{{~~}}interest"
        if says(_NONE, text) and says(part_only, text):
            continue
        if says(_NONE, text) and says(_BUT_LAW, text):
            yield Candidate(statement, "as the law sets it", "", 0.8)
            continue
        if says(_NONE, text):
            yield Candidate(statement, "none", "", 0.85)
        elif match := says(r"interest{~~}{p}", text) or says(r"{p}{~~}interest", text):
            rate = statement.percents[int(match["p"])].value.normalize()
            yield Candidate(statement, f"{rate:f}%{_per(statement)}", "", 0.9)
        elif says(_LAW, text):
            yield Candidate(statement, "as the law sets it", "", 0.85)
        elif named := next((words for cue, words in _PUBLISHED if says(cue, text)), ""):
            yield Candidate(statement, named, "", 0.8)
        elif says(r"(?:pays?|add|owes?|bears?|accrues?|with){~}interest", text):
            yield Candidate(statement, "owed, no rate named", "", 0.65)


def _per(statement: Statement) -> str:
    text = statement.full
    if says(r"per annum|a year|per year|annual|yearly|(?:each|every) year", text):
        return " a year"
    if says(r"a month|per month|monthly|(?:each|every) month", text):
        return " a month"
    return ""


def worded(paper: Paper, statement: Statement) -> Iterator[Candidate]:
    """What a clause says that its words alone show to be about interest on late payment."""
    text = statement.full
    if says(_FROM_PROVIDER, text):
        return
    if says(_NONE, text) or says(
        r"\b(?:no|without|nothing|not)\b{~}(?:interest|charge|penalt|extra)", text
    ):
        value = "as the law sets it" if says(_BUT_LAW, text) else "none"
        yield Candidate(statement, value, "", 0.0)
    elif statement.percents:
        rate = statement.percents[0].value.normalize()
        yield Candidate(statement, f"{rate:f}%{_per(statement)}", "", 0.0)
    elif says(r"\blaws?\b|statut|regulat|c\.r\.s", text):
        yield Candidate(statement, "as the law sets it", "", 0.0)


READER = Reader(
    "late_payment_interest", "the sections on payment of claims", candidates, worded=worded
)
