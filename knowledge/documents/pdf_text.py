"""The text layer of a PDF as blocks, page by page, without running heads and feet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from knowledge.documents.blocks import ReadFile
from knowledge.documents.file_type import FileType
from knowledge.documents.ocr.scanned_page import ScannedPage
from knowledge.documents.page_furniture import without_furniture
from knowledge.documents.page_lines import Line, page_lines
from knowledge.documents.paragraphs import blocks_of
from knowledge.documents.pdf_words import page_words
from knowledge.problems import BadInput

MOST_PAGES = 2000
MOST_CHARACTERS = 10_000_000
FEW_WORDS = 20  # a page with fewer, and a picture, is a scan (DOMAIN.md, reading documents)


def read(
    content: bytes, name: str, kind: FileType, scanned: Mapping[int, ScannedPage] | None = None
) -> ReadFile:
    """The blocks of a PDF. Raises BadInput for a locked, cut-off, oversized or unread one.

    scanned: what was read on pages that are pictures, by page; it takes the place of the
    few words that such a page holds as text, where it is more.
    """
    pdf = _opened(content, name)
    pages: list[list[Line]] = []
    heights: list[float] = []
    unread: list[int] = []
    hidden: list[str] = []
    ocr: list[tuple[int, float]] = []
    letters = 0
    for number in range(1, len(pdf) + 1):
        page = pdf[number - 1]
        found = page_words(page)
        letters += sum(len(word.text) + 1 for word in found.words)
        if letters > MOST_CHARACTERS:
            raise BadInput(name, "it holds more text than we read at once", "split it into parts")
        if len(found.words) < FEW_WORDS and found.picture:
            read_on = (scanned or {}).get(number)
            if read_on is None:
                unread.append(number)
            elif len(read_on.words) >= len(found.words):
                found = replace(found, words=read_on.words)
                ocr.append((number, read_on.sureness))
        if found.hidden:
            hidden.append(found.hidden)
        upright = page.get_rotation() in (0, 180) or (bool(ocr) and ocr[-1][0] == number)
        pages.append(page_lines(found, number, upright=upright))
        heights.append(found.height)
        page.close()
    lines = [line for page in without_furniture(pages, heights) for line in page]
    blocks = blocks_of(lines)
    if not blocks and not unread and not ocr:
        raise BadInput(name, "no page of it holds any text", "send a PDF that was not left empty")
    return ReadFile(tuple(blocks), len(pages), tuple(unread), tuple(hidden), tuple(ocr))


def _opened(content: bytes, name: str) -> Any:
    import pypdfium2 as pdfium

    try:
        pdf = pdfium.PdfDocument(content)
        count = len(pdf)
    except pdfium.PdfiumError as refused:
        if "password" in str(refused).lower():
            raise BadInput(
                name, "the PDF is locked with a password", "save a copy without the password"
            ) from refused
        raise BadInput(
            name, "the PDF is cut off or damaged", "download it again or print it to a new PDF"
        ) from refused
    if b"%%EOF" not in content[-2048:] and b"startxref" not in content[-4096:]:
        raise BadInput(name, "the PDF is cut off: its end is missing", "download it again, whole")
    if count == 0:
        raise BadInput(name, "the PDF has no pages", "send the document itself")
    if count > MOST_PAGES:
        raise BadInput(name, f"it has more than {MOST_PAGES:,} pages", "split it into parts")
    return pdf
