"""CMS's own fee schedule release: the relative value file and the geographic indices.

Taken as CMS publishes them: a zip (also a zip inside it), or the bare CSV files. Member
names are looked at, nothing is unpacked to disk, and codes' descriptions are not kept.
"""

from __future__ import annotations

import io
import re
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from knowledge.child import run_in_child
from knowledge.problems import BadInput
from knowledge.workspace import Workspace
from tools.importers.medicare_release_tables import Release, join_releases, read_member
from tools.importers.table_intake import Incoming, keep_original, placed
from tools.tables.schema import SCHEMAS

_MEMBER = re.compile(r"(?:^|/)(?:PPRRVU|GPCI)[^/]*\.(?:csv|txt)$", re.I)
_NESTED = re.compile(r"(?:^|/)[^/]*rvu[^/]*\.zip$", re.I)
MAX_MEMBER, MAX_UNPACKED, MAX_MEMBERS, MAX_RATIO = 64 << 20, 256 << 20, 500, 200


def is_release(path: Path) -> bool:
    """Whether a file is a CMS release by its content; False for anything it cannot tell."""
    try:
        with path.open("rb") as file:
            head = file.read(4096)
        if head.startswith(b"PK"):
            with zipfile.ZipFile(path) as package:
                names = [info.filename for info in package.infolist()[:MAX_MEMBERS]]
            if any(name.startswith(("xl/", "word/")) for name in names):
                return False
            return any(_MEMBER.search(name) or _NESTED.search(name) for name in names)
        text = head.decode("utf-8", "replace").lower()
        values = "relative value file" in text and "hcpcs" in text
        return values or ("gpci" in text and "locality" in text and "," in text)
    except (OSError, zipfile.BadZipFile, ValueError, NotImplementedError):
        return False


def release_entry(workspace: Workspace, file: Incoming) -> dict[str, Any]:
    """The manifest's entry of a release, its parts in place. Raises BadInput for a bad one."""
    folder = workspace.tables / f".new-{file.id}"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o700)
    try:
        report = run_in_child(
            "tools.importers.medicare_release:read_release",
            {"path": str(file.path.resolve()), "name": file.shown, "folder": str(folder),
             "id": file.id},
            where=file.shown,
            memory_mb=2048,
        )  # fmt: skip
        parts = {
            table: placed(workspace, folder / part["file"], table, file.id, part["entries"])
            for table, part in report["parts"].items()
        }
        keep_original(workspace, file)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return {
        "id": file.id,
        "file": file.shown,
        "sha256": file.sha256,
        "kind": "medicare_release",
        "payer": None,
        "rows": report["rows"],
        "rejected": report["rejected"],
        "ignored": report["ignored"],
        "pages": None,
        "unread_pages": [],
        "parts": parts,
        "document": None,
        "mapping": {},
        "signatures": [],
        "learned": {},
        "unsure": {},
        "spellings": {"CMS": "Medicare"},
        "redacted": False,
        "notes": report["notes"],
    }


def read_release(request: dict[str, Any]) -> dict[str, Any]:
    """Runs in a child: path, name, folder and id in; parts, rows and notes out."""
    path, where = Path(request["path"]), str(request["name"])
    found = [read_member(name, text, where) for name, text in _members(path, where)]
    if not found:
        raise BadInput(
            where, "it holds no relative value file (PPRRVU) and no index file (GPCI) as CSV",
            "send CMS's RVU release zip as it was downloaded",
        )  # fmt: skip
    release: Release = join_releases(found, where)
    parts = {}
    for table, rows in release.tables.items():
        if rows:
            full = [{"source_id": request["id"], **row} for row in rows]
            made = Path(request["folder"]) / f"{table}.parquet"
            pq.write_table(pa.Table.from_pylist(full, SCHEMAS[table]), made, compression="zstd")
            parts[table] = {"file": made.name, "entries": len(rows)}
    return {
        "parts": parts,
        "rows": sum(map(len, release.tables.values())),
        "rejected": release.rejected,
        "ignored": release.ignored,
        "notes": release.notes,
    }


def _members(path: Path, where: str) -> Iterator[tuple[str, str]]:
    with path.open("rb") as file:
        zipped = file.read(2) == b"PK"
    if not zipped:
        if path.stat().st_size > MAX_MEMBER:
            raise BadInput(where, "it is larger than a release can be", "send CMS's own file")
        yield where, _decoded(path.read_bytes())
        return
    yield from _zipped(zipfile.ZipFile(path), path.stat().st_size, where, depth=0)


def _zipped(
    package: zipfile.ZipFile, packed: int, where: str, depth: int
) -> Iterator[tuple[str, str]]:
    infos = package.infolist()
    unpacked = sum(info.file_size for info in infos)
    if len(infos) > MAX_MEMBERS or unpacked > MAX_UNPACKED:
        raise BadInput(where, "it unpacks to more than a release may hold", "send CMS's own zip")
    if unpacked > 20 << 20 and unpacked / max(1, packed) > MAX_RATIO:
        raise BadInput(where, "it unpacks to far more than its size", "send CMS's own zip")
    for info in infos:
        nested = _NESTED.search(info.filename)
        if not (nested or _MEMBER.search(info.filename)) or info.is_dir():
            continue
        if info.flag_bits & 1:
            raise BadInput(where, "it is locked with a password", "send CMS's own zip")
        try:
            with package.open(info) as member:
                content = member.read(MAX_MEMBER + 1)
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError):
            raise BadInput(where, "the zip is damaged", "download it again") from None
        if len(content) > MAX_MEMBER:
            raise BadInput(where, "a file in it is larger than a release can be",
                           "send CMS's own zip")  # fmt: skip
        if nested:
            if depth:
                raise BadInput(where, "it holds zips within zips", "send the inner zip")
            try:
                inner = zipfile.ZipFile(io.BytesIO(content))
            except zipfile.BadZipFile:
                raise BadInput(where, "a zip in it is damaged", "download it again") from None
            yield from _zipped(inner, len(content), where, depth=1)
        elif info.filename.lower().endswith(".csv"):
            yield info.filename.rsplit("/", 1)[-1], _decoded(content)


def _decoded(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")
