"""The copy of a table file that may be kept where the file names persons.

Columns that identify are blank, unread columns too where rows speak of persons; rows that
were refused or ignored there are blank as a whole. Row numbers stay those of the file.
"""

from __future__ import annotations

import csv
import re
from pathlib import Path
from types import TracebackType

from knowledge.identifiers import identifiers_in
from tools.importers.cell_values import clean
from tools.importers.columns import header_shown, plain_header
from tools.importers.head import Head
from tools.importers.row import Ignored, Refused, Row

_OF_NAMES = frozenset(("name", "patient", "subscriber", "guarantor", "insured", "member"))
_MOST_NAMES = 50_000
_SSN = re.compile(r"\b\d{3}-\d{2}-\d{4}\b")
_MARKS = ("=", "+", "-", "@", "\t", "\r")
_NUMBER = re.compile(r"^[-+]?\$?[\d.,]+%?$")
# Fields whose text is kept as we read it, not as it was written.
_REWRITTEN = {
    "status": "status",
    "reason_codes": "reason_codes",
    "diagnoses": "diagnoses",
    "claim_id": "claim_id",
    "rendering_npi": "rendering_npi",
    "line_number": "line_number",
    "line_of_business": "line_of_business",
    "place_of_service": "place_of_service",
    "payer_order": "payer_order",
}


class StoredCopy:
    """Writes one sheet's copy row by row; `names_persons` says whether it is the one to keep."""

    def __init__(self, path: Path, head: Head) -> None:
        self.path = path
        self._head = head
        self._personal = head.importer.personal
        columns = head.columns
        self._blank = set(columns.identifiers)
        if self._personal:
            self._blank |= set(columns.unread())
        self._rewritten = {
            indexes[0]: _REWRITTEN[name]
            for name, indexes in columns.fields.items()
            if self._personal and name in _REWRITTEN
        }
        self._blank |= {
            index
            for name, indexes in columns.fields.items()
            if self._personal and name in _REWRITTEN
            for index in indexes[1:]
        }
        self.names_persons = bool(columns.identifiers) or (
            self._personal and any(columns.header[index].strip() for index in columns.unread())
        )
        self.names: set[str] = set()
        self._named = [
            index
            for index in columns.identifiers
            if index < len(columns.header)
            and _OF_NAMES & set(plain_header(columns.header[index]).split())
        ]
        self._written = 0
        self._file = path.open("w", encoding="utf-8", newline="")
        self._writer = csv.writer(self._file)

    def __enter__(self) -> StoredCopy:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self._file.close()

    def add(self, item: Row | Refused | Ignored) -> None:
        """Write one row of the file, and the header when its turn has come."""
        while self._written + 1 < item.number:
            header = self._written + 1 == self._head.number
            self._write(self._header() if header else [])
        if isinstance(item, Row):
            if len(self.names) < _MOST_NAMES:
                self.names.update(
                    item.cells[index] for index in self._named if index < len(item.cells)
                )
            entry = item.entries[0] if item.entries else {}
            self._write([self._cell(index, cell, entry) for index, cell in enumerate(item.cells)])
        elif self._personal or self._blank or self._speaks_of_persons(item.cells):
            self.names_persons = self.names_persons or any(cell.strip() for cell in item.cells)
            self._write([])
        else:
            self._write([self._cell(index, cell, {}) for index, cell in enumerate(item.cells)])

    def _speaks_of_persons(self, cells: list[str]) -> bool:
        """Whether a title, note or refused row of an impersonal file names a person."""
        said = " ".join(cell for cell in cells if cell)
        return bool(said) and bool(identifiers_in(said))

    def _header(self) -> list[str]:
        cells = self._head.columns.header
        return [_safe(header_shown(c, i)) if clean(c) else "" for i, c in enumerate(cells)]

    def _cell(self, index: int, cell: str, entry: dict[str, object]) -> str:
        if index in self._blank:
            return ""
        if index in self._rewritten:
            value = entry.get(self._rewritten[index])
            return _safe(str(value)) if value is not None else ""
        if len(cell) >= 11 and _SSN.search(cell):
            self.names_persons = True
            return ""
        return _safe(cell)

    def _write(self, cells: list[str]) -> None:
        self._writer.writerow(cells)
        self._written += 1


def _safe(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula; numbers stay numbers."""
    return f"'{cell}" if cell[:1] in _MARKS and not _NUMBER.match(cell) else cell
