"""By whose judgment care is medically necessary."""

from __future__ import annotations

from collections.abc import Iterator

from knowledge.terms.language.patterns import says
from knowledge.terms.language.statements import Statement
from knowledge.terms.reading import Candidate, Paper, Reader

_TOPIC = (
    r"medical(?:ly)? (?:necess|appropriat|need|required)|needed care|necessary care|care is needed"
    r"|clinically necess|medical need"
)
_PRUDENT = (
    r"(?:prudent|careful|reasonable|competent) (?:physician|clinician|practitioner|provider"
    r"|professional|doctor)|prudent clinical|generally (?:accepted|recogni[sz]ed)"
    r"|accepted{~}(?:standard|medical|practice|clinical)|physicians generally accept"
    r"|standards? of (?:good |care|medical|practice)|recogni[sz]ed (?:standard|medical|in the)"
    r"|credible (?:scientific|published)|consistent with{~}standards"
)
_PAYER = (
    r"(?:sole|absolute|exclusive|own|reasonable)?(?: and \w+)? ?(?:discretion|judgment"
    r"|opinion) of payer"
    r"|payer's (?:sole |absolute |exclusive |own |medical directors? "
    r"|reasonable )?(?:and \w+ )?(?:discretion"
    r"|judgment|determination|opinion|medical polic|coverage polic|criteria|decision|guidelines)"
    r"|payer's (?:medical directors?|physicians|doctors|staff)"
    r"|as (?:solely )?determined by payer"
    r"|payer{~~}(?:sole|absolute|exclusive|own) (?:discretion|judgment)"
    r"|payer (?:alone )?(?:decides?|determines?|judges?"
    r"|considers?|believes?)|determin\w+ (?:solely )?by payer|payer (?:has"
    r"|shall have) (?:the )?(?:final|sole)|payer or its{~~}(?:determines|decides|considers)"
    r"|payer, (?:in|applying|using|acting){~~}(?:determines|decides|considers)"
)
_PROGRAM = (
    r"national coverage|local coverage|coverage (?:standards|determinations|rules|criteria)"
    r"{~}(?:medicare|cms)|medicare(?:'s)? coverage|original medicare|rules? of the (?:department"
    r"|state|program|agency)|(?:state|department|medicaid)(?:'s)? (?:rules?|regulations?"
    r"|definition)"
    r"|c\.?f\.?r|meaning (?:given|stated|set (?:forth|out)|assigned) (?:by|in|under)"
    r"{~}(?:rule|regulation|law|state|statute)|as defined (?:by|in|under){~}(?:state|medicaid"
    r"|regulation"
    r"|rule|c\.r\.s|c\.c\.r)"
)
_DEFINES = (
    r"means|defined|\bis care|are those|is one|we mean|payer mean|refers to|standard|determin"
    r"|decid|discretion|considers|describes|has the meaning|is up to|reasonable and necessary"
    r"|judged"
)
_ELSEWHERE = (
    r"appeal|external review|member's right|denial|denied|peer|reviewer|audit|refus|approval"
    r"|authoriz|precertif|emergency"
)


def candidates(paper: Paper) -> Iterator[Candidate]:
    """Definitions and statements of who decides, with the list items that belong to them."""
    for statement in paper.about(_TOPIC):
        text = statement.full
        if not says(_DEFINES, text):
            continue
        defining = _defines(statement)
        if defining and says(_TOPIC, statement.lead):
            continue  # a list's item: the statement above it is read with its items
        if not defining and (not says(_TOPIC, text) or says(_ELSEWHERE, statement.about)):
            continue
        part = _with_items(statement, paper) if defining else text
        prudent, payer, program = says(_PRUDENT, part), says(_PAYER, part), says(_PROGRAM, part)
        if payer and prudent:
            value = "accepted standards, as the payer determines"
        elif payer:
            value = "the payer's own judgment"
        elif prudent:
            value = "prudent clinician or accepted standards"
        elif program and defining:
            value = "the public program's rules"
        else:
            continue
        yield Candidate(statement, value, "", 0.85 if defining else 0.6)


def _defines(statement: Statement) -> bool:
    """Whether it defines the words, or stands under a caption that asks who decides."""
    last = statement.heading.split("|")
    caption = " ".join(last[-3:])
    return bool(
        says(
            rf"(?:{_TOPIC})\w*(?: services?| care)?,?\"?{{~}}(?:means|shall mean|is care|refers"
            rf"|are those|has the meaning|is defined|shall be determined|is determined)",
            statement.marked,
        )
        or (says(_TOPIC, caption) and not says(_ELSEWHERE, caption))
    )


def _with_items(statement: Statement, paper: Paper) -> str:
    """The words of a definition and of the list items right below it."""
    section = paper.document.section_at(statement.start)
    start, end = statement.start, statement.end + 600
    if section and section.end - section.start < 2000:
        start, end = section.start, section.end
    own = [s for s in paper.statements if start <= s.start < end]
    return f"{statement.lead} " + " ".join(each.marked for each in own)


def worded(paper: Paper, statement: Statement) -> Iterator[Candidate]:
    """What a clause says that its words alone show to be about medical necessity."""
    part = _with_items(statement, paper)
    own = says(_PAYER, part) or says(
        r"payer(?:'s)? (?:\w+ ){0,3}?(?:decid|determin|judg|polic|find)", part
    )
    prudent = says(_PRUDENT, part) or says(r"convenience of|most cost|symptoms", part)
    if own and prudent:
        yield Candidate(statement, "accepted standards, as the payer determines", "", 0.0)
    elif own:
        yield Candidate(statement, "the payer's own judgment", "", 0.0)
    elif prudent:
        yield Candidate(statement, "prudent clinician or accepted standards", "", 0.0)
    elif says(_PROGRAM, part):
        yield Candidate(statement, "the public program's rules", "", 0.0)


READER = Reader(
    "medical_necessity", "the definitions and utilization review", candidates, worded=worded
)
