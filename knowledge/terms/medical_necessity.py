"""By whose judgment care is medically necessary."""

from __future__ import annotations

from collections.abc import Iterator

from knowledge.terms.language.patterns import says
from knowledge.terms.reading import Candidate, Paper, Reader

_TOPIC = r"medical(?:ly)? necess"
_PRUDENT = (
    r"prudent (?:physician|clinician|practitioner|provider|professional)"
    r"|generally accepted{~}(?:standard"
    r"|medical|practice|clinical)|accepted (?:standards|medical)|standards? of (?:good "
    r"|care|medical|practice)"
)
_PAYER = (
    r"(?:sole|absolute|exclusive|own|reasonable)?(?: and \w+)? ?(?:discretion|judgment"
    r"|opinion) of payer"
    r"|payer's (?:sole |absolute |exclusive |own |medical director's "
    r"|reasonable )?(?:and \w+ )?(?:discretion"
    r"|judgment|determination|opinion|medical polic|criteria|decision)"
    r"|as (?:solely )?determined by payer"
    r"|payer{~~}(?:sole|absolute|exclusive|own) (?:discretion|judgment)"
    r"|payer (?:alone )?(?:decides|determines"
    r"|considers|believes)|determin\w+ (?:solely )?by payer|payer (?:has"
    r"|shall have) (?:the )?(?:final|sole)"
)
_DEFINES = (
    r"means|defined|is care|are those|is one|we mean|refers to|standard|determin"
    r"|decid|discretion|considers"
)


def candidates(paper: Paper) -> Iterator[Candidate]:
    """Definitions and statements of who decides, with the list items that belong to them."""
    for statement in paper.about(_TOPIC):
        text = statement.full
        if not says(_TOPIC, f"{statement.heading} {text}") or not says(_DEFINES, text):
            continue
        prudent, payer = says(_PRUDENT, text), says(_PAYER, text)
        if not (prudent or payer):
            continue
        defining = says(
            rf"{_TOPIC}\w*\"?{{~}}(?:means|is|are|refers)|{_TOPIC}", statement.heading
        ) or says(
            rf"{_TOPIC}\w*(?: services?| care)?\"?{{~}}(?:means|shall mean|is care|refers"
            rf"|are those)",
            text,
        )
        if says(r"appeal|external review|member's right", text) and not defining:
            continue
        score = 0.85 if defining else 0.6
        if payer and prudent:
            value = "accepted standards, as the payer determines"
        elif payer:
            value = "the payer's own judgment"
        else:
            value = "prudent clinician or accepted standards"
        yield Candidate(statement, value, "", score)


READER = Reader("medical_necessity", "the definitions and utilization review", candidates)
