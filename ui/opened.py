"""The one workspace that a server holds, with what the page needs beside it."""

from __future__ import annotations

import secrets
import shutil
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from copilot.results import Event, IngestResult
from ui.streamed import streamed

if TYPE_CHECKING:
    from copilot.core import Copilot

Progress = tuple[str, float]


@dataclass
class Opened:
    """A workspace in use by this server.

    uploads: the private folder in which files arrive. busy: held by whoever changes or
    reads the tables, because one turn runs at a time. waiting: uploaded files whose payer
    is still to be chosen, by an id of their own. stops: by window, what stops its turn.
    """

    copilot: Copilot
    uploads: Path
    busy: threading.Lock = field(default_factory=threading.Lock)
    waiting: dict[str, Path] = field(default_factory=dict)
    stops: dict[str, threading.Event] = field(default_factory=dict)

    def get_ready(self) -> None:
        """Load what the first question needs, while the user still reads the page."""
        with self.busy:
            _ = self.copilot.planner, self.copilot.agent
            self.copilot.pictures.start()  # goes on where it was stopped
            self.copilot.warm()  # last: loading the model would slow the two others down

    def begin(self, window: str) -> threading.Event:
        """The sign by which what a window starts now can be stopped."""
        self.stops[window] = threading.Event()
        return self.stops[window]

    def stop(self, window: str) -> None:
        """Stop what a window has running; it ends at its next step and keeps nothing of it."""
        if window in self.stops:
            self.stops[window].set()

    def asked(
        self, question: str, thread: str | None, gone: threading.Event | None = None
    ) -> Iterator[Event]:
        """The events of one turn; closing the iterator or setting `gone` stops it."""

        def turn(say: Callable[[Event], None]) -> None:
            for event in self.copilot.ask(question, thread):
                say(event)

        return streamed(turn, self.busy, gone)

    def ingested(
        self, files: Sequence[Path], payer: str | None, gone: threading.Event | None = None
    ) -> Iterator[Progress | list[IngestResult]]:
        """Progress of an import as it comes, its results last; stopped as a turn is."""

        def read(say: Callable[[Progress | list[IngestResult]], None]) -> None:
            def told(what: str, share: float) -> None:
                say((what, share))

            say(self.copilot.ingest(files, payer, told, pictures_later=True))

        return streamed(read, self.busy, gone)

    def mapped_anew(
        self,
        source: str,
        columns: Mapping[str, str | None],
        gone: threading.Event | None = None,
    ) -> Iterator[Progress | list[IngestResult]]:
        """The source read again with the user's column mapping; its result last."""
        file = self.waiting.get(source)

        def read(say: Callable[[Progress | list[IngestResult]], None]) -> None:
            say(("Reading the file with your columns", 0.2))
            say([self.copilot.confirm_mapping(source, columns, file)])

        return streamed(read, self.busy, gone)

    def own_upload(self, given: str) -> Path | None:
        """The uploaded file of this path, if it lies where uploads arrive."""
        path = Path(given).resolve()
        inside = self.uploads.resolve() in path.parents
        return path if inside and path.is_file() else None

    def keep_waiting(
        self, results: Sequence[IngestResult], files: Sequence[Path]
    ) -> dict[str, str]:
        """Ids for the files that wait for their payer; the others' uploads are deleted.

        A file of which the workspace keeps a redacted copy waits too, under its source's id,
        until its columns are confirmed or what is shown of it is closed.
        """
        ids: dict[str, str] = {}
        redacted = {each["id"] for each in self.copilot.sources() if each.get("redacted")}
        given = [each for each in results if not each.inside]
        for result, file in zip(given, files, strict=False):
            if result.payer is None and result.candidates and result.status != "unchanged":
                key = secrets.token_hex(6)
                self.waiting[key] = file
                ids[result.file] = key
            elif result.columns and (source := (result.sha256 or "")[:16]) in redacted:
                self.waiting[source] = file
            else:
                shutil.rmtree(file.parent, ignore_errors=True)
        for left in self.uploads.glob("tmp*"):
            if left.is_file() and not left.stat().st_size:
                left.unlink(missing_ok=True)  # Gradio leaves an empty one for each upload
        return ids

    def drop_waiting(self) -> None:
        """Delete the uploads that wait for an answer; what was read of them stays."""
        for file in self.waiting.values():
            shutil.rmtree(file.parent, ignore_errors=True)
        self.waiting.clear()

    def clear_uploads(self) -> None:
        """Delete whatever uploads are left."""
        shutil.rmtree(self.uploads, ignore_errors=True)
        self.waiting.clear()
