"""The parts of a Word file, opened with care: no entities, no bombs, nothing fetched."""

from __future__ import annotations

import zipfile
from io import BytesIO
from typing import Any

from knowledge.problems import BadInput

MOST_MEMBERS = 3000
MOST_UNPACKED = 300 << 20
MOST_XML = 60 << 20  # one part's size unpacked; a 500-page agreement takes about 10 MB
MOST_RATIO = 250  # unpacked to packed, of a large part; Word's own files stay below 60
LARGE = 4 << 20

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


class Package:
    """An opened Word file; `part` gives the root element of one of its XML parts."""

    def __init__(self, content: bytes, name: str) -> None:
        self._name = name
        try:
            self._archive = zipfile.ZipFile(BytesIO(content))
            members = self._archive.infolist()
        except (zipfile.BadZipFile, ValueError, EOFError, OSError) as broken:
            raise self._damaged() from broken
        large = len(members) > MOST_MEMBERS
        large = large or sum(member.file_size for member in members) > MOST_UNPACKED
        for member in members:
            packed = max(1, member.compress_size)
            swollen = member.file_size > LARGE and member.file_size / packed > MOST_RATIO
            xml = member.filename.endswith((".xml", ".rels"))
            large = large or swollen or (xml and member.file_size > MOST_XML)
        if large:
            raise BadInput(
                name,
                "the Word file unpacks to far more than a document holds",
                "copy its text into a new document and send that",
            )

    def part(self, path: str) -> Any | None:
        """The root of an XML part, None where the file has no such part.

        Raises BadInput for a part with a document type declaration, which Word never
        writes, and for one that is damaged.
        """
        from lxml import etree

        try:
            with self._archive.open(path) as member:
                raw = member.read(MOST_XML + 1)
        except KeyError:
            return None
        except (zipfile.BadZipFile, RuntimeError, EOFError, OSError, NotImplementedError) as broken:
            raise self._damaged() from broken
        if len(raw) > MOST_XML:
            raise self._damaged()
        if b"<!DOCTYPE" in raw or b"<!ENTITY" in raw or _wide(b"<!DOCTYPE", raw):
            raise BadInput(
                self._name,
                "it declares a document type, which a Word file never does",
                "open it in Word, save it again and send that",
            )
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
        )
        try:
            return etree.fromstring(raw, parser)
        except etree.XMLSyntaxError as broken:
            raise self._damaged() from broken

    def _damaged(self) -> BadInput:
        return BadInput(
            self._name, "the Word file is cut off or damaged", "save it again in Word and send that"
        )


def _wide(mark: bytes, raw: bytes) -> bool:
    """Whether a mark stands in a part written in UTF-16."""
    return raw[:2] in (b"\xff\xfe", b"\xfe\xff") and mark in raw.replace(b"\x00", b"")
