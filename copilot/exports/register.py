"""The obligations register as a workbook: a row a duty, its clause beside it, and the days."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import Any

from copilot.exports.xlsx import safe
from knowledge.problems import BadInput

COLUMNS = (
    ("payer", "Contract", 26), ("topic", "Matter", 24), ("who", "Who", 11), ("must", "Must", 10),
    ("does", "What", 60), ("due", "By when", 34), ("count", "Count", 8), ("unit", "Unit", 12),
    ("condition", "Only", 34), ("line_of_business", "Line of business", 18),
    ("document", "Document", 30), ("section", "Section", 14), ("page", "Page", 7),
    ("quote", "In the contract's words", 90),
)  # fmt: skip
DAYS = (("date", "Act by", 14), ("due", "Day named", 14), ("label", "What", 70),
        ("repeats", "Again", 10), ("note", "Where", 60))  # fmt: skip


def as_register(
    duties: Sequence[Mapping[str, Any]], days: Sequence[Mapping[str, Any]], title: str
) -> bytes:
    """The duties on one sheet, the days on a second where there are any.

    Raises BadInput where there is no duty to write.
    """
    if not duties:
        raise BadInput("xlsx", "this answer lists no duties", "ask for the obligations of a payer")
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(
        out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    book.set_properties({"title": title[:250]})
    must = [{**each, "must": "must not" if each["forbids"] else "must"} for each in duties]
    _sheet(book, "Obligations", COLUMNS, must)
    if days:
        _sheet(book, "Days", DAYS, days)
    book.close()
    return out.getvalue()


def _sheet(
    book: Any,
    name: str,
    columns: Sequence[tuple[str, str, int]],
    rows: Sequence[Mapping[str, Any]],
) -> None:
    sheet = book.add_worksheet(name)
    head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True})
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    for at, (_, title, width) in enumerate(columns):
        sheet.set_column(at, at, width)
        sheet.write_string(0, at, title, head)
    for row, each in enumerate(rows, start=1):
        for at, (key, _, _) in enumerate(columns):
            value = each[key]
            if isinstance(value, int | float) and not isinstance(value, bool):
                sheet.write_number(row, at, value, wrap)
            else:
                sheet.write_string(row, at, safe(str(value or "")), wrap)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, len(rows), len(columns) - 1)
