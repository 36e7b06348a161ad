"""A Word document as blocks: paragraphs and table rows in order."""

from __future__ import annotations

from io import BytesIO

from knowledge.documents.blocks import Block, ReadFile
from knowledge.documents.file_type import FileType


def read(content: bytes, name: str, kind: FileType) -> ReadFile:
    """The blocks of a Word file."""
    import docx

    blocks: list[Block] = []
    for item in docx.Document(BytesIO(content)).iter_inner_content():
        if hasattr(item, "rows"):
            for row in item.rows:
                words = " | ".join(" ".join(cell.text.split()) for cell in row.cells)
                blocks.append(Block(words, kind="row"))
        elif item.text.strip():
            blocks.append(Block(" ".join(item.text.split())))
    return ReadFile(tuple(blocks))
