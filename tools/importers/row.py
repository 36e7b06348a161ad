"""What an importer makes of one row of a file: a row for a table, a refusal, or nothing.

Reasons are written for the person who will mend the file; they name the column and never
repeat a cell, for a cell may hold patient data.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from knowledge.payer_names import PayerBook
from tools.importers.cell_values import clean
from tools.importers.columns import Columns

T = TypeVar("T")


@dataclass(frozen=True)
class Row:
    """One row of the file that gives one or more rows of a canonical table.

    `number` is 1-based in the file or sheet, header counted. `cells` are the row as read.
    """

    number: int
    cells: list[str]
    entries: list[dict[str, Any]]


@dataclass(frozen=True)
class Refused:
    """A row that should hold data and cannot be used."""

    number: int
    reason: str
    cells: list[str]


@dataclass(frozen=True)
class Ignored:
    """A row that was never data: title, blank, repeated header, footer."""

    number: int
    reason: str
    cells: list[str]


class Refusal(Exception):
    """Raised inside a row loop: this row cannot be used; `str()` is the reason."""


@dataclass(frozen=True)
class Context:
    """What a whole sheet says to the rows in it.

    payer: canonical, as given by the user or told by file, title or sheet name, else None.
    titles: the words above the header, the sheet's name and the file's name. above and
    below: the rows right above and below the header. secret: the key for member ids.
    """

    payer: str | None
    titles: tuple[str, ...]
    above: tuple[str, ...]
    below: tuple[str, ...]
    columns: Columns
    sample: tuple[tuple[str, ...], ...]
    payers: PayerBook
    secret: bytes


class Fields:
    """One row seen through the column mapping; made once a sheet, filled row by row."""

    __slots__ = ("_columns", "cells")

    def __init__(self, columns: Columns) -> None:
        self._columns = columns
        self.cells: list[str] = []

    def text(self, field: str) -> str:
        """The cleaned text of the field's first column; "" where there is none."""
        indexes = self._columns.fields.get(field)
        return self.at(indexes[0]) if indexes else ""

    def texts(self, field: str) -> list[str]:
        """The cleaned, non-empty texts of all columns of a field."""
        found = (self.at(index) for index in self._columns.fields.get(field, ()))
        return [text for text in found if text]

    def at(self, index: int) -> str:
        """The cleaned text of one column by its index."""
        return clean(self.cells[index]) if index < len(self.cells) else ""

    def has(self, field: str) -> bool:
        """Whether the file has a column for the field at all."""
        return field in self._columns.fields

    def read(self, field: str, reader: Callable[[str], T]) -> T:
        """The field's text through a strict reader; raises Refusal that names the column."""
        try:
            return reader(self.text(field))
        except ValueError as wrong:
            raise Refusal(f"column {self.label(field)}: {wrong}") from None

    def label(self, field: str) -> str:
        """How a message names the field's column: its header cell in quotes."""
        indexes = self._columns.fields.get(field)
        return f'"{clean(self._columns.header[indexes[0]])[:40]}"' if indexes else field


Reader = Callable[[Fields], Iterable[dict[str, Any]]]


class Importer(Protocol):
    """One kind of practice data. A new kind is one new file that holds one of these."""

    @property
    def kind(self) -> str:
        """How the kind is named in answers, e.g. "claims"."""
        ...

    @property
    def table(self) -> str:
        """The canonical table that its rows fill."""
        ...

    @property
    def keys(self) -> tuple[str, ...]:
        """Fields whose text tells a data row from a title or a footer."""
        ...

    @property
    def personal(self) -> bool:
        """Whether a row speaks of a person; the stored copy then keeps mapped columns only."""
        ...

    def recognises(self, columns: Columns, sample: Sequence[Sequence[str]]) -> bool:
        """Whether a header read for this kind, with rows below it, is one of this kind."""
        ...

    def rows(self, context: Context) -> Reader:
        """What turns one row of the sheet into rows of the table; it raises Refusal."""
        ...
