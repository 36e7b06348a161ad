"""Excel workbooks as text cells, with caps on what they may unpack to before they are opened."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from knowledge.problems import BadInput
from tools.importers.markup_sheets import is_html, is_xml_spreadsheet, markup_sheets
from tools.importers.sheet import MAX_CELL, MAX_COLUMNS, Sheet

MAX_UNPACKED = 400 * 1024 * 1024
MAX_RATIO = 250
MAX_MEMBERS = 2_000
MAX_ROWS = 400_000
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SMALLER = "save the sheet you need as CSV and send that"


def workbook_sheets(path: Path, where: str) -> list[Sheet]:
    """The sheets of an xlsx, xlsm, xlsb, xls or ods file, in order, hidden ones marked.

    So too of HTML and XML under an Excel name. Raises BadInput for an encrypted, damaged or
    oversized workbook.
    """
    from python_calamine import CalamineError, CalamineWorkbook

    with path.open("rb") as file:
        head = file.read(8192)
    if is_html(head) or is_xml_spreadsheet(head):
        return markup_sheets(path, where)
    check_package(path, where)
    try:
        book = CalamineWorkbook.from_path(str(path))
        states = [(meta.name, str(meta.visible), str(meta.typ)) for meta in book.sheets_metadata]
    except (CalamineError, OSError, ValueError) as wrong:
        raise _unreadable(where, wrong) from None
    sheets = []
    for name, visible, kind in states:
        if not kind.endswith("WorkSheet"):
            continue
        sheets.append(
            Sheet(name, _reader(book, name, where), hidden=not visible.endswith("Visible"))
        )
    return sheets


def check_package(path: Path, where: str) -> None:
    """Refuse a zip-based file that unpacks to too much, or that is encrypted or damaged."""
    with path.open("rb") as file:
        head = file.read(8)
    if head.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in path.read_bytes()[: 1 << 22]:
            raise BadInput(
                where,
                "this workbook is locked with a password",
                "save it without one and send it again",
            )
        return
    try:
        with zipfile.ZipFile(path) as package:
            members = package.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        raise BadInput(
            where, "this workbook is damaged or cut short", "open it in Excel and save it again"
        ) from None
    unpacked = sum(member.file_size for member in members)
    packed = max(1, path.stat().st_size)
    if len(members) > MAX_MEMBERS or unpacked > MAX_UNPACKED:
        raise BadInput(where, "this workbook unpacks to more than a workbook may hold", _SMALLER)
    if unpacked > 50 * 1024 * 1024 and unpacked / packed > MAX_RATIO:
        raise BadInput(where, "this workbook unpacks to far more than its size", _SMALLER)
    if any(".." in Path(member.filename).parts for member in members):
        raise BadInput(where, "this workbook holds unsafe paths", "save it again in Excel")


def _reader(book: Any, name: str, where: str) -> Callable[[], Iterator[list[str]]]:
    def rows() -> Iterator[list[str]]:
        from python_calamine import CalamineError

        try:
            sheet = book.get_sheet_by_name(name)
        except (CalamineError, OSError, ValueError) as wrong:
            raise _unreadable(where, wrong) from None
        height, width = sheet.end[0] + 1 if sheet.end else 0, sheet.width
        if height > MAX_ROWS or width > MAX_COLUMNS:
            raise BadInput(
                where,
                f"sheet {name} has {height:,} rows and {width:,} columns",
                f"send at most {MAX_ROWS:,} rows and {MAX_COLUMNS:,} columns a sheet, or CSV",
            )
        if height:
            merged = _merged(sheet)
            above: dict[int, str] = {}
            for place, cells in enumerate(sheet.iter_rows()):
                row = [text_of(cell) for cell in cells]
                for column, first, last in merged.get(place, ()):
                    if place == first and column < len(row):
                        above[column] = row[column] if _names(cells[column]) else ""
                    elif first < place <= last and column < len(row) and not row[column]:
                        row[column] = above.get(column, "")
                yield row

    return rows


def _merged(sheet: Any) -> dict[int, list[tuple[int, int, int]]]:
    """Row (from 0) -> (column, first row, last row) of cells merged downwards.

    A merged name or date stands for all its rows; an amount is that of the first alone.
    """
    found: dict[int, list[tuple[int, int, int]]] = {}
    ranges = getattr(sheet, "merged_cell_ranges", None) or []
    for (top, left), (bottom, _) in ranges[:50_000]:
        if bottom > top:
            for place in range(top, min(bottom, top + 5_000) + 1):
                found.setdefault(place, []).append((left, top, bottom))
    return found


def _names(cell: Any) -> bool:
    """Whether a cell holds a name, a date or a long number, and not an amount."""
    if isinstance(cell, str):
        return not re.fullmatch(r"[-($ \d.,)]+", cell) or bool(re.fullmatch(r"\d{4,}", cell))
    if isinstance(cell, float | int) and not isinstance(cell, bool):
        return float(cell).is_integer() and cell >= 100_000
    return isinstance(cell, date)


def text_of(cell: Any) -> str:
    """A cell as text: whole numbers without a point, other numbers exactly as shown, ISO dates."""
    if cell is None or cell == "":
        return ""
    if isinstance(cell, str):
        return cell[:MAX_CELL]
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, int):
        return str(cell)
    if isinstance(cell, float):
        exact = Decimal(repr(cell))
        return str(int(exact)) if exact == exact.to_integral_value() else f"{exact:f}"
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time(0) else cell.isoformat(" ")
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, time):
        return cell.strftime("%H:%M")
    if isinstance(cell, timedelta):
        minutes = int(cell.total_seconds() // 60)
        return f"{minutes // 60:02d}:{minutes % 60:02d}"
    return str(cell)[:MAX_CELL]


def _unreadable(where: str, wrong: Exception) -> BadInput:
    if "password" in str(wrong).casefold() or "encrypt" in str(wrong).casefold():
        return BadInput(
            where,
            "this workbook is locked with a password",
            "save it without one and send it again",
        )
    return BadInput(
        where,
        "this workbook cannot be read and may be damaged",
        "open it in Excel and save it again",
    )
