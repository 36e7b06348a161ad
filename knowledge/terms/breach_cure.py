"""Days to put a material breach right before the contract may be ended for it."""

from __future__ import annotations

from collections.abc import Iterator

from knowledge.terms.reading import Candidate, Paper, Reader
from knowledge.terms.span_rules import SpanRule, spanned, spans

_CURE = (
    r"(?:cur(?:e|es|ed|ing)\b|remed(?:y|ies|ied|ying)\b|correct(?:s|ed|ing)?\b|rectif\w+|uncured"
    r"|puts? (?:it|the matter|matters|things)?\s?right|(?:set|make)s? (?:it |the matter "
    r"|matters |things |that )?right|fix(?:es|ed)?\b|made good"
    r"|mend(?:s|ed|ing)?\b|resolved|made right|makes? (?:it|things) right|repair(?:s|ed)?\b)"
)
_BREACH = (
    r"(?:breach\w*|default\w*|violat\w+|breaks|fail(?:s|ed|ure)? to (?:perform|comply|observe|meet|"
    r"keep|honor|do|carry out|live up)|non-?compliance|non-?performance|not done what|failure\b"
    r"|fails in|something (?:\w+ )?wrong|lets? (?:the other|us|payer|provider) down|(?:broken"
    r"|breaking|break) (?:a |an "
    r"|this |its )"
    r"|not (?:keep(?:s|ing)?|honor|live up|do what|perform|carry(?:ing)? out))"
)

RULE = SpanRule(
    topic=rf"{_BREACH}|for cause|\bcured?\b|not (?:been )?(?:put|set|made) right",
    patterns=(
        (rf"{_BREACH}{{~~}}{_CURE}{{~~}}{{d}}", 0.85),
        (rf"{_BREACH}{{~~}}{{d}}{{~~}}{_CURE}", 0.85),
        (rf"{_CURE}{{~}}within {{d}}", 0.85),
        (rf"{{d}}{{~}}(?:in which |within which |opportunity |period )?to {_CURE}", 0.85),
        (r"(?:cure|remedy|correction) period{~}{d}", 0.85),
        (r"{d} (?:cure|remedy|correction) period", 0.85),
        (rf"{_BREACH}{{~~}}{_CURE}{{~~}}{{d}}{{~}}(?:after|of|from|following)", 0.75),
        (
            rf"{_BREACH}{{~~}}(?:continu\w+|persist\w*|remains?(?: uncured| unremedied)?|lasts?"
            rf"|goes on"
            rf"|still there|not ended){{~}}{{d}}",
            0.8,
        ),
        (rf"not (?:been )?{_CURE}(?: \w+){{0,3}}? (?:within|in|by|after) {{d}}{{~~}}{{end}}", 0.85),
    ),
    follows=rf"{_BREACH}|puts? (?:it|the matter|things) right",
    following=(
        (rf"{_CURE}(?: \w+){{0,3}}? (?:within|in|by|after) {{d}}", 0.8),
        (rf"{{d}}{{~}}to {_CURE}", 0.8),
    ),
    row=r"cure|for cause|breach|default",
    unit="days",
    unless=(
        r"clean claim|directory|invoice|error|security|privacy|protected health|hipaa"
        r"|corrective action|payroll|overpay|non-?payment|failure to pay|provider directory"
        r"|underpa|too little"
    ),
    unless_about=r"claims|audit|privacy|confidential|credential|overpay|directory|hipaa",
    heading=r"breach|cause|default|terminat|cure|ending",
)


def candidates(paper: Paper) -> Iterator[Candidate]:
    """Cure periods; where a sentence has a cure and a further notice, the cure is taken."""
    for candidate in spans(RULE, paper):
        raw, at = candidate.statement.raw, candidate.at or 0
        before = raw[max(0, at - 40) : at].lower()
        if "further notice" in before or "additional notice" in before:
            continue
        yield candidate


READER = Reader(
    "breach_cure_days", "the sections on breach and termination", candidates, spanned=spanned(RULE)
)
