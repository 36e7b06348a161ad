"""The plain markup of the sample contracts, read into blocks.

`# ` title, `## ` heading, `>> ` and `>>> ` indents, `**bold**` inside a paragraph or
cell, pipe tables whose first row is the header, `===` a page break; a blank line ends
a paragraph.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

Runs = tuple[tuple[str, bool], ...]
"""Pieces of one text, each with whether it stands in bold."""


@dataclass(frozen=True)
class Title:
    text: str


@dataclass(frozen=True)
class Heading:
    text: str


@dataclass(frozen=True)
class Paragraph:
    runs: Runs
    indent: int = 0


@dataclass(frozen=True)
class Table:
    rows: tuple[tuple[Runs, ...], ...]


@dataclass(frozen=True)
class PageBreak:
    pass


Block = Title | Heading | Paragraph | Table | PageBreak


def runs_of(text: str) -> Runs:
    """The text cut at its `**` marks, in order, empty pieces left out."""
    pieces = text.split("**")
    if len(pieces) % 2 == 0:
        raise ValueError(f"a ** is left open in: {text[:60]}")
    return tuple((piece, bool(at % 2)) for at, piece in enumerate(pieces) if piece)


def blocks_of(text: str) -> tuple[Block, ...]:
    """The blocks of a contract in their order; a `**` left open raises ValueError."""
    blocks: list[Block] = []
    waiting: list[str] = []
    for line in [*text.splitlines(), ""]:
        kind = _kind(line)
        if waiting and (kind != _kind(waiting[0]) or kind in ("title", "heading", "indent")):
            blocks.append(_block(waiting))
            waiting = []
        if kind == "break":
            blocks.append(PageBreak())
        elif kind != "blank":
            waiting.append(line)
    return tuple(blocks)


def _kind(line: str) -> str:
    if not line.strip():
        return "blank"
    if re.fullmatch(r"={3,}", line.strip()):
        return "break"
    for mark, kind in (("# ", "title"), ("## ", "heading"), (">>", "indent"), ("|", "table")):
        if line.startswith(mark):
            return kind
    return "paragraph"


def _block(lines: list[str]) -> Block:
    kind = _kind(lines[0])
    if kind == "title":
        return Title(lines[0].removeprefix("# ").strip())
    if kind == "heading":
        return Heading(lines[0].removeprefix("## ").strip())
    if kind == "table":
        return _table(lines)
    text = " ".join(line.strip() for line in lines)
    marks = re.match(r">*", text)
    depth = len(marks.group()) if marks else 0
    return Paragraph(runs_of(text[depth:].strip()), indent=max(0, depth - 1))


def _table(lines: list[str]) -> Table:
    rows = [
        tuple(runs_of(cell.strip()) for cell in line.strip().strip("|").split("|"))
        for line in lines
        if not re.fullmatch(r"[|\s:-]+", line)
    ]
    width = max(len(row) for row in rows)
    return Table(tuple(row + ((),) * (width - len(row)) for row in rows))
