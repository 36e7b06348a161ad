"""What the rates rest on: a percent of which year's Medicare, of another schedule, of charges."""

from __future__ import annotations

import re
from collections.abc import Iterator

from knowledge.terms.language.patterns import compiled, says
from knowledge.terms.language.statements import Statement
from knowledge.terms.reading import Candidate, Paper, Reader

_MEDICARE = (
    r"(?:medicare|cms\b|rbrvs|resource[- ]based relative|mpfs|physician fee schedule|centers for"
    r" medicare)"
)
_STATE = (
    r"(?:state(?:'s)? (?:medicaid )?fee schedule|medicaid fee schedule|health first colorado fee"
    r"|state medicaid|department(?:'s)? fee schedule|medicaid rates?"
    r"|medicaid (?:physician )?schedule"
    r"|(?:medicaid|state) (?:allowable|program) (?:fee|rate)s?|state's (?:published )?(?:fee|rate))"
)
_OWN = (
    r"(?:payer's (?:then[- ]current |current |standard |proprietary |own |market "
    r"|\w+ )?(?:\w+ )?(?:fee"
    r" schedule|schedule of (?:allow|maximum|fees)|maximum allow\w*|price list|allowable|allowance)"
    r"|maximum allowable (?:fee|charge|amount)|proprietary fee|standard fee schedule)"
)
_CHARGES = r"(?:billed charges?|usual (?:and customary )?charges?|customary charges?|charges)"
_THEN = (
    r"then[- ]current|prevailing|in effect (?:on|at|when|for) (?:the )?(?:date|time|day)"
    r"|in force (?:on"
    r"|at) the (?:date|time|day)|as (?:updated|amended|revised|published) (?:from time"
    r"|annually|each)"
    r"|current (?:year's? )?medicare|updat\w+ (?:annually|each|every)|(?:year"
    r"|date) (?:in which|on which)"
    r" (?:the )?(?:service|care)|year of (?:the )?service"
)
_NOT_RATES = (
    r"audit|example|hospital outpatient|drug|vaccine|immuniz|laborator|injectable|asp\b"
    r"|supplies|dme"
    r"|durable|nurse practitioner|physician assistant|social worker|mid-?level|counsel"
    r"|advanced practice"
    r"|anesthesia|assistant (?:at )?surg|no medicare|without a (?:medicare )?price"
    r"|not (?:listed|priced"
    r"|established|valued)|does not (?:price|establish|publish)|unlisted|non-participating"
    r"|if medicare"
    r"|multiple procedure|second|modifier|sequestration|withhold|bonus|incentive|penalt"
)


def candidates(paper: Paper) -> Iterator[Candidate]:
    """Statements that set the rates; an exhibit's outweigh the body's."""
    topic = rf"{_MEDICARE}|fee schedule|charges|{_STATE}|maximum allow|compensation|rates"
    for statement in paper.about(topic):
        text = statement.full
        if statement.kind == "table" or "|" in statement.raw:
            continue
        if not says(r"pay|paid|rate|fee|allow|reimburs|compensat|price", text):
            continue
        aside = bool(says(_NOT_RATES, text))
        bonus = 0.08 if statement.kind == "exhibit" else 0.0
        bonus += (
            0.05 if says(r"rate|compensation|fee|payment|reimburs|paid", statement.heading) else 0
        )
        bonus -= 0.3 if aside else 0.0
        for value, score, note in _bases(statement, text):
            yield Candidate(statement, value, "", min(0.98, max(0.05, score + bonus)), note=note)


def _bases(statement: Statement, text: str) -> Iterator[tuple[str, float, str]]:
    of = r"{p}\)?(?: of| times)?(?: [\w'-]+){0,8}? "
    for match in _first(rf"{of}{_MEDICARE}", text):
        percent = _percent(statement, match)
        note = "; ".join(_others(statement, int(match["p"])))
        yield f"percent of Medicare{_year(text)}, {percent}", 0.8, note
        return
    for match in _first(rf"{_MEDICARE}{{~~}}{{p}}", text):
        if says(r"multipl|times|at\b|equal|percent|rate|paid", text):
            percent = _percent(statement, match)
            yield f"percent of Medicare{_year(text)}, {percent}", 0.7, ""
            return
    for match in _first(rf"{of}{_STATE}", text):
        yield f"percent of the state Medicaid schedule, {_percent(statement, match)}", 0.8, ""
        return
    for match in _first(rf"{of}{_OWN}", text):
        yield f"percent of the payer's own fee schedule, {_percent(statement, match)}", 0.75, ""
        return
    for match in _first(rf"{of}{_CHARGES}", text):
        yield f"percent of billed charges, {_percent(statement, match)}", 0.65, ""
        return
    pays = r"(?:pa(?:id|y|ys|yment)\b|reimburs\w+|compensat\w+|rate|accept)"
    if says(rf"{pays}{{~~}}{_STATE}", text):
        yield "the state Medicaid schedule", 0.65, ""
    elif says(rf"{pays}{{~~}}{_MEDICARE}", text) and says(r"fee schedule|rates?\b|allow", text):
        yield f"Medicare{_year(text)}", 0.55, ""
    elif says(rf"{pays}{{~~}}{_OWN}", text):
        yield "the payer's own fee schedule", 0.65, ""


def _first(pattern: str, text: str) -> Iterator[re.Match[str]]:
    match = compiled(pattern).search(text)
    if match:
        yield match


def _percent(statement: Statement, match: re.Match[str]) -> str:
    return f"{statement.percents[int(match['p'])].value.normalize():f}%"


def _others(statement: Statement, used: int) -> list[str]:
    """Further percents of the same sentence, for other groups of codes."""
    values = [f"{p.value.normalize():f}%" for n, p in enumerate(statement.percents) if n != used]
    main = f"{statement.percents[used].value.normalize():f}%"
    rest = [value for value in dict.fromkeys(values) if value != main]
    return [f"also {', '.join(rest)} in the same sentence"] if rest else []


def _year(text: str) -> str:
    """The Medicare year in the words of the sentence: " 2020", ", then-current" or nothing."""
    if says(_THEN, text):
        return ", then-current"
    years = re.findall(r"\b(20[0-4]\d)\b", text)
    return f" {years[0]}" if years else ""


READER = Reader("fee_schedule_basis", "the exhibits on compensation", candidates)
