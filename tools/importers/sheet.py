"""A grid of text cells, whatever file it came from; rows are numbered from 1."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

MAX_COLUMNS = 1_000
MAX_CELL = 32_768


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
