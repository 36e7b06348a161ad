"""Whether members are protected from bills for what the payer owes."""

from __future__ import annotations

from collections.abc import Iterator

from knowledge.terms.language.patterns import says
from knowledge.terms.language.statements import Statement
from knowledge.terms.reading import Candidate, Paper, Reader

_BILL = (
    r"(?:bill|charge|collect|seek|recourse|remuneration|payment|reimbursement|hold|sue"
    r"|claim|balance|deposit|dun|ask|pursue|demand)"
)
_FORBIDS = (
    rf"(?:in no (?:event|case)|under no circumstances?|at no time){{~~}}{_BILL}{{~~}}{{member}}"
    rf"|(?:shall|will|may|must|can|agrees?"
    rf"|promises?)(?:not| not| to not|"
    rf" never)(?: \w+){{0,4}}? {_BILL}{{~~}}{{member}}|do(?:es)? not {_BILL}{{~~}}{{member}}"
    rf"|never {_BILL}{{~~}}{{member}}|(?:shall|will|may) {_BILL} nothing {{~}}{{member}}"
    rf"|(?:neither|nor|not|no){{~}}turns? to {{~}}{{member}}"
)
_NAMED = (
    r"hold(?:s|ing)? (?:the |each |all |any )?{member} harmless"
    r"|{member} (?:shall be )?held harmless"
    r"|{member}{~}hold[- ]harmless|hold[- ]harmless{~~}{member}"
    r"|looks? (?:solely |only |exclusively )(?:to payer|to the payer)|looks? to payer (?:alone"
    r"|only|solely)"
    r"|looks? to payer{~}(?:and )?not to {~}{member}"
    r"|(?:not|never){~~}balance[- ]bill"
)
_OWES = r"{member}{~}(?:owes?|pays?) (?:nothing|no more|only)"
_CAPTION = (
    r"hold[- ]harmless|held harmless|(?:member|enrollee|patient|individual|customer)s?'? ?"
    r"(?:protection|liability|hold|billing|charges)|protection of|protected|balance billing"
    r"|charges? to (?:members|patients|enrollees)|may (?:you|we) charge"
    r"|billing (?:of )?(?:members|patients)"
)
_EXEMPT = (
    r"copay|co-?insurance|deductible|cost[- ]shar|share of cost|non-?covered|enrollee share"
    r"|member's share|not covered|{member}'?s? (?:portion|share|part)\b|only the share"
)
_SURVIVES = (
    r"surviv|outliv|after (?:the |this )?(?:contract|agreement|terminat)|stands? even|continu"
)
_OTHER = r"indemnif|legal fees|attorneys' fees|officers, directors|not cooperate|missed appointment"
_ONE_CASE = (
    r"late\b|authoriz|approval|precertif|not (?:timely|submitted)|referral|copies|enrollee list"
)


def candidates(paper: Paper) -> Iterator[Candidate]:
    """Clauses that bar billing members; all of them together tell what may still be collected."""
    topic = r"{member}|harmless|balance|looks? (?:to|solely|only)"
    found = [(statement, score) for statement in paper.about(topic) if (score := _score(statement))]
    for scope in {statement.scope for statement, _ in found}:
        here = [(statement, score) for statement, score in found if statement.scope == scope]
        best = max(score for _, score in here)
        strong = [statement for statement, score in here if score >= best - 0.1]
        around = " ".join(
            each.marked
            for statement in strong
            for each in ([statement] if "|" in statement.raw else paper.around(statement))
        )
        value = "members are not billed"
        if says(_EXEMPT, around):
            value += " beyond their own share"
        if says(_SURVIVES, around):
            value += "; survives the contract"
        for statement, score in here:
            yield Candidate(statement, value, "", score)


def _score(statement: Statement) -> float:
    """How surely a statement is the clause itself, 0 where it is another matter."""
    text = statement.full
    if says(_OTHER, text):
        return 0.0
    named, forbids = says(_NAMED, text), says(_FORBIDS, text)
    captioned = says(_CAPTION, statement.heading)
    bars = r"{member}{~~}\b(?:not|never|nothing|no)\b|\b(?:not|never|neither|nor|no)\b{~~}{member}"
    owes = says(_OWES, text)
    if not (named or forbids or owes or (captioned and says(bars, text))):
        return 0.0
    money = r"covered|payer|amounts?|beyond|balance|other than|denied|money|fees|obligation"
    if not named and not says(money, text):
        return 0.0
    score = 0.85 if named else 0.7 if forbids or captioned else 0.6
    if captioned:
        score += 0.1
    elif says(_ONE_CASE, statement.about):
        score -= 0.2
    return score


def worded(paper: Paper, statement: Statement) -> Iterator[Candidate]:
    """What a clause says that its words alone show to protect members from bills."""
    text = statement.full
    if says(r"indemnif", text) or not says("{member}", statement.about):
        return
    clause = [statement] if "|" in statement.raw else paper.around(statement)
    around = " ".join(each.marked for each in clause)
    value = "members are not billed"
    value += " beyond their own share" if says(_EXEMPT, around) else ""
    value += "; survives the contract" if says(_SURVIVES, around) else ""
    yield Candidate(statement, value, "", 0.0)


READER = Reader(
    "hold_harmless", "the sections on members' protection and billing", candidates, worded=worded
)
