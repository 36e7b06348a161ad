"""Whether two rows of claims sources are one: a keyed hash over all their columns.

Cells are trimmed, dates read, amounts made plain; empty cells and the order of columns
make no difference, nor do columns that only number the file's rows or date its making.
The key keeps anyone from guessing a patient back out of the hash.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from datetime import date
from functools import lru_cache

from tools.importers.cell_values import clean, day, number
from tools.importers.columns import Columns, plain_header

_DATES = frozenset(
    ("service_date", "posting_date", "submitted_date", "paid_date", "term_date", "month",
     "effective_from", "effective_to", "period_start", "period_end")
)  # fmt: skip
_NUMBERS = frozenset(
    ("billed", "allowed", "paid", "patient_responsibility", "patient_share_part", "units",
     "rate", "members", "numerator", "denominator", "risk_score", "practice_value",
     "comparison_value", "place_of_service", "line_number")
)  # fmt: skip


def row_hasher(columns: Columns, secret: bytes, tag: str) -> Callable[[list[str]], str]:
    """A function from a row's cells to 32 hex digits; `tag` sets apart what no column tells."""
    field_of = {index: name for name, indexes in columns.fields.items() for index in indexes}
    seen: dict[str, int] = {}
    plan: list[tuple[int, str, Callable[[str], object]]] = []
    for index, cell in enumerate(columns.header):
        if index in columns.counters:
            continue
        name = plain_header(cell)
        seen[name] = seen.get(name, 0) + 1
        field = field_of.get(index, "")
        reader: Callable[[str], object] = clean if field else _plainly
        if field in _DATES or (not field and "date" in name.split()):
            reader = _dated
        elif field in _NUMBERS:
            reader = _numbered
        plan.append((index, f"{name}\x1e{seen[name]}", reader))
    plan.sort(key=lambda step: step[1])

    def hashed(cells: list[str]) -> str:
        parts = [tag]
        width = len(cells)
        for index, name, reader in plan:
            if index < width and cells[index] and (value := reader(cells[index])) != "":
                parts.append(f"{name}\x1f{value}")
        text = "\x1d".join(parts).encode("utf-8", "surrogatepass")
        return hashlib.blake2b(text, key=secret[:64], digest_size=16).hexdigest()

    return hashed


@lru_cache(maxsize=50_000)
def _plainly(cell: str) -> str:
    """A cell of a column that is not read: "25.00" and "$25" are one amount all the same."""
    text = clean(cell)
    return _numbered(text) if re.fullmatch(r"[-($ ]*(?:0|[1-9][\d,]*)?\.?\d+[)-]?", text) else text


@lru_cache(maxsize=50_000)
def _dated(cell: str) -> str | date:
    try:
        return day(cell) or ""
    except ValueError:
        return clean(cell)


@lru_cache(maxsize=50_000)
def _numbered(cell: str) -> str:
    try:
        value = number(clean(cell).replace("$", ""))
    except ValueError:
        return clean(cell)
    return "" if value is None else format(value.normalize(), "f")
