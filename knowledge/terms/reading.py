"""How a reader works: candidates among the statements, the best per line of business chosen."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property

from knowledge.documents.document import Document
from knowledge.evidence import Citation
from knowledge.terms.language.patterns import clause, compiled, says
from knowledge.terms.language.quantities import Duration
from knowledge.terms.language.statements import LINE_WORDS, Statement, statements
from knowledge.terms.term import SURE_FROM, Term, Value

LONGEST_QUOTE = 500
ONE_MATTER = 2400  # characters; a longer section holds several matters
_ONE_ACTS = re.compile(
    r"\b(payer|provider)(?:'s)?(?: \w+){0,3}? (?:may|can|shall have the right|has the right"
    r"|have the right|is entitled|are entitled|is free|are free|reserves|elects|at its)"
)
_EITHER_ACTS = (
    r"{either} (?:to this|hereto|may|can|shall|will|has|have|is|gives?|tells?|notif\w+|delivers?"
    r"|sends?|provides?|receives?|elects?|writes?)|by {either}|mutual(?:ly)? right"
    r"|payer or provider"
    r"|provider or payer"
)


@dataclass(frozen=True)
class Paper:
    """A document and its statements, cut once for all readers."""

    document: Document

    @cached_property
    def statements(self) -> tuple[Statement, ...]:
        """Every statement, in order."""
        return statements(self.document)

    def about(self, pattern: str) -> Iterator[Statement]:
        """Statements whose captions, lead or words say the pattern."""
        search = compiled(pattern).search
        return (each for each in self.statements if search(each.about))

    def beside(self, statement: Statement) -> list[Statement]:
        """The statements of the same section, in order, itself included."""
        return [
            each
            for each in self.statements
            if each.section == statement.section and abs(each.start - statement.start) < 4000
        ]

    def around(self, statement: Statement) -> list[Statement]:
        """The statements of the whole clause that a statement stands in, in order.

        The clause is the widest section around it that is still short enough to be about one
        matter; without sections, its neighbours.
        """
        low, high = self._clause(statement)
        return [each for each in self.statements if low <= each.start < high]

    def _clause(self, statement: Statement) -> tuple[int, int]:
        holding = [
            (s.start, s.end)
            for s in self.document.sections
            if s.start <= statement.start < s.end and s.end - s.start <= ONE_MATTER
        ]
        if holding:
            return min(holding, key=lambda span: (span[0], -span[1]))
        return statement.start - 1000, statement.start + 1500


@dataclass(frozen=True)
class Candidate:
    """A value that a statement seems to state; score 0 to 1."""

    statement: Statement
    value: Value
    unit: str
    score: float
    party: str | None = None
    note: str = ""
    at: int | None = None


@dataclass(frozen=True)
class Reader:
    """Reads one term. looked: where it is usually stated, for the note when nothing is found.

    apart: entries of payer and provider are kept apart (each has a number of its own).
    """

    name: str
    looked: str
    candidates: Callable[[Paper], Iterable[Candidate]]
    apart: bool = False


def read(reader: Reader, paper: Paper) -> list[Term]:
    """The term as a document states it: one entry a line of business, at least one entry."""
    groups: dict[tuple[str | None, str | None], list[Candidate]] = {}
    for each in reader.candidates(paper):
        party = each.party if reader.apart and each.party in ("payer", "provider") else None
        groups.setdefault((each.statement.scope, party), []).append(each)
    if reader.apart:
        groups = _without_weaker_sides(groups)
    terms = [_chosen(reader.name, line, found, paper) for (line, _), found in groups.items()]
    terms.sort(
        key=lambda t: (t.line_of_business is not None, t.citation.start if t.citation else 0)
    )
    return terms or [_missing(reader, paper.document)]


def _without_weaker_sides(
    groups: dict[tuple[str | None, str | None], list[Candidate]],
) -> dict[tuple[str | None, str | None], list[Candidate]]:
    """One side's number is dropped where a statement about both sides is at least as sure."""
    kept = dict(groups)
    for (line, party), found in groups.items():
        both = groups.get((line, None))
        if party and both and max(c.score for c in both) >= max(c.score for c in found):
            del kept[(line, party)]
    return kept


def _chosen(name: str, line: str | None, found: list[Candidate], paper: Paper) -> Term:
    best = max(found, key=lambda each: each.score)
    rivals = [
        each
        for each in found
        if each.value != best.value
        and each.score >= best.score - 0.1
        and each.statement.start != best.statement.start
    ]
    confidence = round(best.score, 2)
    note = best.note
    if rivals:
        confidence = min(confidence, 0.5)
        other = rivals[0].statement
        where = other.section or "another place"
        note = f"{where} says otherwise" + (f"; {note}" if note else "")
    sure = confidence >= SURE_FROM
    return Term(
        name=name,
        value=best.value if sure else None,
        unit=best.unit,
        line_of_business=line,
        found=sure,
        confidence=confidence,
        citation=quoted(paper.document, best.statement, best.at),
        party=best.party,
        note=note,
    )


def _missing(reader: Reader, document: Document) -> Term:
    every = f"all {len(document.sections)} sections" if document.sections else "the whole text"
    unread = ""
    if document.unread_pages:
        pages = ", ".join(str(page) for page in document.unread_pages)
        unread = f"; unread pages (pictures): {pages}"
    note = f"it looked at {every} of {document.name}, above all {reader.looked}{unread}"
    return Term(reader.name, None, "", None, False, 0.0, None, None, note)


def quoted(document: Document, statement: Statement, at: int | None = None) -> Citation:
    """The statement as a citation; a long one is cut at words around `at` to 500 characters."""
    start, end = statement.start, statement.end
    if end - start > LONGEST_QUOTE:
        middle = start + (at or 0)
        low = max(start, min(middle - LONGEST_QUOTE // 2, end - LONGEST_QUOTE))
        high = min(end, low + LONGEST_QUOTE)
        text = document.text
        if low > start:
            low = text.find(" ", low, high) + 1 or low
        if high < end:
            high = text.rfind(" ", low, high) if " " in text[low:high] else high
        start, end = low, high
    return document.citation(start, end)


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


def with_note(candidate: Candidate, note: str) -> Candidate:
    """The candidate with a further note."""
    notes = [part for part in (candidate.note, note) if part]
    return replace(candidate, note="; ".join(notes))


def side(statement: Statement, which: int = 0) -> str | None:
    """Whose right it is: either, payer or provider, by the last subject before the span."""
    text = statement.full
    at = text.find(f"⟨{which}⟩")
    before = text[:at] if at >= 0 else text
    subjects = [(m.start(), "either") for m in compiled(_EITHER_ACTS).finditer(before)]
    subjects += [(m.start(), m[1]) for m in _ONE_ACTS.finditer(before)]
    if subjects:
        return max(subjects)[1]
    if says(_EITHER_ACTS, text):
        return "either"
    found = _ONE_ACTS.search(text)
    return found[1] if found else None
