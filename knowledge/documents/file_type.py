"""What a file is, told by its content; its name only decides between kinds of plain text."""

from __future__ import annotations

import zipfile
from io import BytesIO
from typing import Literal

from knowledge.mail.recognised import begins_as_mail
from knowledge.problems import BadInput

FileType = Literal[
    "pdf", "docx", "html", "markdown", "text", "picture", "office", "mail", "outlook"
]

MOST_BYTES = 200 << 20
READABLE = (
    "send it as PDF, Word, RTF, text, Markdown, HTML, a mail (EML, MSG) or a picture (PNG, JPEG,"
    " TIFF)"
)

_FOREIGN = (  # first bytes of files often sent by mistake, and what to call them
    (b"GIF8", "a GIF picture"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"Rar!", "a RAR archive"),
    (b"MZ", "a Windows program"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3", "a database"),
)


_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*")
_OLE = b"\xd0\xcf\x11\xe0"


def file_type(content: bytes, name: str) -> FileType:
    """The type of a document. Raises BadInput for what is empty, too large or no document."""
    if not content.strip(b"\x00 \t\r\n"):
        raise BadInput(name, "the file is empty", "send the file again")
    if len(content) > MOST_BYTES:
        raise BadInput(
            name, f"the file is larger than {MOST_BYTES >> 20} MB", "split it into parts"
        )
    if content.lstrip(b"\xef\xbb\xbf\r\n\t ").startswith(b"%PDF-") or b"%PDF-" in content[:1024]:
        return "pdf"
    if content.startswith(b"PK"):
        return _inside_archive(content, name)
    if content.startswith(_PICTURES):
        return "picture"
    if content.startswith(b"{\\rtf"):
        return "office"
    if content.startswith(_OLE):
        return _older_office(content, name)
    for mark, what in _FOREIGN:
        if content.startswith(mark):
            raise BadInput(name, f"its content is {what}, not a document we read", READABLE)
    if b"\x00" in content[:4096] and not content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise BadInput(name, "its content is neither text nor a document we read", READABLE)
    return _plain_kind(content, name)


def _inside_archive(content: bytes, name: str) -> FileType:
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, EOFError, OSError) as broken:
        raise BadInput(
            name, "the file is cut off or damaged", "save it again in Word and send that"
        ) from broken
    if "word/document.xml" in names:
        return "docx"
    if _is_open_text(content, names):
        return "office"
    if any(each.startswith("xl/") for each in names):
        raise BadInput(name, "this is a workbook, not a document", "load it as a table")
    raise BadInput(name, "its content is an archive, not a document we read", READABLE)


def _is_open_text(content: bytes, names: set[str]) -> bool:
    """Whether an archive says of itself that it is an OpenDocument text."""
    if "mimetype" not in names:
        return False
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive, archive.open("mimetype") as member:
            return member.read(60) == b"application/vnd.oasis.opendocument.text"
    except (zipfile.BadZipFile, RuntimeError, ValueError, EOFError, OSError):
        return False


def _older_office(content: bytes, name: str) -> FileType:
    """A Word 97 file or an Outlook mail by the streams that it names; BadInput for their kin."""
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise BadInput(
            name, "the Word file is locked with a password", "save a copy without the password"
        )
    if "WordDocument".encode("utf-16-le") in content:
        return "office"
    if "__substg1.0_".encode("utf-16-le") in content:
        return "outlook"
    raise BadInput(name, "it is an old Office file, but no Word document", READABLE)


def _plain_kind(content: bytes, name: str) -> FileType:
    if begins_as_mail(content[:16_384]):
        return "mail"
    head = content[:2048].lower()
    if b"<!doctype html" in head or b"<html" in head or b"<body" in head:
        return "html"
    if name.lower().endswith((".md", ".markdown")):
        return "markdown"
    if name.lower().endswith((".htm", ".html")):
        return "html"
    if name.lower().endswith(".pdf") or name.lower().endswith((".docx", ".doc")):
        raise BadInput(name, "its content does not match its name", READABLE)
    return "text"
