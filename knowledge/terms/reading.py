"""How a reader works: candidates among the statements, the best per line of business chosen."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

from knowledge.documents.document import Document
from knowledge.evidence import Citation
from knowledge.terms.language.patterns import compiled, says
from knowledge.terms.language.quantities import Duration
from knowledge.terms.language.statements import Statement, statements
from knowledge.terms.term import SURE_FROM, UNSURE_FROM, Term, Value
from knowledge.terms.weighing.confidence import judged, span_odds, statement_odds
from knowledge.terms.weighing.weights import SPANS, STATEMENTS, weights

LONGEST_QUOTE = 500
ONE_MATTER = 2400  # characters; a longer section holds several matters
AS_SURE = 0.16  # how much less sure a rival may be
ABOUT_AS_SURE = 0.04
NEARLY = 0.02  # and one that no pattern matched
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

    @cached_property
    def odds(self) -> list[list[float]]:
        """The log odds of each term, statement by statement, by the words alone."""
        return statement_odds(self, weights(STATEMENTS))

    @cached_property
    def _spans(self) -> dict[tuple[int, int], dict[str, float]]:
        return {}

    def span_odds(self, n: int, which: int) -> dict[str, float]:
        """The log odds of each term of time for a span of the n-th statement."""
        if (n, which) not in self._spans:
            self._spans[n, which] = span_odds(self.statements[n], which, weights(SPANS))
        return self._spans[n, which]

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
    """A value that a statement seems to state; score 0 to 1, 0 where no pattern matched.

    by_words: no pattern matched. against: the patterns even take it for another matter.
    """

    statement: Statement
    value: Value
    unit: str
    score: float
    party: str | None = None
    note: str = ""
    at: int | None = None
    against: bool = False
    by_words: bool = False

    @property
    def doubtful(self) -> bool:
        """Whether the paper itself leaves it open: a blank, words and digits that differ."""
        return self.value is None or "digits differ" in self.note


@dataclass(frozen=True)
class Reader:
    """Reads one term. looked: where it is usually stated, for the note when nothing is found.

    apart: entries of payer and provider are kept apart (each has a number of its own).
    spanned, worded: the candidate of a span, the candidates of a statement, that its words
    alone make likely although no pattern matched.
    """

    name: str
    looked: str
    candidates: Callable[[Paper], Iterable[Candidate]]
    apart: bool = False
    spanned: Callable[[Statement, Duration], Candidate | None] | None = None
    worded: Callable[[Paper, Statement], Iterable[Candidate]] | None = None


@lru_cache(maxsize=32)
def paper_of(document: Document) -> Paper:
    """The document's paper; that of a document read lately is kept."""
    return Paper(document)


def read(reader: Reader, paper: Paper) -> list[Term]:
    """The term as a document states it: one entry a line of business, at least one entry."""
    groups: dict[tuple[str | None, str | None], list[Candidate]] = {}
    for each in judged(reader, paper):
        if each.score < UNSURE_FROM:
            continue
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
    best = _first_of_the_best(found)
    rivals = [
        each
        for each in found
        if each.value != best.value
        and each.score >= best.score - (NEARLY if each.by_words else AS_SURE)
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


def _first_of_the_best(found: list[Candidate]) -> Candidate:
    """The surest; of those that say the same about as surely the body's, the first first."""
    best = max(found, key=lambda each: each.score)
    same = [
        each
        for each in found
        if each.value == best.value and each.score >= best.score - ABOUT_AS_SURE
    ]
    return min(same, key=lambda each: (each.statement.kind != "body", each.statement.start))


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
