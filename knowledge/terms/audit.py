"""The payer's right to see records and audit: notice, cost of copies, sampling."""

from __future__ import annotations

from collections.abc import Iterator

from knowledge.terms.language.patterns import compiled, says
from knowledge.terms.language.statements import Statement
from knowledge.terms.reading import Candidate, Paper, Reader

_AUDIT = (
    r"(?:audit\w*|inspect\w*|examin\w+|review\w*|access\w*|copy|copies|\bsee\b|look (?:at"
    r"|into|over|through))"
)
_RECORDS = (
    r"(?:records?|books|accounts|documents|documentation|charts?|{claim}|facilit"
    r"|premises|information)"
)
_RIGHT = (
    rf"(?:right|may|can\b|entitle\w*|permit\w*|allow\w*|shall (?:have|provide|make|give|be)"
    rf"|will (?:give|provide|let)"
    rf"|upon request|agrees){{~~}}{_AUDIT}{{~~}}{_RECORDS}"
    rf"|{_RECORDS}{{~~}}(?:available|open|subject|accessible|access){{~~}}(?:{_AUDIT}|payer)"
    rf"|(?:may|right to|entitled to){{~~}}(?:cause )?(?:an )?audit"
    rf"|payer{{~}}may (?:audit|inspect|examine|come to|visit|enter)"
)
_OTHER = (
    r"credential|utilization review|peer review|quality review|prior authoriz"
    r"|review (?:this|the) (?:agreement"
    r"|contract)|appeal|security (?:audit|assessment)|financial statements audited|other contracts"
)
_GOVERNMENT = (
    r"comptroller|department of|commissioner|inspector general|regulators?\b|government\w*"
    r"|\bcms\b|centers for medicare|division of insurance|state (?:and|or) federal|\bhhs\b"
)
_ACTOR = (
    r"payer(?:,? (?:or|and) (?:[\w']+ ){1,5}|, [^.;]{0,40}, |'s (?:\w+ ){1,3}| )(?:may|can"
    r"|shall have"
    r"|has|have|is entitled|reserves)|provider (?:shall|will|agrees){~~}(?:payer|available)"
)
_SAMPLE = (
    r"extrapolat|projected|projection|statistical(?:ly)? (?:sampl|valid|estimat)"
    r"|sampl\w+{~~}(?:project|appl|refund|estimat|claims that were not)"
    r"|(?:estimat\w+|project\w*){~~}sampl|\bproject\b{~}(?:onto|across|over|to other)"
    r"|payer finds?{~~}\ball\b"
    r"|apply (?:that|it|this|the (?:result|rate|finding)s?) to (?:all|every|the rest)"
)
_NO_SAMPLE = (
    r"(?:\bno\b|\bnot\b|\bwithout\b|\bneither\b|never){~~}(?:extrapolat|project|estimat|sampl)"
    r"|(?:extrapolat|project|sampl)\w*{~}(?:prohibit|not (?:permit|allow|used)|barred)"
)
_PAID = (
    r"cop(?:y|ies|ying){~~}(?:payer's (?:cost|expense)|reimburs|per page|paid by payer|at cost"
    r"|reasonable (?:cost|charge|fee))|(?:payer|it) (?:shall |will )?(?:pays?|reimburs\w+){~}(?:cop"
    r"|cents|a page"
    r"|per page|each page|for (?:charts|records))|provider may charge{~~}cop"
)
_FREE = (
    r"(?:duplicat|photocop|reproduc|cop(?:y|ied))\w*{~}provider's (?:own |sole )?(?:cost|expense)|"
    r"cop(?:y|ies|ying){~~}(?:free|no (?:charge|cost)|without (?:charge|cost)|at provider's)"
    r"|(?:free|no (?:charge|cost)|without (?:charge|cost)|provider's expense){~~}cop"
)


def candidates(paper: Paper) -> Iterator[Candidate]:
    """Clauses that give the payer a right to audit or to see records, with their conditions.

    The conditions are those of all such clauses together; a government's own right is no
    audit by the payer.
    """
    found = [
        (s, score)
        for s in paper.about(r"audit|inspect|records|books|charts")
        if (score := _score(s))
    ]
    for scope in {statement.scope for statement, _ in found}:
        here = [(statement, score) for statement, score in found if statement.scope == scope]
        best = max(score for _, score in here)
        strong = [statement for statement, score in here if score >= best - 0.15]
        value = _conditions(strong, paper, scope)
        for statement, score in here:
            notice = (
                0.03 if says(r"{d}(?:'|,| )*(?:\w+ ){0,3}(?:notice|notif)", statement.marked) else 0
            )
            yield Candidate(statement, value, "", score + notice)


def _score(statement: Statement) -> float:
    """How surely a statement gives the payer that right, 0 where it does not."""
    text = statement.full
    captioned = says(r"audit|records|inspect|books", statement.heading)
    if not says(_RIGHT, text) or (says(_OTHER, text) and not captioned):
        return 0.0
    if says(_GOVERNMENT, text) and not says(_ACTOR, text):
        return 0.0
    if says(r"provider (?:may|is entitled|has the right)", text) and not says(_ACTOR, text):
        return 0.0
    return (0.75 if says(r"\baudit|inspect", text) else 0.6) + (0.12 if captioned else 0.0)


def _conditions(strong: list[Statement], paper: Paper, scope: str | None) -> str:
    near: dict[int, Statement] = {}
    for statement in strong:
        near.update((each.start, each) for each in paper.around(statement))
    beside = [near[start] for start in sorted(near)]
    around = " ".join(each.marked for each in beside)
    notice = _notice(strong) or _notice(beside)
    parts = ["the payer may audit" + (f" on {notice} notice" if notice else ", no notice named")]
    sampled = [s for s in paper.about(_SAMPLE) if s.scope == scope and says(_SAMPLE, s.marked)]
    if sampled:
        barred = any(says(_NO_SAMPLE, each.marked) for each in sampled)
        parts.append("no extrapolation" if barred else "extrapolation allowed")
    if says(_PAID, around):
        parts.append("copies at the payer's cost")
    elif says(_FREE, around):
        parts.append("copies at the practice's cost")
    return "; ".join(parts)


def _notice(beside: list[Statement]) -> str:
    for statement in beside:
        for pattern in (
            r"{d}(?:'|,| )*(?:\w+ ){0,3}(?:notice|notif)",
            r"notice of (?:at least )?{d}",
            r"(?:tell|write|let|call|inform|notif|give|ask)\w*{~}{d}(?:'| of)?{~}(?:before|ahead"
            r"|in advance|beforehand|notice|warning)",
        ):
            match = compiled(pattern).search(statement.marked)
            if match and says(
                r"audit|record|inspect|access|cop(?:y|ies)|books|charts",
                f"{statement.about} {statement.before}",
            ):
                return statement.durations[int(match["d"])].words
    return "reasonable" if any(says("reasonable{~}notice", s.marked) for s in beside) else ""


def worded(paper: Paper, statement: Statement) -> Iterator[Candidate]:
    """What a clause says that its words alone show to be about audits by the payer."""
    if says(_GOVERNMENT, statement.full) and not says("payer", statement.full):
        return
    yield Candidate(statement, _conditions([statement], paper, statement.scope), "", 0.0)


READER = Reader("audit", "the sections on records and audit", candidates, worded=worded)
