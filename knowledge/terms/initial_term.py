"""How long the contract first runs: months, or the date on which the first term ends."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from knowledge.terms.language.patterns import says
from knowledge.terms.language.quantities import Duration
from knowledge.terms.language.statements import Statement
from knowledge.terms.reading import Candidate, Paper, Reader, with_note
from knowledge.terms.span_rules import SpanRule, spanned, spans

_FIRST = (
    r"(?:initial|first|original|primary|starting|opening|base) (?:contract )?"
    r"(?:term|period|stretch|duration)"
)

RULE = SpanRule(
    topic=r"term\b|length of|effect|duration|lasts|how long|begins|commenc|period",
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
            r"(?:ends?|expires?|terminates?|until){~}{d}{~}(?:after|from"
            r"|following){~}(?:effective|start"
            r"|commencement|signing|that date|date)",
            0.75,
        ),
        (r"{d}{~}(?:from|after|commencing|beginning){~}(?:effective|start|commencement) date", 0.7),
        (r"(?:has|have|with) an? {d} term", 0.85),
        (r"a term of {d}", 0.85),
        (r"term (?:shall be|is|will be)(?: for)? {d}", 0.85),
        (r"(?:good|valid|binding|signed up|committed|in place) for {d}", 0.8),
    ),
    unit="months",
    unless=(
        r"cure|breach|days'? notice|written notice|surviv|after (?:the )?(?:terminat|expir)"
        r"|retain|record|confiden|renewal term|compet|warrant|insurance|treat|claims?\b|rate"
        r"|coverage|reporting|tail\b|solicit|hire|licen[cs]e|each year|another"
    ),
    unless_about=(
        r"confidential|record|insurance|warrant|continu(?:ity|ation) of|non-?compet|claims?\b"
        r"|credential|pregnan|product|quality|fee|compensation"
    ),
    heading=r"\bterm\b|duration|how long|effective date",
    row=r"(?:initial|first) (?:term|period)|\bterm\b|length of (?:contract|agreement)|duration",
)
_ANY = spanned(RULE)
_MONTHS = "january february march april may june july august september october november december"
_MONTH = "|".join(_MONTHS.split())
_DATE = (
    rf"(?:(?P<month>{_MONTH}) (?P<day>\d{{1,2}}),? (?P<year>\d{{4}})"
    rf"|(?P<day2>\d{{1,2}}) (?P<month2>{_MONTH}),? (?P<year2>\d{{4}})"
    r"|(?P<m3>\d{1,2})/(?P<d3>\d{1,2})/(?P<y3>20\d\d)|(?P<y4>20\d\d)-(?P<m4>\d\d)-(?P<d4>\d\d))"
)
_UNTIL = (
    rf"(?:{_FIRST}{{~~}}|term of {{contract}}{{~~}}|(?:remain|continue|stay)s? (?:binding "
    rf"|effective"
    rf" |in (?:full )?(?:effect|force)){{~~}}|(?:begins?|runs?|lasts?|starts?|commences?"
    rf"|(?:is|be) (?:effective|in (?:force|effect))){{~~}})(?:until|till|through|thru|to|up to"
    rf"|ends?"
    rf"|expires?|ending|expiring)(?: and)?(?: including)?(?: at)?(?: on| the close of"
    rf"| midnight(?: on| of)?| the end of)?"
    rf" (?P<date>{_DATE})"
)
_NO_START = re.compile(
    r"(?:start|effective|commencement|inception)\s+date[^\n.]{0,40}?_{3,}"
    r"|(?:effective|commenc\w+|begins?|starts?|dated)(?: on| as of)?(?: the)? _{3,}",
    re.IGNORECASE,
)


def candidates(paper: Paper) -> Iterator[Candidate]:
    """Lengths of a first term and its end dates; a start date left blank is noted."""
    blank = "the start date is left blank" if _NO_START.search(paper.document.text) else ""
    for candidate in _terms(paper):
        yield with_note(candidate, blank)


def _spanned(statement: Statement, duration: Duration) -> Candidate | None:
    """A first term that its words make likely; a sentence on later terms alone gives none."""
    before = statement.raw[: duration.start].lower()
    if "day" in duration.unit or re.search(r"renew|success|extend|additional|later term", before):
        return None
    return _ANY(statement, duration)


def _terms(paper: Paper) -> Iterator[Candidate]:
    """Lengths of a first term that stand before any word of renewal, and its end dates."""
    for candidate in spans(RULE, paper):
        if candidate.statement.durations:
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
    for statement in paper.about(
        r"term\b|effect|how long|begins|duration|period|commenc|expires|starts|runs"
    ):
        captioned = says(r"\bterm\b|duration|how long|length", statement.heading)
        if not (captioned or says(rf"{{contract}}|{_FIRST}", statement.full)):
            continue
        if (match := says(_UNTIL, statement.full)) and (until := _date(match)):
            renewing = "renew" in statement.full[: match.start("date")]
            before = statement.full[: match.start("date")]
            if not renewing and not any(
                "month" in d.unit or "year" in d.unit
                for n, d in enumerate(statement.durations)
                if f"⟨{n}⟩" in before
            ):
                yield Candidate(statement, until.isoformat(), "date", 0.8, note="ends on a date")


def _date(match: re.Match[str]) -> date | None:
    """The date that a match of _UNTIL ends with; None for one that is in no calendar."""
    parts = match.groupdict()
    month = parts["month"] or parts["month2"]
    try:
        if month:
            year, day = parts["year"] or parts["year2"], parts["day"] or parts["day2"]
            return date(int(year or 0), _MONTHS.split().index(month) + 1, int(day or 0))
        year, number = parts["y3"] or parts["y4"], parts["m3"] or parts["m4"]
        return date(int(year or 0), int(number or 0), int(parts["d3"] or parts["d4"] or 0))
    except ValueError:
        return None


def _unit_at(candidate: Candidate) -> str:
    return next((d.unit for d in candidate.statement.durations if d.start == candidate.at), "")


READER = Reader("initial_term", "the section on the term", candidates, spanned=_spanned)
