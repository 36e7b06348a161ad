"""Whether the practice must join products it did not choose."""

from __future__ import annotations

from collections.abc import Iterator

from knowledge.terms.language.patterns import says
from knowledge.terms.language.statements import Statement
from knowledge.terms.reading import Candidate, Paper, Reader

_PRODUCT = (
    r"(?:products?|programs?|networks?|lines? of (?:business|coverage)|benefit plans?"
    r"|health plans?|plans offered|(?:other|another|new|additional|advantage|further"
    r"|a) plans?\b|plans\b|(?:kinds?|types?) of (?:plan|product|coverage)s?)"
)
_ALL = (
    rf"(?:all|any and all|every|each)(?: of)?(?: [\w']+){{0,4}}? {_PRODUCT}{{~~}}(?:now"
    rf"|existing|current|future"
    rf"|hereafter|offered|later)|participat\w+ in (?:all|every|each)(?: [\w']+){{0,5}}? {_PRODUCT}"
    rf"|condition of{{~~}}{_PRODUCT}|not (?:decline|refuse|opt out|reject){{~~}}{_PRODUCT}"
    rf"|all[- ]products|(?:covers?|includes?|applies to"
    rf"|extends to){{~}}any other {_PRODUCT}{{~}}(?:later|future|offer)"
    rf"|(?:cannot|can not|may not|shall not) (?:pick|choose|select|withdraw|leave"
    rf"|drop){{~~}}{_PRODUCT}"
    rf"{{~}}(?:and|while|but|or|without)"
)
_NOT_IN = (
    rf"(?:not|no)\b{{~}}{_PRODUCT}{{~~}}\b(?:until|unless|without|except){{~~}}(?:sign|agree"
    rf"|consent|amend"
    rf"|addendum)|only (?:join|participate|take part)\w*{{~~}}{_PRODUCT}{{~~}}(?:if|when|by"
    rf"|after){{~~}}"
    rf"(?:sign|agree|consent)|{_PRODUCT}{{~~}}(?:is|are|be|may be|shall be) (?:added|included"
    rf"|joined)(?: \w+){{0,3}}? "
    rf"only (?:where|when|if|by|with|after|upon){{~~}}(?:sign|agree|consent|amend)"
)
_ADDS = (
    r"(?:add|introduc|offer)\w* (?:a|any|new|other|more) (?:\w+ )?(?:kinds? of "
    r"|types? of )?plans?\b|"
    r"\badd\w* (?:\w+ )?(?:products?|programs?|networks?|lines of business|plans)\b|"
    rf"(?:add|bring|start|introduc|creat|develop|includ|design|launch"
    rf"|offer)\w*(?: \w+){{0,4}}? (?:new "
    rf"|additional |other"
    rf" |further |any |a )(?:\w+ ){{0,3}}?{_PRODUCT}"
    rf"|(?:new|additional|other|further|future) (?:\w+ ){{0,3}}?{_PRODUCT}{{~~}}(?:add"
    rf"|participat|join|includ"
    rf"|appl|part of|become|notice|agree|amend|consent)"
)
_REFUSE = (
    r"(?:decline|refus|opt[- ]out|reject|object|choose not|not (?:to )?participate"
    r"|turn (?:it )?down"
    r"|elect not|say no|stays? out)"
)
_CONSENT = (
    r"(?:only (?:by|with|if|upon|after)|unless){~~}(?:written|sign|amend|consent|agree)"
    r"|(?:signed|written)"
    r" (?:amendment|agreement|consent)|opt[- ]in|mutual(?:ly)? agree|agrees in writing"
    r"|provider's (?:prior )?(?:written )?(?:consent|agreement|approval)"
)


def candidates(paper: Paper) -> Iterator[Candidate]:
    """Clauses on joining all, new or further products."""
    for statement in paper.about(_PRODUCT):
        text = statement.full
        whole, adds, closed = says(_ALL, text), says(_ADDS, text), says(_NOT_IN, text)
        if not (whole or adds or closed):
            continue
        if says(rf"(?:each|every|any|all) such (?:\w+ ){{0,2}}?{_PRODUCT}", text) and not closed:
            whole = None
        if says(r"means\b|\"product\"|records|audit|claim form|refers? to", text) and not whole:
            continue
        around = " ".join(
            each.marked
            for each in paper.beside(statement)
            if 0 <= each.start - statement.start < 900
        )
        bonus = (
            0.08
            if says(r"product|network|participation|which plans|categor|lines", statement.heading)
            else 0.0
        )
        held = says(
            r"(?:may not|can ?not|shall not) (?:withdraw|pick|choose|select|leave|drop)", text
        )
        if closed and not held and not says(r"authoriz|credential|referral|affiliate", text):
            yield Candidate(statement, "only by written agreement", "", 0.76 + bonus)
            continue
        if says(r"not (?:be )?(?:required|obligated|obliged){~~}" + _PRODUCT, text) or (
            adds and says(_CONSENT, text)
        ):
            yield Candidate(statement, "only by written agreement", "", 0.75 + bonus)
        elif whole and not says(
            rf"{_REFUSE}", text.replace("not decline", "").replace("not refuse", "")
        ):
            if says(
                r"participat|agree|shall|condition|join|covers?|cannot|may not|must"
                r"|accept",
                text,
            ):
                yield Candidate(statement, "all products, present and future", "", 0.7 + bonus)
        elif adds and says(_REFUSE, around):
            yield Candidate(statement, "by notice; the provider may decline", "", 0.75 + bonus)
        elif adds and says(r"payer (?:may|can|will|reserves|has)|notice|automatic|deemed", text):
            yield Candidate(statement, "the payer may add products by notice", "", 0.7 + bonus)


_CLOSED = (
    r"\bonly\b{~~}(?:list|named|mark|check|sign|agree|amend|addendum)|confined|limited to"
    r"|\bnot\b{~~}(?:unless|until|without){~~}(?:sign|agree|consent|amend)"
)


def worded(paper: Paper, statement: Statement) -> Iterator[Candidate]:
    """What a clause says that its words alone show to be about further products."""
    text = statement.full
    next_ones = [e for e in paper.beside(statement) if 0 <= e.start - statement.start < 700]
    around = " ".join(each.marked for each in next_ones)
    if says(_CLOSED, text):
        yield Candidate(statement, "only by written agreement", "", 0.0)
    elif says(
        r"(?:\ball\b|every|each|any){~~}(?:future|later|hereafter|begin|existing|offers?|sells?|afterwards?)",
        text,
    ):
        if says(_REFUSE, around.replace("not decline", "").replace("not refuse", "")):
            yield Candidate(statement, "by notice; the provider may decline", "", 0.0)
        else:
            yield Candidate(statement, "all products, present and future", "", 0.0)
    elif says(_REFUSE, around):
        yield Candidate(statement, "by notice; the provider may decline", "", 0.0)
    elif says(_CONSENT, text):
        yield Candidate(statement, "only by written agreement", "", 0.0)
    elif says(r"payer", text):
        yield Candidate(statement, "the payer may add products by notice", "", 0.0)


READER = Reader(
    "network_expansion", "the sections on products and participation", candidates, worded=worded
)
