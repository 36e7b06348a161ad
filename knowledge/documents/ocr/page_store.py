"""Pages read so far, kept beside the file they come from, so that reading goes on after a stop."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from knowledge.documents.ocr.scanned_page import ScannedPage, page_from
from knowledge.workspace import Workspace, write_whole

FOLDER = "reading"  # in the workspace; empty once every page is read


@dataclass(frozen=True)
class Pending:
    """A document whose pictures are being read: reading/<id>/, private to its owner.

    file: the document as it came, kept until its last page is read. about: what its import
    said of it (shown name, payer, sealed). A page's words are a file each, written in one step.
    """

    home: Path

    @property
    def id(self) -> str:
        return self.home.name

    @property
    def file(self) -> Path | None:
        """The document's file under a safe form of its own name; None where it is gone."""
        return next((each for each in (self.home / "source").glob("[!.]*")), None)

    @property
    def about(self) -> Mapping[str, Any]:
        """What `begin` was told; {} where it cannot be read."""
        try:
            told = json.loads((self.home / "about.json").read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return told if isinstance(told, dict) else {}

    def keep(self, page: int, read: Mapping[str, Any]) -> None:
        """Keep what was read on a page, in one step."""
        write_whole(self.home / f"{page:05d}.json", json.dumps(read).encode())

    def missing(self, pages: Sequence[int]) -> list[int]:
        """Those of the pages that are still to be read."""
        held = scanned_pages(self.home)
        return [page for page in pages if page not in held]

    def drop(self) -> None:
        """Delete the folder."""
        shutil.rmtree(self.home, ignore_errors=True)


def begin(
    workspace: Workspace, id: str, file: Path, name: str, about: Mapping[str, Any]
) -> Pending:
    """The document's folder, made with a copy of its file; pages read before are kept.

    name: a safe form of the file's own name.
    """
    home = workspace.root / FOLDER / id
    for folder in (home.parent, home, home / "source"):
        folder.mkdir(exist_ok=True, mode=0o700)
    made = Pending(home)
    if made.file is None:
        write_whole(home / "source" / name, file.read_bytes())
    write_whole(home / "about.json", json.dumps(dict(about)).encode())
    return made


def pending(workspace: Workspace) -> list[Pending]:
    """The documents whose reading was begun and not ended, in the order of their ids."""
    root = workspace.root / FOLDER
    if not root.is_dir():
        return []
    found = [Pending(home) for home in sorted(root.iterdir()) if home.is_dir()]
    return [each for each in found if each.file is not None and each.about]


def scanned_pages(home: Path) -> dict[int, ScannedPage]:
    """The pages kept in a folder by number; one that is damaged is as if never read."""
    found: dict[int, ScannedPage] = {}
    for path in home.glob("[0-9]*.json"):
        try:
            found[int(path.stem)] = page_from(path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            continue
    return found
