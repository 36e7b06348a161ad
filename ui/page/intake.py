"""Files dropped on the page: read with progress, then one table of what became of each."""

from __future__ import annotations

import json
import shutil
import threading
from collections.abc import Iterator, Mapping, Sequence
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
                yield _read(opened, item, opened.keep_waiting(item, files))
                return
            yield reading_html(*item)
        yield stopped_html()
    except Exception as problem:
        yield problem_html(problem_words(problem))


def _read(opened: Opened, results: Sequence[IngestResult], waiting: Mapping[str, str]) -> str:
    """What became of files, with the questions that only the user can answer."""
    asked = {each["spelling"] for result in results for each in result.unsure_payers}
    unsure = [each for each in opened.copilot.open_payers() if each["spelling"] in asked]
    return read_html(results, waiting, opened.copilot.mapping_choices, unsure)


def mapped(opened: Opened, wish: str, gone: threading.Event | None = None) -> Iterator[str]:
    """Read a source again with the columns as the user says: {"source": id, "columns": {}}.

    columns: header -> field, "" for one not to be read; only those that were changed or
    confirmed.
    """
    try:
        said = json.loads(wish)
        source, columns = str(said["source"]), dict(said["columns"])
    except (ValueError, KeyError, TypeError):
        yield ""
        return
    chosen = {str(header): str(field) or None for header, field in columns.items()}
    yield reading_html("Reading the file with your columns", 0.0)
    try:
        for item in opened.mapped_anew(source, chosen, gone):
            if isinstance(item, list):
                file = opened.waiting.pop(source, None)
                if file is not None:
                    shutil.rmtree(file.parent, ignore_errors=True)
                yield _read(opened, item, {})
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
        yield _read(opened, lost, {})
        return
    yield from read_files(opened, [file], payer, gone)


def loaded(opened: Opened) -> str:
    """The Data room's table."""
    copilot = opened.copilot
    return sources_html(copilot.sources(), copilot.mapping_choices, copilot.open_payers())


def welcome(opened: Opened) -> str:
    """What stands in an empty chat, for what is loaded now."""
    copilot = opened.copilot
    return welcome_html(
        practice_name(copilot.settings), len(copilot.sources()), copilot.suggestions()
    )
