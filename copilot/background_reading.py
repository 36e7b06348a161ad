"""Pictures of pages read behind the user's work, one at a time; begun again after a stop."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass

from knowledge.documents.ocr import engine
from knowledge.documents.ocr.page_store import Pending, pending
from knowledge.workspace import Workspace
from tools.picture_reading import read_page


@dataclass(frozen=True)
class BeingRead:
    """How far the reading of a document's pictures is: its name, pages read, pages in all."""

    file: str
    done: int
    pages: int


class BackgroundReading:
    """Reads what waits in a workspace. finish: called with a document whose pages are all
    read; it puts the whole text in place."""

    def __init__(self, workspace: Workspace, finish: Callable[[Pending], None]) -> None:
        self._workspace = workspace
        self._finish = finish
        self._stopped = threading.Event()
        self._finishing = threading.Lock()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Read what waits, unless that is under way already; nothing waits for it."""
        if self._stopped.is_set() or not engine.present() or not pending(self._workspace):
            return
        if self._thread is None or not self._thread.is_alive():
            self._thread = threading.Thread(target=self._read_all, name="pictures", daemon=True)
            self._thread.start()

    def stop(self) -> None:
        """End after the page under way; pages read are kept, a text is whole or as it was."""
        self._stopped.set()
        with self._finishing:
            return

    def wait(self, seconds: float | None = None) -> None:
        """Wait until nothing is being read (tests and batches do; the page does not)."""
        if self._thread is not None:
            self._thread.join(seconds)

    def under_way(self) -> list[BeingRead]:
        """Each document whose pictures are still being read."""
        return [
            BeingRead(
                str(each.about.get("shown", "")),
                len(_pages(each)) - len(each.missing(_pages(each))),
                len(_pages(each)),
            )
            for each in pending(self._workspace)
        ]

    def _read_all(self) -> None:
        failed: set[str] = set()
        while waiting := [each for each in pending(self._workspace) if each.id not in failed]:
            begun = waiting[0]
            name = str(begun.about.get("shown", "a document"))
            try:
                for page in begun.missing(_pages(begun)):
                    if self._stopped.is_set():
                        return
                    read_page(begun, page, name)
                with self._finishing:
                    if self._stopped.is_set():
                        return
                    self._finish(begun)
            except Exception:
                failed.add(begun.id)  # its pages stay listed as unread; the next start tries again


def _pages(begun: Pending) -> list[int]:
    listed = begun.about.get("pages", [])
    return [page for page in listed if isinstance(page, int)]
