"""Files into the workspace: told by content, read in a child, committed one by one.

Replacing the manifest is what makes a file count. A refused file leaves the workspace as
it was; the same file again changes nothing, and with another payer is tagged anew.
"""

from __future__ import annotations

import hashlib
import re
import threading
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from knowledge.covered import covered, known_names
from knowledge.payer_spelling import folded, key, slipped
from knowledge.problems import BadInput
from tools.document_intake import (
    covered_note,
    document_entry,
    drop_orphans,
    keep_covered,
    still_to_read,
)
from tools.importers.file_kind import FileKind, file_kind, shown_name
from tools.importers.medicare_release import is_release, release_entry
from tools.importers.payer_column import as_named
from tools.importers.remembered import confirmed_mappings
from tools.importers.table_intake import (
    KEPT_REASONS,
    Incoming,
    keep_original,
    retagged_parts,
    table_entry,
)
from tools.importers.x12.intake import x12_entry
from tools.mail_files import unpack
from tools.practice import Practice
from tools.tables.manifest import commit, sources_of, sweep

Say = Callable[[str, float], None]
INGESTING = threading.Lock()  # held by whoever replaces the manifest
_NO_PAYER = ("access", "quality", "practice_costs", "capacity", "contacts")


def ingest(
    practice: Practice,
    files: Sequence[Path],
    payer: str | None = None,
    say: Say | None = None,
    keep_originals: bool = False,
    pictures_later: bool = False,
) -> list[dict[str, Any]]:
    """One answer a file, in the order given; documents are read before tables,
    mails after both, for they are known by the payers that the others name.

    Behind a mail's answer stand those of the files in it, each read as if sent by itself,
    with the mail's name as `inside`.

    An answer holds file, kind, payer, rows, rejected, ignored, pages, unread_pages, ocr_pages,
    read_notes (sentences on pages read from pictures and on tracked changes), sha256, status
    (imported, unchanged or refused), candidates, mapping, notes and problem (one sentence
    where refused).
    pictures_later: pages that are pictures are left for `document_intake.finish_reading`.
    Never raises for a bad file. Raises BadInput for a payer name that is blank, and for a
    damaged manifest.
    """
    with INGESTING:
        workspace = practice.workspace
        sweep(workspace, sources_of(workspace))
        named = _payer_named(practice, payer)
        names = known_names(workspace)
        answers: dict[int, dict[str, Any]] = {}
        inside: dict[int, list[dict[str, Any]]] = {}
        kinds = {place: _kind_or_answer(Path(file)) for place, file in enumerate(files)}
        order = sorted(kinds, key=lambda place: (_is_mail(kinds[place]), _is_table(kinds[place])))
        for done, place in enumerate(order):
            file, kind = Path(files[place]), kinds[place]
            told = _within(say, done, len(files))
            if told:
                told(f"Reading {shown_name(file.name)}", 0.0)
            answers[place] = (
                kind
                if isinstance(kind, dict)
                else _taken_in(practice, file, kind, named, keep_originals, told, pictures_later)
            )
            if isinstance(kind, FileKind) and kind.mail:
                take = _Take(practice, named, keep_originals, told, pictures_later)
                inside[place] = _files_of(file, answers[place], take)
        drop_orphans(workspace)
        _cover_again(practice, names)
        practice.tables.refresh()
        given = [
            each for place in range(len(files)) for each in (answers[place], *inside.get(place, ()))
        ]
        if any(answer["status"] == "imported" for answer in given):
            practice.tables.prepare()
        if say:
            say("Files are read", 1.0)
        return given


@dataclass
class _Take:
    """How the files of one mail are taken in; left: how many more may be."""

    practice: Practice
    payer: str | None
    sealed: bool
    say: Say | None
    later: bool
    left: int = 60


def _files_of(
    path: Path, mail: dict[str, Any], take: _Take, depth: int = 0
) -> list[dict[str, Any]]:
    """The answers for the files in a mail that was taken in, and in mails among them.

    What tells no payer of its own is the mail's payer's where it is a document or a schedule.
    """
    if mail["status"] == "refused":
        return []
    answers: list[dict[str, Any]] = []
    with TemporaryDirectory() as folder:
        try:
            held = unpack(path, mail["file"], Path(folder))
        except BadInput as bad:
            mail["read_notes"] = [*mail["read_notes"], str(bad)]
            return []
        mail["read_notes"] = [*mail["read_notes"], *held.notes]
        for file in held.files:
            if take.left <= 0:
                left = f"{file.name} and what follows were not read: the mail holds too many files."
                mail["read_notes"] = [*mail["read_notes"], left]
                break
            take.left -= 1
            kind = _kind_or_answer(file)
            answer = kind if isinstance(kind, dict) else _one_of(file, kind, mail, take)
            answer["inside"] = mail["file"]
            answer["read_notes"] = [*answer["read_notes"], f"From the mail {mail['file']}."]
            answers.append(answer)
            if isinstance(kind, FileKind) and kind.mail and depth < 2:
                answers += _files_of(file, answer, take, depth + 1)
    return answers


def _one_of(file: Path, kind: FileKind, mail: dict[str, Any], take: _Take) -> dict[str, Any]:
    """The answer for one file of a mail."""

    def taken(payer: str | None) -> dict[str, Any]:
        return _taken_in(take.practice, file, kind, payer, take.sealed, take.say, take.later)

    answer = taken(take.payer if kind.family == "document" else None)
    hers = answer["kind"] == "fee_schedules" or kind.family == "document"
    if answer["status"] != "refused" and answer["payer"] is None and mail["payer"] and hers:
        return taken(mail["payer"])
    return answer


def _within(say: Say | None, place: int, of: int) -> Say | None:
    """The same told of one file among several: its share is a part of the whole."""
    if say is None:
        return None
    whole = say
    return lambda what, share: whole(what, (place + min(1.0, share)) / of)


def _is_mail(kind: FileKind | dict[str, Any]) -> bool:
    return isinstance(kind, FileKind) and kind.mail


def _is_table(kind: FileKind | dict[str, Any]) -> bool:
    return isinstance(kind, FileKind) and kind.family != "document"


def _payer_named(practice: Practice, payer: str | None) -> str | None:
    """The canonical name of the payer that the user names; a new name is taken as it stands."""
    if payer is None:
        return None
    if not as_named(payer):
        raise BadInput("--payer", "the name is blank", "give the payer's name, or leave it out")
    found = practice.payers.resolve(payer)
    if found.product and found.line_of_business in ("medicare_advantage", "medicaid"):
        # "Kestrel Medicare Advantage" has terms of its own: never mixed with the carrier's.
        return practice.payers.aliases().get(folded(payer)) or as_named(payer)
    known = found.name
    if known and not practice.payers.settled(known) and _one_name(known, payer):
        # The same name in other dress, learned from data alone: the user's spelling stands.
        return as_named(payer)
    return known or as_named(payer)


def _kind_or_answer(path: Path) -> FileKind | dict[str, Any]:
    shown = shown_name(path.name)
    if path.is_file() and is_release(path):
        return FileKind("medicare_release")
    try:
        return file_kind(path, shown)
    except BadInput as bad:
        return _refused(path, shown, str(bad))


def _taken_in(
    practice: Practice,
    path: Path,
    kind: FileKind,
    payer: str | None,
    sealed: bool,
    say: Say | None,
    later: bool,
) -> dict[str, Any]:
    """One file through: found unchanged, tagged anew, imported or refused."""
    workspace, shown = practice.workspace, shown_name(path.name)
    try:
        before = path.stat()
        file = Incoming(path, shown, _sha256(path), payer, sealed)
        sources = sources_of(workspace)
        known = next((each for each in sources if each["sha256"] == file.sha256), None)
        whole = known is not None and _is_whole(practice, known)
        if known is not None and not whole:
            file = replace(file, payer=payer or known["payer"])
        anew = known is not None and (
            _mapped_anew(practice, known) or still_to_read(practice, known, later)
        )
        if known is not None and whole and not anew:
            seal = sealed and known.get("redacted")
            if (payer is None or payer == known["payer"]) and not seal:
                return _answer(practice, known, "unchanged")
            entry = dict(known)
            if payer is not None and payer != known["payer"]:
                entry = _retagged(practice, known, payer)
            if seal:
                keep_original(workspace, file)
                entry = {"learned": {}, **entry, "redacted": False}
        elif kind.family == "document":
            entry = document_entry(practice, file, say, later)
        elif kind.family == "medicare_release":
            entry = release_entry(workspace, file)
        elif kind.family == "x12":
            entry = x12_entry(workspace, file, sources)
        else:
            entry = table_entry(workspace, file, kind.workbook, sources)
        after = path.stat()
        if (before.st_mtime_ns, before.st_size) != (after.st_mtime_ns, after.st_size):
            raise BadInput(shown, "the file changed while it was read", "send it again")
        _learn(practice, entry, payer, sources)
        entry["imported_at"] = datetime.now(UTC).isoformat(timespec="seconds")
        entry["imported_on"] = practice.today.isoformat()
        answer = _answer(practice, entry, "imported", practice.payers.known())
        kept = {
            **{key: value for key, value in entry.items() if key not in ("learned", "business")},
            "rejected": entry["rejected"][:KEPT_REASONS],
            "ignored": entry["ignored"][:KEPT_REASONS],
            "rejected_rows": sum(each.get("rows", 1) for each in entry["rejected"]),
            "ignored_rows": len(entry["ignored"]),
            "candidates": answer["candidates"],
        }
        rest = [each for each in sources if each["sha256"] != file.sha256]
        at = sources.index(known) if known else len(rest)
        commit(workspace, [*rest[:at], kept, *rest[at:]])
        return answer
    except BadInput as bad:
        sweep(workspace, sources_of(workspace))
        return _refused(path, shown, str(bad))
    except OSError as disk:
        reason = disk.strerror or "the disk refused"
        with suppress(OSError):
            sweep(workspace, sources_of(workspace))
        return _refused(path, shown, f"{shown}: it could not be stored ({reason}); make room "
                        "or check your rights to the workspace, then send it again.")  # fmt: skip


def _is_whole(practice: Practice, entry: Mapping[str, Any]) -> bool:
    """Whether all that the workspace keeps of a source is there as it was written; what is
    damaged is made anew when its file is sent again."""
    root = practice.workspace.root
    if not any((practice.workspace.originals / entry["id"]).glob("*")):
        return False
    if entry.get("document"):
        try:
            practice.library.document(entry["document"])
        except BadInput:
            return False
    return all(
        (path := root / part["path"]).is_file() and _sha256(path) == part["sha256"]
        for part in entry.get("parts", {}).values()
    )


def _mapped_anew(practice: Practice, entry: dict[str, Any]) -> bool:
    """Whether the user has confirmed another column mapping for this file since its import."""
    confirmed = confirmed_mappings(practice.workspace)
    return any(
        any(entry["mapping"].get(cell) != field for cell, field in confirmed[s]["columns"].items())
        for s in entry.get("signatures", ())
        if s in confirmed
    )


def _cover_again(practice: Practice, names: Collection[str]) -> None:
    """Cover in the documents what a file read after them has taught of patients' names."""
    workspace = practice.workspace
    if known_names(workspace) == names:
        return
    sources = sources_of(workspace)
    for entry in [each for each in sources if each.get("document")]:
        try:
            document, persons = covered(practice.library.document(entry["document"]), workspace)
        except BadInput:
            continue  # a damaged text is mended when its file is sent again
        if not persons:
            continue
        practice.library.store(document)
        if not entry.get("sealed"):
            keep_covered(workspace, entry, document.text)
            entry["redacted"] = True
        note = covered_note(len(persons), bool(entry.get("sealed")))
        entry["notes"] = [*entry["notes"], note]
        commit(workspace, sources)


def _retagged(practice: Practice, known: dict[str, Any], payer: str) -> dict[str, Any]:
    """The entry of a file that is already here, now of another payer."""
    entry = dict(known)
    if entry["document"]:
        document = practice.library.document(entry["document"])
        practice.library.store(replace(document, payer=payer))
    else:
        entry["parts"] = retagged_parts(practice.workspace, known, payer)
    entry.update(payer=payer, learned={payer: []}, unsure={})
    return entry


def _one_name(met: str, payer: str) -> bool:
    """Whether a name met in data is the user's in other dress, or with a letter slipped."""
    return key(met) == key(payer) or slipped(met, payer)


def _learn(
    practice: Practice,
    entry: dict[str, Any],
    payer: str | None,
    sources: Sequence[Mapping[str, Any]],
) -> None:
    """Keep the payers a file taught; a contract's own name replaces a shorter spelling."""
    book = practice.payers
    business = entry.get("business")
    named = []
    if payer:
        written = [s for each in (*sources, entry) for s in each.get("spellings", ())]
        met = [k for k in book.known() if not book.settled(k) and _one_name(k, payer)]
        named = [k for k in (*book.known(), *written) if key(k) == key(payer) or k in met]
        named = [k for k in named if k != payer]
    for name, spellings in {**entry["learned"], **({payer: named} if payer else {})}.items():
        own = name == entry["payer"]
        told = business if own and not book.line_of_business(name) else None
        settled = name == payer or (own and entry["kind"] in ("contract", "amendment"))
        book.learn(name, spellings, told, settled)


def _refused(path: Path, shown: str, problem: str) -> dict[str, Any]:
    digest = None
    with suppress(OSError):
        digest = _sha256(path) if path.is_file() else None
    return {
        "file": shown,
        "kind": None,
        "payer": None,
        "rows": 0,
        "rejected": [],
        "ignored": [],
        "pages": None,
        "unread_pages": [],
        "ocr_pages": [],
        "read_notes": [],
        "sha256": digest,
        "status": "refused",
        "candidates": [],
        "mapping": {},
        "columns": [],
        "unsure_payers": [],
        "notes": [],
        "problem": re.sub(r"\s+", " ", problem),
    }


def unsure_payers(practice: Practice, entry: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Spellings of a table file that may mean a payer of another name: how they are written,
    on how many rows, the payer they stand for now (None: none yet) and those they are like."""
    settled = practice.payers.renamed()
    rows = entry.get("unsure_rows", {})
    return [
        {
            "spelling": spelling,
            "rows": rows[spelling],
            "payer": entry["spellings"].get(spelling),
            "candidates": list(names),
        }
        for spelling, names in entry["unsure"].items()
        if spelling in rows and spelling not in settled
    ]


def _answer(
    practice: Practice, entry: dict[str, Any], status: str, known: Sequence[str] = ()
) -> dict[str, Any]:
    """What the user is told of one file; candidates where its payer stays open."""
    candidates = list(entry.get("candidates", ()))
    if not candidates:
        candidates = [name for names in entry["unsure"].values() for name in names]
        open_still = entry["payer"] is None and not entry["spellings"]
        if open_still and entry["kind"] not in _NO_PAYER:
            candidates += known[:8]
    return {
        "file": entry["file"],
        "kind": entry["kind"],
        "payer": entry["payer"],
        "rows": entry["rows"],
        "rejected": entry["rejected"],
        "ignored": entry["ignored"],
        "pages": entry["pages"],
        "unread_pages": entry["unread_pages"],
        "ocr_pages": entry.get("ocr_pages", []),
        "read_notes": entry.get("read_notes", []),
        "sha256": entry["sha256"],
        "status": status,
        "candidates": list(dict.fromkeys(candidates)),
        "mapping": entry["mapping"],
        "columns": entry.get("columns", []),
        "unsure_payers": unsure_payers(practice, entry),
        "notes": entry["notes"],
        "problem": None,
    }


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
