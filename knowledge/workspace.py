"""One practice's folder: where things stand in it, who may write, and how a file changes.

Truth is `originals/`, `tables/` (Parquet) and `texts/` (read documents), named by the
manifest; replacing the manifest is the one act that makes an import visible, so a crash
at any instant leaves the last good state. `index/` is derived and may be thrown away.
"""

from __future__ import annotations

import json
import os
import secrets
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from knowledge.problems import BadInput

FOLDERS = (
    "originals",
    "tables",
    "texts",
    "index",
    "threads",
    "drafts",
    "log",
    "exports",
    "settings",
)


@dataclass(frozen=True)
class Workspace:
    """The paths of one practice's folder. Make one with `open_workspace`."""

    root: Path

    @property
    def originals(self) -> Path:
        """Files as the user gave them, one folder a source: originals/<source id>/<name>."""
        return self.root / "originals"

    @property
    def tables(self) -> Path:
        """Parquet parts: tables/<table>/<source id>.parquet."""
        return self.root / "tables"

    @property
    def texts(self) -> Path:
        """Read documents as JSON: texts/<document id>.json."""
        return self.root / "texts"

    @property
    def index(self) -> Path:
        """The retrieval index; derived, rebuilt when missing or bad."""
        return self.root / "index"

    @property
    def threads(self) -> Path:
        """Checkpoints and ledgers of conversations (SQLite)."""
        return self.root / "threads"

    @property
    def drafts(self) -> Path:
        """Drafts and their versions."""
        return self.root / "drafts"

    @property
    def log(self) -> Path:
        """The log of the negotiation and of what left the machine."""
        return self.root / "log"

    @property
    def exports(self) -> Path:
        """Files written for the user to take away."""
        return self.root / "exports"

    @property
    def settings(self) -> Path:
        """Settings, the practice's profile, payer names, column mappings, the hashing key."""
        return self.root / "settings"

    @property
    def manifest(self) -> Path:
        """The list of sources; its replacement commits an import."""
        return self.root / "manifest.json"

    def read_json(self, path: Path, default: Any) -> Any:
        """What a JSON file of the workspace holds, or the default where it is not there yet."""
        try:
            return json.loads(path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return default
        except ValueError as broken:
            raise BadInput(
                where=str(path.relative_to(self.root)),
                what="this file of the workspace is damaged",
                do="restore it from a backup of the folder; nothing else was changed",
            ) from broken

    def write_json(self, path: Path, value: Any) -> None:
        """Replace a JSON file of the workspace in one step."""
        write_whole(path, json.dumps(value, indent=1, ensure_ascii=False).encode())

    def secret(self) -> bytes:
        """The workspace's own key for member keys; made once, 32 bytes, never leaves the folder."""
        path = self.settings / "key"
        if not path.exists():
            write_whole(path, secrets.token_bytes(32))
        return path.read_bytes()

    @contextmanager
    def writing(self, who: str) -> Iterator[None]:
        """Hold the workspace for one process; refuse clearly while another holds it.

        The lock goes with its process, so a crashed owner leaves nothing to clear.
        Raises BadInput naming the owner.
        """
        from filelock import FileLock, Timeout

        lock = FileLock(str(self.root / ".lock"), timeout=0, is_singleton=False)
        note = self.root / ".owner"
        try:
            lock.acquire()
        except Timeout:
            owner = note.read_text(encoding="utf-8") if note.exists() else "another program"
            raise BadInput(
                where=self.root.name,
                what=f"this workspace is in use by {owner}",
                do="close that one first, or ask there",
            ) from None
        try:
            started = datetime.now().strftime("%H:%M")
            write_whole(note, f"{who} (process {os.getpid()}, since {started})".encode())
            yield
        finally:
            note.unlink(missing_ok=True)
            lock.release()


def open_workspace(root: Path, create: bool = True) -> Workspace:
    """The workspace in a folder, private to its user; makes the folder unless told not to.

    Raises BadInput where the folder cannot be used.
    """
    root = root.expanduser()
    if not root.exists() and not create:
        raise BadInput(
            where=str(root),
            what="there is no workspace here",
            do="check the path after --workspace, or ingest a file to start one",
        )
    try:
        root.mkdir(parents=True, exist_ok=True, mode=0o700)
        for name in FOLDERS:
            (root / name).mkdir(exist_ok=True, mode=0o700)
    except OSError as refused:
        raise BadInput(
            where=str(root),
            what=f"this folder cannot be used as a workspace ({refused.strerror})",
            do="choose a folder you may write to",
        ) from refused
    return Workspace(root.resolve())


def write_whole(path: Path, content: bytes) -> None:
    """Write a file so that a reader sees the old content or the new, never a mixture.

    Temporary file in the same folder, fsync, replace, fsync of the folder; mode 0600.
    """
    handle, name = tempfile.mkstemp(prefix=".new-", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make a folder's own entries safe on disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
