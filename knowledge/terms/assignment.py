"""Who may hand the contract to someone else, and with whose consent."""

from __future__ import annotations

from collections.abc import Iterator

from knowledge.terms.language.patterns import says
from knowledge.terms.language.statements import Statement
from knowledge.terms.reading import Candidate, Paper, Reader

_ASSIGN = (
    r"(?:assign(?:s|ed|ing|ment|able)?\b|transfer(?:s|red|ring|able)?\b|delegat(?:e|ed|ing)\b"
    r"|hand(?:s|ed|ing)? (?:{contract} |it )?(?:over|on|off)|convey\w*|pass(?:es|ed|ing)? (?:on"
    r"|over|along|{contract}|it\b)|make over"
    r"|giv(?:e|es|en|ing) (?:{contract}|it\b|away)|sell (?:{contract}|it\b))"
)
_OBJECT = r"(?:{contract}|rights?|interests?|duties|obligations|hereunder|it\b|benefits)"
_CONSENT = r"(?:consent|permission|approval|agreement of|agrees? in writing|written agreement)"
_EITHER_BAR = (
    rf"(?:neither|no) (?:party|side|of|one){{~~}}{_ASSIGN}"
    rf"|(?:{{contract}}|rights?){{~~}}(?:may|shall|can)(?:not"
    rf"| not) be {_ASSIGN}{{~~}}(?:either|other"
    rf"|both|other party|parties)|(?:the )?other(?: party)?'s {{~}}{_CONSENT}"
    rf"|{{either}} (?:may|shall|can)(?:not| not|) ?(?:only )?{_ASSIGN}{{~~}}{_CONSENT}"
    rf"|{_ASSIGN}{{~~}}(?:consent|approval) (?:of|from) the (?:other|non-assigning)"
    rf"|{_ASSIGN}{{~~}}(?:requires|needs){{~}}(?:both|each|the other)"
)
_PROVIDER_BAR = (
    rf"(?:provider (?:may|shall|will|can|must)(?:not| not)|no {_ASSIGN}{{~}}by provider){{~~}}"
)
_PAYER_FREE = (
    rf"payer (?:may|can|shall have the right to|has the right to"
    rf"|is free to)(?: \w+){{0,5}}? {_ASSIGN}"
    rf"|{_ASSIGN} by payer{{~}}without(?! the (?:prior |written )*(?:consent of the )?other)"
)
_ANY_BAR = (
    rf"(?:may|shall|can|will)(?:not| not)(?: be)?(?: \w+){{0,3}}? {_ASSIGN}|not (?:be )?{_ASSIGN}"
    rf"|{_ASSIGN}{{~~}}without{{~}}{_CONSENT}|no {_ASSIGN}{{~~}}(?:valid|without|unless)"
    rf"|without{{~~}}{_CONSENT}{{~~}}{_ASSIGN}|non-?assignab|(?:are|is) personal"
)
_OTHER = (
    r"assign(?:ment|s)? of benefits|assigned members?|assigned to (?:a |provider|it|us)"
    r"|primary care"
    r"|transfer of (?:care|records|patients|data|technology)|transferr?(?:ed|ing)? (?:care|records"
    r"|patients?|members?)|patient|claim number|attribut|copyright|invention|work product"
    r"|funds|electronic fund|title|custody|ownership of the product"
)


def candidates(paper: Paper) -> Iterator[Candidate]:
    """Assignment clauses; a bar for one side and freedom for the other are read together."""
    barred: Statement | None = None
    free: Statement | None = None
    for statement in paper.about(_ASSIGN):
        text = statement.full
        if not says(_ASSIGN, text) or not says(_OBJECT, text):
            continue
        captioned = says(
            r"assign|transfer|successor|hand(?:ing|ed)? (?:on|over)|passed|merger|sale",
            statement.heading,
        )
        if says(_OTHER, text) and not captioned:
            continue
        bonus = 0.1 if captioned else 0.0
        payer_free = says(_PAYER_FREE, text) and not says(
            rf"(?:payer|provider) (?:may|shall|can) {_ASSIGN}{{~~}}only with", text
        )
        if says(_EITHER_BAR, text):
            value = "either party only with consent"
            if payer_free or says(r"(?:except|however|but|other than"
            r"|provided){~~}payer{~~}(?:affiliate"
                                  r"|successor|may|without)", text):  # fmt: skip
                value = "either party only with consent; the payer also to affiliates or successors"
            elif says(r"affiliate|successor|merger|substantially all", text):
                value = "either party only with consent; affiliates or successors excepted"
            yield Candidate(statement, value, "", 0.8 + bonus, party="either")
        elif says(rf"{_PROVIDER_BAR}{_ASSIGN}|not be (?:\w+ or )?{_ASSIGN} by provider", text):
            barred = barred or statement
            if payer_free:
                free = free or statement
        elif payer_free:
            free = free or statement
        elif says(_ANY_BAR, text):
            yield Candidate(statement, "only with consent", "", 0.65 + bonus)
    near = " ".join(each.marked for each in paper.around(free)) if free else ""
    if (
        barred
        and free
        and says(
            r"any other (?:assignment|transfer){~}(?:needs|requires|only){~}(?:consent|approval)",
            near,
        )
    ):
        value = "either party only with consent; the payer also to affiliates or successors"
        yield Candidate(free, value, "", 0.9, party="payer")
    elif barred and free:
        value = "the payer freely, the provider only with consent"
        yield Candidate(barred, value, "", 0.9, party="payer")
    elif barred:
        yield Candidate(barred, "the provider only with consent", "", 0.8, party="provider")
    elif free:
        yield Candidate(free, "the payer freely", "", 0.8, party="payer")


_FREELY = (
    r"payer{~}(?:may|can|is free|has the right|reserves)(?!{~}only with)|without{~}(?:consent"
    r"|asking|approval){~}payer"
)
_BOTH_SIDES = (
    r"neither|no party|either|each|both|one party|other(?: party)?'s|the other|of us|the parties"
)


def worded(paper: Paper, statement: Statement) -> Iterator[Candidate]:
    """What a clause says that its words alone show to be about assignment."""
    text = statement.full
    beside = [each.marked for each in paper.beside(statement)]
    if says(_OTHER, text) and not says("{contract}", text):
        return
    free, both = says(_FREELY, text), says(_BOTH_SIDES, text)
    if both and says(rf"{_CONSENT}|unless|without|not\b", text):
        value = "either party only with consent"
        if free:
            value += "; the payer also to affiliates or successors"
        elif says(r"affiliate|successor|merger|substantially all", text):
            value += "; affiliates or successors excepted"
        yield Candidate(statement, value, "", 0.0, party="either")
    elif says(r"provider{~~}(?:not|without|only|personal)|personal to provider", text):
        freed = free or any(says(_FREELY, each) and says(_ASSIGN, each) for each in beside)
        value = f"{'the payer freely, ' if freed else ''}the provider only with consent"
        party = "payer" if freed else "provider"
        yield Candidate(statement, value, "", 0.0, party=party)
    elif free:
        barred = any(says(rf"provider{{~~}}not{{~}}{_ASSIGN}", each) for each in beside)
        value = f"the payer freely{', the provider only with consent' if barred else ''}"
        yield Candidate(statement, value, "", 0.0, party="payer")


READER = Reader(
    "assignment", "the sections on assignment and general terms", candidates, worded=worded
)
