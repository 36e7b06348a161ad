"""Tables as CSV for a spreadsheet: numbers as numbers, words that can never run as formulas."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

DECIMALS = 6
_RUNS = ("=", "+", "-", "@", "\t", "\r")


def table_csv(table: Mapping[str, Any], figures: Mapping[str, Mapping[str, Any]]) -> bytes:
    """A block's table with exact values, in UTF-8 as spreadsheets expect it."""
    rows = [[_cell(cell, figures) for cell in row] for row in table["rows"]]
    return _written([[_word(name) for name in table["columns"]], *rows])


def figure_csv(figure: Mapping[str, Any]) -> bytes:
    """A figure and what it was made from: name, value, unit, formula in words, rows read."""
    head = ["Name", "Value", "Unit", "How", "Which rows", "Rows read", "Source"]
    return _written([head, *(_figure_row(each) for each in (figure, *figure["inputs"]))])


def _figure_row(figure: Mapping[str, Any]) -> list[str]:
    basis = figure["basis"]
    return [
        _word(figure["name"]),
        number(figure),
        _word(figure["unit"]),
        _word(basis["words"]),
        _word(basis["where"] or ""),
        "" if basis["rows"] is None else str(basis["rows"]),
        _word(basis["source"] or ""),
    ]


def _cell(cell: Any, figures: Mapping[str, Mapping[str, Any]]) -> str:
    if cell is None:
        return ""
    if isinstance(cell, dict):
        figure = figures.get(cell["figure"])
        return number(figure) if figure else _word(cell["shown"])
    return _word(cell)


def rows_csv(columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> bytes:
    """Rows of a table: amounts as digits, dates as ISO, blanks blank, words that cannot run."""
    named = [_word(name.replace("_", " ")) for name in columns]
    return _written([named, *([_given(cell) for cell in row] for row in rows)])


def _given(cell: Any) -> str:
    if cell is None or cell != cell:  # a missing number of a frame is unlike itself
        return ""
    if isinstance(cell, bool | date):
        return str(cell)
    if isinstance(cell, Decimal | int | float):
        return f"{Decimal(str(cell)):f}"
    return _word(cell)


def number(figure: Mapping[str, Any]) -> str:
    """A figure's value for a cell: plain digits to six decimals, USD with its cents; ISO dates."""
    if figure["unit"] == "date":
        return str(figure["exact"])
    value = round(Decimal(str(figure["exact"])), DECIMALS)
    text = f"{value:f}".rstrip("0").rstrip(".")
    cents = f"{value:.2f}"
    return cents if str(figure["unit"]).startswith("USD") and Decimal(cents) == value else text


def _word(text: object) -> str:
    said = str(text)
    return f"'{said}" if said.startswith(_RUNS) else said


def _written(rows: Sequence[Sequence[str]]) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return b"\xef\xbb\xbf" + out.getvalue().encode()
