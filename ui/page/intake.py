"""Files dropped on the page: read with progress, then one table of what became of each."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path

from copilot.results import IngestResult
from ui.opened import Opened
from ui.problem_words import problem_words
from ui.views.answer import problem_html
from ui.views.rail import practice_name
from ui.views.sources import read_html, reading_html, sources_html, stopped_html
from ui.views.welcome import welcome_html


def read_files(
    opened: Opened,
    files: Sequence[Path],
    payer: str | None = None,
    gone: threading.Event | None = None,
) -> Iterator[str]:
    """HTML of the import as it goes on; the last is its table, or the problem in one sentence.

    gone: stops it when set; files already read stay read.
    """
    if not files:
        yield ""
        return
    yield reading_html("Reading " + _named(files), 0.0)
    try:
        for item in opened.ingested(files, payer, gone):
            if isinstance(item, list):
                waiting = opened.keep_waiting(item, files)
                yield read_html(item, waiting)
                return
            yield reading_html(*item)
        yield stopped_html()
    except Exception as problem:
        yield problem_html(problem_words(problem))


def _named(files: Sequence[Path]) -> str:
    return files[0].name if len(files) == 1 else f"{len(files)} files"


def uploaded(opened: Opened, given: Sequence[str] | None) -> list[Path]:
    """The uploaded files that lie where uploads arrive; anything else is passed over."""
    paths = [opened.own_upload(str(each)) for each in given or ()]
    return [path for path in paths if path is not None]


def assigned(opened: Opened, wish: str, gone: threading.Event | None = None) -> Iterator[str]:
    """Read a waiting file again with the payer that was chosen: {"file": id, "payer": name}."""
    try:
        chosen = json.loads(wish)
        key, payer = str(chosen["file"]), str(chosen["payer"]).strip()
    except (ValueError, KeyError, TypeError):
        yield ""
        return
    file = opened.waiting.pop(key, None)
    if file is None or not payer:
        lost = [IngestResult(file="That file", status="refused", problem="Add it again, please.")]
        yield read_html(lost, {})
        return
    yield from read_files(opened, [file], payer, gone)


def loaded(opened: Opened) -> str:
    """The Data room's table."""
    return sources_html(opened.copilot.sources())


def welcome(opened: Opened) -> str:
    """What stands in an empty chat, for what is loaded now."""
    copilot = opened.copilot
    return welcome_html(
        practice_name(copilot.settings), len(copilot.sources()), copilot.suggestions()
    )
