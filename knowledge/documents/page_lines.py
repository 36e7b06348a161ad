"""Words of a page put into lines as a reader sees them: columns, table cells, line numbers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from knowledge.documents.pdf_words import PageWords, Word

_NUMBERING = re.compile(
    r"(?:[•▪●◦‣·*–—-]|\(?[a-z]{1,4}\)|\(?[A-Z]{1,4}\)|\(?[A-Z]{1,5}\.|[a-z]\.|\(?\d{1,2}\)"
    r"|[A-Z]?\d{1,2}(?:\.\d{1,3})*\.?|§+ ?\d+(?:\.\d+)*\.?|(?:Section|SECTION|Article|ARTICLE|Part"
    r"|PART) [\dIVX.]+)"
)


@dataclass(frozen=True)
class Cell:
    """Words of one line that stand together, without a wide gap between them."""

    words: tuple[Word, ...]

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)

    @property
    def left(self) -> float:
        return self.words[0].left

    @property
    def right(self) -> float:
        return self.words[-1].right


@dataclass(frozen=True)
class Line:
    """One line of a page: its cells from left to right (one, outside tables).

    column: 0 for the whole width or the first column, then 1, 2 ... of a page set in columns.
    """

    page: int
    cells: tuple[Cell, ...]
    column: int = 0

    @property
    def words(self) -> tuple[Word, ...]:
        return tuple(word for cell in self.cells for word in cell.words)

    @property
    def text(self) -> str:
        return " ".join(cell.text for cell in self.cells)

    @property
    def left(self) -> float:
        return self.cells[0].left

    @property
    def right(self) -> float:
        return self.cells[-1].right

    @property
    def top(self) -> float:
        return min(word.top for word in self.words)

    @property
    def base(self) -> float:
        return max(word.base for word in self.words)

    @property
    def size(self) -> float:
        sizes = sorted(word.size for word in self.words)
        return sizes[len(sizes) // 2]

    @property
    def bold(self) -> int:
        """How many leading characters of the text are bold."""
        count = 0
        for word in self.words:
            if not word.bold and any(letter.isalnum() for letter in word.text):
                break
            count += len(word.text) + 1
        return max(0, min(count - 1, len(self.text)))


def page_lines(page: PageWords, number: int, upright: bool = True) -> list[Line]:
    """The lines of a page in reading order; on a turned page as the text layer orders them."""
    cells = _cells(_without_line_numbers(page.words))
    if not upright:
        return [Line(number, (cell,)) for cell in cells]
    gutter = _gutter(cells, page.width)
    if gutter is None:
        return _stacked(cells, number, 0)
    lines: list[Line] = []
    left: list[Cell] = []
    right: list[Cell] = []
    for cell in sorted(cells, key=lambda cell: cell.words[0].base):
        if cell.left < gutter < cell.right:
            lines += _stacked(left, number, 0) + _stacked(right, number, 1)
            left, right = [], []
            lines.append(Line(number, (cell,)))
        else:
            (left if cell.right <= gutter else right).append(cell)
    return lines + _stacked(left, number, 0) + _stacked(right, number, 1)


def is_numbering(text: str) -> bool:
    """Whether a text is nothing but the number or letter before a paragraph."""
    return bool(_NUMBERING.fullmatch(text))


def _cells(words: Sequence[Word]) -> list[Cell]:
    """Words of one line of the text layer, parted where a wide gap stands between them."""
    cells: list[list[Word]] = []
    for word in words:
        last = cells[-1][-1] if cells else None
        if (
            last is not None
            and last.line == word.line
            and abs(last.base - word.base) < 0.5 * max(last.size, word.size)
            and -1.0 * word.size < word.left - last.right < max(7.0, 0.9 * word.size)
        ):
            cells[-1].append(word)
        else:
            cells.append([word])
    return [Cell(tuple(each)) for each in cells]


def _stacked(cells: Sequence[Cell], number: int, column: int) -> list[Line]:
    """Cells gathered into lines by the height at which they stand, from the top."""
    rows: list[list[Cell]] = []
    for cell in sorted(cells, key=lambda cell: (cell.words[0].base, cell.left)):
        last = rows[-1] if rows else None
        size = cell.words[0].size
        if last and abs(cell.words[0].base - last[0].words[0].base) < 0.35 * size:
            last.append(cell)
        else:
            rows.append([cell])
    lines = []
    for row in rows:
        row.sort(key=lambda cell: cell.left)
        lines.append(Line(number, tuple(_rejoined(row)), column))
    return lines


def _rejoined(row: list[Cell]) -> list[Cell]:
    """Cells that touch, joined again; a lone number keeps with the words it stands before."""
    cells = row[:1]
    for cell in row[1:]:
        gap = cell.left - cells[-1].right
        hangs = len(row) == 2 and is_numbering(cells[-1].text)
        if hangs or gap < max(7.0, 0.9 * cell.words[0].size):
            cells[-1] = Cell(cells[-1].words + cell.words)
        else:
            cells.append(cell)
    return cells


def _gutter(cells: Sequence[Cell], width: float) -> float | None:
    """Where a page set in two columns is parted, None for a page of one column.

    A table of two columns looks alike; but its text alternates between left and right,
    while a set page first ends the left column.
    """
    body = [cell for cell in cells if len(cell.text) > 15]
    for at in range(40, 61):
        gutter = width * at / 100
        sides = [
            "across" if cell.left < gutter < cell.right else "left" if cell.right <= gutter
            else "right"
            for cell in body
        ]  # fmt: skip
        halves = [side for side in sides if side != "across"]
        few = min(halves.count("left"), halves.count("right"))
        turns = sum(a != b for a, b in pairwise(halves))
        wide = [c for c in body if c.right - c.left > 0.22 * width]
        if few >= 8 and sides.count("across") <= 0.15 * len(sides) and turns <= 0.25 * few:
            if len(wide) < 0.5 * len(body):
                continue
            return gutter
    return None


def _without_line_numbers(words: Sequence[Word]) -> list[Word]:
    """The words without the numbers that count the lines in the margin of pleading paper."""
    numbers = [word for word in words if word.text.isdigit() and len(word.text) <= 2]
    others = [word.left for word in words if not word.text.isdigit()]
    if len(numbers) < 10 or not others:
        return list(words)
    margin = sorted(others)[len(others) // 50]
    counting = sorted((w for w in numbers if w.right < margin), key=lambda word: word.base)
    steps = sum(int(b.text) - int(a.text) == 1 for a, b in pairwise(counting))
    if len(counting) >= 10 and steps >= 0.8 * (len(counting) - 1):
        return [word for word in words if word not in set(counting)]
    return list(words)
