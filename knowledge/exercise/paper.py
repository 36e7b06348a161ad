"""The exercise as a Word file: the sample contract with the property by which we know it again.

The words stand in contract.md: `# ` a title, `^ ` a centered line, `## ` an article or exhibit,
`N.N **Caption.** words` a section, `|| ` a table's row, `---` a new page.
"""

from __future__ import annotations

import io
import zipfile
from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import Any

PROPERTY = "PayerCopilotExercise"
EDITION = "1"
PAYER = "Larkspur Mesa Health Plan (sample)"
NAME = "Larkspur Mesa exercise.docx"

_WRITTEN = datetime(2026, 11, 23, 9, 0, 0)
_ZIP_DAY = (1980, 1, 1, 0, 0, 0)
_CUSTOM = "docProps/custom.xml"
_CUSTOM_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_SPACES = (
    f'xmlns="{_OFFICE}/custom-properties" xmlns:vt="{_OFFICE}/docPropsVTypes"'
)  # fmt: skip


@cache
def exercise_paper() -> bytes:
    """The exercise's .docx; the same bytes each time."""
    import docx

    made = docx.Document()
    _look(made)
    rows: list[str] = []
    for line in [*_source().splitlines(), ""]:
        if line.startswith("|| "):
            rows.append(line[3:])
            continue
        _table(made, rows)
        rows = []
        _line(made, line.strip())
    about = made.core_properties
    about.author, about.title = PAYER, "Participating Provider Agreement (sample for practice)"
    about.created = about.modified = _WRITTEN
    about.last_modified_by, about.comments = "", "Invented sample, to be marked up for practice"
    raw = io.BytesIO()
    made.save(raw)
    return _with_property(raw.getvalue())


def _source() -> str:
    return files("knowledge").joinpath("exercise", "contract.md").read_text(encoding="utf-8")


def _look(made: Any) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Inches, Pt, RGBColor

    for name, size, bold in (("Normal", 11, False), ("Title", 16, True), ("Heading 1", 13, True)):
        font = made.styles[name].font
        font.name, font.size, font.bold = "Calibri", Pt(size), bold
        font.color.rgb = RGBColor(0, 0, 0)
    body = made.styles["Normal"].paragraph_format
    body.line_spacing, body.space_after = 1.12, Pt(7)
    made.styles["Heading 1"].paragraph_format.space_before = Pt(14)
    made.styles["Title"].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    page = made.sections[0]
    page.page_width, page.page_height = Inches(8.5), Inches(11)
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Inches(1)
    page.header.paragraphs[0].add_run("Sample for practice, invented; payer-copilot exercise")


def _line(made: Any, line: str) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    if not line:
        return
    if line == "---":
        made.add_page_break()
    elif line.startswith("# "):
        made.add_paragraph(line[2:], style="Title")
    elif line.startswith("## "):
        made.add_paragraph(line[3:], style="Heading 1")
    elif line.startswith("^ "):
        made.add_paragraph(line[2:]).alignment = WD_ALIGN_PARAGRAPH.CENTER
    else:
        paragraph = made.add_paragraph()
        for at, piece in enumerate(line.split("**")):
            if piece:
                paragraph.add_run(piece).bold = True if at % 2 else None


def _table(made: Any, lines: list[str]) -> None:
    if not lines:
        return
    rows = [[cell.strip() for cell in line.split("|")] for line in lines]
    table = made.add_table(rows=len(rows), cols=len(rows[0]), style="Table Grid")
    for row, cells in zip(table.rows, rows, strict=True):
        for cell, words in zip(row.cells, cells, strict=True):
            cell.text = words
    made.add_paragraph()


def _with_property(archive: bytes) -> bytes:
    """The file with our property in it and fixed times on its members."""
    custom = (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Properties {_SPACES}>'
        f'<property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="2" name="{PROPERTY}">'
        f"<vt:lpwstr>{EDITION}</vt:lpwstr></property></Properties>"
    )
    override = f'<Override PartName="/{_CUSTOM}" ContentType="{_CUSTOM_TYPE}"/>'
    relation = (
        f'<Relationship Id="rIdExercise" Type="{_OFFICE}/relationships/custom-properties"'
        f' Target="{_CUSTOM}"/>'
    )
    before = {"[Content_Types].xml": ("</Types>", override),
              "_rels/.rels": ("</Relationships>", relation)}  # fmt: skip
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(archive)) as old,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            part = old.read(name)
            if name in before:
                end, added = before[name]
                part = part.decode().replace(end, added + end).encode()
            new.writestr(_entry(name), part)
        new.writestr(_entry(_CUSTOM), custom)
    return made.getvalue()


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _ZIP_DAY)
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry
