"""Whether files of the workspace are still what was written: their SHA-256, and when it was read.

Small files are read in full once a process. A large one is read in full when it is new, when
its size or times differ from those of the last full reading, and once a day; in between its
size and times answer for it, so that a start does not read gigabytes. What that leaves to a
day's delay is a disk that changes bytes and no time; `damaged` reads everything, for doctor.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from knowledge.workspace import Workspace

SMALL = 64 << 20
_A_DAY = 24 * 3600


class Intact:
    """The files of one workspace, each checked as the module says.

    `now` gives the time in seconds since 1970.
    """

    def __init__(self, workspace: Workspace, now: Callable[[], float] = time.time) -> None:
        self._workspace = workspace
        self._now = now
        self._checked: set[tuple[str, str]] = set()

    def holds(self, path: Path, sha256: str) -> bool:
        """Whether the file is there and has this hash."""
        if (str(path), sha256) in self._checked:
            return path.is_file()
        if not path.is_file():
            return False
        large = path.stat().st_size > SMALL
        if not (large and self._vouched(path, sha256)):
            if digest(path) != sha256:
                return False
            if large:
                self._vouch(path, sha256)
        self._checked.add((str(path), sha256))
        return True

    @property
    def _record(self) -> Path:
        return self._workspace.index / "checked.json"

    def _held(self) -> dict[str, Any]:
        try:
            held: dict[str, Any] = self._workspace.read_json(self._record, {})
        except Exception:  # a record that cannot be read vouches for nothing
            return {}
        return held if isinstance(held, dict) else {}

    def _vouched(self, path: Path, sha256: str) -> bool:
        held = self._held().get(path.relative_to(self._workspace.root).as_posix())
        if not isinstance(held, dict) or held.get("sha256") != sha256:
            return False
        fresh = 0 <= self._now() - held.get("read", 0) < _A_DAY
        return fresh and held.get("stands") == _stands(path)

    def _vouch(self, path: Path, sha256: str) -> None:
        root = self._workspace.root
        held = {name: each for name, each in self._held().items() if (root / name).is_file()}
        held[path.relative_to(root).as_posix()] = {
            "sha256": sha256,
            "stands": _stands(path),
            "read": int(self._now()),
        }
        self._workspace.write_json(self._record, held)


def damaged(workspace: Workspace) -> list[str]:
    """The parts (paths in the workspace) that are missing or differ from their hash, in order."""
    manifest = workspace.read_json(workspace.manifest, {"sources": []})
    parts = [part for entry in manifest["sources"] for part in entry.get("parts", {}).values()]
    return [
        part["path"]
        for part in parts
        if not (workspace.root / part["path"]).is_file()
        or digest(workspace.root / part["path"]) != part["sha256"]
    ]


def digest(path: Path) -> str:
    """The SHA-256 of a file, 64 hex digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _stands(path: Path) -> list[int]:
    told = path.stat()
    return [told.st_size, told.st_mtime_ns, told.st_ctime_ns, told.st_ino]
