"""A document on its way into the workspace: read, its pictures by OCR, its patients covered."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from knowledge.covered import covered
from knowledge.documents.document import Document
from knowledge.documents.ocr import engine
from knowledge.documents.ocr.page_store import Pending, begin, pending
from knowledge.documents.ocr.said import picture_sentences
from knowledge.documents.reader import read_document
from knowledge.documents.tracked import tracked_sentences
from knowledge.mail.thread import KIND, messages_of
from knowledge.problems import BadInput
from knowledge.workspace import Workspace, write_whole
from tools.importers.document_kind import document_kind, line_of_business_in, ownership
from tools.importers.file_kind import storage_name
from tools.importers.mail_payer import mail_ownership
from tools.importers.table_intake import Incoming, keep_original
from tools.mail_files import KEPT_AS_TEXT
from tools.picture_reading import read_pages
from tools.practice import Practice
from tools.tables.manifest import commit, sources_of

Say = Callable[[str, float], None]
BEING_READ = "and being read now, behind your work; the other pages can be asked about meanwhile"


def document_entry(
    practice: Practice, file: Incoming, say: Say | None = None, later: bool = False
) -> dict[str, Any]:
    """The manifest's entry of a document, its text stored and its original kept.

    later: pages that are pictures are left to `finish_reading` and only their reading is
    begun; else they are read first. Raises BadInput for what cannot be read.
    """
    read = read_document(file.path, file.shown)
    if not read.unread_pages:
        return _stored(practice, file, read)
    if not engine.present():
        if not read.text:
            raise BadInput(file.shown, *engine.MISSING.split("; ", 1))
        return _stored(practice, file, read, f"and not read: {engine.MISSING}")
    about = {"shown": file.shown, "sha256": file.sha256, "pages": list(read.unread_pages)}
    begun = begin(practice.workspace, file.id, file.path, storage_name(file.path.name), about)
    if later:
        return _stored(practice, file, read, BEING_READ)
    read_pages(begun, read.unread_pages, file.shown, say)
    entry = _stored(practice, file, read_document(file.path, file.shown, begun.home))
    begun.drop()
    return entry


def finish_reading(practice: Practice, begun: Pending) -> bool:
    """Put a document's text with all its pages in the place of the one without, in one step.

    The manifest's entry follows; a stop in between is made good by calling this again. Gives
    whether the document is still there. The caller holds whatever guards the manifest.
    """
    workspace = practice.workspace
    sources = sources_of(workspace)
    known = next((each for each in sources if each["id"] == begun.id), None)
    if known is None or begun.file is None:
        begun.drop()
        return False
    file = Incoming(
        begun.file, known["file"], known["sha256"], known["payer"], bool(known.get("sealed"))
    )
    read = read_document(begun.file, file.shown, begun.home)
    entry = _stored(practice, file, read, anew=False)
    for name, spellings in entry["learned"].items():
        settled = entry["kind"] in ("contract", "amendment")
        practice.payers.learn(name, spellings, entry["business"], settled)
    kept = {key: value for key, value in entry.items() if key not in ("learned", "business")}
    at = sources.index(known)
    commit(workspace, [*sources[:at], {**known, **kept}, *sources[at + 1 :]])
    begun.drop()
    return True


def drop_orphans(workspace: Workspace) -> None:
    """Delete what an import left that began to read pictures and never reached its commit."""
    named = {each["id"] for each in sources_of(workspace)}
    for begun in pending(workspace):
        if begun.id not in named:
            begun.drop()


def still_to_read(practice: Practice, known: Mapping[str, Any], later: bool) -> bool:
    """Whether a file sent again has pages that can be read now and were not yet."""
    if not known.get("unread_pages") or not engine.present():
        return False
    return not (later and any(each.id == known["id"] for each in pending(practice.workspace)))


def _stored(
    practice: Practice, file: Incoming, read: Document, why_unread: str = "", anew: bool = True
) -> dict[str, Any]:
    """The entry of a read document, its text stored; its original kept where it comes anew."""
    mail = read.kind == KIND
    kind = KIND if mail else document_kind(read.title, read.text, file.shown)
    whose = (
        mail_ownership(read, practice)
        if mail
        else ownership(read.title, read.text, file.shown, practice.name, practice.payers)
    )
    holds_files = any(each.message.attached for each in messages_of(read))
    payer = file.payer or whose.payer
    kept, persons = covered(replace(read, id=file.id, kind=kind, payer=payer), practice.workspace)
    practice.library.store(kept)
    if anew:
        with TemporaryDirectory() as folder:
            copy = Path(folder) / "copy.txt"
            copy.write_text(kept.text, encoding="utf-8")
            keep_original(practice.workspace, file, [copy] if persons or holds_files else [])
    elif persons and not file.sealed:
        with suppress(FileNotFoundError):
            keep_covered(practice.workspace, {"id": file.id, "file": file.shown}, kept.text)
    learned = {} if payer is None else {payer: [] if file.payer else list(whose.learn)}
    return {
        "id": file.id,
        "file": file.shown,
        "sha256": file.sha256,
        "kind": kind,
        "payer": payer,
        "rows": 0,
        "rejected": [],
        "ignored": [],
        "pages": len(read.page_starts) or None,
        "unread_pages": list(read.unread_pages),
        "ocr_pages": [list(each) for each in read.ocr_pages],
        "read_notes": [
            *picture_sentences(read.ocr_pages, read.unread_pages, why_unread),
            *tracked_sentences(read),
            *([KEPT_AS_TEXT] if holds_files and not file.sealed else []),
        ],
        "parts": {},
        "document": file.id,
        "mapping": {},
        "columns": [],
        "learned": learned,
        "business": line_of_business_in(read.text) if kind == "contract" else None,
        "unsure": {} if payer else {file.shown: list(whose.candidates)},
        "spellings": {},
        "redacted": bool(persons or holds_files) and not file.sealed,
        "sealed": file.sealed,
        "notes": [covered_note(len(persons), file.sealed)] if persons else [],
    }


def keep_covered(workspace: Workspace, entry: Mapping[str, Any], text: str) -> None:
    """Replace a document's original by its covered text."""
    home = workspace.originals / entry["id"]
    name = storage_name(Path(entry["file"]).name)
    write_whole(home / f"{name}.redacted.txt", text.encode())
    for old in home.iterdir():
        if not old.name.endswith(".redacted.txt"):
            old.unlink()


def covered_note(places: int, sealed: bool) -> str:
    """What is said of the places covered."""
    kept = (
        "The file itself is kept whole, as you asked."
        if sealed
        else "Only the text so covered is kept; to keep the file whole, send it again and say so."
    )
    return f"{places} places that name or reach a patient are covered. {kept}"
