"""The payer's right to see records and audit: notice, cost of copies, sampling."""

from __future__ import annotations

from collections.abc import Iterator

from knowledge.terms.language.patterns import compiled, says
from knowledge.terms.language.statements import Statement
from knowledge.terms.reading import Candidate, Paper, Reader

_AUDIT = r"(?:audit\w*|inspect\w*|examin\w+|review\w*|access\w*|copy|copies)"
_RECORDS = (
    r"(?:records?|books|accounts|documents|documentation|charts?|{claim}|facilit"
    r"|premises|information)"
)
_RIGHT = (
    rf"(?:right|may|entitle\w*|permit\w*|allow\w*|shall (?:have|provide|make|give|be)"
    rf"|will (?:give|provide|let)"
    rf"|upon request|agrees){{~~}}{_AUDIT}{{~~}}{_RECORDS}"
    rf"|{_RECORDS}{{~~}}(?:available|open|subject|accessible|access){{~~}}(?:{_AUDIT}|payer)"
    rf"|(?:may|right to|entitled to){{~~}}(?:cause )?(?:an )?audit"
)
_OTHER = (
    r"credential|utilization review|peer review|quality review|prior authoriz"
    r"|review (?:this|the) (?:agreement"
    r"|contract)|appeal|security (?:audit|assessment)|financial statements audited"
)


def candidates(paper: Paper) -> Iterator[Candidate]:
    """Clauses that give a right to audit or to see records, with their conditions."""
    for statement in paper.about(r"audit|inspect|records|books"):
        text = statement.full
        captioned = says(r"audit|records|inspect|books", statement.heading)
        if not says(_RIGHT, text) or (says(_OTHER, text) and not captioned):
            continue
        audit = says(r"\baudit|inspect", text)
        score = (0.75 if audit else 0.6) + (0.12 if captioned else 0.0)
        yield Candidate(statement, _conditions(statement, paper), "", score)


def _conditions(statement: Statement, paper: Paper) -> str:
    beside = [s for s in paper.beside(statement) if abs(s.start - statement.start) < 2000]
    around = " ".join(s.marked for s in beside)
    notice = _notice(beside)
    parts = ["the payer may audit" + (f" on {notice} notice" if notice else ", no notice named")]
    if says(r"extrapolat|projected|statistical(?:ly)? (?:sampl|valid)|sampl\w+{~~}project", around):
        barred = any(says(r"(?:no|not|without|neither){~~}extrapolat", s.marked) for s in beside)
        parts.append("no extrapolation" if barred else "extrapolation allowed")
    if says(r"cop(?:y|ies|ying){~~}(?:free|no (?:charge|cost)|without (?:charge|cost)"
    r"|at provider's)"
            r"|(?:free|no (?:charge|cost)|without (?:charge|cost)"
            r"|provider's expense){~~}cop", around):  # fmt: skip
        parts.append("copies at the practice's cost")
    elif says(r"cop(?:y|ies|ying){~~}(?:payer's|reimburs|per page|paid by payer"
    r"|reasonable (?:cost|charge))"
              r"|payer{~~}(?:pays?|reimburs\w+){~~}cop", around):  # fmt: skip
        parts.append("copies at the payer's cost")
    return "; ".join(parts)


def _notice(beside: list[Statement]) -> str:
    for statement in beside:
        for pattern in (
            r"{d}(?:'|,| )*(?:\w+ ){0,3}(?:notice|notif)",
            r"notice of (?:at least )?{d}",
        ):
            match = compiled(pattern).search(statement.marked)
            if match and says(r"audit|record|inspect|access|cop(?:y|ies)|books", statement.about):
                return statement.durations[int(match["d"])].words
    return "reasonable" if any(says("reasonable{~}notice", s.marked) for s in beside) else ""


READER = Reader("audit", "the sections on records and audit", candidates)
