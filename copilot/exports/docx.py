"""A draft as a Word file with a plain business look."""

from __future__ import annotations

import io
from datetime import datetime
from typing import Any

from copilot.exports.lines import Block, blocks_of
from copilot.exports.page import Page, one_line

FONT, SIZE = "Calibri", 11


def as_docx(page: Page) -> bytes:
    """Letter: practice, date, subject line, body. Inner paper: title and body."""
    import docx
    from docx.shared import Inches, Pt

    document = docx.Document()
    normal: Any = document.styles["Normal"]
    normal.font.name, normal.font.size = FONT, Pt(SIZE)
    normal.paragraph_format.space_after = Pt(8)
    for section in document.sections:
        section.left_margin = section.right_margin = Inches(1)
        section.top_margin = section.bottom_margin = Inches(0.9)
    properties = document.core_properties
    properties.author, properties.title = page.practice, one_line(page.subject)[:250]
    properties.created = properties.modified = datetime(
        page.today.year, page.today.month, page.today.day
    )
    if page.letter:
        document.add_paragraph(one_line(page.practice))
        document.add_paragraph(f"{page.today:%B} {page.today.day}, {page.today.year}")
        document.add_paragraph().add_run(f"Subject: {one_line(page.subject)}").bold = True
    else:
        document.add_heading(one_line(page.subject), level=1)
    for block in blocks_of(page.body):
        _add(document, block)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _add(document: Any, block: Block) -> None:
    if block.kind == "table":
        _table(document, block)
        return
    if block.kind == "heading":
        paragraph = document.add_heading(level=min(block.level, 3))
    elif block.kind in ("bullet", "numbered"):
        style = "List Bullet" if block.kind == "bullet" else "List Number"
        paragraph = document.add_paragraph(style=style + (" 2" if block.level > 1 else ""))
    else:
        paragraph = document.add_paragraph(style="Quote" if block.kind == "quote" else None)
    for run in block.runs:
        made = paragraph.add_run(_clean(run.text))
        made.bold, made.italic = run.bold or None, run.italic or None
        if run.ends_line:
            made.add_break()


def _table(document: Any, block: Block) -> None:
    width = max(len(row) for row in block.rows)
    table = document.add_table(rows=0, cols=width)
    table.style = "Table Grid"
    for row in block.rows:
        cells = table.add_row().cells
        for cell, words in zip(cells, row, strict=False):
            cell.text = _clean(words)


def _clean(words: str) -> str:
    """Words without the control signs that a Word file cannot hold."""
    return "".join(c for c in words if c.isprintable() or c in "\t ")
