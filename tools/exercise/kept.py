"""The marked copy of the exercise that a workspace keeps: the last one given back."""

from __future__ import annotations

from pathlib import Path

from knowledge.workspace import Workspace, write_whole

_ENDINGS = (".docx", ".doc", ".odt", ".rtf", ".pdf", ".txt", ".md", ".html")


def keep_marked(workspace: Workspace, path: Path) -> Path:
    """Keep a marked copy as it came, in the place of the one before; gives where it lies."""
    folder = workspace.root / "exercise"
    folder.mkdir(mode=0o700, exist_ok=True)
    ending = path.suffix.lower() if path.suffix.lower() in _ENDINGS else ".docx"
    place = folder / f"marked{ending}"
    write_whole(place, path.read_bytes())
    for old in folder.glob("marked.*"):
        if old != place:
            old.unlink()
    return place


def kept_marked(workspace: Workspace) -> Path | None:
    """The marked copy on hand, None where none was given back yet."""
    folder = workspace.root / "exercise"
    found = sorted(folder.glob("marked.*")) if folder.is_dir() else []
    return found[0] if found else None
