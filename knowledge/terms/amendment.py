"""How the contract can be changed: by both signatures, or by the payer alone, and how."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from knowledge.terms.language.patterns import says
from knowledge.terms.language.statements import Statement
from knowledge.terms.reading import Candidate, Paper, Reader

CHANGE = (
    r"(?:amend\w*|modif\w+|chang(?:e|es|ed|ing)\b|revis\w+|alter(?:ed|s)?\b|varied"
    r"|vary\b|update\w*)"
)
THING = (
    r"(?:{contract}|exhibits?|schedules?|attachments?|terms|network rate|rates?\b|fees?\b"
    r"|compensation|provisions?|parts?\b|price list|prices?\b|it\b)"
)
BY_LAW = (
    r"(?:required|necessary|needed|made|directed|mandated|comply|compliance|conform){~}(?:by"
    r"|with|to)"
    r"{~}(?:law|statut|regulat|legislat|agency|accredit|cms\b|government)|change in (?:the )?law"
    r"|regulatory (?:change|requirement|amendment)|law changes|(?:law|statute|regulation"
    r"|regulator|state"
    r"|government|agency)\w*[\w ,]{0,60}?(?:compels?|requires?|makes? (?:us|payer|it)"
    r"|unavoidable|directs?)"
    r"|changes? (?:that|which) (?:the )?law"
)
_ALONE = (
    r"payer (?:may|can|reserves the right to|has the right to)(?: \w+){0,3}? amend\b|"
    r"amend\w* by posting|"
    rf"payer (?:may|can|shall have the right to|has the right to|reserves the right to"
    rf"|is entitled to|"
    rf"will be entitled to)(?:,[^,]{{0,60}},)?(?: \w+){{0,4}}? {CHANGE}{{~}}{THING}"
    rf"|payer's (?:right|option){{~}}{CHANGE}{{~}}{THING}"
    rf"|{THING}{{~}}may be {CHANGE}(?: \w+){{0,3}}? by payer"
    rf"|{CHANGE}{{~}}by payer{{~~}}(?:take effect|effective|binding)"
    rf"|payer (?:makes|gives notice of|proposes) an? (?:\w+ )?(?:amendment|change)"
    rf"|payer (?:may|can|will) (?:propose|make|send|announce"
    rf"|issue)s? (?:\w+ ){{0,3}}?(?:amendment|change)"
    rf"|proposals? by payer{{~~}}{CHANGE}|payer (?:may|can)(?: \w+){{0,3}}? (?:rewrite|replace"
    rf"|adjust)"
    rf"{{~}}{THING}|{CHANGE}{{~}}(?:that )?payer (?:makes|announces|sends|proposes)"
)
_BOTH = (
    rf"{CHANGE}{{~~}}(?:sign\w*|execut\w*|agree\w*|consent\w*|writ\w+){{~}}(?:both|all|each"
    rf"|the) part"
    rf"|(?:sign\w*|execut\w*) by (?:both|all|each|the) part|(?:both|the) parties{{~~}}{CHANGE}"
    rf"{{~~}}(?:sign|writing)|{CHANGE}{{~~}}(?:mutual|written) (?:written )?(?:agreement|consent)"
    rf"|{CHANGE}{{~~}}(?:both|each) (?:of us )?(?:sign|agree)"
    rf"|no {CHANGE}{{~~}}unless{{~~}}(?:sign|writ)"
    rf"|{CHANGE}{{~~}}only{{~}}(?:in writing|written|signed)|provider and payer (?:both )?sign"
    rf"|{CHANGE}{{~~}}both (?:of us )?sign|(?:both|each|all) (?:parties|sides"
    rf"|of us) (?:must )?sign\w*{{~}}{CHANGE}|{CHANGE}{{~~}}sign\w*{{~}}(?:both|each|all)"
    rf"|(?:neither|no) (?:party|side|of us){{~}}{CHANGE}{{~~}}(?:alone|without the other|unless)"
)
_MANUAL = r"\bpolic(?:y|ies)\b|manual|procedure|guideline|handbook|authorization list|protocol"
_OBJECT = (
    r"\bobject|reject|refus|decline|disagree|do(?:es)? not (?:wish|accept|agree|like|want|consent)"
    r"|non-?acceptance|says? no\b|turns? (?:it|them) down"
)
_STANDS = (
    r"(?:shall|will|does) not (?:take effect|be effective|apply|become effective|go into effect)"
    r"|remain(?:s)? (?:in effect )?(?:unchanged|as (?:it was|they were))"
    r"|without the (?:change|amendment)|(?:old|existing|present|prior|current) (?:words|terms"
    r"|provisions|rates|version|text) (?:\w+ )?(?:apply|govern|stay|remain|stand|hold|continue)"
    r"|is (?:void|withdrawn|of no effect)|stays? as it (?:is|was)"
    r"|unamended|unless (?:provider|it|the parties) agrees?|(?:continue"
    r"|stay)s?{~}(?:unchanged|existing"
    r" terms|old terms|as before)|status quo|no effect"
)
_LEAVES = (
    r"{contract}(?: \w+){0,3} (?:will|shall) (?:\w+ )?end\b"
    r"|terminat|not (?:to )?renew|declin\w+ renewal|leave|end (?:this|the) |way out"
    r"|(?:gives?|send|serve) notice under"
)
_DESPITE = (
    r"(?:despite|notwithstanding|regardless of|in spite of|over) (?:the |any |its |that "
    r"|provider's |an )*"
    r"objection|whether or not[\w ,]{0,40}(?:object|agree|accept|finish|talk)|objection{~~}"
    r"(?:shall|will|does|do|need) not (?:stop|delay|prevent|suspend|postpone|hold up|block|affect)"
    r"|even (?:if|though|when) provider (?:objects|disagrees|does not agree)"
)


OUTWEIGHED = 0.4  # a rule that both must sign, where the payer may also change it alone


def candidates(paper: Paper) -> Iterator[Candidate]:
    """Clauses on changing the contract; the payer's own right outweighs the mutual rule."""
    found = list(_clauses(paper))
    alone = {each.statement.scope for each in found if each.party}
    for each in found:
        outweighed = each.statement.scope in alone and not each.party
        yield replace(each, score=OUTWEIGHED) if outweighed else each


def _clauses(paper: Paper) -> Iterator[Candidate]:
    for statement in paper.about(rf"{CHANGE}"):
        text = statement.full
        topic = says(rf"{THING}|\bamend", text) or says(r"amend|changes? to", statement.heading)
        if not says(CHANGE, text) or not topic or statement.kind == "table":
            continue
        law_only = says(BY_LAW, f"{statement.heading} | {text}") and not says(
            r"otherwise|any (?:other )?reason|at any time", text
        )
        if statement.states(_ALONE) and not law_only and not _only_manual(text):
            yield Candidate(statement, _how(statement, paper), "", 0.9, party="payer")
        elif says(_BOTH, text) and not says(_MANUAL, text):
            heading = says(r"amend|modif|change", statement.heading)
            yield Candidate(statement, "mutual, signed by both", "", 0.75 if heading else 0.65)


def _only_manual(text: str) -> bool:
    return bool(says(_MANUAL, text)) and not says(
        r"{contract}|exhibit|schedule|fees?\b|rates?\b|compensation", text
    )


def _how(statement: Statement, paper: Paper) -> str:
    """Unilateral: by notice or by posting, and what an objection does."""
    around = " ".join(
        f"{each.heading.rsplit('|', 1)[-1]}. {each.marked}" for each in paper.around(statement)
    )
    told = r"notice|notif|newsletter|letter|e-?mail|tell|writing|⟨|inform"
    by = "by notice" if says(told, f"{statement.heading} {statement.full}") else "alone"
    if says(r"post(?:ed|ing|s)?\b|website|web site|portal|publish|online", statement.full):
        by = "by posting"
    if not says(_OBJECT, around):
        return f"unilateral {by}"
    if says(_DESPITE, around):
        return f"unilateral {by}; takes effect despite an objection"
    if says(rf"(?:{_OBJECT}){{~~}}(?:{_STANDS})", around) or says(
        rf"(?:{_STANDS}){{~~}}(?:{_OBJECT})", around
    ):
        return f"unilateral {by}; an objection keeps the old terms"
    if says(rf"(?:{_OBJECT}){{~~}}(?:{_LEAVES})", around):
        return f"unilateral {by}; who objects may leave"
    return f"unilateral {by}; an objection is allowed"


_SIGNED = (
    r"\bsign|execut|subscrib|mutual|concurrence|put our names|(?:both|each|all|the) (?:parties"
    r"|sides|of us|signator)|written (?:agreement|instrument|consent|amendment)|instrument|agreed"
    r"|both (?:put|sign|write)"
)
_ONE_SIDED = (
    r"payer (?:\w+ ){0,3}?(?:may|can|will|shall|reserves|has|sends?|mails?|makes?|gives?|tells?"
    r"|notif|puts?|posts?)|by payer|payer's (?:notice|letter|amend)|binds? provider|deemed|\bobject"
)
_NEEDED = r"(?:\bno\b|\bnone\b|\bnot\b|neither|only|unless|until){~~}(?:" + _SIGNED + ")"


def worded(paper: Paper, statement: Statement) -> Iterator[Candidate]:
    """What a clause says that its words alone show to be about amendment."""
    text = statement.full
    needed, alone = says(_NEEDED, text), says(_ONE_SIDED, text)
    both = says(r"\bboth\b|{either}|each of (?:us|payer)", text)
    if needed or (says(_SIGNED, text) and (both or not alone)):
        yield Candidate(statement, "mutual, signed by both", "", 0.0)
    elif alone:
        yield Candidate(statement, _how(statement, paper), "", 0.0, party="payer")


READER = Reader("amendment", "the section on amendments and changes", candidates, worded=worded)
