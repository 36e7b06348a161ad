"""Workbooks as practices keep them: several sheets, merged cells, hidden parts, split tables."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import xlsxwriter

from tests.fixtures.intake import fresh_practice, lines, one
from tests.fixtures.messy_exports import HEADERS, LINES, TOTALS, row
from tools.practice import Practice

HEADER = HEADERS["plain"].split("|")


def _typed(line: Any) -> list[Any]:
    """A line as a workbook holds it: dates and amounts as numbers."""
    day = datetime(line.day.year, line.day.month, line.day.day)
    amounts = [float(a) for a in (line.billed, line.allowed, line.paid, line.share)]
    code = int(line.code) if line.code.isdigit() else line.code
    return [line.claim, day, line.payer, code, line.modifiers, line.units, *amounts]


def _taken(tmp_path: Path, file: Path) -> tuple[Practice, dict[str, Any]]:
    practice = fresh_practice(tmp_path / "practice")
    return practice, one(practice, file)


def _same(practice: Practice) -> None:
    found = lines(practice)
    assert len(found) == len(LINES)
    assert sum(line["paid"] for line in found) == TOTALS[2]
    assert sorted(line["service_date"] for line in found) == sorted(line.day for line in LINES)
    assert sorted(line["payer"] for line in found) == sorted(line.payer for line in LINES)
    assert sorted(line["code"] for line in found) == sorted(line.code for line in LINES)


def _book(path: Path) -> Any:
    return xlsxwriter.Workbook(str(path), {"default_date_format": "mm/dd/yyyy"})


def test_claims_on_the_third_sheet_below_a_merged_title_are_found(tmp_path: Path) -> None:
    with _book(tmp_path / "a.xlsx") as book:
        book.add_worksheet("Cover").write(0, 0, "Sagebrush Family Medicine")
        book.add_worksheet("Summary").write_row(0, 0, ["Payer", "Total paid", "Share"])
        sheet = book.add_worksheet("Detail")
        sheet.merge_range(0, 0, 0, 9, "Claim detail of the year")
        sheet.write_row(2, 0, HEADER)
        for at, line in enumerate(LINES):
            sheet.write_row(3 + at, 0, _typed(line))
        sheet.write_row(3 + len(LINES), 0, ["Total", "", "", "", "", 30, 1.0, 1.0, 1.0, 1.0])
    practice, answer = _taken(tmp_path, tmp_path / "a.xlsx")
    _same(practice)
    (total,) = answer["rejected"]
    assert (total["sheet"], total["row"]) == ("Detail", 4 + len(LINES))


def test_one_table_over_two_sheets_is_one_table_with_or_without_its_header(tmp_path: Path) -> None:
    for name, again in (("with", True), ("without", False)):
        with _book(tmp_path / f"{name}.xlsx") as book:
            first, second = book.add_worksheet("January"), book.add_worksheet("February")
            first.write_row(0, 0, HEADER)
            for at, line in enumerate(LINES[:14]):
                first.write_row(1 + at, 0, _typed(line))
            if again:
                second.write_row(0, 0, HEADER)
            for at, line in enumerate(LINES[14:]):
                second.write_row(int(again) + at, 0, _typed(line))
        practice = fresh_practice(tmp_path / name)
        answer = one(practice, tmp_path / f"{name}.xlsx")
        assert answer["rows"] == len(LINES), answer["ignored"]
        _same(practice)


def test_a_merged_payer_and_day_stand_for_all_their_rows_and_amounts_do_not(tmp_path: Path) -> None:
    with _book(tmp_path / "a.xlsx") as book:
        sheet = book.add_worksheet("Detail")
        sheet.write_row(0, 0, HEADER)
        for at in range(4):
            cells = _typed(LINES[at])
            merged = [f"C{at}", "", "", *cells[3:8], "", cells[9]]
            sheet.write_row(1 + at, 0, merged)
        sheet.merge_range(1, 2, 4, 2, "Granite Peak Health Plan")
        sheet.merge_range(1, 1, 4, 1, datetime(2026, 1, 5),
                          book.add_format({"num_format": "mm/dd/yyyy"}))  # fmt: skip
        sheet.merge_range(1, 8, 4, 8, 100.0)
    practice, _ = _taken(tmp_path, tmp_path / "a.xlsx")
    found = lines(practice)
    assert [line["payer"] for line in found] == ["Granite Peak Health Plan"] * 4
    assert {line["service_date"].isoformat() for line in found} == {"2026-01-05"}
    assert [str(line["paid"]) for line in found if line["paid"] is not None] == ["100.00"]


def test_hidden_rows_and_columns_are_read_and_hidden_sheets_are_not(tmp_path: Path) -> None:
    with _book(tmp_path / "a.xlsx") as book:
        sheet, hidden = book.add_worksheet("Detail"), book.add_worksheet("Old")
        for each in (sheet, hidden):
            each.write_row(0, 0, HEADER)
            for at, line in enumerate(LINES):
                each.write_row(1 + at, 0, _typed(line))
        sheet.set_row(3, None, None, {"hidden": True})
        sheet.set_column(8, 8, None, None, {"hidden": True})
        hidden.hide()
    practice, answer = _taken(tmp_path, tmp_path / "a.xlsx")
    _same(practice)
    assert {each["reason"] for each in answer["ignored"]} == {"hidden sheet"}


def test_text_and_number_cells_of_one_column_are_read_alike(tmp_path: Path) -> None:
    with _book(tmp_path / "a.xlsx") as book:
        sheet = book.add_worksheet("Detail")
        sheet.write_row(0, 0, HEADER)
        for at, line in enumerate(LINES):
            cells = _typed(line) if at % 2 else list(row(line))
            for column, cell in enumerate(cells):
                if isinstance(cell, str):
                    sheet.write_string(1 + at, column, cell)
                else:
                    sheet.write(1 + at, column, cell)
    practice, _ = _taken(tmp_path, tmp_path / "a.xlsx")
    _same(practice)
