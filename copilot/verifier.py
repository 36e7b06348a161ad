"""Which numbers and quotes of a text are owned, and by what.

A number is owned by a figure of the thread that reads so at the precision shown, by the
words of a passage in the thread, by the user's own message, or by the words a tool said; one
inside our own description of a code ("physical, ages 40-64") belongs to that name. Everything
else is unsupported. The check reads the text alone; it does not matter who wrote it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from copilot.numbers import Kind, Number, numbers_in
from knowledge.evidence import TOKEN
from knowledge.money import rounded
from knowledge.reference.codes import descriptions_in

_FITS: Mapping[Kind, frozenset[str]] = {
    "money": frozenset({"USD", "USD per member per month"}),
    "percent": frozenset({"percent", "points"}),
    "points": frozenset({"percent", "points"}),
    "duration": frozenset({"days", "months", "count"}),
    "count": frozenset(
        {"count", "ratio", "per 1,000", "days", "months", "USD", "USD per member per month"}
    ),
}
_QUOTE = re.compile(r"[“\"]([^“”\"]{25,}?)[”\"]")


@dataclass(frozen=True)
class Span:
    """A stretch [start, end) of the plain text and what owns it.

    owner: "figure", "citation", "user" or "tool"; id: the figure's or citation's id.
    """

    start: int
    end: int
    owner: str
    id: str = ""


@dataclass(frozen=True)
class Checked:
    """A text after the check: its plain words, what owns which part, what nothing owns."""

    plain: str
    spans: tuple[Span, ...]
    unsupported: tuple[str, ...]
    figures: int
    quotes: int

    def said(self) -> str:
        """The check in words for the page, e.g. "9 figures and 1 quote checked"."""
        figures = f"{self.figures} figure{'s' if self.figures != 1 else ''}"
        quotes = f"{self.quotes} quote{'s' if self.quotes != 1 else ''}"
        if self.unsupported:
            return f"{len(self.unsupported)} not supported"
        return f"{figures} and {quotes} checked" if self.quotes else f"{figures} checked"


@dataclass(frozen=True)
class Grounds:
    """What may own a number: figures and citations as plain data, and words that count.

    user: the user's own messages. tool: sentences and names that tools said. dates: days
    that are true by themselves (today).
    """

    figures: Sequence[Mapping[str, Any]] = ()
    citations: Sequence[Mapping[str, Any]] = ()
    user: Sequence[str] = ()
    tool: Sequence[str] = ()
    dates: Sequence[date] = ()
    _cache: dict[str, Any] = field(default_factory=dict, repr=False, compare=False)

    def in_words(self, which: str) -> list[tuple[Number, str]]:
        """The numbers of the citations, the user's or the tools' words, with their owner's id."""
        if which not in self._cache:
            texts: Iterable[tuple[str, str]]
            if which == "citation":
                texts = [
                    (part, str(c["id"]))
                    for c in self.citations
                    for part in (str(c["quote"]), str(c["label"]))
                ]
            elif which == "user":
                texts = [(words, "") for words in self.user]
            else:
                texts = [(words, "") for words in self.tool]
            self._cache[which] = [(n, owner) for t, owner in texts for n in numbers_in(t)]
        found: list[tuple[Number, str]] = self._cache[which]
        return found


def check(text: str, grounds: Grounds) -> Checked:
    """What owns each number and each quote of the text; tokens own what they enclose.

    A token is trusted only if its id is among the grounds and shows what that figure shows.
    """
    plain, spans, covered, loose = _resolve(text, grounds)
    figures = sum(1 for span in spans if span.owner == "figure")
    quotes = 0
    for match in _QUOTE.finditer(plain):
        owner = _quoted(match.group(1), grounds)
        if owner:
            quotes += 1
            spans.append(Span(match.start(1), match.end(1), "citation", owner))
            covered.append(match.span(1))
        elif numbers_in_any(match.group(1)) or len(match.group(1).split()) >= 6:
            loose.append(match.group(1))
            covered.append(match.span(1))
    covered += descriptions_in(plain)
    for number in numbers_in(plain):
        if any(start <= number.start and number.end <= end for start, end in covered):
            continue
        owner_span = _owner(number, grounds)
        if owner_span is None:
            loose.append(number.text.strip())
        else:
            spans.append(owner_span)
            figures += owner_span.owner == "figure"
    spans.sort(key=lambda span: span.start)
    return Checked(plain, tuple(spans), tuple(dict.fromkeys(loose)), figures, quotes)


def numbers_in_any(text: str) -> bool:
    """Whether the text holds a number at all."""
    return next(numbers_in(text), None) is not None


def _resolve(
    text: str, grounds: Grounds
) -> tuple[str, list[Span], list[tuple[int, int]], list[str]]:
    shown = {str(f["id"]): str(f["shown"]) for f in grounds.figures}
    cited = {str(c["id"]) for c in grounds.citations}
    spans: list[Span] = []
    covered: list[tuple[int, int]] = []
    loose: list[str] = []
    parts: list[str] = []
    length = last = 0
    for match in TOKEN.finditer(text):
        parts.append(text[last : match.start()])
        length += match.start() - last
        kind, key, words = match.groups()
        said = words if kind == "f" else f"[{words}]"
        here = (length, length + len(said))
        if kind == "f" and shown.get(key) == words:
            spans.append(Span(*here, "figure", key))
            covered.append(here)
        elif kind == "c" and key in cited:
            spans.append(Span(*here, "citation", key))
            covered.append(here)
        elif kind == "c":
            loose.append(said)
            covered.append(here)
        parts.append(said)
        length += len(said)
        last = match.end()
    parts.append(text[last:])
    return "".join(parts), spans, covered, loose


def _quoted(words: str, grounds: Grounds) -> str:
    folded = _folded(words.rstrip(".,;"))
    for citation in grounds.citations:
        if folded in _folded(str(citation["quote"])):
            return str(citation["id"])
    return ""


def _folded(words: str) -> str:
    return re.sub(r"\s+", " ", words.replace("’", "'")).strip().lower()


def _owner(number: Number, grounds: Grounds) -> Span | None:
    for figure in grounds.figures:
        if _figure_reads(figure, number):
            return Span(number.start, number.end, "figure", str(figure["id"]))
    for which in ("citation", "user", "tool"):
        for other, owner in grounds.in_words(which):
            if _same(number, other):
                return Span(number.start, number.end, which, owner)
    if number.kind in ("date", "month", "year"):
        for day in grounds.dates:
            if _same_day(number, day):
                return Span(number.start, number.end, "tool")
    return None


def _figure_reads(figure: Mapping[str, Any], number: Number) -> bool:
    unit = str(figure["unit"])
    exact = str(figure["exact"])
    if unit == "date":
        return number.day is not None and _same_day(number, date.fromisoformat(exact))
    if number.kind in ("date", "month", "year") or unit not in _FITS[number.kind]:
        return False
    if number.kind == "duration" and unit == "days" and "month" in number.text.lower():
        return False
    return reads_as(abs(Decimal(exact)), number)


def reads_as(value: Decimal, number: Number) -> bool:
    """Whether a size, rounded as the text shows it, reads as the number in the text.

    "about $63,000" may round to its own ending zeros, but to two digits at the least.
    """
    if rounded(value, number.places) == number.value:
        return True
    if not number.about or number.value == 0:
        return False
    whole = f"{number.value:f}".partition(".")[0]
    zeros = len(whole) - len(whole.rstrip("0"))
    zeros = min(zeros, max(0, len(whole) - 2))
    return zeros > 0 and rounded(value / (10**zeros), 0) == number.value / (10**zeros)


def _same(one: Number, other: Number) -> bool:
    if one.kind in ("date", "month", "year") or other.kind in ("date", "month", "year"):
        if other.day is not None:
            return _same_day(one, other.day)
        return one.kind == "year" and other.kind == "year" and one.value == other.value
    same_family = one.kind == other.kind or {one.kind, other.kind} <= {"percent", "points"}
    bare = "count" in (one.kind, other.kind)
    return (same_family or bare) and one.value == other.value


def _same_day(number: Number, day: date) -> bool:
    if number.kind == "year":
        return number.value == day.year
    if number.day is None:
        return False
    if number.kind == "month":
        return (number.day.year, number.day.month) == (day.year, day.month)
    if number.day.year == 4:
        return (number.day.month, number.day.day) == (day.month, day.day)
    return number.day == day


def linked(checked: Checked, figures: Sequence[Mapping[str, Any]]) -> str:
    """The plain text with a token around each number that a figure owns, for the page."""
    names = {str(f["id"]) for f in figures}
    out, last = [], 0
    for span in checked.spans:
        if span.owner != "figure" or span.id not in names or span.start < last:
            continue
        out.append(checked.plain[last : span.start])
        out.append(f"⟦f:{span.id}|{checked.plain[span.start : span.end]}⟧")
        last = span.end
    return "".join([*out, checked.plain[last:]])
