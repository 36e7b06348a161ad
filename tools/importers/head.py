"""Where a sheet's table begins: the header row below any titles, and the kind it tells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from tools.importers.cell_values import clean
from tools.importers.columns import Columns, columns_of, plain_header, signature
from tools.importers.kinds import IMPORTERS
from tools.importers.row import Importer
from tools.importers.sheet import Sheet

_SEARCHED, _SAMPLED = 60, 60
_SETTING_WORDS = frozenset(("facility", "non facility", "office", "rate", "fee", "amount", ""))
_WANTED = {
    "claim_lines": {
        "service_date": "a date of service",
        "code": "a procedure code",
        "paid": "an amount (charge, allowed or paid)",
    },
    "fee_schedules": {"code": "a procedure code", "rate": "a rate"},
    "quality": {
        "measure": "a measure",
        "numerator": "a numerator",
        "denominator": "a denominator",
    },
}


@dataclass(frozen=True)
class Head:
    """The header row of a sheet (1-based), read as one kind, with what stands around it."""

    number: int
    columns: Columns
    importer: Importer
    titles: tuple[str, ...]
    above: tuple[str, ...]
    below: tuple[str, ...]
    sample: tuple[tuple[str, ...], ...]


def find_head(sheet: Sheet, remembered: Mapping[str, Any]) -> Head | None:
    """The first row that is a header of some kind; None where there is none.

    `remembered` maps a header's signature to {"kind", "columns"} as the user confirmed it.
    """
    rows = list(islice(sheet.rows(), _SEARCHED + _SAMPLED))
    for index, row in enumerate(rows[:_SEARCHED]):
        if sum(1 for cell in row if clean(cell)) < 2:
            continue
        sample = rows[index + 1 : index + 1 + _SAMPLED]
        best = _best(row, sample, remembered.get(signature(row)))
        if best:
            importer, columns = best
            return Head(
                number=index + 1,
                columns=columns,
                importer=importer,
                titles=tuple(
                    text
                    for each in rows[:index]
                    if (text := " ".join(filter(None, map(clean, each))))
                ),
                above=tuple(rows[index - 1]) if index else (),
                below=_second_row(columns, sample),
                sample=tuple(tuple(each) for each in sample),
            )
    return None


def _best(
    row: Sequence[str], sample: Sequence[Sequence[str]], confirmed: Mapping[str, Any] | None
) -> tuple[Importer, Columns] | None:
    found: list[tuple[Importer, Columns]] = []
    for importer in IMPORTERS:
        mine = confirmed if confirmed and confirmed.get("kind") == importer.kind else None
        columns = columns_of(importer.table, row, sample, mine["columns"] if mine else None)
        if importer.recognises(columns, sample):
            if mine:
                return importer, columns
            found.append((importer, columns))
    return max(found, key=lambda each: each[1].score, default=None)


def _second_row(columns: Columns, sample: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """The row below the header when it only splits columns into settings, else ()."""
    if columns.table != "fee_schedules" or not sample:
        return ()
    words = {plain_header(cell) for cell in sample[0]} - {""}
    return tuple(sample[0]) if words and words <= _SETTING_WORDS else ()


def what_lacks(sheets: Sequence[Sheet]) -> str:
    """In words: the kind that a file without a known header comes closest to, and its gap."""
    best: tuple[int, str, list[str]] | None = None
    for sheet in sheets:
        rows = list(islice(sheet.rows(), 30))
        for index, row in enumerate(rows):
            for table, wanted in _WANTED.items():
                fields = columns_of(table, row, rows[index + 1 :]).fields.keys()
                missing = [words for field, words in wanted.items() if field not in fields]
                if len(fields) >= 2 and missing and (best is None or len(fields) > best[0]):
                    best = (len(fields), table.replace("_", " "), missing)
    if best is None:
        return "no row of it names the columns of claims, fees, members, quality or hours"
    return f"it looks like {best[1]}, but no column holds {best[2][0]}"
