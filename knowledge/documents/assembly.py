"""Blocks put together: one text with page starts, and the sections found in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from knowledge.documents.blocks import Block, ReadFile
from knowledge.documents.document import Document
from knowledge.documents.fused_text import parted
from knowledge.documents.outline import Placed, outline
from knowledge.documents.tracked import Change, Comment


def assembled(read: ReadFile, id: str, name: str) -> Document:
    """The document that the blocks make: paragraphs parted by an empty line, rows by a line."""
    parts: list[str] = []
    placed: list[Placed] = []
    starts: list[int] = []
    offset = 0
    before: Block | None = None
    changes: list[Change] = []
    comments: list[Comment] = []
    for block, low, whole in _pieces(read.blocks):
        if before is not None:
            gap = "\n" if block.kind == before.kind == "row" else "\n\n"
            parts.append(gap)
            offset += len(gap)
        while block.page is not None and len(starts) < block.page:
            starts.append(offset)
        placed.append(Placed(block, offset, offset + len(block.text)))
        parts.append(block.text)
        high = low + len(block.text)
        changes += [c.moved(offset - low) for c in whole.changes if low <= c.start < max(high, 1)
                    or (c.start == high == len(whole.text))]  # fmt: skip
        comments += [c.moved(offset - low) for c in whole.comments if low <= c.start < max(high, 1)
                     or (c.start == high == len(whole.text))]  # fmt: skip
        offset += len(block.text)
        before = block
    text = "".join(parts)
    while len(starts) < read.pages:
        starts.append(len(text))
    return Document(
        id=id,
        name=name,
        kind="other",
        payer=None,
        text=text,
        page_starts=tuple(starts),
        sections=outline(text, tuple(placed), tuple(starts)),
        unread_pages=read.unread_pages,
        title=_title(read.blocks, name),
        hidden=read.hidden,
        ocr_pages=read.ocr_pages,
        changes=tuple(changes),
        comments=tuple(comments),
    )


def _pieces(blocks: Iterable[Block]) -> Iterator[tuple[Block, int, Block]]:
    """The parted blocks, each with where it begins in the block that it was cut from."""
    for whole in blocks:
        low = 0
        for piece in parted([whole]):
            low = max(low, whole.text.find(piece.text, low))
            yield piece, low, whole
            low += len(piece.text)


def _title(blocks: tuple[Block, ...], name: str) -> str:
    """The first heading-like block, else the file's name without its ending."""
    for block in blocks[:12]:
        if block.level is not None and block.level <= 1 and block.text.strip():
            return block.text.strip()
    for block in blocks[:6]:
        text = block.text.strip()
        if 3 < len(text) <= 120 and not text.endswith((".", ",", ";", ":")):
            return text
    return name.rsplit(".", 1)[0]
