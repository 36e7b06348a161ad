"""Where a sheet's table begins: the header row below any titles, and the kind it tells."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

from tools.importers.cell_values import clean
from tools.importers.columns import (
    Columns,
    columns_of,
    header_shown,
    holds,
    plain_header,
    signature,
    unreadable,
)
from tools.importers.kinds import IMPORTERS
from tools.importers.row import Importer
from tools.importers.sheet import Sheet

_SEARCHED, _SAMPLED = 60, 60
_SETTING_WORDS = frozenset(
    ("facility", "non", "office", "hospital", "nf", "f", "fac", "rate", "fee", "amount", "price",
     "allowed", "allowable", "setting", "usd", "in", "outpatient", "clinic", "site")
)  # fmt: skip
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


# An importer with its columns, and the lower row where the header stands in two.
_Found = tuple[tuple[Importer, Columns], Sequence[str] | None]


@dataclass(frozen=True)
class Head:
    """The header row of a sheet (1-based), read as one kind, with what stands around it.

    number: the header's row, its lower one where it has two, 0 where the sheet goes on with
    the table of another. `header_rows` are its rows as written, to know them again.
    """

    number: int
    columns: Columns
    importer: Importer
    titles: tuple[str, ...]
    above: tuple[str, ...]
    below: tuple[str, ...]
    sample: tuple[tuple[str, ...], ...]
    header_rows: tuple[tuple[str, ...], ...] = ()


def find_head(sheet: Sheet, remembered: Mapping[str, Any]) -> Head | None:
    """The first row that is a header of some kind; None where there is none.

    A header may stand in two rows. Where no row names its columns, one is sought whose
    columns can be told by what they hold. `remembered` maps a header's signature to
    {"kind", "columns"} as the user confirmed it.
    """
    rows = list(islice(sheet.rows(), _SEARCHED + _SAMPLED))
    for content in (False, True):
        for index, row in enumerate(rows[:_SEARCHED]):
            if sum(1 for cell in row if clean(cell)) < 2:
                continue
            sample = rows[index + 1 : index + 1 + _SAMPLED]
            if content and not _data_follow(row, sample):
                continue
            best = _best_of_spellings(rows, index, sample, remembered, content)
            if best is None:
                continue
            below = rows[index + 1] if index + 1 < len(rows) else ()
            if sum(map(_numeric, below)) <= 1 and sum(1 for cell in below if clean(cell)) >= 2:
                lower = _best_of_spellings(
                    rows, index + 1, rows[index + 2 : index + 2 + _SAMPLED], remembered, content
                )
                if lower and _names_more(lower, best):
                    index, best = index + 1, lower
            return _head(rows, index, *best, remembered)
    return None


def _head(
    rows: Sequence[Sequence[str]],
    index: int,
    found: tuple[Importer, Columns],
    lower: Sequence[str] | None,
    remembered: Mapping[str, Any],
) -> Head:
    importer, columns = found
    sample = rows[index + 1 : index + 1 + _SAMPLED]
    if not remembered.get(signature(columns.header)):
        named = columns_of(importer.table, columns.header, sample, content=True)
        columns = named if importer.recognises(named, sample) else columns
    upper = (tuple(rows[index - 1]),) if lower is not None else ()
    return Head(
        number=index + 1,
        columns=columns,
        importer=importer,
        titles=tuple(
            text for each in rows[:index] if (text := " ".join(filter(None, map(clean, each))))
        ),
        above=tuple(rows[index - 1]) if index else (),
        below=_second_row(columns, sample),
        sample=tuple(tuple(each) for each in sample),
        header_rows=(*upper, tuple(rows[index])),
    )


def _best_of_spellings(
    rows: Sequence[Sequence[str]],
    index: int,
    sample: Sequence[Sequence[str]],
    remembered: Mapping[str, Any],
    content: bool,
) -> _Found | None:
    """A row read as a header, alone or with the row above it, whichever tells more.

    The second value is the lower row where the header stands in two, else None.
    """
    row = rows[index]
    alone = _best(row, sample, remembered.get(signature(row)), content)
    best: _Found | None = (alone, None) if alone else None
    data = sum(map(_numeric, row)) >= 3
    if index and not data and sum(1 for cell in rows[index - 1] if clean(cell)) >= 2:
        for header in _joined(rows[index - 1], row):
            both = _best(header, sample, remembered.get(signature(header)), content)
            if (
                both
                and both[0].table != "fee_schedules"
                and (best is None or _tells(both[1]) > _tells(best[0][1]))
            ):
                best = (both, row)
    return best


def _names_more(lower: _Found, upper: _Found) -> bool:
    """Whether the row below is the header rather than the one above it: headings over groups of
    columns name a few fields by accident, the header below them all. A header in two rows
    needs to name one more, a row by itself two."""
    more = len(lower[0][1].fields) - len(upper[0][1].fields)
    return _tells(lower[0][1]) > _tells(upper[0][1]) and (lower[1] is not None or more >= 2)


def _tells(columns: Columns) -> tuple[int, int]:
    """How many fields, then how many columns, a header names."""
    return len(columns.fields), sum(map(len, columns.fields.values()))


def _joined(upper: Sequence[str], lower: Sequence[str]) -> list[list[str]]:
    """A header of two rows as one: each cell below its own, or below the last one given."""
    if any(len(clean(cell)) > 40 for cell in upper):
        return []
    width = max(len(upper), len(lower))
    above = [clean(cell) for cell in upper] + [""] * (width - len(upper))
    below = [clean(cell) for cell in lower] + [""] * (width - len(lower))
    spread: list[str] = []
    for cell in above:
        spread.append(cell or (spread[-1] if spread else ""))
    return [
        [f"{a} {b}".strip() for a, b in zip(above, below, strict=True)],
        [f"{a} {b}".strip() if b else c for a, b, c in zip(spread, below, above, strict=True)],
    ]


def _data_follow(row: Sequence[str], sample: Sequence[Sequence[str]]) -> bool:
    """Whether the row may be a header with lines right below it: words here, digits there."""
    words = sum(1 for cell in row if clean(cell) and not _numeric(cell))
    filled = sum(1 for cell in row if clean(cell))
    below = next((each for each in sample if any(map(clean, each))), ())
    digits = sum(1 for cell in below if _numeric(cell))
    return words >= 0.8 * filled and digits >= 3 and filled >= 3


def _numeric(cell: str) -> bool:
    text = clean(cell)
    return sum(c.isdigit() for c in text) * 2 >= len(text) > 0


def names_a_person(words: str, head: Head) -> bool:
    """Whether a sheet's name is a person's: two of its words stand together in one cell of a
    column that names persons, or it holds a birth date, a telephone or another such number."""
    if header_shown(words, 0) != words:
        return True
    said = set(re.findall(r"[^\W\d_]{2,}", words.casefold()))
    return any(
        len(said & set(re.findall(r"[^\W\d_]{2,}", row[index].casefold()))) >= 2
        for row in head.sample
        for index in head.columns.identifiers
        if index < len(row)
    )


def continued(sheet: Sheet, heads: Sequence[Head]) -> Head | None:
    """The head of an earlier sheet whose table goes on here without a header; else None.

    Nearly all rows must read as lines of that table and be no wider than it.
    """
    rows = [row for row in islice(sheet.rows(), _SAMPLED) if any(map(clean, row))]
    for head in reversed(heads):
        width = len(head.columns.header)
        keys = [head.columns.fields[key][0] for key in head.importer.keys
                if key in head.columns.fields]  # fmt: skip
        if not rows or len(keys) < 2 or head.importer.table != "claim_lines":
            continue
        good = sum(
            len(row) <= width or not any(map(clean, row[width:]))
            for row in rows
            if all(index < len(row) and _reads(head, row[index], index) for index in keys)
        )
        if good >= 0.8 * len(rows):
            return replace(head, number=0, titles=(), above=(), below=())
    return None


def _reads(head: Head, cell: str, index: int) -> bool:
    name = next(name for name, indexes in head.columns.fields.items() if index in indexes)
    return bool(clean(cell)) and holds(head.columns.table, name, [cell], 1.0, True)


def _best(
    row: Sequence[str],
    sample: Sequence[Sequence[str]],
    confirmed: Mapping[str, Any] | None,
    content: bool = False,
) -> tuple[Importer, Columns] | None:
    found: list[tuple[Importer, Columns]] = []
    for importer in IMPORTERS:
        mine = confirmed if confirmed and confirmed.get("kind") == importer.kind else None
        columns = columns_of(
            importer.table, row, sample, mine["columns"] if mine else None, content
        )
        if importer.recognises(columns, sample):
            if mine:
                return importer, columns
            found.append((importer, columns))
    return max(found, key=lambda each: each[1].score, default=None)


def _second_row(columns: Columns, sample: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """The row below the header when it only splits columns into settings, else ()."""
    if columns.table != "fee_schedules" or not sample:
        return ()
    words = {word for cell in sample[0] for word in plain_header(cell).split()}
    return tuple(sample[0]) if words and words <= _SETTING_WORDS else ()


def what_lacks(sheets: Sequence[Sheet]) -> str:
    """In words: the kind that a file without a known header comes closest to, and its gap."""
    best: tuple[int, str, list[str]] | None = None
    why = ""
    for sheet in sheets:
        rows = list(islice(sheet.rows(), 30))
        for index, row in enumerate(rows):
            for table, wanted in _WANTED.items():
                fields = columns_of(table, row, rows[index + 1 :]).fields.keys()
                missing = [words for field, words in wanted.items() if field not in fields]
                if table == "claim_lines" and fields & {"billed", "allowed"}:
                    missing = [words for words in missing if words != wanted["paid"]]
                if len(fields) >= 2 and missing and (best is None or len(fields) > best[0]):
                    best = (len(fields), table.replace("_", " "), missing)
                    why = unreadable(table, row, rows[index + 1 :])
    if best is None:
        return "no row of it names the columns of claims, fees, members, quality or hours"
    return f"it looks like {best[1]}, but no column holds {best[2][0]}{why}"
