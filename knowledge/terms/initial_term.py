"""How long the contract first runs: months, or the date on which the first term ends."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime

from knowledge.terms.language.patterns import says
from knowledge.terms.reading import Candidate, Paper, Reader, SpanRule, spans

_FIRST = r"(?:initial|first|original|primary|starting|opening|base) (?:contract )?(?:term|period)"

RULE = SpanRule(
    topic=r"term\b|effect|duration|lasts|how long|begins|commenc|period",
    patterns=(
        (rf"{_FIRST}{{~~}}{{d}}", 0.9),
        (rf"{{d}}{{~}}{_FIRST}", 0.9),
        (r"term of {contract}{~}(?:is|be|for|of|runs?|lasts?){~}{d}", 0.85),
        (
            r"(?:remain|continue|be|is|stay)s? (?:in (?:full )?(?:force"
            r"|effect)(?: and effect)?|effective"
            r"|binding){~~}(?:for|of){~}{d}",
            0.85,
        ),
        (r"for (?:a|an)(?: \w+){0,2} (?:term|period) of {d}", 0.8),
        (r"(?:lasts?|runs?|continues?|good) (?:for )?{d}", 0.8),
        (
            r"(?:ends?|expires?|terminates?|until){~}{d}{~}(?:after|from|following){~}(?:effective|start"
            r"|commencement|signing|that date|date)",
            0.75,
        ),
        (r"{d}{~}(?:from|after|commencing|beginning){~}(?:effective|start|commencement) date", 0.7),
        (r"(?:has|have|with) an? {d} term", 0.85),
        (r"a term of {d}", 0.85),
        (r"term (?:shall be|is|will be)(?: for)? {d}", 0.85),
    ),
    unit="months",
    unless=(
        r"cure|breach|days'? notice|written notice|surviv|after (?:the )?(?:terminat|expir)"
        r"|retain|record|confiden|renewal term|compet|warrant|insurance|treat|claims?\b|rate"
    ),
    unless_about=(
        r"confidential|record|insurance|warrant|continu(?:ity|ation) of|non-?compet|claims?\b"
        r"|credential|pregnan|product|quality|fee|compensation"
    ),
    heading=r"\bterm\b|duration|how long|effective date",
)
_DATE = (
    r"(january|february|march|april|may|june|july|august|september|october|november|december)"
    r" (\d{1,2}),? (\d{4})"
)
_UNTIL = (
    rf"(?:{_FIRST}{{~~}}|term of {{contract}}{{~~}}|(?:remain|continue)s? in (?:full force and )?"
    rf"(?:effect|force){{~~}}|begins{{~~}})(?:until|through|to|ends? (?:on)?|expires? (?:on)?"
    rf"|ending (?:on)?) (?P<date>{_DATE})"
)


def candidates(paper: Paper) -> Iterator[Candidate]:
    """Lengths of a first term that stand before any word of renewal, and its end dates."""
    for candidate in spans(RULE, paper):
        if candidate.value and candidate.statement.durations:
            raw = candidate.statement.raw[: candidate.at].lower()
            if re.search(r"renew|successive|extend|additional", raw) or "day" in _unit_at(
                candidate
            ):
                continue
            if candidate.statement.kind == "exhibit" and not says(
                r"\bterm\b|duration|how long", candidate.statement.heading
            ):
                continue
            yield candidate
    for statement in paper.about(r"term|effect|how long|begins"):
        if match := says(_UNTIL, statement.full):
            month, day, year = match.group(2, 3, 4)
            until = datetime.strptime(f"{month} {day} {year}", "%B %d %Y").date()
            renewing = "renew" in statement.full[: match.start("date")]
            if not renewing and not any(
                "month" in d.unit or "year" in d.unit for d in statement.durations[:1]
            ):
                yield Candidate(statement, until.isoformat(), "date", 0.8, note="ends on a date")


def _unit_at(candidate: Candidate) -> str:
    return next((d.unit for d in candidate.statement.durations if d.start == candidate.at), "")


READER = Reader("initial_term", "the section on the term", candidates)
