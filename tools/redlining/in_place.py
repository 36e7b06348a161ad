"""One finding on words that stand in a contract, as a change of those words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from knowledge.documents.document import Document, Section
from knowledge.positions import Position
from knowledge.redline.change import Where
from knowledge.redline.model_language import Level, ModelLanguage
from knowledge.redline.party_names import PartyNames
from knowledge.redline.reworded import reworded_percent, reworded_span
from knowledge.terms.language.quantities import Duration, durations, percents
from knowledge.terms.language.statements import Statement
from knowledge.terms.names import TERM_MODULES
from knowledge.terms.readers import reader_of
from knowledge.terms.reading import Paper

LONGEST_CLAUSE = 1500  # characters; a longer clause holds more than one matter
RESERVED = "[Reserved.]"
_YEAR_IS_OLD = re.compile(r"schedule has stood still")
_MARKER = re.compile(r"(?:§ ?)?(?:\d{1,2}(?:\.\d{1,3})*\.?|[A-Z]\.|\([A-Za-z0-9]{1,4}\))\s+(?=\S)")
_LOWERED = ("A", "An", "The", "This", "Nothing", "Neither", "Either", "On", "After", "Medical")
_NOTWITHSTANDING = "Notwithstanding anything to the contrary in this section, "


@dataclass(frozen=True)
class Words:
    """Old words at [start, end) of the stored text and what becomes of them; hint: for the user."""

    start: int
    end: int
    new: str
    where: Where = "in place"
    hint: str = ""


def reworded_clause(
    issue: dict[str, Any],
    position: Position,
    model: ModelLanguage,
    level: Level,
    paper: Paper,
    names: PartyNames,
    year: int,
) -> Words | None:
    """The change that a finding asks for, None where the contract is at the level already.

    issue: one of review_contract's. The smallest change is taken that does it: a number in
    place, words put behind the clause, one sentence anew, the whole clause.
    """
    statement = _statement(paper, issue["start"], issue["end"])
    if statement is None:
        return None
    number = _number(position, level)
    one_sided = "only the" in issue["basis"].split("; our position")[0]
    if number is not None and _stated(issue) is not None and not one_sided:
        if _met(position, _stated(issue), number):
            return None
        span = _span(paper, statement, position, issue)
        if span is not None:
            old = statement.raw[span.start : span.end]
            return _at(statement, span.start, span.end, reworded_span(old, *number))
    in_words = _number_in_words(issue, position, model, level, statement, year)
    if in_words is not None:
        return in_words
    if level not in model.words:
        return None
    new = names.put_into(model.words[level])
    if issue["status"] in model.beside:
        where: Where = "new paragraph" if "|" in statement.raw else "after the words"
        return Words(_begins(statement), statement.end, new, where)
    return _sentence(statement, model, new, paper.document)


def _statement(paper: Paper, start: int, end: int) -> Statement | None:
    holding = [s for s in paper.statements if s.start < end and start < s.end]
    return max(holding, key=lambda s: min(end, s.end) - max(start, s.start), default=None)


def _number(position: Position, level: Level) -> tuple[int, str] | None:
    """The position's number at a level, in days or months."""
    asked = {"opening": position.ask.opening, "target": position.ask.target,
             "walk_away": position.ask.walk_away}[level]  # fmt: skip
    if position.ask.unit in ("days", "months") and asked.isdigit():
        return int(asked), position.ask.unit
    return None


def _stated(issue: dict[str, Any]) -> Duration | None:
    """The span of time that was read, from its words ("60 days"); None for a value in words."""
    said = str(issue["value"] or "")
    found = durations(said)
    return found[0] if len(found) == 1 and found[0].end - found[0].start == len(said) else None


def _met(position: Position, stated: Duration | None, number: tuple[int, str]) -> bool:
    """Whether what the contract states is as good as the number, in a one-way range."""
    bounds = position.accept
    if stated is None or bounds is None:
        return False
    value = stated.months if number[1] == "months" else stated.days
    if stated.unit == "business day":
        value = value * 7 / 5
    more = bounds.at_least is not None or bounds.more_than is not None
    if more and bounds.at_most is None:
        return value >= number[0]
    if bounds.at_most is not None and not more:
        return value <= number[0]
    return value == number[0]


def _span(
    paper: Paper, statement: Statement, position: Position, issue: dict[str, Any]
) -> Duration | None:
    """The span in the statement that the term was read from, None where it cannot be told."""
    stated = _stated(issue)
    assert stated is not None
    months = position.unit == "months"
    same = [
        each
        for each in statement.durations
        if (each.months == stated.months if months else
            each.days == stated.days and each.days_unit == stated.days_unit)
    ]  # fmt: skip
    if len(same) == 1:
        return same[0]
    if position.term not in TERM_MODULES:
        return None
    read = [
        each.at
        for each in reader_of(position.term).candidates(paper)
        if each.statement.start == statement.start and each.at is not None
    ]
    return next((each for each in same if each.start in read), None)


def _number_in_words(
    issue: dict[str, Any],
    position: Position,
    model: ModelLanguage,
    level: Level,
    statement: Statement,
    year: int,
) -> Words | None:
    """A number changed in a term that is told in words: a percent, an old year, a period."""
    raw = statement.raw
    asked = percents({"opening": position.ask.opening, "target": position.ask.target,
                      "walk_away": position.ask.walk_away}[level])  # fmt: skip
    found = statement.percents
    if asked and len(found) == 1 and re.search(r"% a year", str(issue["value"])):
        if found[0].value >= asked[0].value:
            return None
        new = reworded_percent(raw[found[0].start : found[0].end], asked[0].value)
        return _at(statement, found[0].start, found[0].end, new)
    if position.stale_after_years is not None and _YEAR_IS_OLD.search(issue["basis"]):
        old = re.search(r"\b20\d\d\b", str(issue["value"]))
        places = list(re.finditer(rf"\b{old[0]}\b", raw)) if old else []
        if len(places) == 1:
            hint = "Compare the two years' rates for your own codes before this goes out."
            return _at(statement, places[0].start(), places[0].end(), str(year), hint)
    if model.span_after is not None:
        says, becomes, unit = model.span_after
        for each in statement.durations:
            before = raw[max(0, each.start - 60) : each.start]
            if says.search(before) and each.months > becomes:
                old_words = raw[each.start : each.end]
                new = reworded_span(old_words, becomes, unit)
                return _at(statement, each.start, each.end, new)
    return None


def _sentence(statement: Statement, model: ModelLanguage, new: str, document: Document) -> Words:
    """A sentence, or under a caption of its own matter the clause, anew."""
    section = document.section_at(statement.start)
    clause = _clause(section, statement, model, document)
    if clause is not None:
        return Words(*clause, new or RESERVED)
    raw = statement.raw[_begins(statement) - statement.start :].strip()
    if new and (raw[:1].islower() or not raw.endswith((".", "?", "!", '"', "”"))):
        first = new.split(" ", 1)[0]
        words = (
            _NOTWITHSTANDING + (first.lower() if first in _LOWERED else first) + new[len(first) :]
        )
        return Words(statement.start, statement.end, words, "new paragraph")
    if not new and section is not None and _alone(section, statement, document):
        new = RESERVED
    return Words(_begins(statement), statement.end, new)


def _begins(statement: Statement) -> int:
    """Where a statement's words begin, behind its number."""
    marker = _MARKER.match(statement.raw)
    return statement.start + (marker.end() if marker else 0)


def _clause(
    section: Section | None, statement: Statement, model: ModelLanguage, document: Document
) -> tuple[int, int] | None:
    """The words of the whole clause after its caption, where it is of this one matter."""
    if section is None or model.clause is None:
        return None
    if not any(model.clause.search(caption) for caption in section.path):
        return None
    text = document.text[section.start : section.end].rstrip()
    if len(text) > LONGEST_CLAUSE:
        return None
    head = text.find(section.heading) + len(section.heading) if section.heading else 0
    lead = re.match(r"[\s.:—–-]*", text[head:])
    start = section.start + head + (lead.end() if lead else 0)
    start = max(start, section.start + len(_number_of(text)))
    return (start, section.start + len(text)) if start <= _begins(statement) else None


def _number_of(text: str) -> str:
    marker = _MARKER.match(text)
    return marker[0] if marker else ""


def _alone(section: Section, statement: Statement, document: Document) -> bool:
    """Whether a statement is all that its section says after the caption."""
    rest = document.text[section.start : statement.start]
    behind = document.text[statement.end : section.end]
    return len(rest) < 120 and "\n\n" not in rest and not behind.strip()


def _at(statement: Statement, start: int, end: int, new: str, hint: str = "") -> Words:
    return Words(statement.start + start, statement.start + end, new, hint=hint)


def asked_number(position: Position, level: Level) -> Decimal | None:
    """The position's number at a level in its own unit, None for words."""
    number = _number(position, level)
    return None if number is None else Decimal(number[0])
