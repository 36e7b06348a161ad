"""Excel workbooks with the habits of people: merged titles, several sheets, hidden ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Sheet:
    """One sheet: its rows, how many first rows are merged titles, ranges merged besides."""

    title: str
    rows: Sequence[Sequence[Any]]
    merged: int = 0
    hidden: bool = False
    ranges: tuple[str, ...] = field(default=())


def write_workbook(path: Path, sheets: Sequence[Sheet]) -> Path:
    """Write the sheets in order; the file is the same for the same sheets."""
    from openpyxl import Workbook
    from openpyxl.utils import get_column_letter

    book = Workbook()
    book.remove(book.active)
    for one in sheets:
        page = book.create_sheet(one.title)
        for row in one.rows:
            page.append(list(row))
        wide = get_column_letter(max(2, max((len(row) for row in one.rows), default=2)))
        for number in range(1, one.merged + 1):
            page.merge_cells(f"A{number}:{wide}{number}")
        for cells in one.ranges:
            page.merge_cells(cells)
        if one.hidden:
            page.sheet_state = "hidden"
    book.properties.created = datetime(2026, 11, 20)
    book.properties.modified = datetime(2026, 11, 20)
    book.save(path)
    return path
