"""Notice of not renewing, in days before the term ends."""

from __future__ import annotations

import re
from collections.abc import Iterator

from knowledge.terms.reading import Candidate, Paper, Reader, SpanRule, side, spans

_NOT_RENEW = (
    r"(?:not (?:to )?(?:be )?(?:renew|extend|continue)\w*|non-?renew\w*|non-?extension|nonextension"
    r"|(?:does|do|will|shall) not (?:want|wish|intend|desire|elect|renew|extend|plan)"
    r"|against renew\w+|decline\w* (?:to )?renew\w*|stop (?:the )?renew\w*"
    r"|(?:intent\w*|desire|election|decision|wish) (?:to )?(?:terminate|cancel|not))"
)
_TERM_END = (
    r"(?:end|expir\w*|renewal|last day|anniversary|terminat\w* date|close|conclusion|completion"
    r"|beginning|commencement|start)"
)

RULE = SpanRule(
    topic=r"renew|exten|successive|year[- ]to[- ]year|term\b",
    patterns=(
        (rf"{_NOT_RENEW}{{~~}}{{d}}{{~}}(?:before|prior|in advance|ahead|preceding)", 0.9),
        (rf"{{d}}{{~}}(?:before|prior|in advance|ahead|preceding){{~~}}{_NOT_RENEW}", 0.9),
        (rf"{_NOT_RENEW}{{~}}{{d}}", 0.75),
        (rf"{{d}}{{~~}}{_NOT_RENEW}", 0.75),
        (
            rf"(?:renew|exten|successive|continue)\w*{{~~}}(?:unless|until|provided){{~~}}{{d}}{{~}}"
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
    unless=r"breach|cure|default|liability|insurance|policy|renegotiat|proposal"
    r"|successive {d}|rate change",
    unless_about=r"credential|insurance|certificat|prior authorization",
    heading=r"term|renew|duration|how long|lasts",
    party=side,
)


def candidates(paper: Paper) -> Iterator[Candidate]:
    """Spans that run back from the end of a term; the term's own length is passed over."""
    for candidate in spans(RULE, paper):
        at = candidate.at or 0
        raw = candidate.statement.raw
        after = raw[at:][:60].lower()
        if re.search(r"\b(?:terms?|periods?)\b", after[:32]) and not re.search(
            "before|prior", after
        ):
            continue
        yield candidate


READER = Reader("non_renewal_notice_days", "the sections on term and renewal", candidates)
