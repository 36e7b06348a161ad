"""A draft as a Word file with a plain business look."""

from __future__ import annotations

import io
from datetime import datetime
from typing import Any

from copilot.exports.lines import Block, blocks_of, numeric
from copilot.exports.page import Page, one_line

FONT, SIZE = "Calibri", 11
TEXT_WIDTH = 6.5
MARGIN, LETTER, BOLD = 2.5, 0.6, 1.15  # a cell's margins in letters; a letter in its size


def as_docx(page: Page) -> bytes:
    """Letter: practice, date, subject line, body. Inner paper: title and body."""
    import docx
    from docx.shared import Inches, Pt, RGBColor

    document = docx.Document()
    normal: Any = document.styles["Normal"]
    normal.font.name, normal.font.size = FONT, Pt(SIZE)
    normal.paragraph_format.space_after = Pt(8)
    for level in range(1, 4):
        heading: Any = document.styles[f"Heading {level}"]
        heading.font.name, heading.font.size = FONT, Pt(SIZE + 5 - level)
        heading.font.color.rgb = RGBColor(0, 0, 0)
        heading.paragraph_format.keep_with_next = True
    for section in document.sections:
        section.left_margin = section.right_margin = Inches(1)
        section.top_margin = section.bottom_margin = Inches(0.9)
    properties = document.core_properties
    properties.author = one_line(page.practice)[:250]
    properties.title = one_line(page.subject)[:250]
    properties.created = properties.modified = datetime(
        page.today.year, page.today.month, page.today.day
    )
    if page.letter:
        _letterhead(document, page)
        document.add_paragraph(f"{page.today:%B} {page.today.day}, {page.today.year}")
        if page.to is not None:
            lines = [page.to.name, page.to.role, page.payer or ""]
            _lines(document, [one_line(line) for line in lines if line])
        document.add_paragraph().add_run(f"Subject: {one_line(page.subject)}").bold = True
    else:
        document.add_heading(one_line(page.subject), level=1)
    for block in blocks_of(page.body):
        _add(document, block)
    _numbered(document)
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
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Inches, Pt

    width = max(len(row) for row in block.rows)
    table = document.add_table(rows=0, cols=width)
    table.style = "Table Grid"
    table.autofit = False
    right = numeric(block.rows)
    small = SIZE - (2.5 if width > 5 else 1.5)
    for at, share in enumerate(_shares(block, width, small)):
        table.columns[at].width = Inches(TEXT_WIDTH * share)
    for n, row in enumerate(block.rows):
        made = table.add_row()
        for at, (cell, words) in enumerate(zip(made.cells, row, strict=False)):
            paragraph = cell.paragraphs[0]
            paragraph.paragraph_format.space_after = Pt(2)
            run = paragraph.add_run(_clean(words))
            run.font.size = Pt(small)
            cell.width = table.columns[at].width
            run.bold = (n == 0 or _clean(row[0]).startswith("Total")) or None
            if at in right:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        _marked(made, "w:cantSplit")
        if n == 0:
            _marked(made, "w:tblHeader")
    document.add_paragraph().paragraph_format.space_after = Pt(2)


def _shares(block: Block, width: int, size: float) -> list[float]:
    """How much of the line each column takes: its longest word first, then by its length."""
    floors, more = [], []
    for at in range(width):
        cells = [row[at] for row in block.rows if at < len(row)]
        longest = max((len(word) for cell in cells for word in cell.split()), default=1)
        bold = max((len(word) for cell in cells[:1] + cells[-1:] for word in cell.split()),
                   default=1)  # fmt: skip
        whole = max((len(cell) for cell in cells[1:]), default=1)
        floors.append(max(longest, bold * BOLD, 3) + MARGIN)
        more.append(max(min(whole, 28) - longest, 0) + 0.1)
    spare = max(TEXT_WIDTH * 72 / (size * LETTER) - sum(floors), 0)
    wanted = [f + spare * m / sum(more) for f, m in zip(floors, more, strict=True)]
    return [each / sum(wanted) for each in wanted]


def _letterhead(document: Any, page: Page) -> None:
    """The practice's name, and how it is reached, over a thin line."""
    from docx.shared import Pt

    name = document.add_paragraph()
    run = name.add_run(one_line(page.practice))
    run.bold, run.font.size = True, Pt(SIZE + 3)
    name.paragraph_format.space_after = Pt(0)
    reached = document.add_paragraph(" | ".join(one_line(each) for each in page.head))
    reached.paragraph_format.space_after = Pt(18)
    _ruled(reached)


def _lines(document: Any, lines: list[str]) -> None:
    """An address: one line below the other."""
    paragraph = document.add_paragraph()
    for at, line in enumerate(lines):
        run = paragraph.add_run(line)
        if at < len(lines) - 1:
            run.add_break()


def _ruled(paragraph: Any) -> None:
    """A thin line below a paragraph."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    border = OxmlElement("w:pBdr")
    line = OxmlElement("w:bottom")
    for key, value in (("val", "single"), ("sz", "6"), ("space", "4"), ("color", "808080")):
        line.set(qn(f"w:{key}"), value)
    border.append(line)
    paragraph._p.get_or_add_pPr().append(border)


def _marked(row: Any, mark: str) -> None:
    """A row kept on one page (cantSplit), or a head that stands on each page (tblHeader)."""
    from docx.oxml import OxmlElement

    row._tr.get_or_add_trPr().append(OxmlElement(mark))


def _numbered(document: Any) -> None:
    """The page's number at the foot of each page, in the middle."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    foot = document.sections[0].footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    foot._p.append(field)


def _clean(words: str) -> str:
    """Words without the control signs that a Word file cannot hold."""
    return "".join(c for c in words if c.isprintable() or c in "\t ")
