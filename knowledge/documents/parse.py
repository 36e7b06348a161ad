"""The child's entry point: bytes in, document as plain data out.

Kept apart from `reader`, so that the parsers are imported by the child alone.
"""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import Any

from knowledge.documents.assembly import assembled
from knowledge.documents.blocks import ReadFile
from knowledge.documents.file_type import FileType, file_type
from knowledge.documents.ocr.page_store import scanned_pages
from knowledge.documents.reader import document_id
from knowledge.mail.reading import read_mail
from knowledge.mail.thread import as_document

_PARSERS: dict[FileType, str] = {
    "pdf": "knowledge.documents.pdf_text",
    "docx": "knowledge.documents.docx_text",
    "html": "knowledge.documents.plain_text",
    "markdown": "knowledge.documents.plain_text",
    "text": "knowledge.documents.plain_text",
    "picture": "knowledge.documents.picture_file",
    "office": "knowledge.documents.older_office",
}


def parsed(path: str, name: str, pages: str = "") -> dict[str, Any]:
    """The document of a file as `Document.as_data` gives it; kind "other" or "email", no payer.

    pages: the folder in which the pages lie that were read from pictures, "" for none.
    """
    content = Path(path).read_bytes()
    kind = file_type(content, name)
    if kind in ("mail", "outlook"):
        return as_document(read_mail(content, name), document_id(content), name).as_data()
    module = importlib.import_module(_PARSERS[kind])
    read: ReadFile
    if kind in ("pdf", "picture"):
        read = module.read(content, name, kind, scanned_pages(Path(pages)) if pages else {})
    else:
        read = module.read(content, name, kind)
    return assembled(read, id=document_id(content), name=name).as_data()
