"""Notice of not renewing, in days before the term ends."""

from __future__ import annotations

import re
from collections.abc import Iterator

from knowledge.terms.language.patterns import compiled, says
from knowledge.terms.language.statements import Statement
from knowledge.terms.reading import Candidate, Paper, Reader, side
from knowledge.terms.span_rules import SpanRule, spanned, spans

_NOT_RENEW = (
    r"(?:not (?:to )?(?:be )?(?:renew|extend|continue)\w*|non-?renew\w*|non-?extension|nonextension"
    r"|(?:does|do|will|shall) not (?:want|wish|intend|desire|elect|renew|extend|plan)"
    r"|(?:do|does|did) not want (?:it|{contract}|this|to)(?: to)? (?:go on|continu|renew|run"
    r"|roll|keep)"
    r"|will not (?:continue|go on|renew)|opts? out of (?:the )?renew\w*|let (?:it"
    r"|{contract}) (?:end|lapse|expire)"
    r"|(?:rather|prefer) not (?:to )?(?:carry on|continue|renew|go on)|not (?:to )?carry on"
    r"|(?:prevent|avoid)\w* (?:the |its )?renewal|against renew\w+|declin\w* (?:to |an? |the "
    r"|any )?(?:renew|exten|further)\w*"
    r"|stop(?:ping)? (?:it|{contract}|this) (?:from )?(?:going on|renewing|continuing)"
    r"|stop (?:the )?(?:automatic )?renew\w*|opt\w* out of renew\w*"
    r"|(?:intent\w*|desire|election|decision|wish) (?:to )?(?:terminate|cancel|not))"
)
_TERM_END = (
    r"(?:end|expir\w*|renewal|last day|anniversary|terminat\w* date|close|conclusion|completion"
    r"|beginning|commencement|start|begin)"
)
_SUBJECT = (
    r"\b(payer|provider)(?:,? (?:who|which))? (?:must|shall|may|can|will|writes?|gives?|tells?"
    r"|sends?"
    r"|notif\w+|has to|have to|do(?:es)? not (?:want|wish|renew)|wants?|wish\w*|decides?|elects?)"
)


def _side(statement: Statement, which: int) -> str | None:
    """Whose notice it is: the one who does not want to go on, else as `side` says."""
    text = statement.full
    before = text[: max(text.find(f"⟨{which}⟩"), 0)]
    if says("{either}", before):
        return "either"
    found = list(compiled(_SUBJECT).finditer(before))
    return found[0][1] if found else side(statement, which)


RULE = SpanRule(
    topic=(
        r"renew|exten|successive|year[- ]to[- ]year|term\b|go(?:es)? on|carry on|how long"
        r"|another year"
        r"|anniversary|duration|roll|later periods"
    ),
    patterns=(
        (rf"{_NOT_RENEW}{{~~}}{{d}}{{~}}(?:before|prior|in advance|ahead|preceding)", 0.9),
        (rf"{{d}}{{~}}(?:before|prior|in advance|ahead|preceding){{~~}}{_NOT_RENEW}", 0.9),
        (rf"{_NOT_RENEW}{{~}}{{d}}", 0.75),
        (rf"{{d}}{{~~}}{_NOT_RENEW}", 0.75),
        (
            rf"(?:renew|exten|successive|continue)\w*{{~~}}(?:unless|until"
            rf"|provided){{~~}}{{d}}{{~}}"
            rf"(?:before|prior|in advance|ahead|preceding){{~}}{_TERM_END}",
            0.9,
        ),
        (
            rf"(?:unless|until){{~~}}{{d}}{{~}}(?:before|prior|in advance|ahead"
            rf"|preceding){{~}}{_TERM_END}",
            0.75,
        ),
        (rf"(?:unless|until|but){{~~}}{{d}}{{~}}notice{{~~}}{_TERM_END}", 0.7),
        (r"(?:renew|exten|successive)\w*{~~}unless{~~}{d}", 0.65),
    ),
    unit="days",
    near=True,
    unless=r"breach|cure|default|liability|insurance|policy|renegotiat|proposal"
    r"|successive {d}|rate change",
    unless_about=r"credential|insurance|certificat|prior authorization",
    heading=r"term|renew|duration|how long|lasts",
    party=_side,
    follows=_NOT_RENEW,
    following=(
        (r"{d}{~}(?:before|prior|in advance|ahead|preceding)", 0.85),
        (r"(?:notice|letter){~}(?:received|given|sent|delivered|arrive){~}{d}", 0.75),
    ),
    row=r"non-?renewal|not (?:to )?renew|opt[- ]out of renewal",
)


_BACK = "before|prior|advance|ahead|preced|notice"


def candidates(paper: Paper) -> Iterator[Candidate]:
    """Spans that run back from the end of a term; the term's own length is passed over."""
    for candidate in spans(RULE, paper):
        at = candidate.at or 0
        raw = candidate.statement.raw
        after = raw[at:][:60].lower()
        length = next(d for d in candidate.statement.durations if d.start == at)
        if length.unit in ("year", "month") and not re.search(_BACK, raw[at:][:80].lower()):
            continue
        if re.search(r"\b(?:terms?|periods?)\b", after[:32]) and not re.search(
            "before|prior", after
        ):
            continue
        yield candidate


READER = Reader(
    "non_renewal_notice_days",
    "the sections on term and renewal",
    candidates,
    apart=True,
    spanned=spanned(RULE),
)
