"""The text layer of a PDF as blocks."""

from __future__ import annotations

from typing import Any

from knowledge.documents.blocks import Block, ReadFile
from knowledge.documents.file_type import FileType
from knowledge.problems import BadInput

MOST_PAGES = 2000
FEW_WORDS = 20


def read(content: bytes, name: str, kind: FileType) -> ReadFile:
    """The blocks of a PDF. Raises BadInput for a locked, cut-off or oversized one."""
    import pypdfium2 as pdfium

    try:
        pdf = pdfium.PdfDocument(content)
    except pdfium.PdfiumError as refused:
        if "password" in str(refused).lower():
            raise BadInput(
                name, "the PDF is locked with a password", "save a copy without the password"
            ) from refused
        raise BadInput(
            name, "the PDF is cut off or damaged", "download or scan it again"
        ) from refused
    if len(pdf) > MOST_PAGES:
        raise BadInput(name, f"it has more than {MOST_PAGES:,} pages", "split it into parts")
    blocks: list[Block] = []
    unread: list[int] = []
    for number in range(1, len(pdf) + 1):
        page = pdf[number - 1]
        text = page.get_textpage().get_text_range()
        if len(text.split()) < FEW_WORDS and _holds_picture(page):
            unread.append(number)
        blocks += [
            Block(" ".join(line.split()), page=number) for line in text.splitlines() if line.strip()
        ]
    return ReadFile(tuple(blocks), pages=len(pdf), unread_pages=tuple(unread))


def _holds_picture(page: Any) -> bool:
    import pypdfium2.raw as raw

    return any(True for _ in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE]))
