"""An X12 file on its way into the workspace: read in a child, then put beside its parts.

Nothing is visible until the caller commits the manifest's entry that comes back.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from knowledge.child import run_in_child
from knowledge.workspace import Workspace, sync_folder
from tools.importers.file_kind import storage_name
from tools.importers.table_intake import Incoming, copied, earlier_lines, keep_original, placed

_LAYOUT = "835"


def x12_entry(
    workspace: Workspace, file: Incoming, sources: Sequence[Mapping[str, Any]]
) -> dict[str, Any]:
    """The manifest's entry of an 835 or 837P, its parts and its stored copy in place.

    Raises BadInput where the file cannot be used; then nothing but a folder that the next
    import sweeps is left.
    """
    folder = workspace.tables / f".new-{file.id}"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o700)
    others = [entry for entry in sources if entry["id"] != file.id]
    try:
        report = run_in_child(
            "tools.importers.x12.reading:read_x12_file",
            {
                "path": str(file.path.resolve()),
                "name": file.shown,
                "root": str(workspace.root),
                "folder": str(folder),
                "id": file.id,
                "payer": file.payer,
                "earlier": earlier_lines(workspace, sources, file.id),
                **{
                    table: _parts_of(workspace, others, table)
                    for table in ("charges", "remittances", "provider_adjustments")
                },
            },
            where=file.shown,
            seconds=180 + (file.path.stat().st_size >> 20) * 20,
        )
        parts = {
            table: placed(workspace, folder / part["file"], table, file.id, part["entries"])
            for table, part in report["parts"].items()
        }
        if report["names_persons"] and not file.sealed:
            _keep_redacted(workspace, file, folder / "copy.x12")
        else:
            keep_original(workspace, file)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return {
        "id": file.id,
        "file": file.shown,
        "sha256": file.sha256,
        "kind": report["kind"],
        "payer": report["payer"],
        "rows": report["rows"],
        "rejected": report["rejected"],
        "ignored": [],
        "pages": None,
        "unread_pages": [],
        "parts": parts,
        "document": None,
        "mapping": {},
        "columns": [],
        "signatures": [_LAYOUT],
        "learned": report["learned"],
        "unsure": report["unsure"],
        "unsure_rows": report["unsure_rows"],
        "spellings": report["spellings"],
        "redacted": report["names_persons"] and not file.sealed,
        "notes": report["notes"],
    }


def _parts_of(
    workspace: Workspace, sources: Sequence[Mapping[str, Any]], table: str
) -> list[dict[str, str]]:
    return [
        {"path": str(workspace.root / entry["parts"][table]["path"]), "file": entry["file"]}
        for entry in sources
        if table in entry.get("parts", {})
    ]


def _keep_redacted(workspace: Workspace, file: Incoming, copy: Path) -> None:
    """Keep the copy without persons; the file itself is known by its hash alone."""
    home = workspace.originals / file.id
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir(mode=0o700)
    copied(copy, home / f"{storage_name(file.path.name)}.redacted.x12")
    sync_folder(home)
    sync_folder(workspace.originals)
