"""A contract's blocks as a Word document: styles, real tables, page fields."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime
from pathlib import Path
from typing import Any

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Inches, Pt, RGBColor

from evals.sample_practice.markup import Block, Heading, PageBreak, Paragraph, Runs, Table, Title
from evals.sample_practice.papers import Paper

WRITTEN = datetime(2026, 11, 2, 9, 0, 0)
_ZIP_DAY = (1980, 1, 1, 0, 0, 0)


def write_word(blocks: tuple[Block, ...], paper: Paper, path: Path) -> None:
    """Writes the blocks to a .docx; the same blocks and paper give the same bytes."""
    document = docx.Document()
    _set_styles(document, paper)
    _set_edges(document, paper)
    for block in blocks:
        _add(document, block)
    properties = document.core_properties
    properties.author, properties.title = paper.payer, paper.running_title
    properties.created = properties.modified = WRITTEN
    properties.last_modified_by, properties.comments = "", "Invented sample"
    raw = io.BytesIO()
    document.save(raw)
    path.write_bytes(_with_fixed_times(raw.getvalue()))


def _with_fixed_times(archive: bytes) -> bytes:
    fixed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(archive)) as old,
        zipfile.ZipFile(fixed, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, _ZIP_DAY)
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, old.read(name))
    return fixed.getvalue()


def _set_styles(document: Any, paper: Paper) -> None:
    styles = document.styles
    for name, size, bold in (
        ("Normal", paper.size, False),
        ("Title", paper.size + 5, True),
        ("Heading 1", paper.size + 2, True),
    ):
        font = styles[name].font
        font.name, font.size, font.bold = paper.font, Pt(size), bold
        font.color.rgb = RGBColor(0, 0, 0)
        fonts = styles[name].element.get_or_add_rPr().get_or_add_rFonts()
        for script in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
            fonts.set(qn(script), paper.font)
    body = styles["Normal"].paragraph_format
    body.line_spacing, body.space_after = paper.leading / paper.size, Pt(7)
    styles["Heading 1"].paragraph_format.space_before = Pt(14)
    styles["Title"].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for depth in (1, 2):
        style = styles.add_style(f"Indent {depth}", 1)
        style.base_style = styles["Normal"]
        style.paragraph_format.left_indent = Inches(0.4 * depth)


def _set_edges(document: Any, paper: Paper) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Inches(8.5), Inches(11)
    section.left_margin = section.right_margin = Inches(paper.margin)
    section.top_margin = section.bottom_margin = Inches(1)
    section.header.paragraphs[0].add_run(f"{paper.running_title}  |  sample, invented")
    foot = section.footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
    foot.add_run("Page ")
    _add_field(foot, "PAGE")
    foot.add_run(" of ")
    _add_field(foot, "NUMPAGES")


def _add_field(paragraph: Any, name: str) -> None:
    for kind in ("begin", "code", "separate", "shown", "end"):
        run = paragraph.add_run()
        if kind == "code":
            code = OxmlElement("w:instrText")
            code.set(qn("xml:space"), "preserve")
            code.text = f" {name} "
            run._r.append(code)
        elif kind == "shown":
            run.text = "1"
        else:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run._r.append(mark)


def _add(document: Any, block: Block) -> None:
    match block:
        case Title(text):
            document.add_paragraph(text, style="Title")
        case Heading(text):
            document.add_paragraph(text, style="Heading 1")
        case PageBreak():
            document.add_page_break()
        case Table(rows):
            _add_table(document, rows)
        case Paragraph(runs, indent):
            style = f"Indent {min(indent, 2)}" if indent else "Normal"
            _add_runs(document.add_paragraph(style=style), runs)


def _add_table(document: Any, rows: tuple[tuple[Runs, ...], ...]) -> None:
    table = document.add_table(rows=len(rows), cols=len(rows[0]), style="Table Grid")
    for at, row in enumerate(rows):
        for cell, runs in zip(table.rows[at].cells, row, strict=True):
            paragraph = cell.paragraphs[0]
            paragraph.paragraph_format.space_after = Pt(2)
            _add_runs(paragraph, runs, bold=at == 0)
    document.add_paragraph()


def _add_runs(paragraph: Any, runs: Runs, bold: bool = False) -> None:
    for text, strong in runs:
        paragraph.add_run(text).bold = True if strong or bold else None
