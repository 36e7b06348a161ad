"""A draft's Markdown as blocks that every writer understands: headings, text, lists, tables."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from markdown_it import MarkdownIt

AMOUNT = re.compile(r"[-+(]?\$?\d[\d,]*(?:\.\d+)?\)?\s?(?:%|points|days|months|per 1,000)?|-|n/a")
CODE = re.compile(r"\d{5}")


@dataclass(frozen=True)
class Run:
    """A stretch of text in one weight; a break ends its line."""

    text: str
    bold: bool = False
    italic: bool = False
    ends_line: bool = False


@dataclass(frozen=True)
class Block:
    """One block: its kind, its level (of a heading, or depth of a list item, from 1), its runs.

    A table has rows of cells instead of runs, its head first.
    """

    kind: Literal["heading", "text", "bullet", "numbered", "quote", "table"]
    level: int
    runs: tuple[Run, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()

    @property
    def text(self) -> str:
        """Its words without weight, line breaks kept."""
        return "".join(run.text + ("\n" if run.ends_line else "") for run in self.runs)


def blocks_of(markdown: str) -> list[Block]:
    """The blocks of a text; raw HTML and images in it are words like any other."""
    parser = MarkdownIt("commonmark", {"html": False}).enable("table").disable("image")
    return list(_blocks(parser.parse(markdown)))


def _blocks(tokens: list[Any]) -> Iterator[Block]:
    lists: list[str] = []
    heading, quoted = 0, False
    rows: list[tuple[str, ...]] = []
    cells: list[str] | None = None
    fresh = False
    for token in tokens:
        kind = token.type
        if kind in ("bullet_list_open", "ordered_list_open"):
            lists.append("bullet" if kind.startswith("bullet") else "numbered")
        elif kind in ("bullet_list_close", "ordered_list_close"):
            lists.pop()
        elif kind == "list_item_open":
            fresh = True
        elif kind in ("blockquote_open", "blockquote_close"):
            quoted = kind.endswith("open")
        elif kind == "heading_open":
            heading = int(token.tag[1:])
        elif kind == "tr_open":
            cells = []
        elif kind == "tr_close":
            rows.append(tuple(cells or ()))
            cells = None
        elif kind == "table_close":
            yield Block("table", 1, rows=tuple(rows))
            rows = []
        elif kind in ("fence", "code_block"):
            yield Block("text", 1, (Run(token.content.rstrip("\n")),))
        elif kind == "inline" and cells is not None:
            cells.append("".join(run.text for run in _runs(token)))
        elif kind == "inline":
            runs = tuple(_runs(token))
            if heading:
                yield Block("heading", heading, runs)
                heading = 0
            elif lists and fresh:
                yield Block("bullet" if lists[-1] == "bullet" else "numbered", len(lists), runs)
                fresh = False
            else:
                yield Block("quote" if quoted else "text", 1, runs)


def _runs(inline: Any) -> Iterator[Run]:
    bold = italic = 0
    for child in inline.children or ():
        if child.type in ("strong_open", "strong_close"):
            bold += 1 if child.type.endswith("open") else -1
        elif child.type in ("em_open", "em_close"):
            italic += 1 if child.type.endswith("open") else -1
        elif child.type == "hardbreak":
            yield Run("", ends_line=True)
        elif child.type == "softbreak":
            yield Run(" ", bool(bold), bool(italic))
        elif child.content:
            yield Run(child.content, bool(bold), bool(italic))


def numeric(rows: Sequence[Sequence[str]]) -> set[int]:
    """The columns of a table that hold amounts: below the head, figures and nothing else.

    A column of codes (five signs, no mark of an amount in any row) is none.
    """
    found = set()
    for at in range(max((len(row) for row in rows), default=0)):
        cells = [row[at].strip() for row in rows[1:] if at < len(row) and row[at].strip()]
        amounts = cells and all(AMOUNT.fullmatch(cell) for cell in cells)
        if amounts and not all(CODE.fullmatch(cell) for cell in cells):
            found.add(at)
    return found
