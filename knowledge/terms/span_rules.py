"""Spans of time in clauses: the rule by which a reader finds its days or months."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from knowledge.terms.language.patterns import clause, compiled, says
from knowledge.terms.language.quantities import Duration
from knowledge.terms.language.statements import LINE_WORDS, Statement
from knowledge.terms.reading import Candidate, Paper


@dataclass(frozen=True)
class SpanRule:
    """How a span of time is found.

    topic: the statement, its captions or lead must say this. patterns: (pattern with {d},
    score), the best match per span counts. unless: a span whose clause says this is another
    matter. unless_about: likewise for captions and lead. heading: captions that add 0.1.
    caption, captioned: patterns that count only under a caption (or after words) that name the
    matter itself. follows, following: patterns that count only where the statement before
    says the matter. row: what a table's row, or a line "name: span", calls it.
    near: a clause also ends at the spans beside the one that is asked for.
    """

    topic: str
    patterns: Sequence[tuple[str, float]]
    unit: str
    unless: str = "(?!)"
    unless_about: str = "(?!)"
    heading: str = "(?!)"
    party: Callable[[Statement, int], str | None] = lambda statement, which: None
    lead: bool = True
    caption: str = "(?!)"
    captioned: Sequence[tuple[str, float]] = ()
    follows: str = "(?!)"
    following: Sequence[tuple[str, float]] = ()
    row: str = "(?!)"
    near: bool = False


def spans(rule: SpanRule, paper: Paper) -> Iterator[Candidate]:
    """Every span of time that a rule finds, each with its score."""
    topic = compiled(rule.topic).search
    for statement in paper.statements:
        if not statement.durations or not (
            topic(statement.about) or (rule.following and says(rule.follows, statement.before))
        ):
            continue
        if says(rule.unless_about, f"{statement.heading} {statement.lead}"):
            continue
        text = statement.full if rule.lead else statement.marked
        best: dict[int, float] = {}
        for pattern, score in _patterns(rule, statement):
            for match in compiled(pattern).finditer(text):
                which = int(match["d"])
                if says(rule.unless, _part(rule, text, match.start("d"))):
                    continue
                best[which] = max(best.get(which, 0.0), score)
        bonus = 0.1 if says(rule.heading, statement.heading) else 0.0
        for which, score in sorted(best.items()):
            duration = statement.durations[which]
            of_line = _of_line(statement, text, which)
            yield span_candidate(of_line, duration, rule, min(0.98, score + bonus))


def _patterns(rule: SpanRule, statement: Statement) -> list[tuple[str, float]]:
    """The patterns that a statement's captions, and the statement before it, allow."""
    found = list(rule.patterns)
    if says(rule.caption, statement.heading):
        found += rule.captioned
    if statement.before and says(rule.follows, statement.before):
        found += rule.following
    if "|" in statement.raw or ":" in statement.raw[:60]:
        found.append((rf"^[^|:]{{0,40}}(?:{rule.row})[^|:]{{0,60}}[|:][^.;]{{0,40}}?{{d}}", 0.75))
    return found


def _part(rule: SpanRule, text: str, at: int) -> str:
    """The clause around a place; where the rule says so only as far as the spans beside it."""
    part = clause(text, at)
    if not rule.near:
        return part
    mark = text[at - 1 : text.find("⟩", at) + 1]
    before, _, after = part.partition(mark)
    return before.rsplit("⟩", 1)[-1] + mark + after.split("⟨", 1)[0]


def _of_line(statement: Statement, text: str, which: int) -> Statement:
    """The statement as one of the line of business that stands right at a span, if any does."""
    at = text.find(f"⟨{which}⟩")
    after = text[at : at + 60]
    for line, words in LINE_WORDS.items():
        if re.match(rf"⟨\d+⟩[^⟨.;,]{{0,25}}\b(?:for|in|under)\b[^⟨.;,]{{0,20}}?(?:{words})", after):
            return replace(statement, scope=line)
    return statement


def span_candidate(
    statement: Statement, duration: Duration, rule: SpanRule, score: float
) -> Candidate:
    """The candidate for one span: days or months, the original wording kept in the note."""
    note = ""
    value: Decimal | None
    if rule.unit == "months":
        value, unit = duration.months, "months"
    else:
        value, unit = duration.days, duration.days_unit
    inexact = {"days": ("month", "year"), "months": ("day", "business day", "week")}
    if duration.unit in inexact[rule.unit]:
        note = f"the text says {duration.words}"
    if duration.conflict:
        note, score = "its words and its digits differ", min(score, 0.5)
    if duration.blank:
        value, note, score = None, "left blank", min(score, 0.5)
    which = statement.durations.index(duration)
    party = rule.party(statement, which)
    return Candidate(statement, value, unit, score, party, note, duration.start)


def spanned(rule: SpanRule) -> Callable[[Statement, Duration], Candidate | None]:
    """How a reader takes a span that its words alone make likely; blanks are left to patterns."""

    def made(statement: Statement, duration: Duration) -> Candidate | None:
        if duration.blank:
            return None
        which = statement.durations.index(duration)
        of_line = _of_line(statement, statement.full, which)
        text = statement.full
        part = _part(rule, text, text.find(f"⟨{which}⟩") + 1)
        against = says(rule.unless, part) or says(rule.unless_about, statement.heading)
        return replace(span_candidate(of_line, duration, rule, 0.0), against=bool(against))

    return made
