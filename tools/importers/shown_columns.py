"""A file's columns as the user sees them to confirm the mapping: header, field, how, sample."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from tools.importers.cell_values import clean
from tools.importers.columns import header_shown, holds
from tools.importers.head import Head
from tools.importers.sheet import Sheet

_SHOWN = 3
# Numbers of claims and members are not shown: they lead to a person.
_KEPT_BACK = frozenset({"claim_id", "member_id"})
_WORDS = frozenset({"payer", "product", "status", "line_of_business", "basis", "measure", "metric"})
_PLAIN = re.compile(r"[-(]?\$?\s?\d{1,3}(?:,\d{3})*(?:\.\d{1,4})?\)?%?|\d{1,5}\.\d\d|[A-Z0-9]{2}")
_REACHES = re.compile(r"\d{3}-\d{2}-\d{4}|@|\d{3}[-. ]\d{3}[-. ]\d{4}|\d{7,}")


def columns_shown(sheet: Sheet, head: Head) -> list[dict[str, Any]]:
    """One entry a column: header, field (None: not read), how (None, or confirmed, exact,
    synonym, similar, content), sample (up to 3 values), and the sheet's name where it has one.

    No sample is taken from columns that hold what a person is known by, and none that
    repeats a word of such a column.
    """
    columns = head.columns
    fields = {index: name for name, indexes in columns.fields.items() for index in indexes}
    persons = _words_of_persons(head)
    shown = []
    for index, cell in enumerate(columns.header):
        name = fields.get(index)
        if not clean(cell) and name is None:
            continue
        entry: dict[str, Any] = {
            "header": header_shown(cell, index),
            "field": name,
            "how": columns.hows.get(index),
            "sample": _sample(head, index, name, persons),
        }
        shown.append({**entry, "sheet": sheet.name} if sheet.name else entry)
    return shown


def _sample(head: Head, index: int, name: str | None, persons: frozenset[str]) -> list[str]:
    if index in head.columns.identifiers or name in _KEPT_BACK:
        return []
    table = head.columns.table
    found: dict[str, None] = {}
    for row in head.sample:
        text = clean(row[index])[:40] if index < len(row) else ""
        if not text or (_REACHES.search(text) and name != "rendering_npi"):
            continue
        if name is None:
            good = bool(_PLAIN.fullmatch(text))
        elif name in _WORDS:
            good = not (persons & _words(text))
        else:
            good = holds(table, name, [text], 1.0, True) and len(text.split()) <= 4
            good = good and not (persons & _words(text))
        if good:
            found.setdefault(text)
        if len(found) == _SHOWN:
            break
    return list(found)


def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"[A-Z]{3,}|\d{5,}", text.upper()))


def _words_of_persons(head: Head) -> frozenset[str]:
    """Words of the columns that name persons, and of those nobody has told us about."""
    hidden: Sequence[int] = head.columns.identifiers
    unread = head.columns.unread() if head.importer.personal else ()
    return frozenset(
        word
        for row in head.sample
        for index in {*hidden, *unread}
        if index < len(row)
        for word in _words(row[index])
        if not word.isdigit() or index in hidden
    )
