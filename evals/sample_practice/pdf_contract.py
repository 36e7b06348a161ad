"""A contract's blocks as a PDF: letter paper, header, "Page x of y", real tables."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib import colors
from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY, TA_LEFT
from reportlab.lib.pagesizes import letter
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import inch
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Frame, LongTable, PageTemplate, Spacer
from reportlab.platypus import PageBreak as NewPage
from reportlab.platypus import Paragraph as Text

from evals.sample_practice.markup import Block, Heading, PageBreak, Paragraph, Runs, Table, Title
from evals.sample_practice.papers import Paper

_WIDTH, _HEIGHT = letter
_EDGE = 0.95 * inch
_FACES = {
    "Times": ("Times-Roman", "Times-Bold"),
    "Helvetica": ("Helvetica", "Helvetica-Bold"),
}


def write_pdf(blocks: tuple[Block, ...], paper: Paper, path: Path) -> None:
    """Writes the blocks to a PDF; the same blocks and paper give the same bytes."""
    margin = paper.margin * inch
    template = BaseDocTemplate(
        str(path),
        pagesize=letter,
        title=paper.running_title,
        author=paper.payer,
        subject="Invented sample",
        invariant=1,
    )
    frame = Frame(margin, _EDGE, _WIDTH - 2 * margin, _HEIGHT - 2 * _EDGE, 0, 0, 0, 0)
    template.addPageTemplates(
        PageTemplate(frames=[frame], onPage=lambda canvas, _: _draw_edges(canvas, paper))
    )
    styles = _styles(paper)
    story = [piece for block in blocks for piece in _flow(block, styles, frame._width)]
    template.build(story, canvasmaker=partial(_CountedCanvas, face=_FACES[paper.font][0]))


class _CountedCanvas(Canvas):  # type: ignore[misc]
    """Holds the pages back until their number is known, for "Page x of y"."""

    def __init__(self, *args: Any, face: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self._face = face
        self._held: list[dict[str, Any]] = []

    def showPage(self) -> None:
        self._held.append(dict(self.__dict__))
        self._startPage()

    def save(self) -> None:
        held = self._held
        for number, state in enumerate(held, start=1):
            self.__dict__.update(state)
            self.setFont(self._face, 9)
            self.drawCentredString(_WIDTH / 2, 0.55 * inch, f"Page {number} of {len(held)}")
            super().showPage()
        super().save()


def _draw_edges(canvas: Canvas, paper: Paper) -> None:
    plain = _FACES[paper.font][0]
    canvas.saveState()
    canvas.setFont(plain, 9)
    top = _HEIGHT - 0.6 * inch
    canvas.drawString(paper.margin * inch, top, paper.running_title)
    canvas.drawRightString(_WIDTH - paper.margin * inch, top, "sample, invented")
    canvas.line(paper.margin * inch, top - 4, _WIDTH - paper.margin * inch, top - 4)
    if paper.line_numbers:
        canvas.setFont(plain, 7)
        lines = int((_HEIGHT - 2 * _EDGE) / paper.leading)
        for line in range(lines):
            height = _HEIGHT - _EDGE - (line + 0.75) * paper.leading
            canvas.drawRightString((paper.margin - 0.3) * inch, height, str(line + 1))
    canvas.restoreState()


def _styles(paper: Paper) -> dict[str, ParagraphStyle]:
    plain, bold = _FACES[paper.font]
    body = ParagraphStyle(
        "body",
        fontName=plain,
        fontSize=paper.size,
        leading=paper.leading,
        spaceAfter=paper.leading * 0.55,
        alignment=TA_JUSTIFY if paper.justified else TA_LEFT,
    )
    heading = ParagraphStyle(
        "heading",
        fontName=bold,
        fontSize=paper.size + 1,
        leading=paper.leading + 2,
        spaceBefore=paper.leading * 0.8,
        spaceAfter=paper.leading * 0.6,
        alignment=TA_CENTER if paper.centred_headings else TA_LEFT,
        keepWithNext=1,
    )
    title = ParagraphStyle(
        "title",
        parent=heading,
        fontSize=paper.size + 4,
        leading=paper.leading + 7,
        alignment=TA_CENTER,
    )
    cell = ParagraphStyle("cell", fontName=plain, fontSize=9.5, leading=12)
    head = ParagraphStyle("head", parent=cell, fontName=bold)
    return {"title": title, "heading": heading, "body": body, "cell": cell, "head": head} | {
        f"indent{depth}": ParagraphStyle(f"indent{depth}", parent=body, leftIndent=26 * depth)
        for depth in (1, 2)
    }


def _flow(block: Block, styles: dict[str, ParagraphStyle], width: float) -> list[Any]:
    match block:
        case Title(text):
            return [Text(escape(text), styles["title"])]
        case Heading(text):
            return [Text(escape(text), styles["heading"])]
        case PageBreak():
            return [NewPage()]
        case Table(rows):
            return [_table(rows, styles, width), Spacer(1, styles["body"].spaceAfter + 4)]
        case Paragraph(runs, indent):
            style = styles[f"indent{min(indent, 2)}" if indent else "body"]
            return [Text(_marked(runs), style)]


def _marked(runs: Runs) -> str:
    return "".join(f"<b>{escape(text)}</b>" if bold else escape(text) for text, bold in runs)


def _table(rows: tuple[tuple[Runs, ...], ...], styles: Any, width: float) -> LongTable:
    cells = [
        [Text(_marked(runs), styles["head" if at == 0 else "cell"]) for runs in row]
        for at, row in enumerate(rows)
    ]
    longest = [
        min(60, max(12, *(sum(len(text) for text, _ in row[column]) for row in rows)))
        for column in range(len(rows[0]))
    ]
    columns = [width * size / sum(longest) for size in longest]
    grid = [("GRID", (0, 0), (-1, -1), 0.5, colors.grey), ("VALIGN", (0, 0), (-1, -1), "TOP")]
    return LongTable(cells, colWidths=columns, repeatRows=1, style=grid)
