"""What an answer stands on: figures, citations, passages, and the finding that holds them.

Built-in sentences are templates over figures (`says`), so that each number in them is
owned by construction. A sentence is a plain string in which a figure stands as a token
`⟦f:ID|shown⟧` and a citation as `⟦c:ID|label⟧`; `plain` gives the words for a reader.
Everything here turns into plain dicts and strings (`as_data`), because findings travel
through checkpoints, JSON output and the page.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from knowledge.money import rounded
from knowledge.selection import Selection, Where

Unit = Literal[
    "USD",
    "percent",
    "ratio",
    "count",
    "USD per member per month",
    "days",
    "months",
    "points",
    "per 1,000",
    "date",
]

TOKEN = re.compile(r"⟦([fc]):([0-9a-z_]+)\|([^⟦⟧]*)⟧")


def long_date(day: date) -> str:
    """March 1, 2027: the way dates are written for readers."""
    return f"{day:%B} {day.day}, {day.year}"


def _key(prefix: str, *parts: object) -> str:
    digest = hashlib.sha256("\x1f".join(str(part) for part in parts).encode()).hexdigest()
    return f"{prefix}_{digest[:10]}"


@dataclass(frozen=True)
class Basis:
    """How a figure came about: the formula in words, and what went into it.

    `inputs` are figures that open in turn; `table`, `where` and `rows` name the canonical
    table, the filter in words and how many of its rows were read. `select` tells the same
    rows to a program; a `where` that carries its selection gives it by itself.
    """

    words: str
    inputs: tuple[Figure, ...] = ()
    table: str | None = None
    where: str | None = None
    rows: int | None = None
    source: str | None = None
    select: Selection | None = None

    def __post_init__(self) -> None:
        if self.select is None and isinstance(self.where, Where):
            object.__setattr__(self, "select", self.where.select)


@dataclass(frozen=True)
class Figure:
    """One number (or date) that a tool computed: value, unit, name and basis.

    A percent is 92.3, not 0.923. Money is a Decimal in USD. `places` fixes how many
    decimals are shown; by default USD shows cents below 1,000 and none from there on.
    """

    name: str
    value: Decimal | date
    unit: Unit
    basis: Basis
    as_of: date | None = None
    places: int | None = None
    id: str = field(default="")

    def __post_init__(self) -> None:
        if not self.id:
            made = _key("f", self.name, self.value, self.unit, self.basis.words, self.basis.where)
            object.__setattr__(self, "id", made)

    @property
    def number(self) -> Decimal:
        """The value as a Decimal; a date has none and raises TypeError."""
        if isinstance(self.value, Decimal):
            return self.value
        raise TypeError(f"{self.name} is a date")

    def shown(self) -> str:
        """The figure as a reader sees it, e.g. $483,681, $127.92, 92.3%, 90 days."""
        if isinstance(self.value, date):
            return long_date(self.value)
        value = self.value
        sign = "-" if value < 0 else ""
        size = abs(value)
        if self.unit in ("USD", "USD per member per month"):
            places = self.places if self.places is not None else (0 if size >= 1000 else 2)
            said = rounded(size, places)
            return f"{sign if said else ''}${said:,}"
        if self.unit in ("percent", "points"):
            said = rounded(size, 1 if self.places is None else self.places)
            mark = "%" if self.unit == "percent" else " points"
            return f"{sign if said else ''}{said:,}{mark}"
        if self.unit in ("days", "months"):
            word = self.unit if size != 1 else self.unit[:-1]
            return f"{sign}{_plain_number(size, self.places)} {word}"
        if self.unit == "per 1,000":
            return f"{sign}{_plain_number(size, self.places)} per 1,000"
        return f"{sign}{_plain_number(size, self.places)}"

    def token(self) -> str:
        """The figure inside a sentence."""
        return f"⟦f:{self.id}|{self.shown()}⟧"

    def with_inputs(self) -> tuple[Figure, ...]:
        """This figure and all figures below it, once each, itself first."""
        seen: dict[str, Figure] = {self.id: self}
        for each in self.basis.inputs:
            for below in each.with_inputs():
                seen.setdefault(below.id, below)
        return tuple(seen.values())

    def as_data(self) -> dict[str, Any]:
        """A plain dict; `value` is a number or an ISO date, `exact` keeps the Decimal as text."""
        value: Any
        if isinstance(self.value, Decimal):
            whole = self.value == self.value.to_integral_value()
            value = int(self.value) if whole else float(self.value)
        else:
            value = self.value.isoformat()
        basis = self.basis
        return {
            "id": self.id,
            "name": self.name,
            "value": value,
            "exact": str(self.value),
            "unit": self.unit,
            "shown": self.shown(),
            "places": self.places,
            "as_of": self.as_of.isoformat() if self.as_of else None,
            "basis": {
                "words": basis.words,
                "inputs": [each.id for each in basis.inputs],
                "table": basis.table,
                "where": basis.where,
                "rows": basis.rows,
                "source": basis.source,
                "select": basis.select.as_data() if basis.select else None,
            },
        }


def _plain_number(size: Decimal, places: int | None) -> str:
    if places is not None:
        return f"{rounded(size, places):,}"
    if size == size.to_integral_value():
        return f"{size.to_integral_value():,}"
    return f"{rounded(size, 2).normalize():,f}"


@dataclass(frozen=True)
class Citation:
    """Words in a stored source: `quote` is found verbatim at [start, end) of its text.

    `source` is the document's name as the user knows it (or guide/chapter_2), `document`
    its id in the workspace ("" for the built-in guide), `section` a number or caption,
    `page` the physical page from 1 (None where a source has no pages).
    """

    source: str
    section: str
    page: int | None
    start: int
    end: int
    quote: str
    document: str = ""
    id: str = field(default="")

    def __post_init__(self) -> None:
        if not self.id:
            object.__setattr__(
                self, "id", _key("c", self.document or self.source, self.start, self.end)
            )

    def label(self) -> str:
        """How the citation is named in a sentence, e.g. Agreement.pdf 9.2, p. 14."""
        parts = self.source + (f" {self.section}" if self.section else "")
        return parts + (f", p. {self.page}" if self.page else "")

    def token(self) -> str:
        """The citation inside a sentence."""
        return f"⟦c:{self.id}|{_quiet(self.label())}⟧"

    def as_data(self) -> dict[str, Any]:
        """A plain dict with the keys of the command line's JSON."""
        return {
            "id": self.id,
            "source": self.source,
            "document": self.document,
            "section": self.section,
            "page": self.page,
            "start": self.start,
            "end": self.end,
            "quote": self.quote,
            "label": self.label(),
        }


@dataclass(frozen=True)
class Passage:
    """A stretch of a source that can be retrieved: its citation, heading path and owner."""

    citation: Citation
    heading_path: tuple[str, ...] = ()
    payer: str | None = None
    scope: str | None = None

    @property
    def text(self) -> str:
        """The passage's words, verbatim."""
        return self.citation.quote


Cell = str | Figure | None


@dataclass(frozen=True)
class Table:
    """Rows for a reader: a title that says the message, columns with units, cells.

    A cell is a word, a figure or nothing; a number is never put in as a word.
    """

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    first_rows: int = 10

    def figures(self) -> list[Figure]:
        """All figures in the cells, row by row."""
        return [cell for row in self.rows for cell in row if isinstance(cell, Figure)]

    def as_data(self) -> dict[str, Any]:
        """A plain dict; a figure's cell is {"figure": id, "shown": text}."""
        return {
            "title": self.title,
            "columns": list(self.columns),
            "rows": [[_cell(cell) for cell in row] for row in self.rows],
            "first_rows": self.first_rows,
        }


def _cell(cell: Cell) -> Any:
    if isinstance(cell, Figure):
        return {"figure": cell.id, "shown": cell.shown()}
    return cell


@dataclass(frozen=True)
class Chart:
    """What a chart shows, as plain data: bars or lines over labels, one optional reference line.

    `series` maps a name to one figure per label (None where there is none).
    """

    kind: Literal["bar", "line"]
    title: str
    unit: Unit
    labels: tuple[str, ...]
    series: Mapping[str, tuple[Figure | None, ...]]
    reference: tuple[str, Figure] | None = None

    def figures(self) -> list[Figure]:
        """All figures drawn."""
        drawn = [f for values in self.series.values() for f in values if f is not None]
        return drawn + ([self.reference[1]] if self.reference else [])

    def as_data(self) -> dict[str, Any]:
        """A plain dict; figures by id with their number."""
        return {
            "kind": self.kind,
            "title": self.title,
            "unit": self.unit,
            "labels": list(self.labels),
            "series": {
                name: [
                    None if f is None else {"figure": f.id, "value": float(f.number)}
                    for f in values
                ]
                for name, values in self.series.items()
            },
            "reference": None
            if self.reference is None
            else {
                "label": self.reference[0],
                "figure": self.reference[1].id,
                "value": float(self.reference[1].number),
            },
        }


@dataclass(frozen=True)
class Sentence:
    """One sentence with the figures and citations that stand in it."""

    text: str
    figures: tuple[Figure, ...] = ()
    citations: tuple[Citation, ...] = ()


def says(template: str, **values: Figure | Citation | str) -> Sentence:
    """A sentence from a template whose {names} are figures, citations or words.

    `{x}` shows the value, `{x.name}` a figure's name. A template holds no digits of its
    own, except inside {names}: a number must come from a figure, a citation or the user's
    own words passed as a string (for those the verifier decides). Braces cannot be escaped.
    """
    figures: list[Figure] = []
    citations: list[Citation] = []

    def put(match: re.Match[str]) -> str:
        name, _, attribute = match.group(1).partition(".")
        value = values[name]
        if isinstance(value, Figure):
            figures.append(value)
            return _quiet(value.name) if attribute == "name" else value.token()
        if isinstance(value, Citation):
            citations.append(value)
            return value.token()
        return _quiet(value)

    text = re.sub(r"\{([a-z_0-9]+(?:\.name)?)\}", put, template)
    return Sentence(text, tuple(figures), tuple(citations))


def _quiet(words: str) -> str:
    """Words from outside without our token marks, so that a text cannot forge a figure."""
    return words.replace("⟦", "[").replace("⟧", "]").replace("|", "/")


def plain(text: str) -> str:
    """The sentence as a reader sees it: figures shown, citations in square brackets."""
    return TOKEN.sub(lambda m: m.group(3) if m.group(1) == "f" else f"[{m.group(3)}]", text)


@dataclass(frozen=True)
class Finding:
    """What a tool returns: the answer, and everything it stands on.

    headline: the finding in one sentence with the number in it. sentences: two or three
    more. caveats: what was left out and why, with its dollars. next_steps: up to four
    questions the user may ask next, in the user's words. details: plain facts for the
    next tool (resolved payers, period, benchmark year), never shown as they stand.
    """

    headline: Sentence
    sentences: tuple[Sentence, ...] = ()
    figures: tuple[Figure, ...] = ()
    passages: tuple[Passage, ...] = ()
    table: Table | None = None
    chart: Chart | None = None
    caveats: tuple[Sentence, ...] = ()
    next_steps: tuple[str, ...] = ()
    details: Mapping[str, Any] = field(default_factory=dict)
    done: str = ""

    def all_figures(self) -> tuple[Figure, ...]:
        """Every figure of the finding and of the figures below them, once each."""
        seen: dict[str, Figure] = {}
        for top in self._tops():
            for each in top.with_inputs():
                seen.setdefault(each.id, each)
        return tuple(seen.values())

    def _tops(self) -> Iterable[Figure]:
        yield from self.figures
        for sentence in (self.headline, *self.sentences, *self.caveats):
            yield from sentence.figures
        if self.table:
            yield from self.table.figures()
        if self.chart:
            yield from self.chart.figures()

    def all_citations(self) -> tuple[Citation, ...]:
        """Every citation of the finding, once each, those of the sentences first."""
        seen: dict[str, Citation] = {}
        for sentence in (self.headline, *self.sentences, *self.caveats):
            for each in sentence.citations:
                seen.setdefault(each.id, each)
        for passage in self.passages:
            seen.setdefault(passage.citation.id, passage.citation)
        return tuple(seen.values())

    def as_data(self) -> dict[str, Any]:
        """A plain dict for checkpoints, JSON and the page."""
        return {
            "headline": self.headline.text,
            "sentences": [s.text for s in self.sentences],
            "caveats": [s.text for s in self.caveats],
            "figures": [f.as_data() for f in self.all_figures()],
            "citations": [c.as_data() for c in self.all_citations()],
            "table": self.table.as_data() if self.table else None,
            "chart": self.chart.as_data() if self.chart else None,
            "next_steps": list(self.next_steps),
            "details": dict(self.details),
            "done": self.done,
        }
