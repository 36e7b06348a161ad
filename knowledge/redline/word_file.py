"""A Word file opened to be marked: its parts read with care, all others kept byte for byte."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from typing import Any

from lxml import etree

from knowledge.documents.docx_package import Package, W
from knowledge.documents.file_type import file_type
from knowledge.problems import BadInput

BODY = "word/document.xml"
_RELATIONS = "word/_rels/document.xml.rels"
_TYPES = "[Content_Types].xml"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATION = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPE = "http://schemas.openxmlformats.org/package/2006/content-types"
_COMMENTS = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_LOCKS = ("readOnly", "forms", "comments")
_ID = re.compile(rb':id="(\d{1,7})"')
_MARKED = re.compile(r"word/(?:document|comments|header\d*|footer\d*|footnotes|endnotes)\.xml")


class WordFile:
    """A Word file's body and comments, and the bytes of the file with both replaced.

    Raises BadInput, in one sentence, for what is no Word file, is damaged or hostile, holds
    macros, or is locked against changes.
    """

    def __init__(self, content: bytes, name: str) -> None:
        if file_type(content, name) != "docx":
            raise BadInput(name, "it is not a Word file", "give the .docx that is to be marked")
        self._content = content
        package = Package(content, name)
        with zipfile.ZipFile(BytesIO(content)) as archive:
            self._names = archive.namelist()
            if any(each.lower().endswith("vbaproject.bin") for each in self._names):
                raise BadInput(
                    name, "it carries macros, which we never pass on", "save it in Word as .docx"
                )
            marked = [archive.read(each) for each in self._names if _MARKED.fullmatch(each)]
        self.first_free_id = 1 + max(
            (int(i) for part in marked for i in _ID.findall(part)), default=0
        )
        _not_locked(package.part("word/settings.xml"), name)
        self._root = package.part(BODY)
        self._relations = package.part(_RELATIONS)
        self._types = package.part(_TYPES)
        found = None if self._root is None else self._root.find(f"{W}body")
        if found is None:
            raise BadInput(name, "the Word file holds no document", "save it again in Word")
        self.body: Any = found
        self._comments_path = self._comments_target()
        self._comments = package.part(self._comments_path)
        self.numbering = package.part("word/numbering.xml")
        self.styles = package.part("word/styles.xml")

    def add_comment(self, comment: Any) -> None:
        """Add a comment to the file's own."""
        if self._comments is None:
            self._comments = etree.Element(f"{W}comments", nsmap={"w": W[1:-1]})
        self._comments.append(comment)

    def as_bytes(self) -> bytes:
        """The file with its body and comments as they now stand, all else as it was."""
        new = {BODY: _xml(self._root)}
        if self._comments is not None:
            new[self._comments_path] = _xml(self._comments)
            if self._comments_path not in self._names:
                new |= self._declared()
        made = BytesIO()
        with (
            zipfile.ZipFile(BytesIO(self._content)) as old,
            zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive,
        ):
            for member in old.infolist():
                part = new.pop(member.filename, None)
                archive.writestr(_entry(member), old.read(member) if part is None else part)
            for path, part in new.items():
                archive.writestr(
                    zipfile.ZipInfo(path, (1980, 1, 1, 0, 0, 0)), part, zipfile.ZIP_DEFLATED
                )
        return made.getvalue()

    def _comments_target(self) -> str:
        for each in [] if self._relations is None else self._relations:
            if str(each.get("Type", "")).endswith("/relationships/comments"):
                target = str(each.get("Target", ""))
                return target.lstrip("/") if target.startswith("/") else f"word/{target}"
        return "word/comments.xml"

    def _declared(self) -> dict[str, bytes]:
        """The relations and content types with the comments named in both."""
        relations = self._relations
        if relations is None:
            relations = etree.Element(f"{{{_RELATION}}}Relationships", nsmap={None: _RELATION})
        taken = {each.get("Id") for each in relations}
        id = next(f"rIdC{n}" for n in range(1, len(taken) + 2) if f"rIdC{n}" not in taken)
        etree.SubElement(
            relations,
            f"{{{_RELATION}}}Relationship",
            Id=id,
            Type=f"{_OFFICE}/comments",
            Target=self._comments_path.removeprefix("word/"),
        )
        types = self._types
        if types is None:
            types = etree.Element(f"{{{_TYPE}}}Types", nsmap={None: _TYPE})
        etree.SubElement(
            types,
            f"{{{_TYPE}}}Override",
            PartName=f"/{self._comments_path}",
            ContentType=_COMMENTS,
        )
        return {_RELATIONS: _xml(relations), _TYPES: _xml(types)}


def _not_locked(settings: Any | None, name: str) -> None:
    lock = None if settings is None else settings.find(f"{W}documentProtection")
    if lock is None or lock.get(f"{W}enforcement") not in ("1", "true", "on"):
        return
    if lock.get(f"{W}edit") in _LOCKS:
        raise BadInput(
            name,
            "it is locked against changes (Word's own protection)",
            "ask the payer for an unlocked copy, or stop the protection in Word under Review",
        )


def _entry(member: zipfile.ZipInfo) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(member.filename, member.date_time)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = member.external_attr
    return entry


def _xml(root: Any) -> bytes:
    made: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return made
