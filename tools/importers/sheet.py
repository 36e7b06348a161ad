"""A grid of text cells, whatever file it came from; rows are numbered from 1."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

MAX_COLUMNS = 1_000
MAX_CELL = 32_768


def utf16_without_mark(head: bytes) -> str | None:
    """ "utf-16-le" or "utf-16-be" where nearly every other byte is null, else None."""
    even, odd = head[0::2], head[1::2]
    if len(head) < 8 or b"\x00\x00" in head:
        return None
    if odd.count(0) >= 0.8 * len(odd) and even.count(0) == 0:
        return "utf-16-le"
    if even.count(0) >= 0.8 * len(even) and odd.count(0) == 0:
        return "utf-16-be"
    return None


@dataclass(frozen=True)
class Sheet:
    """One sheet of a workbook (with its name), or the whole of a text file (name None).

    `rows` starts again from the top at each call. exact_width: the file states where a
    row ends, so that a row shorter than its header is a damaged one.
    """

    name: str | None
    rows: Callable[[], Iterator[list[str]]]
    exact_width: bool = False
    hidden: bool = False
