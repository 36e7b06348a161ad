"""Notice for ending the contract without a cause, in days, and who may give it."""

from __future__ import annotations

from collections.abc import Iterator

from knowledge.terms.language.patterns import says
from knowledge.terms.reading import Candidate, Paper, Reader, side
from knowledge.terms.span_rules import SpanRule, spanned, spans

_WITHOUT_CAUSE = (
    r"(?:without (?:any |a |good )?(?:cause|reason)|(?:with or|no) without cause|for (?:its "
    r"|their |your |his )?(?:own )?convenience"
    r"|no cause|(?:for )?any (?:or no |lawful )?reason|no reason|for no (?:cause|stated reason"
    r"|reason)"
    r"|without (?:\w+ ){0,3}?(?:giving|stating|assigning|show|showing|naming|needing|specifying"
    r"|having to give)"
    r" (?:any |a )?(?:cause|reason)|not for cause|for reasons of its own|at will\b"
    r"|(?:need|have to|must) not (?:give|state|have) a(?:ny)? (?:reason|cause)"
    r"|(?:need|have|has|had|must)(?: not)? (?:to )?(?:explain|say|state) why|no need to explain"
    r"|(?:do(?:es)? not|no) need (?:to give |for )?a(?:ny)? reason)"
)

RULE = SpanRule(
    topic=r"{end}",
    patterns=(
        (rf"{_WITHOUT_CAUSE}{{~~}}{{d}}", 0.9),
        (rf"{{d}}{{~~}}{_WITHOUT_CAUSE}", 0.9),
        (rf"{_WITHOUT_CAUSE}{{~~}}(?:may do so|do the same|likewise|the same){{~}}{{d}}", 0.9),
        (r"{end}{~~}at any time{~~}{d}", 0.75),
        (r"at any time{~}{end}{~~}{d}", 0.75),
        (
            r"(?:may|can|right to) (?:also |each )?{end}{~}{contract}{~}(?:by|on"
            r"|upon|with)"
            r"{~}{d}{~}(?:notice|notify|writing)",
            0.65,
        ),
        (
            r"(?:may|can|right to) (?:also |each )?{end}{~}{contract}{~}giving{~}{d}",
            0.65,
        ),
        (r"{end}{~}{contract}{~}at its (?:sole )?(?:option|discretion){~~}{d}", 0.75),
        (r"(?:until|unless)(?: it is)? {end}{~}(?:by )?{either}{~~}{d}{~}notice", 0.75),
        (r"continu\w*{~~}until {either}{~~}{d}{~}notice", 0.7),
        (r"{end}(?: \w+){0,2} by {either}(?: at any time)?(?: \w+){0,3}?{~}{d}{~}{notice}", 0.7),
        (
            r"(?:may|can) (?:also )?{end}{~~}(?:whenever|when) (?:it|they|he|she|provider"
            r"|payer) (?:wish|want|like|choos)\w*{~~}{d}",
            0.8,
        ),
    ),
    unit="days",
    unless=(
        r"breach|default|not renew|non-?renew|intention to (?:let|renew)|immediate|insolven"
        r"|cure|object|fails?\b|if payer (?:changes|amends)|material change|expiration|end of the"
        r" (?:initial|then)|initial term has|during the (?:initial|first)|\bcontinu(?:e|ity|ation)"
    ),
    unless_about=r"continu(?:ity|ation) of care|individual (?:practitioner|physician)",
    heading=r"without cause|no cause|convenience|terminat|ending|leav(?:e|ing)",
    party=side,
    caption=(
        r"without (?:a |any )?(?:cause|reason)|no[- ]cause|convenience|voluntary|at will"
        r"|no reason|any reason"
    ),
    captioned=(
        (r"(?:may|can|right to|option to){~~}{end}{~~}{d}", 0.85),
        (r"(?:may|can|right to|option to){~~}(?:giv|notice|notif|writ|tell){~~}{d}", 0.7),
        (r"{d}{~}{notice}", 0.7),
    ),
    follows=rf"{{end}}{{~~}}{_WITHOUT_CAUSE}|{_WITHOUT_CAUSE}{{~~}}{{end}}",
    following=(
        (r"{d}{~}(?:{notice}|in writing|beforehand|ahead)", 0.75),
        (r"(?:notice|giv\w+|tell\w*|writ\w+){~}{d}", 0.7),
    ),
    row=r"without cause|no[- ]cause|without (?:a |any )?reason|convenience",
)


_AFTER_THE_END = (
    r"(?:upon|after|following|event of|case of|on|by reason of) (?:the "
    r"|any )?(?:expiration or |expiry or )?"
    r"(?:earlier )?(?:terminat\w+|cancel\w+)|terminat\w+ (?:hereof |of {contract} )?for any reason"
)
_MAY_END = (
    r"(?:may|can|right to|be|until|option to|elect to|free to) (?:\w+ ){0,3}?{end}"
    r"|{end}{~}by {either}"
)
_CONDITION = r"\bif\b|in the event|should (?:the|either)|contests|determines"


def candidates(paper: Paper) -> Iterator[Candidate]:
    """Spans of notice without cause, and clauses that rule such an ending out."""
    for candidate in spans(RULE, paper):
        text = candidate.statement.full
        if says(_AFTER_THE_END, text) and not says(_MAY_END, text):
            continue
        if not says(_WITHOUT_CAUSE, text) and says(_CONDITION, text):
            continue
        yield candidate
    for statement in paper.about(_WITHOUT_CAUSE):
        text = statement.full
        barred = says(
            rf"(?:neither|no) (?:party|side){{~}}(?:may|can|shall|has){{~~}}{_WITHOUT_CAUSE}"
            rf"|no (?:party|side)?(?: has a| has)? ?right to {{end}}{{~~}}{_WITHOUT_CAUSE}"
            rf"|(?:may|can|shall) not(?: be)? {{end}}{{~~}}{_WITHOUT_CAUSE}",
            text,
        )
        only_first = says(r"(?:during|before|until|prior to|within|in) (?:the )?"
                          r"(?:initial|first|end of|expir)", text)  # fmt: skip
        if barred and says("{end}", text) and not statement.durations and not only_first:
            yield Candidate(statement, "none", "", 0.85, note="the contract rules it out")


READER = Reader(
    "no_cause_termination_days",
    "the sections on term and termination",
    candidates,
    apart=True,
    spanned=spanned(RULE),
)
