"""A model as a workbook whose formulas are live: results, inputs, calculation, its grids.

A cell with blue figures may be changed; every other number is a formula over those, so that
a reader can follow it cell by cell and see what another input would give. Values that were
drawn at random stand on a sheet of their own and are said to be drawn.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from copilot.exports.xlsx import safe
from knowledge.formulas import Worked, spreadsheet
from knowledge.problems import BadInput
from knowledge.worksheet import Column, Grid, Worksheet, Worth

FORMATS = {
    "USD": "$#,##0.00;-$#,##0.00",
    "USD per member per month": "$#,##0.00;-$#,##0.00",
    "percent": '0.0##"%"',
    "count": "#,##0.##",
    "ratio": "0.0###",
}
UNITS = {"percent": "%", "ratio": "factor", "count": "", "USD per member per month": "USD PMPM"}
SOURCES = {"given": "you gave it", "ours": "our assumption", "data": "your data",
           "terms": "its terms"}  # fmt: skip
AGREES = Decimal("0.005")


@dataclass
class _Book:
    """The workbook being written, with the place of every name."""

    sheet: Worksheet
    book: Any
    worked: Worked
    places: dict[str, str] = field(default_factory=dict)
    columns: dict[str, tuple[str, int, int, int]] = field(default_factory=dict)
    made: dict[tuple[str, str], Any] = field(default_factory=dict)

    def style(self, unit: str, kind: str = "") -> Any:
        """The format of a cell: kind "input" in blue, "sum" bold, "words" wrapped."""
        if (unit, kind) not in self.made:
            wanted: dict[str, Any] = {"valign": "top"}
            if unit in FORMATS:
                wanted["num_format"] = FORMATS[unit]
            kinds: dict[str, dict[str, Any]] = {
                "input": {"font_color": "#0B3FB5", "bg_color": "#F2F6FC"},
                "sum": {"bold": True, "top": 1},
                "now": {"bold": True},
                "right": {"bold": True, "bottom": 1, "text_wrap": True, "align": "right"},
                "words": {"text_wrap": True},
                "unit": {"indent": 1},
                "head": {"bold": True, "bottom": 1, "text_wrap": True, "indent": 0},
                "title": {"bold": True, "font_size": 13},
                "quiet": {"font_color": "#595959", "text_wrap": True},
            }
            wanted |= kinds.get(kind, {})
            self.made[unit, kind] = self.book.add_format(wanted)
        return self.made[unit, kind]


def as_live_workbook(
    sheet: Worksheet,
    author: str = "",
    outward: bool = False,
    more: Callable[[Any], None] | None = None,
) -> bytes:
    """The worksheet as an xlsx file; each formula holds the value it has now.

    outward: for the other side, its tables first, without what the answer told and whose
    each input is. more: adds sheets to the book. Raises BadInput where the formulas do not
    give what the answer told: such a workbook would contradict it.
    """
    import xlsxwriter

    worked = Worked(sheet)
    for result in sheet.results:
        if abs(worked.number(result.name) - result.answered) > AGREES:
            raise BadInput(
                "the workbook", f"its formula for {result.label} does not give what was answered",
                "ask the question again; if it stays so, tell us",
            )  # fmt: skip
    out = io.BytesIO()
    book = xlsxwriter.Workbook(
        out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    book.set_properties({"title": sheet.title[:250], "author": author})
    held = _Book(sheet, book, worked)
    _place(held)
    _pages(held, outward)
    if sheet.drawn and not outward:
        _drawn(held)
    if more is not None:
        more(book)
    book.close()
    return out.getvalue()


def _pages(held: _Book, outward: bool) -> None:
    """The sheets in their order: what was answered first, or for the other side the tables."""
    if not outward:
        _results(held)
        _inputs(held, outward)
        _calculation(held)
    for grid in held.sheet.grids:
        _grid(held, grid, held.sheet.title if outward else grid.title)
    if outward and held.sheet.inputs:
        _inputs(held, outward)
    if outward:
        _calculation(held)


def _place(held: _Book) -> None:
    """Every name's cell, before anything is written."""
    for row, each in enumerate(held.sheet.inputs, start=4):
        held.places[each.name] = f"Inputs!$B${row}"
    for row, step in enumerate(held.sheet.steps, start=4):
        held.places[step.name] = f"Calculation!$B${row}"
    for name, place in held.places.items():
        held.book.define_name(name, f"={place}")
    for grid in held.sheet.grids:
        for at, column in enumerate(grid.columns):
            held.columns[column.name] = (_tab(grid), at, 3, 2 + grid.rows)


def _tab(grid: Grid) -> str:
    clean = "".join(c for c in grid.title if c.isalnum() or c in " -")
    return clean[:31].strip() or "Table"


def _results(held: _Book) -> None:
    page = _page(held, "Result", ((52, "What"), (18, "As answered"), (18, "Now"), (18, "Change")))
    for row, each in enumerate(held.sheet.results, start=3):
        page.write_string(row, 0, safe(each.label), held.style("", "words"))
        page.write_number(row, 1, float(each.answered), held.style(each.unit))
        now = _number(held, each.name)
        page.write_formula(row, 2, f"={each.name}", held.style(each.unit, "now"), now)
        page.write_formula(row, 3, f"=ROUND(C{row + 1}-B{row + 1},2)", held.style(each.unit), 0)
    told = (
        "Change a blue figure on the sheet Inputs (or in a table): every other number follows.",
        *held.sheet.notes,
    )
    for row, words in enumerate(told, start=4 + len(held.sheet.results)):
        page.merge_range(row, 0, row, 3, safe(words), held.style("", "quiet"))
        page.set_row(row, 15 * (1 + len(words) // 105))


def _inputs(held: _Book, outward: bool) -> None:
    heads = ((52, "Input"), (18, "Value"), (16, "Unit"), (16, "Whose"), (70, "Where it comes from"))
    page = _page(held, "Inputs", heads[:3] if outward else heads)
    for row, each in enumerate(held.sheet.inputs, start=3):
        page.write_string(row, 0, safe(each.label), held.style("", "words"))
        page.write_number(row, 1, float(each.value), held.style(each.unit, "input"))
        page.write_string(row, 2, UNITS.get(each.unit, each.unit), held.style("", "unit"))
        if outward:
            continue
        page.write_string(row, 3, SOURCES[each.source], held.style("", "words"))
        page.write_string(row, 4, safe(each.why), held.style("", "quiet"))


def _calculation(held: _Book) -> None:
    heads = ((52, "Step"), (18, "Value"), (16, "Unit"), (90, "Formula"))
    page = _page(held, "Calculation", heads)
    labels = {each.name: each.label for each in held.sheet.inputs}
    for row, each in enumerate(held.sheet.steps, start=3):
        labels[each.name] = each.label
        formula = _formula(held, each.formula, None, 0)
        page.write_string(row, 0, safe(each.label), held.style("", "words"))
        page.write_formula(row, 1, formula, held.style(each.unit), _number(held, each.name))
        page.write_string(row, 2, UNITS.get(each.unit, each.unit), held.style("", "unit"))
        page.write_string(row, 3, each.formula, held.style("", "quiet"))


def _grid(held: _Book, grid: Grid, title: str) -> None:
    widths = [(_width(c), c.label) for c in grid.columns]
    page = _page(held, _tab(grid), widths, title)
    for row in range(grid.rows):
        for at, column in enumerate(grid.columns):
            _cell(held, page, grid, column, row, at)
    page.freeze_panes(3, 1)
    totals = [c for c in grid.columns if c.unit == "USD" and c.name in _summed(held.sheet)]
    for column in totals:
        _, at, first, last = held.columns[column.name]
        letter = _letter(at)
        total = sum((_decimal(held.worked.cell(column.name, r)) for r in range(grid.rows)),
                    Decimal(0))  # fmt: skip
        page.write_formula(last + 1, at, f"=SUM({letter}{first + 1}:{letter}{last + 1})",
                           held.style("USD", "sum"), float(total))  # fmt: skip


def _cell(held: _Book, page: Any, grid: Grid, column: Column, row: int, at: int) -> None:
    place = row + 3
    if column.formula:
        formula = _formula(held, column.formula, grid, row)
        value = held.worked.cell(column.name, row)
        shown = float(value) if isinstance(value, Decimal) else value
        page.write_formula(place, at, formula, held.style(column.unit), shown)
        return
    value = column.values[row]
    if isinstance(value, Decimal):
        kind = "" if column.fixed else "input"
        page.write_number(place, at, float(value), held.style(column.unit, kind))
    else:
        page.write_string(place, at, safe(value), held.style("", "words"))


def _formula(held: _Book, formula: str, grid: Grid | None, row: int) -> str:
    own = {column.name for column in grid.columns} if grid else set()

    def cell(name: str) -> str:
        if name not in own:
            return name
        return f"{_letter(held.columns[name][1])}{row + 4}"

    def whole(name: str) -> str:
        tab, at, first, last = held.columns[name]
        return f"'{tab}'!${_letter(at)}${first + 1}:${_letter(at)}${last + 1}"

    def above(name: str) -> str:
        return f"{_letter(held.columns[name][1])}{row + 3}" if row else "0"

    return spreadsheet(formula, cell, whole, above)


def _drawn(held: _Book) -> None:
    page = _page(held, "Drawn", ((40, ""),), "Drawn at random, not worked out by formulas")
    page.merge_range(1, 0, 1, 6, "These values come from a seeded simulation of the inputs as they"
                     " were; they do not follow a change in this workbook: ask again.",
                     held.style("", "quiet"))  # fmt: skip
    row = 3
    for table in held.sheet.drawn:
        page.write_string(row, 0, safe(str(table["title"])), held.style("", "title"))
        for at, name in enumerate(table["columns"]):
            page.write_string(row + 1, at, safe(str(name)), held.style("", _head(str(name))))
            page.set_column(at, at, 40 if at == 0 else 20)
        page.set_row(row + 1, 32)
        for offset, cells in enumerate(table["rows"], start=2):
            for at, value in enumerate(cells):
                _drawn_cell(held, page, row + offset, at, value)
        row += len(table["rows"]) + 4


def _drawn_cell(held: _Book, page: Any, row: int, at: int, value: Any) -> None:
    if isinstance(value, Mapping):
        page.write_number(row, at, float(value["number"]), held.style(str(value["unit"])))
    elif value is not None:
        page.write_string(row, at, safe(str(value)), held.style("", "words"))


def _page(held: _Book, name: str, columns: Sequence[tuple[int, str]], title: str = "") -> Any:
    page = held.book.add_worksheet(name)
    page.write_string(0, 0, safe(title or held.sheet.title), held.style("", "title"))
    for at, (width, label) in enumerate(columns):
        page.set_column(at, at, width)
        page.write_string(2, at, safe(label), held.style("", _head(label)))
    page.set_row(2, 32)
    page.freeze_panes(3, 0)
    page.set_landscape()
    page.fit_to_pages(1, 0)
    return page


def _head(label: str) -> str:
    """The style of a column's head: above numbers to the right."""
    words = ("What", "Input", "Step", "Whose", "Where", "Formula", "Code", "Service",
             "Setting", "Payer", "From", "Model", "Arrangement", "Cash", "Who", "Work", "Data",
             "Year")  # fmt: skip
    return "head" if label.startswith(words) or label == "Unit" else "right"


def _width(column: Column) -> int:
    """As wide as its words need, within reason; a number's column is as wide as any."""
    if column.unit:
        return 18
    return min(40, max(10, *(len(str(value)) + 2 for value in column.values)))


def _summed(sheet: Worksheet) -> set[str]:
    """The columns of which a step takes the sum."""
    every = " ".join(step.formula for step in sheet.steps)
    names = {column.name for grid in sheet.grids for column in grid.columns}
    return {name for name in names if f"SUM(all({name}))" in every}


def _number(held: _Book, name: str) -> float | str:
    value = held.worked.step(name)
    return float(value) if isinstance(value, Decimal) else value


def _decimal(value: Worth) -> Decimal:
    return value if isinstance(value, Decimal) else Decimal(0)


def _letter(at: int) -> str:
    """The letters of a column, the first being 0."""
    letters = ""
    at += 1
    while at:
        at, left = divmod(at - 1, 26)
        letters = chr(65 + left) + letters
    return letters
