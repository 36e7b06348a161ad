"""Every row of a sheet in turn, as data, refused or ignored; none is dropped unsaid.

The header row itself is none of the three: rows loaded, rejected and ignored together are
all other rows of the sheet.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice

from tools.importers.cell_values import clean, day
from tools.importers.columns import plain_header
from tools.importers.head import Head
from tools.importers.procedure_code import code_span
from tools.importers.row import Context, Fields, Ignored, Refusal, Refused, Row
from tools.importers.sheet import Sheet

_TOTAL = re.compile(r"\b(?:sub-?\s?totals?|grand totals?|totals?)\b", re.I)
_SECTION = re.compile(
    r"(?i)(?:primary )?(?:payer|payor|insurance|insurer|carrier|health plan)"
    r"(?: name| company| carrier)?\s*[:\-]\s*(\w.*)"
)
_LOOSE = ("payer_as_given", "product")


def read_lines(sheet: Sheet, head: Head, context: Context) -> Iterator[Row | Refused | Ignored]:
    """The rows of a sheet whose header is known, in order, the header row left out."""
    reader = head.importer.rows(context)
    fields = Fields(head.columns)
    headers = [
        [plain_header(cell) for cell in row] for row in head.header_rows or (head.columns.header,)
    ]
    titles = {_as_title(cells) for cells in _rows_above(sheet, head)}
    told_above = "payer" not in head.columns.fields and head.importer.personal
    section: str | None = None
    width = _width(head)
    strict = sheet.exact_width and _common_width(head) == len(head.columns.header)
    for number, cells in enumerate(sheet.rows(), start=1):
        if number == head.number:
            continue
        if not any(cell and clean(cell) for cell in cells):
            yield Ignored(number, "blank row", cells)
        elif number < head.number:
            yield Ignored(number, "title above the table", cells)
        elif number == head.number + 1 and head.below:
            yield Ignored(number, "second header row", cells)
        elif any(_same_header(cells, header) for header in headers):
            yield Ignored(number, "repeated header", cells)
        else:
            fields.cells = cells
            try:
                if len(cells) > width and any(clean(cell) for cell in cells[width:]):
                    raise Refusal(f"{len(cells)} cells where the header has {width} columns")
                if strict and len(cells) < width:
                    raise Refusal(f"it ends early: {len(cells)} of {width} cells")
                entries = list(reader(fields))
                if section:
                    for entry in entries:
                        entry["payer_as_given"] = entry.get("payer_as_given") or section
                if head.importer.personal:
                    _keep_persons_out(head, cells, entries)
                yield Row(number, cells, entries)
            except Refusal as refusal:
                if told_above and (named := _payer_above(cells, context)):
                    section = named
                    yield Ignored(number, "payer of the lines below", cells)
                    continue
                if titles and _as_title(cells) in titles and not _has_key(head, fields):
                    yield Ignored(number, "repeated title", cells)
                else:
                    yield _unread(number, cells, head, fields, str(refusal))


def _payer_above(cells: list[str], context: Context) -> str | None:
    """The payer that a row of one or two cells between the lines names, or None."""
    filled = [text for cell in cells if (text := clean(cell))]
    if not filled or len(filled) > 2 or any(_TOTAL.search(text) for text in filled):
        return None
    said = _SECTION.match(" ".join(filled))
    name = said[1].strip() if said else filled[0]
    if len(filled) == 2 and not said:
        return None
    found = context.payers.resolve(name)
    return name[:80] if said or found.how in ("exact", "alias") else None


def _rows_above(sheet: Sheet, head: Head) -> list[list[str]]:
    return list(islice(sheet.rows(), head.number - 1)) if head.number > 1 else []


def _as_title(cells: list[str]) -> str:
    """A row's words with its numbers left open, so that a title is known on the next page."""
    return re.sub(r"\d+", "#", " ".join(text.casefold() for cell in cells if (text := clean(cell))))


def _unread(
    number: int, cells: list[str], head: Head, fields: Fields, reason: str
) -> Refused | Ignored:
    """A row that gave no data: a subtotal, a note below the table, or a refusal."""
    if not _has_key(head, fields):
        if any(_TOTAL.search(cell) for cell in cells):
            return Refused(number, "subtotal or total row, not a line", cells)
        filled = sum(1 for cell in cells if clean(cell))
        if filled <= 2 and len(head.columns.header) > 2:
            return Ignored(number, "note or footer", cells)
    return Refused(number, reason, cells)


def _has_key(head: Head, fields: Fields) -> bool:
    """Whether a cell that only a data row fills can be read."""
    for key in head.importer.keys:
        text = fields.text(key)
        if not text:
            continue
        if key not in ("code", "service_date"):
            if not _TOTAL.search(text) and len(text) <= 80:
                return True
            continue
        try:
            if day(text) if key == "service_date" else code_span(text):
                return True
        except ValueError:
            continue
    return False


def _same_header(cells: list[str], header: list[str]) -> bool:
    """Whether a row repeats the header: no filled cell that differs, two or more that agree."""
    if not cells or clean(cells[0]).isdigit():
        return False
    agree = 0
    for cell, name in zip(cells, header, strict=False):
        plain = plain_header(cell)
        if not plain:
            continue
        if plain != name:
            return False
        agree += 1
    return agree >= 2


def _width(head: Head) -> int:
    return len(head.columns.header)


def _common_width(head: Head) -> int:
    widths = Counter(len(row) for row in head.sample if any(clean(cell) for cell in row))
    return widths.most_common(1)[0][0] if widths else len(head.columns.header)


def _keep_persons_out(head: Head, cells: list[str], entries: list[dict[str, object]]) -> None:
    """Refuse a row whose payer or product repeats what its identifier columns hold."""
    persons: set[str] | None = None
    for entry in entries:
        for name in _LOOSE:
            value = entry.get(name)
            if not isinstance(value, str):
                continue
            if re.search(r"\d{3}-\d{2}-\d{4}|@|\d{3}[-. ]\d{3}[-. ]\d{4}", value):
                raise Refusal(f"the {name.split('_')[0]} column holds a personal identifier")
            if persons is None:
                persons = _words_of_persons(head, cells)
            shared = persons & set(re.findall(r"[A-Z]{3,}|\d{5,}", value.upper()))
            if len(shared) >= 2 or any(word.isdigit() for word in shared):
                raise Refusal(f"the {name.split('_')[0]} column holds a personal identifier")


def _words_of_persons(head: Head, cells: list[str]) -> set[str]:
    return {
        word
        for index in head.columns.identifiers
        if index < len(cells)
        for word in re.findall(r"[A-Z]{3,}|\d{5,}", cells[index].upper())
    }
