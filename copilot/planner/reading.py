"""One message as it was read: its text, and everything spotted in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from copilot.planner.amounts import amount_spans
from copilot.planner.calendar_words import calendar_spans
from copilot.planner.known_words import mended
from copilot.planner.named_codes import code_spans
from copilot.planner.named_payers import PayerNames
from copilot.planner.named_terms import NamedTerm, named_terms
from copilot.planner.spans import Span, masked, without_overlaps
from copilot.planner.vocabulary import Vocabulary
from copilot.planner.wording import tidy

_PRODUCTS = ("PPO", "HMO", "EPO", "POS", "Medicare Advantage")


@dataclass(frozen=True)
class Reading:
    """A message or a stretch of it: text[start:end], with the spans that lie inside."""

    text: str
    start: int
    end: int
    spans: tuple[Span, ...]
    terms: tuple[NamedTerm, ...]

    @property
    def words(self) -> str:
        """The stretch as written."""
        return self.text[self.start : self.end].strip()

    @property
    def masked(self) -> str:
        """The stretch with names and numbers replaced by stand-ins."""
        return masked(self.text, self.spans, self.start, self.end)

    @property
    def coded(self) -> str:
        """As `masked`, with names of code groups replaced by a code too."""
        spans = [replace(s, kind="code") if s.kind == "family" else s for s in self.spans]
        return masked(self.text, spans, self.start, self.end)

    def of(self, *kinds: str) -> Iterator[Span]:
        """The spans of these kinds, in order."""
        return (span for span in self.spans if span.kind in kinds)

    def values(self, *kinds: str) -> list[Any]:
        """The values of these kinds, in order, each once."""
        return list(dict.fromkeys(span.value for span in self.of(*kinds)))

    def part_of_whole(self, start: int, end: int, other: Reading) -> Reading:
        """This stretch and another of the same message as one."""
        spans = sorted({*self.spans, *other.spans}, key=lambda span: (span.start, -span.end))
        terms = sorted({*self.terms, *other.terms}, key=lambda term: term.start)
        return replace(self, start=start, end=end, spans=tuple(spans), terms=tuple(terms))

    def part(self, start: int, end: int) -> Reading:
        """A smaller stretch of the same message."""
        return replace(
            self,
            start=start,
            end=end,
            spans=tuple(s for s in self.spans if start <= s.start and s.end <= end),
            terms=tuple(t for t in self.terms if start <= t.start and t.end <= end),
        )


class Reader:
    """Reads messages with the names of one workspace."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self.payers = PayerNames(vocabulary)

    def read(self, message: str, today: date) -> Reading:
        """The message tidied, its slips mended, and everything in it spotted."""
        text = mended(tidy(message), self._untouchable(tidy(message)))
        amounts = amount_spans(text)
        spans = without_overlaps(
            [
                *self.payers.spans(text),
                *_products(text, self.vocabulary),
                *code_spans(text, self.vocabulary),
                *(span for span in amounts if span.kind == "medicare"),
                *calendar_spans(text, today),
                *(span for span in amounts if span.kind != "medicare"),
            ]
        )
        wider = _medicare_over_year(text, spans)
        return Reading(text, 0, len(text), tuple(wider), tuple(named_terms(text)))

    def _untouchable(self, text: str) -> set[str]:
        named = {
            word
            for span in self.payers.spans(text)
            for word in re.findall(r"[a-z]+", text[span.start : span.end].lower())
        }
        return named | set(self.payers.words)


def _medicare_over_year(text: str, spans: list[Span]) -> list[Span]:
    """A percent of Medicare takes the year that stands inside it along as a span of its own."""
    found = list(spans)
    for span in spans:
        if span.kind != "medicare":
            continue
        year = re.search(r"\b(20\d\d)\b", text[span.start : span.end])
        if year:
            start = span.start + year.start()
            found.append(Span("year", start, start + 4, int(year.group(1))))
    return sorted(found, key=lambda span: (span.start, -span.end))


def _products(text: str, vocabulary: Vocabulary) -> Iterator[Span]:
    names = {name.lower(): name for name in (*_PRODUCTS, *vocabulary.products)}
    for name in sorted(names, key=len, reverse=True):
        if len(name) < 3:
            continue
        for match in re.finditer(rf"(?<![\w-]){re.escape(name)}s?(?![\w-])", text, re.IGNORECASE):
            yield Span("product", match.start(), match.end(), names[name])
