"""The exhibit behind a draft: every figure it stands on, as a workbook."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any

from copilot.exports.page import Page, one_line

COLUMNS = (("Figure", 52), ("Value", 16), ("Unit", 14), ("As said", 18), ("How it is made", 70),
           ("Read from", 46))  # fmt: skip
FORMATS = {"USD": "$#,##0.00", "percent": '0.0"%"', "date": "yyyy-mm-dd"}


def as_xlsx(page: Page) -> bytes:
    """One row a figure: name, exact value, unit, as it is said, formula in words, source.

    A draft that asks for rates has its exhibit before that, with live formulas.
    """
    if page.exhibit is not None:
        from copilot.exports.live_workbook import as_live_workbook

        return as_live_workbook(page.exhibit, page.practice, True, lambda book: _stands(book, page))
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(
        out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    book.set_properties({"title": one_line(page.subject)[:250], "author": page.practice})
    _stands(book, page)
    book.close()
    return out.getvalue()


def _stands(book: Any, page: Page) -> None:
    sheet = book.add_worksheet("What this stands on")
    head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True})
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    sheet.write_string(0, 0, safe(one_line(page.subject)), book.add_format({"bold": True}))
    for column, (name, width) in enumerate(COLUMNS):
        sheet.set_column(column, column, width)
        sheet.write_string(2, column, name, head)
    formats = {unit: book.add_format({"num_format": f, "valign": "top"})
               for unit, f in FORMATS.items()}  # fmt: skip
    for row, figure in enumerate(page.figures, start=3):
        _row(sheet, row, figure, formats, wrap)
    sheet.freeze_panes(3, 1)


def _row(
    sheet: Any, row: int, figure: Mapping[str, Any], formats: Mapping[str, Any], wrap: Any
) -> None:
    basis = figure["basis"]
    unit = str(figure["unit"])
    sheet.write_string(row, 0, safe(str(figure["name"])), wrap)
    if unit == "date":
        sheet.write_string(row, 1, str(figure["exact"]), wrap)
    else:
        sheet.write_number(row, 1, float(figure["exact"]), formats.get(unit, wrap))
    sheet.write_string(row, 2, safe(unit), wrap)
    sheet.write_string(row, 3, safe(str(figure["shown"])), wrap)
    sheet.write_string(row, 4, safe(str(basis["words"])), wrap)
    read = "; ".join(str(basis[part]) for part in ("where", "source", "table") if basis[part])
    sheet.write_string(row, 5, safe(read), wrap)


def safe(words: str) -> str:
    """Text that no spreadsheet takes for a formula: such a beginning is quoted."""
    clean = "".join(c if c.isprintable() or c == "\n" else " " for c in words)
    return f"'{clean}" if words[:1] in ("=", "+", "-", "@", "\t", "\r") else clean
