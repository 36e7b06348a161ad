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
    r"|(?:amounts?|prices?)(?: \w+){0,2} in (?:the|payer's) (?:price|fee) list"
    r"|payer's (?:price list|list prices?|prices)"
    r"|maximum allowable (?:fee|charge|amount)|proprietary fee|standard fee schedule)"
)
_CHARGES = r"(?:billed charges?|usual (?:and customary )?charges?|customary charges?|charges)"
_THEN = (
    r"then[- ]current|prevailing|in (?:effect|force)[\w ]{0,25}? (?:on|at|when"
    r"|for) (?:the )?(?:date|time|day)"
    r"|on the same day|as (?:updated|amended|revised|published) (?:from time"
    r"|annually|each)"
    r"|current (?:year's? )?medicare|updat\w+ (?:annually|each|every)|(?:year"
    r"|date) (?:in which|on which)"
    r" (?:the )?(?:service|care)|year of (?:the )?service"
)
_NOT_RATES = (
    r"\binterest\b|audit|example|hospital outpatient|drug|vaccine|immuniz|laborator|injectable"
    r"|asp\b"
    r"|supplies|dme"
    r"|durable|nurse practitioner|physician assistant|social worker|mid-?level|counsel"
    r"|advanced practice"
    r"|anesthesia|assistant (?:at )?surg|no medicare|without a (?:medicare )?price"
    r"|not (?:listed|priced"
    r"|established|valued)|does not (?:price|establish|publish)|unlisted|non-participating"
    r"|if medicare"
    r"|first (?:recogni[sz]ed|priced)|new codes?|came later|after 20\d\d"
    r"|multiple procedure|second|modifier|sequestration|withhold|bonus|incentive|penalt"
)


_DEFINES = re.compile(
    rf"(?:^|\. |; )(?:[\d.]+ |\([a-z]\) )?(?:the "
    rf"|\")?(?P<name>[a-z][\w' -]{{3,40}}?),?\"? (?:means|shall mean"
    rf"|refers to|is defined as)"
    rf"(?P<body>.{{0,160}}?{_MEDICARE}.{{0,160}})"
)


def _references(paper: Paper) -> dict[str, str]:
    """Names that the contract itself defines as a Medicare schedule, with the year it gives."""
    found: dict[str, str] = {}
    for statement in paper.about(_MEDICARE):
        match = _DEFINES.search(statement.marked)
        if match:
            found[match["name"]] = _year(match["body"])
        elif says(r"definition|meaning|words", statement.heading) and says(
            rf"^[^a-z]*(?:[\w. ]{{0,40}}\. )?(?:the |a )?{{~}}{_MEDICARE}", statement.marked
        ):
            parts = [part.strip(" .") for part in statement.heading.split("|")]
            last = next((part for part in reversed(parts) if part), "")
            name = re.sub(r"^(?:section )?(?:[\d.]+|\(?[a-z]\)?)\.? ", "", last)
            if 4 < len(name) < 40 and not says(_MEDICARE, name):
                found[name] = _year(statement.marked)
    return found


def _resolved(text: str, references: dict[str, str]) -> str:
    """The text with names that stand for a Medicare schedule told as such."""
    for name, year in references.items():
        text = re.sub(
            rf"\b(?:the )?{re.escape(name)}\b", f"medicare{year.replace(',', '')} schedule", text
        )
    return text


def candidates(paper: Paper) -> Iterator[Candidate]:
    """Statements that set the rates; an exhibit's outweigh the body's."""
    references = _references(paper)
    topic = (
        rf"{_MEDICARE}|fee schedule|charges|{_STATE}|maximum allow|compensation|rates"
        rf"|price list|list prices?|our prices"
    )
    if references:
        topic += "|" + "|".join(map(re.escape, references))
    for statement in paper.about(topic):
        text = _resolved(statement.full, references)
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
        around = " ".join(each.marked for each in paper.beside(statement))
        for value, score, note in _bases(statement, text, around):
            yield Candidate(statement, value, "", min(0.98, max(0.05, score + bonus)), note=note)
    yield from _tables(paper)


def _bases(statement: Statement, text: str, around: str) -> Iterator[tuple[str, float, str]]:
    """What one statement bases the rates on: value, score, note; `around` may name the year."""
    year = _year(text) or _year(around)
    if says(r"_{3,} ?(?:\([_ ]*\) ?)?(?:%|per ?cent)", text) and says(_MEDICARE, text):
        yield f"percent of Medicare{year}", 0.5, "the percent is left blank"
        return
    if says(
        rf"\b(?:not|no)\b (?:be )?(?:tied|based|linked|taken|derived|related){{~~}}{_MEDICARE}",
        text,
    ):
        return
    of = r"{p}\)?(?: of| times)?,?(?: [\w'-]+){0,8}? "
    for match in _first(rf"{of}{_MEDICARE}", text):
        percent = _percent(statement, match)
        note = "; ".join(_others(statement, int(match["p"])))
        yield f"percent of Medicare{year}, {percent}", 0.88, note
        return
    for match in _first(rf"{_MEDICARE}{{~~}}{{p}}", text):
        if says(r"multipl|times|at\b|equal|percent|rate|paid", text):
            percent = _percent(statement, match)
            yield f"percent of Medicare{year}, {percent}", 0.7, ""
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
        yield f"Medicare{year}", 0.55, ""
    elif says(rf"{pays}{{~~}}{_OWN}", text):
        yield "the payer's own fee schedule", 0.65, ""


def _tables(paper: Paper) -> Iterator[Candidate]:
    """The first row of each table that gives percents of Medicare; its other percents are noted.

    Medicare stands in the head of the table, or in the row itself.
    """
    tables: dict[tuple[str, str], list[Statement]] = {}
    for statement in paper.statements:
        if "|" in statement.raw and statement.columns and statement.percents:
            tables.setdefault((statement.section, statement.columns), []).append(statement)
    for (_, columns), rows in tables.items():
        named = says(rf"(?:percent(?:age)?|%|rate) of (?:the )?(?:\d{{4}} )?{_MEDICARE}", columns)
        rows = [r for r in rows if not says(_NOT_RATES, r.marked)]
        if not named:
            rows = [
                r for r in rows if says(rf"{{y}}{{~}}{_MEDICARE}|{_MEDICARE}{{~}}{{y}}", r.marked)
            ]
        if not rows:
            continue
        percents = [f"{p.value.normalize():f}%" for row in rows for p in row.percents[-1:]]
        others = [each for each in dict.fromkeys(percents) if each != percents[0]]
        year = _year(columns) or _year(rows[0].marked)
        value = f"percent of Medicare{year}, {percents[0]}"
        note = f"other rows of the table: {', '.join(others)}" if others else ""
        yield Candidate(rows[0], value, "", 0.8, note=note)


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


def worded(paper: Paper, statement: Statement) -> Iterator[Candidate]:
    """What a clause says that its words alone show to set the rates."""
    if statement.kind == "table" or "|" in statement.raw:
        return
    text = _resolved(statement.full, _references(paper))
    around = " ".join(each.marked for each in paper.beside(statement))
    found = list(_bases(statement, text, around))
    if not found and says(_MEDICARE, text):
        found = [(f"Medicare{_year(text) or _year(around)}", 0.0, "")]
    elif not found and says(_STATE, text):
        found = [("the state Medicaid schedule", 0.0, "")]
    elif not found and says(
        rf"{_OWN}|payer(?:'s)? (?:\w+ ){{0,4}}?(?:fee schedule|schedule|prices|fees)", text
    ):
        found = [("the payer's own fee schedule", 0.0, "")]
    for value, _, note in found:
        yield Candidate(statement, value, "", 0.0, note=note)


READER = Reader("fee_schedule_basis", "the exhibits on compensation", candidates, worded=worded)
