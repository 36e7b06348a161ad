"""The list of sources; replacing it is the one act that makes an import visible."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any

from knowledge.workspace import Workspace

_OWN_TEXT = re.compile(r"[0-9a-f]{16}\.json")


def sources_of(workspace: Workspace) -> list[dict[str, Any]]:
    """The entries of the manifest in the order of import; [] where there is none yet."""
    held: list[dict[str, Any]] = workspace.read_json(workspace.manifest, {}).get("sources", [])
    return held


def commit(workspace: Workspace, sources: list[dict[str, Any]]) -> None:
    """Replace the manifest in one step."""
    workspace.write_json(workspace.manifest, {"version": 1, "sources": sources})


def sweep(workspace: Workspace, sources: list[dict[str, Any]]) -> None:
    """Remove what an import that never reached its commit left behind."""
    named = {part["path"] for entry in sources for part in entry.get("parts", {}).values()}
    for path in workspace.tables.glob("*/*"):
        if path.relative_to(workspace.root).as_posix() not in named:
            _remove(path)
    for path in workspace.tables.glob(".*"):
        _remove(path)
    ids = {entry["id"] for entry in sources}
    for path in workspace.originals.iterdir():
        if path.name not in ids:
            _remove(path)
    texts = {f"{entry['document']}.json" for entry in sources if entry.get("document")}
    for path in workspace.texts.iterdir():
        if _OWN_TEXT.fullmatch(path.name) and path.name not in texts:
            _remove(path)


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
