"""Which rows of a canonical table a figure was read from, so that they can be read again.

A filter is said in words for people (`Basis.where`) and as tests of columns for a program.
`Where` is those words with their tests; it passes through code that only handles words.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal

Ask = Literal["in", "not in", "from", "to", "is", "has", "given"]


@dataclass(frozen=True)
class ColumnTest:
    """One test of a column; dates are ISO and truths "true" or "false".

    in, not in: one of the values ("" stands for a blank cell). from, to: both ends
    included. is: a truth. has: one of the words of the cell is among the values. given:
    the cell is not blank.
    """

    column: str
    ask: Ask
    values: tuple[str, ...] = ()


@dataclass(frozen=True)
class Selection:
    """The rows of one canonical table that pass all its tests."""

    table: str
    tests: tuple[ColumnTest, ...] = ()

    def narrowed(self, *tests: ColumnTest) -> Selection:
        """The rows that pass these tests too."""
        return replace(self, tests=(*self.tests, *tests))

    def as_data(self) -> dict[str, Any]:
        """A plain dict for JSON; `selection_from` reads it."""
        return {
            "table": self.table,
            "tests": [[test.column, test.ask, list(test.values)] for test in self.tests],
        }


def selection_from(data: Mapping[str, Any] | None) -> Selection | None:
    """A Selection from its plain data; None where there is none."""
    if not data:
        return None
    tests = (ColumnTest(column, ask, tuple(values)) for column, ask, values in data["tests"])
    return Selection(str(data["table"]), tuple(tests))


def among(column: str, values: Iterable[str]) -> ColumnTest:
    """The cell is one of the values."""
    return ColumnTest(column, "in", tuple(values))


def between(column: str, start: date, end: date) -> tuple[ColumnTest, ColumnTest]:
    """The day lies between two days, both included."""
    first = ColumnTest(column, "from", (start.isoformat(),))
    return first, ColumnTest(column, "to", (end.isoformat(),))


COUNTS = ColumnTest("counts", "is", ("true",))


class Where(str):
    """A filter in words that carries its selection; any change of the words drops it."""

    select: Selection

    def __new__(cls, words: str, select: Selection) -> Where:
        """The words with their selection."""
        made = super().__new__(cls, words)
        made.select = select
        return made

    def narrowed(self, words: str, *tests: ColumnTest) -> Where:
        """The filter with more tests, its words put in front."""
        said = f"{words}, {self}" if words else str(self)
        return Where(said, self.select.narrowed(*tests))
