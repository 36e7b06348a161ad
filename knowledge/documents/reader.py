"""A file from disk as a Document: parsed in a child process, then cut along its numbering."""

from __future__ import annotations

import hashlib
from pathlib import Path

from knowledge.child import run_in_child
from knowledge.documents.document import Document, document_from
from knowledge.documents.file_type import MOST_BYTES
from knowledge.problems import BadInput


def read_document(path: Path, name: str, pages: Path | None = None) -> Document:
    """The document in a PDF, Word, RTF, OpenDocument, HTML, Markdown, mail or text file or picture.

    pages: the folder in which the pages lie that were read from pictures.

    name: what the user calls the file; kind is "other" and payer None until the caller
    knows better (dataclasses.replace). Raises BadInput, in one sentence, for a file that
    is empty, encrypted, cut off, not a document, or larger than we read.
    """
    try:
        size = path.stat().st_size
    except OSError as gone:
        raise BadInput(name, "the file cannot be opened", "check that it is still there") from gone
    if size > MOST_BYTES:
        raise BadInput(
            name, f"the file is larger than {MOST_BYTES >> 20} MB", "split it into parts"
        )
    parsed = run_in_child(
        "knowledge.documents.parse:parsed",
        str(path.resolve()),
        name,
        str(pages.resolve()) if pages else "",
        where=name,
        seconds=150,
    )
    return document_from(parsed)


def document_id(content: bytes) -> str:
    """The id under which a file's document is stored: 16 hex digits of its SHA-256."""
    return hashlib.sha256(content).hexdigest()[:16]
