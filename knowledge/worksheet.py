"""A model laid out so that a spreadsheet can follow it: inputs, steps as formulas, results.

A model describes itself once: what it took in, each step by a name and a formula over
names, and which steps its answer tells. The workbook's writer turns names into cells, and
knowledge/formulas.py works the same formulas out in Decimal. A formula is written as
arithmetic over names (+ - * /, comparisons, IF, AND, MIN, MAX, SUM, ROUND); in a grid,
`all(column)` is the whole column and `before(column)` the row above, 0 in the first.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any, Literal

from knowledge.evidence import Figure, Table, plain

Source = Literal["given", "ours", "data", "terms"]
Worth = Decimal | str


@dataclass(frozen=True)
class Input:
    """One number that may be changed: its value, unit, whose it is and where it comes from.

    source: given by the user, ours (an assumption), read off data, or the terms of a named
    arrangement.
    """

    name: str
    label: str
    value: Decimal
    unit: str
    source: Source
    why: str


@dataclass(frozen=True)
class Step:
    """One formula over names, in the unit of its result."""

    name: str
    label: str
    formula: str
    unit: str


@dataclass(frozen=True)
class Column:
    """A column of a grid: values of its own (numbers may be changed unless fixed, words not),
    or a formula that is the same in every row; unit "" for words."""

    name: str
    label: str
    unit: str
    values: tuple[Worth, ...] = ()
    formula: str = ""
    fixed: bool = False


@dataclass(frozen=True)
class Grid:
    """Rows of like things (codes, months, payers, arrangements), worked out column by column."""

    title: str
    columns: tuple[Column, ...]

    @property
    def rows(self) -> int:
        """How many rows it has."""
        return max(len(column.values) for column in self.columns)


@dataclass(frozen=True)
class Result:
    """A step that the answer told, with the number it told: the two must agree."""

    name: str
    label: str
    answered: Decimal
    unit: str


@dataclass(frozen=True)
class Worksheet:
    """A model's whole calculation. drawn: tables of simulated values, which no formula gives.

    notes: what the reader must know, sentence by sentence.
    """

    title: str
    inputs: tuple[Input, ...]
    steps: tuple[Step, ...]
    results: tuple[Result, ...]
    grids: tuple[Grid, ...] = ()
    drawn: tuple[Mapping[str, Any], ...] = ()
    notes: tuple[str, ...] = ()

    def as_data(self) -> dict[str, Any]:
        """The worksheet as plain values, exact numbers as text."""
        return {key: _plain(value) for key, value in asdict(self).items()}


def worksheet_from(data: Mapping[str, Any]) -> Worksheet:
    """The worksheet of its plain values."""
    return Worksheet(
        title=data["title"],
        inputs=tuple(Input(**{**row, "value": _exact(row["value"])}) for row in data["inputs"]),
        steps=tuple(Step(**row) for row in data["steps"]),
        results=tuple(
            Result(**{**row, "answered": _exact(row["answered"])}) for row in data["results"]
        ),
        grids=tuple(
            Grid(
                grid["title"],
                tuple(
                    Column(**{**row, "values": tuple(map(_worth, row["values"]))})
                    for row in grid["columns"]
                ),
            )
            for grid in data["grids"]
        ),
        drawn=tuple(data["drawn"]),
        notes=tuple(data["notes"]),
    )


def given_or_ours(figure: Figure) -> Source:
    """Whose number a figure is: the user's word, read off data, or assumed by us."""
    basis = figure.basis
    if basis.words.startswith("as you gave it"):
        return "given"
    return "data" if basis.table or basis.inputs else "ours"


def input_of(name: str, figure: Figure, label: str = "", source: Source | None = None) -> Input:
    """An input that a figure holds, with the figure's own account of where it comes from."""
    basis = figure.basis
    why = "; ".join(part for part in (basis.words, basis.where, basis.source) if part)
    return Input(name, label or figure.name, figure.number, figure.unit,
                 source or given_or_ours(figure), why)  # fmt: skip


def result_of(name: str, figure: Figure) -> Result:
    """A step held against the figure that the answer told."""
    return Result(name, figure.name, figure.number, figure.unit)


def drawn_table(table: Table) -> Mapping[str, Any]:
    """A finding's table as words and exact numbers, for values that are drawn and not computed."""

    def cell(value: Any) -> Any:
        if isinstance(value, Figure):
            return {"number": str(value.value), "unit": value.unit}
        return None if value is None else plain(str(value))

    return {
        "title": plain(table.title),
        "columns": list(table.columns),
        "rows": [[cell(each) for each in row] for row in table.rows],
    }


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return {"exact": str(value)}
    if isinstance(value, Mapping):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_plain(each) for each in value]
    return value


def _exact(value: Any) -> Decimal:
    return Decimal(value["exact"] if isinstance(value, Mapping) else str(value))


def _worth(value: Any) -> Worth:
    return str(value) if isinstance(value, str) else _exact(value)
