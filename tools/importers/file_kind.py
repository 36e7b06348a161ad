"""What a file is, told from its bytes and not from its name; and names that are safe to store."""

from __future__ import annotations

import re
import unicodedata
import zipfile
from dataclasses import dataclass
from pathlib import Path

from knowledge.mail.recognised import begins_as_mail
from knowledge.problems import BadInput
from tools.importers.delimited import delimited_sheets
from tools.importers.head import find_head
from tools.importers.market_json import tells_rates
from tools.importers.markup_sheets import is_html, is_xml_spreadsheet
from tools.importers.sheet import utf16_without_mark
from tools.importers.workbook import check_package

MOST_TABLE_BYTES = 3 * 1024**3
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*")
_X12 = re.compile(rb"ISA([^A-Za-z0-9\s])[\r\n]*\d[\r\n]*\d[\r\n]*\1")
_X12_PART = re.compile(rb"(?:GS([^A-Za-z0-9\s])H[PC]\1|ST([^A-Za-z0-9\s])83[57]\2)")
_DEVICES = re.compile(r"^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)", re.I)
_TABLES = (".csv", ".tsv", ".tab", ".psv", ".xls", ".xlsx", ".xlt")
_DOCUMENTS = (".pdf", ".docx", ".txt", ".md", ".markdown", ".html", ".htm")


@dataclass(frozen=True)
class FileKind:
    """`family` is document, table or x12; `workbook` tells Excel from delimited text,
    `mail` a mail, which may hold files, from other documents."""

    family: str
    workbook: bool = False
    mail: bool = False


def file_kind(path: Path, name: str) -> FileKind:
    """What the file is by its content. Raises BadInput for what we do not read."""
    try:
        size = path.stat().st_size
        if not path.is_file():
            raise BadInput(name, "this is not a file", "name the files in it one by one")
        with path.open("rb") as file:
            head = file.read(8192)
    except OSError as gone:
        reason = "there is no such file" if not path.exists() else "the file cannot be opened"
        raise BadInput(name, reason, "check the path and your rights to it") from gone
    if size == 0:
        raise BadInput(name, "the file is empty", "export or download it again")
    if size > MOST_TABLE_BYTES:
        raise BadInput(name, "the file is larger than 3 GB", "split it by month")
    start = head.lstrip(b"\xef\xbb\xbf \r\n\t")
    if _X12.match(start) or _X12_PART.match(start):
        return FileKind("x12")
    if head[:1024].lstrip().startswith(b"%PDF"):
        return FileKind("document")
    scan = head.startswith(_PICTURES) and path.suffix.casefold() not in _TABLES
    if scan or head.startswith(b"{\\rtf"):
        return FileKind("document")
    if head.startswith(b"PK"):
        return _package(path, name)
    if head.startswith(_OLE):
        return _older_office(path, name)
    if _is_text(head):
        if begins_as_mail(head) and path.suffix.casefold() not in _TABLES:
            return FileKind("document", mail=True)
        return _text(path, name, head)
    raise BadInput(name, f"this is {_described(head)}, whatever its name says",
                   "send a PDF, Word, Excel, CSV, X12, mail or text file")  # fmt: skip


def _package(path: Path, name: str) -> FileKind:
    try:
        with zipfile.ZipFile(path) as package:
            members = {info.filename for info in package.infolist()[:5000]}
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        raise BadInput(
            name, "the file is damaged or cut short", "open it in its own program and save it again"
        ) from None
    if any(member.startswith("word/") for member in members):
        return FileKind("document")
    if any(member.startswith("xl/") for member in members):
        return FileKind("table", workbook=True)
    if _open_document(path, members, b"opendocument.text"):
        return FileKind("document")
    if _open_document(path, members, b"opendocument.spreadsheet"):
        return FileKind("table", workbook=True)
    raise BadInput(name, "this is an archive", "unpack it and send the files in it")


def _open_document(path: Path, members: set[str], kind: bytes) -> bool:
    """Whether a package says of itself that it is OpenDocument of a kind."""
    if not {"mimetype", "content.xml"} <= members:
        return False
    with zipfile.ZipFile(path) as package, package.open("mimetype") as file:
        return kind in file.read(200)


def _older_office(path: Path, name: str) -> FileKind:
    check_package(path, name)
    with path.open("rb") as file:
        content = file.read(64 << 20)
    if any(stream.encode("utf-16-le") in content for stream in ("Workbook", "Book")):
        return FileKind("table", workbook=True)
    if "WordDocument".encode("utf-16-le") in content:
        return FileKind("document")
    if "__substg1.0_".encode("utf-16-le") in content:
        return FileKind("document", mail=True)
    raise BadInput(name, "this is an older Office file", "save it as .docx, .xlsx or PDF")


def _text(path: Path, name: str, head: bytes) -> FileKind:
    start = head.lstrip(b"\xef\xbb\xbf \r\n\t")
    ending = path.suffix.casefold()
    if is_xml_spreadsheet(head) or (is_html(head) and ending in _TABLES):
        return FileKind("table", workbook=True)
    if re.match(rb"[\[{]\s*[\[{\"\]}]", start) and ending not in _DOCUMENTS:
        if tells_rates(head):
            return FileKind("table")
        raise BadInput(name, "this is JSON, not a table", "export the same data as CSV or Excel")
    if start.startswith(b"<?xml") and ending not in _DOCUMENTS:
        raise BadInput(
            name, "this is XML of a kind that is not read", "export the same data as CSV or Excel"
        )
    if start[:200].lower().startswith((b"<!doctype html", b"<html")):
        return FileKind("document")
    if ending in _TABLES:
        return FileKind("table")
    if ending in (".md", ".markdown", ".html", ".htm"):
        return FileKind("document")
    try:
        if find_head(delimited_sheets(path, name)[0], {}) is not None:
            return FileKind("table")
    except BadInput:
        pass
    return FileKind("document" if ending in _DOCUMENTS else "table")


def _is_text(head: bytes) -> bool:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")) or utf16_without_mark(head):
        return True
    odd = sum(1 for byte in head if byte < 9 or 13 < byte < 27 or 27 < byte < 32 or byte == 127)
    return odd == 0 or (b"\x00" not in head and odd < len(head) * 0.01)


def _described(head: bytes) -> str:
    import puremagic

    try:
        matches = puremagic.magic_string(head)
    except (puremagic.PureError, ValueError):
        return "not a file that holds text or a table"
    kinds = {match.mime_type.split("/")[0] for match in matches[:3]}
    for kind, words in (("image", "a picture"), ("audio", "a sound"), ("video", "a film")):
        if kind in kinds:
            return words
    return "not a file that holds text or a table"


def shown_name(name: str) -> str:
    """The user's name for a file, with control and direction characters written as escapes."""
    return "".join(
        c
        if unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Zl", "Zp", "Co")
        else f"\\u{ord(c):04x}"
        for c in name
    )


def storage_name(name: str) -> str:
    """A name that is safe on any disk: plain letters, at most 80 characters, no device names."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    plain = re.sub(r"[^A-Za-z0-9._-]+", "_", plain).lstrip("._-") or "file"
    stem, dot, ending = plain.rpartition(".")
    if not dot or len(ending) > 8:
        stem, ending = plain, ""
    stem = stem[:70] or "file"
    if _DEVICES.match(f"{stem}."):
        stem = f"_{stem}"
    return f"{stem}.{ending}" if ending else stem
