"""Whether members are protected from bills for what the payer owes."""

from __future__ import annotations

from collections.abc import Iterator

from knowledge.terms.language.patterns import says
from knowledge.terms.reading import Candidate, Paper, Reader

_BILL = (
    r"(?:bill|charge|collect|seek|recourse|remuneration|payment|reimbursement|hold|sue"
    r"|claim|balance|deposit|dun)"
)
_FORBIDS = (
    rf"in no event{{~~}}{_BILL}{{~~}}{{member}}|(?:shall|will|may|must|can|agrees?"
    rf"|promises?)(?:not| not| to not|"
    rf" never)(?: \w+){{0,4}}? {_BILL}{{~~}}{{member}}|do not {_BILL}{{~~}}{{member}}"
    rf"|never {_BILL}{{~~}}{{member}}"
)
_NAMED = (
    r"hold(?:s|ing)? (?:the |each |all |any )?{member} harmless"
    r"|{member} (?:shall be )?held harmless"
    r"|{member}{~}hold[- ]harmless|hold[- ]harmless{~~}{member}|look (?:solely|only) to payer"
    r"|(?:not|never){~~}balance[- ]bill|{member}{~}(?:owes?|pays?) (?:nothing|no more|only)"
)
_EXEMPT = (
    r"copay|coinsurance|deductible|cost[- ]shar|non-?covered|enrollee share"
    r"|member's share|not covered"
)
_OTHER = r"indemnif|legal fees|attorneys' fees|officers, directors|not cooperate"


def candidates(paper: Paper) -> Iterator[Candidate]:
    """Clauses that bar billing members, beyond their own share where one is named."""
    for statement in paper.about(r"{member}|harmless|balance|look (?:solely|only)"):
        text = statement.full
        named, forbids = says(_NAMED, text), says(_FORBIDS, text)
        if not (named or forbids) or says(_OTHER, text):
            continue
        if not named and not says(
            r"covered (?:service|care|benefit)|payer|amounts?|beyond|balance|other than|denied",
            text,
        ):
            continue
        around = " ".join(
            each.marked
            for each in paper.beside(statement)
            if 0 <= each.start - statement.start < 1500
        )
        value = "members are not billed"
        if says(_EXEMPT, around):
            value += " beyond their own share"
        if says(
            r"surviv|after (?:the |this )?(?:contract|agreement|terminat)|stands? even|continu",
            around,
        ):
            value += "; survives the contract"
        bonus = 0.1 if says(r"harmless|member|enrollee|patient|protect", statement.heading) else 0.0
        yield Candidate(statement, value, "", (0.85 if named else 0.7) + bonus)


READER = Reader("hold_harmless", "the sections on members' protection and billing", candidates)
