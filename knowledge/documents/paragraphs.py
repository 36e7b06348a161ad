"""Lines put together into paragraphs and table rows."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from knowledge.documents.blocks import Block
from knowledge.documents.page_lines import Cell, Line

_STARTS = re.compile(
    r"(?:(?:ARTICLE|Article|SECTION|Section|Sec\.|EXHIBIT|Exhibit|ATTACHMENT|Attachment|SCHEDULE"
    r"|Schedule|APPENDIX|Appendix|ADDENDUM|Addendum|AMENDMENT|Amendment|PART|Part) [\dA-Z]"
    r"|§+ ?\d|[A-Z]?\d{1,3}(?:\.\d{1,3})+\.? |\d{1,3}[.)] |[A-Z]\. |[a-z]\. |[IVXL]{1,6}\. "
    r"|[ivxl]{1,6}\. |\([A-Za-z0-9]{1,4}\) |[•▪●◦‣·] )"
)
_ENDED = re.compile(r"[.;:?!][\"”’')\]]*$|[;,] (?:and|or)$")
_HYPHENATED_WITH = (
    "non no pre post self co re sub multi inter intra out in on off over under well full part "
    "short long high low third first second e all cross counter ex half mid anti semi x"
)
_KEPT_HYPHEN = frozenset(_HYPHENATED_WITH.split())


def blocks_of(lines: Sequence[Line]) -> list[Block]:
    """The paragraphs and table rows that lines make, in order."""
    known = Counter(w for line in lines for w in re.findall(r"[a-z]{2,}", line.text.lower()))
    hyphenated = {w for line in lines for w in re.findall(r"\w+-\w+", line.text.lower())}
    margins = _right_margins(lines)
    pitch = _pitch(lines)
    blocks: list[Block] = []
    group: list[Line] = []

    def close() -> None:
        if group:
            blocks.append(_paragraph(group, known, hyphenated))
            group.clear()

    at = 0
    while at < len(lines):
        table = _table_length(lines, at)
        if table:
            region = list(lines[at : at + table])
            while group and _tops(group[-1], region):
                region.insert(0, group.pop())
            close()
            blocks.extend(_rows(region))
            at += table
            continue
        if group and _parts(group, lines[at], margins, pitch):
            close()
        group.append(lines[at])
        at += 1
    close()
    return blocks


def _parts(
    group: list[Line], line: Line, margins: dict[tuple[int, int], float], pitch: float
) -> bool:
    """Whether a line begins a paragraph of its own."""
    last = group[-1]
    ended = bool(_ENDED.search(last.text))
    margin = margins.get((last.page, last.column), last.right)
    short = last.right < margin - 0.2 * (margin - last.left) - 2 * last.size
    numbered = bool(_STARTS.match(line.text + " "))
    whole_bold = last.bold >= len(last.text) - 1
    if abs(line.size - last.size) > 0.12 * last.size:
        return True
    if (
        whole_bold != (line.bold >= len(line.text) - 1)
        and (short or len(group) == 1)
        and whole_bold
    ):
        return not _carries_on(last, line) or short
    if line.page != last.page or line.column != last.column:
        if numbered:
            return ended or short
        return ended or (short and not _carries_on(last, line))
    gap = line.base - last.base
    if gap > 1.3 * pitch * max(1.0, line.size / last.size) and gap > 1.45 * line.size:
        return True
    if numbered and (ended or short or line.bold > 0):
        return True
    indented = line.left - last.left > 0.8 * line.size
    if len(group) > 1 and indented and ended:
        return True
    return ended and short


def _carries_on(last: Line, line: Line) -> bool:
    """Whether a sentence plainly runs on from one line into the next."""
    return line.text[:1].islower() or last.text.endswith((",", "-", " of", " the", " and", " or"))


def _paragraph(group: list[Line], known: Counter[str], hyphenated: set[str]) -> Block:
    text = group[0].text
    for line in group[1:]:
        text = _hyphen_joined(text, line.text, known, hyphenated)
    bold = 0
    for line in group:
        bold += line.bold
        if line.bold < len(line.text):
            break
        bold += 1
    first = group[0]
    return Block(
        text=text,
        page=first.page,
        bold=min(bold, len(text)),
        indent=round(first.left, 1),
        size=round(first.size, 1),
    )


def _hyphen_joined(text: str, rest: str, known: Counter[str], hyphenated: set[str]) -> str:
    """Two lines joined; a hyphen at the break stays only where the word is written with one."""
    match = re.search(r"(\w+)-$", text)
    after = re.match(r"[a-z]+", rest)
    if not match or not after:
        return text + ("" if text.endswith("/") else " ") + rest
    first, second = match[1].lower(), after[0]
    whole = first + second
    if f"{first}-{second}" in hyphenated or first in _KEPT_HYPHEN:
        return text + rest
    if known[whole] or not (known[first] > 1 and known[second] > 1):
        return text[:-1] + rest
    return text + rest


def _right_margins(lines: Sequence[Line]) -> dict[tuple[int, int], float]:
    """How far right the text of each page and column reaches."""
    rights: dict[tuple[int, int], list[float]] = {}
    for line in lines:
        rights.setdefault((line.page, line.column), []).append(line.right)
    return {key: sorted(found)[int(0.9 * (len(found) - 1))] for key, found in rights.items()}


def _pitch(lines: Sequence[Line]) -> float:
    """The usual distance from line to line, in points."""
    steps: Counter[float] = Counter()
    for last, line in pairwise(lines):
        step = line.base - last.base
        if line.page == last.page and 0.8 * line.size < step < 2.6 * line.size:
            steps[round(step, 1)] += 1
    return steps.most_common(1)[0][0] if steps else 12.0


def _table_length(lines: Sequence[Line], at: int) -> int:
    """How many lines from here on make one table; 0 when no table begins here."""
    if len(lines[at].cells) < 2:
        return 0
    end, last = at, at
    while end < len(lines) and end - last <= 3:
        line = lines[end]
        same_page = line.page == lines[at].page
        if end > at and (not same_page or line.base - lines[end - 1].base > 4 * line.size):
            break
        if len(line.cells) >= 2:
            last = end
        end += 1
    region = lines[at : last + 1]
    while region and len(_columns(region)) < 2:
        region = region[:-1]
        while region and len(region[-1].cells) < 2:
            region = region[:-1]
    several = sum(len(line.cells) >= 2 for line in region)
    return len(region) if several >= 2 else 0


def _tops(line: Line, region: Sequence[Line]) -> bool:
    """Whether a line just above a table is the upper half of a wrapped cell of its first row."""
    below = region[0]
    near = line.page == below.page and 0 < below.base - line.base < 1.42 * below.size
    return near and line.left > _columns(region)[0][1]


def _columns(region: Sequence[Line]) -> list[tuple[float, float]]:
    """The stretches from left to right that the cells of all lines fill, gaps between them."""
    spans = sorted((cell.left, cell.right) for line in region for cell in line.cells)
    columns: list[tuple[float, float]] = []
    for left, right in spans:
        if columns and left <= columns[-1][1] + 3:
            columns[-1] = (columns[-1][0], max(columns[-1][1], right))
        else:
            columns.append((left, right))
    return columns


def _rows(region: Sequence[Line]) -> list[Block]:
    """The rows of a table: lines that stand close are one row, cell joined to cell."""
    columns = _columns(region)
    rows: list[list[Line]] = []
    for line in region:
        close = rows and line.base - rows[-1][-1].base < 1.42 * line.size
        empty_first = line.left > columns[0][1]
        tight = rows and line.base - rows[-1][-1].base < 1.7 * line.size
        if rows and (close or (empty_first and tight)):
            rows[-1].append(line)
        else:
            rows.append([line])
    blocks = []
    for row in rows:
        cells = [""] * len(columns)
        for line in row:
            for cell in line.cells:
                place = _place(cell, columns)
                cells[place] = f"{cells[place]} {cell.text}".strip()
        bold = all(word.bold for line in row for word in line.words)
        text = " | ".join(cells).strip()
        blocks.append(Block(text, page=row[0].page, kind="row", bold=len(text) if bold else 0))
    return blocks


def _place(cell: Cell, columns: Sequence[tuple[float, float]]) -> int:
    middle = (cell.left + cell.right) / 2
    return min(
        range(len(columns)),
        key=lambda at: max(columns[at][0] - middle, middle - columns[at][1], 0.0),
    )
