"""Whether the practice must give the payer the best price it gives anyone."""

from __future__ import annotations

from collections.abc import Iterator

from knowledge.terms.language.patterns import says
from knowledge.terms.language.statements import Statement
from knowledge.terms.reading import Candidate, Paper, Reader

_NAMED = (
    r"most[- ]favou?r(?:ed|able) (?:nation|payer|customer|pric|rate|price|status|treatment)"
    r"|most[- ]favou?red|\bmfn\b|favou?red[- ](?:nation|customer|payer)|best price"
)
_PRICE = (
    r"(?:rates?|prices?|pric(?:e|es|ing)|fees?|charges?|discounts?|terms|reimbursement"
    r"|compensation|payments?|pays\b|royalt\w+)"
)
_OTHERS = (
    r"(?:any|every|all)? ?(?:other|another|third|no other|any) (?:\w+ ){0,3}?(?:payers?"
    r"|payors?|plans?|"
    r"insurers?|carriers?|part(?:y|ies)|customers?|purchasers?|persons?|entit(?:y|ies)"
    r"|companies|organizations?"
    r"|licensees?|distributors?|network|client)|anyone else|others|similarly situated"
)
_BEST = (
    rf"(?:no|not|at least as|as) (?:less )?favou?rable{{~~}}(?:{_OTHERS})|(?:lower|lesser"
    rf"|less|more favou?rable"
    rf"|better|reduced|smaller) {{~}}{_PRICE}{{~~}}(?:{_OTHERS})|{_PRICE}{{~~}}(?:lower"
    rf"|less|more favou?rable"
    rf"|better){{~~}}(?:{_OTHERS})|(?:lowest|best) (?:\w+ )?{_PRICE}"
    rf"|\b(?:any|another) other{{~}}(?:lower|deeper|better|larger|bigger|greater) (?:\w+ )?{_PRICE}"
    rf"|(?:{_OTHERS}){{~~}}(?:lower|more favou?rable|better) (?:\w+ )?{_PRICE}"
    r"|(?:any|another|other) (?:\w+ ){0,2}(?:plan|payer|insurer|customer)s? (?:less|a lower"
    r"|lower)\b"
    rf"|(?:not|no) (?:be )?(?:higher|more|greater) than{{~~}}(?:lowest|{_OTHERS})"
    rf"|\bas (?:good|low|favou?rable) as{{~~}}(?:{_OTHERS}|someone else)"
    rf"|no other (?:\w+ ){{0,3}}?(?:pays?|gets?|has|receives?){{~}}(?:less|lower|better)"
    rf"|(?:{_OTHERS}){{~~}}{_PRICE}{{~~}}(?:less|lower|better|more favou?rable) than"
    rf"|be the lowest|(?:not"
    rf"|never) exceed{{~~}}(?:{_OTHERS})"
    rf"|(?:nobody|no one|none)(?: \w+){{0,2}} (?:gets?|has|have|receives?|pays?){{~}}(?:better"
    rf"|lower|less)"
)
_PROMISES_NONE = (
    r"(?:\bnot\b|\bneither\b|\bnor\b|\bnothing\b|\bnever\b|\bno\b){~}(?:promis|requir|ask|obli"
    r"|guarant"
    r"|entitl|demand|expect|insist)\w*{~~}(?:as (?:good|low|favou?rable) as|lowest|\bbest"
    r"|more favou?rable|lower (?:rate|price))"
)
_GETS = (
    r"automatic|entitle|reduce|adjust|extend|offer|match|lower|notify|same|warrant"
    r"|shall|will|must|agrees|represent|certif|promis|guarantee"
)
_OTHER = (
    r"medicare|billed charge|lesser of|whichever|treat(?:s|ed|ing)? {member}"
    r"|{member}s?{~}(?:no less|same)"
    r"|discriminat|quality of|manner|standard of care|insurance carriers?|confidential"
)
_TOPIC = (
    rf"{_NAMED}|favou?rable|lowest|best|lower|\bless\b|reduced|as (?:good|low) as|higher than"
    r"|better|exceed|deeper|larger|greater"
)


def candidates(paper: Paper) -> Iterator[Candidate]:
    """Clauses by name, and those that promise the lowest price without the name."""
    for statement in paper.about(_TOPIC):
        text = statement.full
        named, best = says(_NAMED, statement.about), says(_BEST, text)
        if not (named or best or says(_PROMISES_NONE, text)):
            continue
        if says(rf"(?:no|not|nothing|neither|without){{~~}}(?:{_NAMED})", text):
            yield Candidate(statement, "excluded", "", 0.85)
        elif says(_PROMISES_NONE, text) and says(_PRICE, text):
            if not says(_OTHER, text):
                yield Candidate(statement, "excluded", "", 0.85)
        elif named:
            yield Candidate(statement, "the provider gives its best price", "", 0.85)
        elif says(_PRICE, text) and says(_GETS, text) and not says(_OTHER, text):
            yield Candidate(statement, "the provider gives its best price", "", 0.7)


_NOTHING_OWED = (
    r"\b(?:no|not|nothing|neither|nor|never|without)\b{~}(?:most|favou?r|best|promis|requir|oblig|entitl"
    r"|match|lower its|reduce|guarant|claim)|(?:free to|may) (?:accept|agree|charge|offer)"
)


def worded(paper: Paper, statement: Statement) -> Iterator[Candidate]:
    """What a clause says that its words alone show to be about the best price."""
    said = says(_NOTHING_OWED, statement.full)
    value = "excluded" if said else "the provider gives its best price"
    yield Candidate(statement, value, "", 0.0)


READER = Reader(
    "most_favored_nation",
    "the sections on compensation and general terms",
    candidates,
    worded=worded,
)
