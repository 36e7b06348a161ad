"""A PNG, JPEG or TIFF as a scanned document: each of its pictures is a page."""

from __future__ import annotations

from collections.abc import Mapping

from knowledge.documents.blocks import ReadFile
from knowledge.documents.file_type import FileType
from knowledge.documents.ocr.pictures import frames
from knowledge.documents.ocr.scanned_page import ScannedPage
from knowledge.documents.page_furniture import without_furniture
from knowledge.documents.page_lines import page_lines
from knowledge.documents.paragraphs import blocks_of
from knowledge.documents.pdf_words import PageWords


def read(content: bytes, name: str, kind: FileType, scanned: Mapping[int, ScannedPage]) -> ReadFile:
    """The blocks of the pages read so far; the others are unread.

    Raises BadInput for a damaged picture and for one of more dots than a scan has.
    """
    count = frames(content, name)
    pages, heights = [], []
    for number in range(1, count + 1):
        page = scanned.get(number)
        words = page.words if page else ()
        size = (page.width, page.height) if page else (612.0, 792.0)
        pages.append(page_lines(PageWords(words, "", True, *size), number))
        heights.append(size[1])
    lines = [line for page in without_furniture(pages, heights) for line in page]
    return ReadFile(
        blocks=tuple(blocks_of(lines)),
        pages=count,
        unread_pages=tuple(n for n in range(1, count + 1) if n not in scanned),
        ocr_pages=tuple((n, scanned[n].sureness) for n in sorted(scanned) if n <= count),
    )
