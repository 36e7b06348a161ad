"""CSV and its kin as text: encoding told from the bytes, delimiter from the rows.

Nothing is typed here. Memory stays bounded by one row.
"""

from __future__ import annotations

import codecs
import csv
import io
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from knowledge.problems import BadInput
from tools.importers.sheet import MAX_CELL, MAX_COLUMNS, Sheet, utf16_without_mark

_LONGEST_LINE = 4 * 1024 * 1024
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def delimited_sheets(path: Path, where: str) -> list[Sheet]:
    """The one grid of a delimited text file. Raises BadInput where it is not such a file."""
    encoding = encoding_of(path, where)
    delimiter = _delimiter(path, encoding, where)

    def rows() -> Iterator[list[str]]:
        csv.field_size_limit(MAX_CELL)
        with path.open("r", encoding=encoding, newline="", errors="replace") as file:
            reader = csv.reader(_lines(file, where), delimiter=delimiter)
            number = 0
            try:
                for number, cells in enumerate(reader, start=1):
                    if len(cells) > MAX_COLUMNS:
                        raise BadInput(
                            where,
                            f"row {number} has {len(cells):,} columns",
                            f"send a table of at most {MAX_COLUMNS:,} columns",
                        )
                    yield cells
            except csv.Error as wrong:
                raise BadInput(
                    where,
                    f"a cell after row {number} never ends ({_said(wrong)})",
                    "look for a quotation mark that is opened there and not closed",
                ) from None

    return [Sheet(None, rows, exact_width=True)]


def encoding_of(path: Path, where: str) -> str:
    """utf-8-sig, utf-16, utf-8, or cp1252 for text of older Windows programs."""
    with path.open("rb") as file:
        head = file.read(4096)
        for mark, name in _MARKS:
            if head.startswith(mark):
                return name
        if wide := utf16_without_mark(head):
            return wide
        if b"\x00" in head:
            raise BadInput(
                where, "this is not a text file, whatever its name says", "send it as CSV or Excel"
            )
        decoder = codecs.getincrementaldecoder("utf-8")()
        file.seek(0)
        try:
            while block := file.read(1 << 20):
                decoder.decode(block)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return "cp1252"
    return "utf-8"


def _delimiter(path: Path, encoding: str, where: str) -> str:
    """The mark that cuts the first lines into the most, and the most even, cells."""
    with path.open("r", encoding=encoding, newline="", errors="replace") as file:
        sample = [line for _, line in zip(range(60), _lines(file, where), strict=False)]
    best, best_score = ",", 0.0
    for mark in ",\t;|^~":
        try:
            rows = list(csv.reader(io.StringIO("".join(sample)), delimiter=mark))
        except csv.Error:
            continue
        widths = Counter(len(cells) for cells in rows if cells)
        width, often = max(widths.items(), key=lambda item: (item[0] > 1, item[1]), default=(1, 0))
        score = 0.0 if width < 2 else often + min(width, 60) / 100
        if score > best_score:
            best, best_score = mark, score
    return best


def _lines(file: io.TextIOBase, where: str) -> Iterator[str]:
    while line := file.readline(_LONGEST_LINE):
        if len(line) >= _LONGEST_LINE:
            raise BadInput(
                where,
                "one line is longer than a table's row can be",
                "export it again with one record a line",
            )
        if "\x00" in line:
            raise BadInput(where, "it holds bytes that no text has", "export it again as CSV")
        yield line


def _said(wrong: Exception) -> str:
    return "too long" if "larger than" in str(wrong) else "malformed"
