"""What every file format is read into: blocks of text in reading order, with their looks.

The looks (bold lead, indent, outline level) help to find sections and are then forgotten.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from knowledge.documents.tracked import Change, Comment


@dataclass(frozen=True)
class Block:
    """One paragraph, or one row of a table.

    page: physical page from 1, None where the format has none. bold: how many leading
    characters of the text are bold (len(text) when all are). level: the outline level that
    the format itself gives (Word heading style, HTML h1..h6, Markdown #), from 1, 0 for a
    title. number: what the format printed before the text, which stands at its start.
    indent: steps to the right of the margin, in points. changes, comments: what is tracked and
    remarked in it, by offsets in its text.
    """

    text: str
    page: int | None = None
    kind: Literal["paragraph", "row"] = "paragraph"
    bold: int = 0
    level: int | None = None
    number: str = ""
    indent: float = 0.0
    size: float = 0.0
    centered: bool = False
    changes: tuple[Change, ...] = ()
    comments: tuple[Comment, ...] = ()


@dataclass(frozen=True)
class ReadFile:
    """What a parser returns: the blocks, pages that could not be read, and text kept hidden.

    pages: how many physical pages there are, 0 where the format has none. ocr_pages: the
    pages whose words were read from a picture, with how sure that reading is, 0 to 1.
    """

    blocks: tuple[Block, ...]
    pages: int = 0
    unread_pages: tuple[int, ...] = ()
    hidden: tuple[str, ...] = field(default=())
    ocr_pages: tuple[tuple[int, float], ...] = ()
