"""A Word file is read as its text now stands."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from knowledge.documents.document import Document, document_from
from knowledge.documents.parse import parsed

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"

DocxMaker = Callable[..., Document]


@pytest.fixture
def docx(tmp_path: Path) -> DocxMaker:
    """The document read from the XML of a Word file's body, and more parts where given."""

    def make(body: str, **parts: str) -> Document:
        path = tmp_path / "paper.docx"
        path.write_bytes(word_bytes(body, **parts))
        return document_from(parsed(str(path), "paper.docx"))

    return make


def word_bytes(body: str, **parts: str) -> bytes:
    """The bytes of a Word file; `numbering`, `styles` and `footnotes` are further parts."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(
            "word/document.xml",
            f'<?xml version="1.0"?><w:document xmlns:w="{WORD}"><w:body>{body}</w:body>'
            "</w:document>",
        )
        for name, xml in parts.items():
            archive.writestr(f"word/{name}.xml", f'<w:{name} xmlns:w="{WORD}">{xml}</w:{name}>')
    return made.getvalue()


def paragraph(text: str, properties: str = "", run: str = "") -> str:
    """One paragraph of one run; run: its properties."""
    return (
        f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:rPr>{run}</w:rPr>"
        f'<w:t xml:space="preserve">{text}</w:t></w:r></w:p>'
    )


def test_paragraphs_and_tables_come_in_order(docx: DocxMaker) -> None:
    row = "<w:tr>{}</w:tr>"
    cell = "<w:tc>{}</w:tc>"
    table = "<w:tbl>" + "".join(
        row.format("".join(cell.format(paragraph(text)) for text in texts))
        for texts in (("Code", "Fee"), ("99213", "$91.04"))
    )
    document = docx(paragraph("Before.") + table + "</w:tbl>" + paragraph("After."))
    assert document.text == "Before.\n\nCode | Fee\n99213 | $91.04\n\nAfter."


def test_tracked_insertions_stay_and_deletions_go(docx: DocxMaker) -> None:
    body = (
        "<w:p><w:r><w:t xml:space='preserve'>within </w:t></w:r>"
        "<w:del w:id='1'><w:r><w:delText>sixty</w:delText></w:r></w:del>"
        "<w:ins w:id='2'><w:r><w:t>ninety</w:t></w:r></w:ins>"
        "<w:r><w:t xml:space='preserve'> days</w:t></w:r>"
        "<w:moveFrom w:id='3'><w:r><w:t>gone</w:t></w:r></w:moveFrom></w:p>"
    )
    assert docx(body).text == "within ninety days"


LISTS = """
<w:abstractNum w:abstractNumId="1">
 <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="ARTICLE %1"/></w:lvl>
 <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:isLgl/><w:lvlText w:val="%1.%2"/></w:lvl>
 <w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="(%3)"/></w:lvl>
 <w:lvl w:ilvl="3"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="o"/></w:lvl>
</w:abstractNum>
<w:num w:numId="5"><w:abstractNumId w:val="1"/></w:num>
<w:num w:numId="6"><w:abstractNumId w:val="1"/>
 <w:lvlOverride w:ilvl="0"><w:startOverride w:val="4"/></w:lvlOverride></w:num>
"""  # noqa: E501


def numbered(text: str, level: int, list_: int = 5) -> str:
    return paragraph(
        text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_}"/></w:numPr>'
    )


def test_automatic_numbers_are_written_out(docx: DocxMaker) -> None:
    document = docx(
        numbered("TERM", 0) + numbered("Length. One year.", 1) + numbered("first;", 2)
        + numbered("second.", 2) + numbered("a dot", 3) + numbered("Renewal. None.", 1)
        + numbered("CLAIMS", 0) + numbered("Filing. In ninety days.", 1)
        + numbered("MORE", 0, list_=6),
        numbering=LISTS,
    )  # fmt: skip
    # as Word prints them: the list restarts below each article, the last list starts at IV
    assert document.text.split("\n\n") == [
        "ARTICLE I TERM",
        "1.1 Length. One year.",
        "(a) first;",
        "(b) second.",
        "a dot",
        "1.2 Renewal. None.",
        "ARTICLE II CLAIMS",
        "2.1 Filing. In ninety days.",
        "ARTICLE IV MORE",
    ]
    assert [section.number for section in document.sections] == [
        "Article I", "1.1", "1.1(a)", "1.1(b)", "1.2", "Article II", "2.1", "Article IV",
    ]  # fmt: skip


def test_hidden_white_and_tiny_words_are_kept_apart(docx: DocxMaker) -> None:
    document = docx(
        paragraph("Seen.")
        + paragraph("vanished", run="<w:vanish/>")
        + paragraph("white", run='<w:color w:val="FFFFFF"/>')
        + paragraph("tiny", run='<w:sz w:val="2"/>')
        + paragraph("on a bar", run='<w:color w:val="FFFFFF"/><w:shd w:fill="00008B"/>')
    )
    assert document.text == "Seen.\n\non a bar"
    assert document.hidden == ("vanished", "white", "tiny")


def test_a_note_stands_at_the_end_of_its_paragraph(docx: DocxMaker) -> None:
    body = (
        "<w:p><w:r><w:t>Paid in thirty days.</w:t></w:r>"
        "<w:r><w:footnoteReference w:id='2'/></w:r></w:p>"
    )
    note = "<w:footnote w:id='2'><w:p><w:r><w:t>Not in July.</w:t></w:r></w:p></w:footnote>"
    document = docx(body, footnotes=note)
    assert document.text == "Paid in thirty days. [Note: Not in July.]"


def test_pages_are_those_that_word_noted(docx: DocxMaker) -> None:
    noted = "<w:p><w:r><w:lastRenderedPageBreak/><w:t>Second page.</w:t></w:r></w:p>"
    document = docx(paragraph("First page.") + noted)
    assert document.page_of(document.text.index("Second")) == 2


def test_a_file_that_was_never_laid_out_has_no_pages(docx: DocxMaker) -> None:
    break_ = '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'
    document = docx(paragraph("First.") + break_ + paragraph("Second."))
    assert document.page_starts == ()
    assert document.page_of(3) is None


def test_bold_leads_and_heading_styles_are_captions(docx: DocxMaker) -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="H1"><w:name w:val="heading 1"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="H2"><w:name w:val="heading 2"/></w:style>'
    )
    bold = "<w:r><w:rPr><w:b/></w:rPr><w:t xml:space='preserve'>Late Bills. </w:t></w:r>"
    document = docx(
        paragraph("Our Contract", '<w:pStyle w:val="H1"/>')
        + paragraph("Money", '<w:pStyle w:val="H2"/>')
        + f"<w:p>{bold}<w:r><w:t>They are not paid.</w:t></w:r></w:p>"
        + paragraph("Time", '<w:pStyle w:val="H2"/>')
        + paragraph("One year."),
        styles=styles,
    )
    assert [section.path for section in document.sections] == [
        ("Money",),
        ("Money", "Late Bills"),
        ("Time",),
    ]
