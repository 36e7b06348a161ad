"""A contract that came without a Word file, as a plain Word file to be marked.

Paragraph for paragraph what was read: captions as headings or bold, numbers as they are
printed, rows as tables. Its first comment says that it is a rendering.
"""

from __future__ import annotations

import io
import re
from typing import Any

from knowledge.documents.document import Document, Section
from knowledge.redline.comments import writable

_ROW = " | "
DEEPEST = 4


def clean_paper(document: Document) -> bytes:
    """The document's text as a Word file in Calibri 11, letter size."""
    import docx
    from docx.shared import Inches, Pt

    made = docx.Document()
    normal: Any = made.styles["Normal"]
    normal.font.name, normal.font.size = "Calibri", Pt(11)
    normal.paragraph_format.space_after = Pt(7)
    for section in made.sections:
        section.page_width, section.page_height = Inches(8.5), Inches(11)
        section.left_margin = section.right_margin = Inches(1)
    made.core_properties.title = writable(document.title)[:250]
    starts = {section.start: section for section in document.sections}
    rows: list[str] = []
    for start, block in _blocks(document.text):
        if all(_ROW in line for line in block.split("\n")):
            rows += block.split("\n")
            continue
        _table(made, rows)
        rows = []
        _paragraph(made, block, starts.get(start))
    _table(made, rows)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def rendering_note(document: Document) -> tuple[str, ...]:
    """What the first comment of a rendering says, a line a paragraph."""
    lines = [
        f"This is a Word rendering of {document.name}, made to carry the marks: the payer's own"
        " Word file was not at hand. Layout, headers and footers are not those of the paper.",
        "Ask the payer for the Word file, or send these marks with the paper they refer to.",
    ]
    if document.unread_pages:
        pages = ", ".join(map(str, document.unread_pages))
        lines.append(f"Pages {pages} are pictures that were not read; their words are not here.")
    return tuple(lines)


def _blocks(text: str) -> list[tuple[int, str]]:
    """The paragraphs and tables of a stored text with their offsets."""
    found, at = [], 0
    for block in re.split(r"(\n{2,})", text):
        if block.strip():
            found.append((at, block))
        at += len(block)
    return found


def _paragraph(made: Any, block: str, section: Section | None) -> None:
    words = writable(" ".join(block.split("\n")))
    caption = "" if section is None else f"{section.number} {section.heading}".strip()
    if section is not None and _letters(words) == _letters(caption):
        made.add_heading(words, level=min(max(section.level, 1), DEEPEST))
        return
    paragraph = made.add_paragraph()
    head = 0
    if section is not None and section.heading and section.heading in words[: len(caption) + 8]:
        head = words.index(section.heading) + len(section.heading)
        head += words[head : head + 1] == "."
    if head:
        paragraph.add_run(words[:head]).bold = True
    paragraph.add_run(words[head:])


def _letters(words: str) -> str:
    return "".join(c for c in words.lower() if c.isalnum())


def _table(made: Any, lines: list[str]) -> None:
    if not lines:
        return
    rows = [[cell.strip() for cell in line.split(_ROW.strip())] for line in lines]
    table = made.add_table(rows=0, cols=max(len(row) for row in rows), style="Table Grid")
    for row in rows:
        for cell, words in zip(table.add_row().cells, row, strict=False):
            cell.text = writable(words)
