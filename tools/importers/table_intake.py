"""A table file on its way into the workspace: read in a child, then put beside its parts.

Nothing is visible until the caller commits the manifest's entry that comes back.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from knowledge.child import run_in_child
from knowledge.covered import learn_names
from knowledge.workspace import Workspace, sync_folder
from tools.importers.file_kind import storage_name
from tools.importers.remembered import confirmed_mappings, remember

KEPT_REASONS = 5_000


@dataclass(frozen=True)
class Incoming:
    """A file that is about to be taken in: its path, the name shown, its hash and id.

    sealed: the user wants the file kept whole though it names persons.
    """

    path: Path
    shown: str
    sha256: str
    payer: str | None
    sealed: bool = False

    @property
    def id(self) -> str:
        """The source's id: the first 16 hex digits of the file's hash."""
        return self.sha256[:16]


def table_entry(
    workspace: Workspace,
    file: Incoming,
    workbook: bool,
    sources: Sequence[Mapping[str, Any]],
) -> dict[str, Any]:
    """The manifest's entry of a table file, its parts and its stored copy in place.

    Raises BadInput where the file cannot be used; then nothing but a folder that the next
    import sweeps is left.
    """
    folder = workspace.tables / f".new-{file.id}"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o700)
    try:
        report = run_in_child(
            "tools.importers.table_file:read_table_file",
            {
                "path": str(file.path.resolve()),
                "name": file.shown,
                "workbook": workbook,
                "root": str(workspace.root),
                "folder": str(folder),
                "id": file.id,
                "payer": file.payer,
                "remembered": confirmed_mappings(workspace),
                "earlier": earlier_lines(workspace, sources, file.id),
            },
            where=file.shown,
            seconds=180 + (file.path.stat().st_size >> 20) * 20,
            write_mb=max(2_048, (file.path.stat().st_size >> 20) * 3),
        )
        parts = {
            table: placed(workspace, folder / part["file"], table, file.id, part["entries"])
            for table, part in report["parts"].items()
        }
        copies = [folder / name for name in report["copies"]] if report["names_persons"] else []
        keep_original(workspace, file, copies)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    remember(workspace, report["confirmed"])
    learn_names(workspace, report["names"])
    return {
        "id": file.id,
        "file": file.shown,
        "sha256": file.sha256,
        "kind": report["kind"],
        "payer": report["payer"],
        "rows": report["rows"],
        "rejected": report["rejected"],
        "ignored": report["ignored"],
        "pages": None,
        "unread_pages": [],
        "parts": parts,
        "document": None,
        "mapping": report["mapping"],
        "columns": report["columns"],
        "signatures": sorted(report["confirmed"]),
        "learned": report["learned"],
        "unsure": report["unsure"],
        "unsure_rows": report["unsure_rows"],
        "spellings": report["spellings"],
        "redacted": bool(copies) and not file.sealed,
        "notes": report["notes"],
    }


def earlier_lines(
    workspace: Workspace, sources: Sequence[Mapping[str, Any]], own: str
) -> list[dict[str, Any]]:
    """The parts that hold claim lines of other sources: path, file, header signatures, and
    whether their rows were lines already when they came."""
    return [
        {
            "path": str(workspace.root / entry["parts"][table]["path"]),
            "file": entry["file"],
            "signatures": entry.get("signatures", []),
            "again": table == "line_repeats",
        }
        for entry in sources
        for table in ("claim_lines", "line_repeats")
        if table in entry.get("parts", {}) and entry["id"] != own
    ]


def keep_original(workspace: Workspace, file: Incoming, copies: Sequence[Path] = ()) -> None:
    """Keep the file byte for byte, or its copies where the file itself names persons and
    the user has not asked to seal it whole; mode 0600."""
    home = workspace.originals / file.id
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir(mode=0o700)
    name = storage_name(file.path.name)
    if file.sealed or not copies:
        copied(file.path, home / name)
    for place, copy in enumerate(() if file.sealed else copies):
        mark = f".{place + 1}" if len(copies) > 1 else ""
        copied(copy, home / f"{name}{mark}.redacted{copy.suffix}")
    sync_folder(home)
    sync_folder(workspace.originals)


def retagged_parts(
    workspace: Workspace, entry: Mapping[str, Any], payer: str
) -> dict[str, dict[str, Any]]:
    """The entry's parts written anew with another payer: on all rows where the file named
    one payer or none, on the rows without a payer where it named several."""
    every = len(set(entry.get("spellings", {}).values())) <= 1
    parts: dict[str, dict[str, Any]] = {}
    for table, part in entry["parts"].items():
        old = pq.ParquetFile(workspace.root / part["path"])
        if "payer" not in old.schema_arrow.names:
            parts[table] = dict(part)
            continue
        at = old.schema_arrow.names.index("payer")
        fresh = workspace.tables / f".new-{entry['id']}.parquet"
        with pq.ParquetWriter(fresh, old.schema_arrow, compression="zstd") as writer:
            for batch in old.iter_batches():
                named = batch.column(at).to_pylist()
                told = pa.array([payer if every or n is None else n for n in named], pa.string())
                writer.write_batch(batch.set_column(at, old.schema_arrow.field(at), told))
        parts[table] = placed(workspace, fresh, table, entry["id"], part["entries"])
    return parts


def placed(
    workspace: Workspace, made: Path, table: str, source: str, entries: int
) -> dict[str, Any]:
    """Move a part to its place under a name that is not yet taken, safe on disk."""
    home = workspace.tables / table
    home.mkdir(exist_ok=True, mode=0o700)
    place, number = home / f"{source}.parquet", 1
    while place.exists():
        number += 1
        place = home / f"{source}-{number}.parquet"
    with made.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
        os.fsync(file.fileno())
    made.chmod(0o600)
    made.replace(place)
    sync_folder(home)
    return {
        "path": place.relative_to(workspace.root).as_posix(),
        "sha256": digest,
        "entries": entries,
    }


def copied(source: Path, target: Path) -> None:
    shutil.copyfile(source, target)
    target.chmod(0o600)
    with target.open("rb") as file:
        os.fsync(file.fileno())
