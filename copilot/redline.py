"""A redline on the user's word: the proposed changes, edited or not, written as Word files."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from copilot.export import place_of
from copilot.exports.docx import as_docx
from copilot.exports.guard import held_back, never, refuse
from copilot.redline_memo import memo_page
from knowledge.problems import BadInput
from knowledge.redline.change import Change
from knowledge.workspace import write_whole
from tools.redlining.changes import Proposal, proposal
from tools.redlining.files import RedlineFile, redline_files

if TYPE_CHECKING:
    from copilot.core import Copilot


def proposed(
    copilot: Copilot, payer: str, level: str | None = None, terms: Sequence[str] | None = None
) -> dict[str, Any]:
    """What a redline would change, as plain data: level, changes, and what is left, why."""
    made = proposal(copilot.practice, payer, level, terms)
    return {
        "payer": payer,
        "level": made.level,
        "changes": [change.as_data() for change in made.changes],
        "kept": [{"label": label, "reason": reason} for label, reason in made.kept],
    }


def write_redlines(
    copilot: Copilot,
    payer: str,
    out: Path,
    level: str | None = None,
    terms: Sequence[str] | None = None,
    language: Mapping[str, str] | None = None,
    without: Collection[str] = (),
    author: str | None = None,
    day: date | None = None,
) -> dict[str, Any]:
    """Write the marked contract and its cover memo; gives {"files", "memo", "left", ...}.

    out: the agreement's file; a paper beyond it (an amendment that changes too) goes to
    OUT.2.docx and so on, the memo to OUT.memo.docx. language: the user's own words by change
    id; without: ids of changes not to be made. author and day stand on each mark, by default
    the practice and today. Raises BadInput, with nothing written, where a paper cannot be
    marked, the place cannot be used, or the words name another payer or a patient.
    """
    path = place_of(out, "docx")
    if path.suffix.lower() != ".docx":
        raise BadInput(str(out), "a redline is a Word file", f"name it {path.stem}.docx")
    made = proposal(copilot.practice, payer, level, terms)
    changes = _edited(made, language or {}, without)
    words = "\n".join(f"{change.heading} {change.new}" for change in changes)
    refuse(held_back(copilot.practice, words, payer, (), ()), never(copilot.practice, words, True))
    files = redline_files(copilot.practice, made, changes, author, day)
    if not any(file.placed for file in files):
        raise BadInput(files[0].document.name, files[0].left[0][1], "mark it by hand")
    paths = [path, *(path.with_suffix(f".{n}.docx") for n in range(2, len(files) + 1))]
    memo = path.with_suffix(".memo.docx")
    placed = [change for file in files for change in file.placed]
    page = memo_page(copilot.practice, payer, placed, files, day or copilot.today)
    contents = [(where, file.content) for where, file in zip(paths, files, strict=True)]
    for where, content in [*contents, (memo, as_docx(page))]:
        write_whole(where, content)
    return {
        "level": made.level,
        "files": [_told(where, file) for where, file in zip(paths, files, strict=True)],
        "memo": str(memo),
        "changes": [change.as_data() for change in placed],
        "left": [
            {"id": change.id, "title": change.title, "reason": why}
            for file in files
            for change, why in file.left
        ],
        "kept": [{"label": label, "reason": reason} for label, reason in made.kept],
    }


def _edited(made: Proposal, language: Mapping[str, str], without: Collection[str]) -> list[Change]:
    known = {change.id for change in made.changes}
    strange = [key for key in (*language, *without) if key not in known]
    if strange:
        raise BadInput(
            strange[0], "no change of this redline goes by that id", "take the ids of `changes`"
        )
    for change in made.changes:
        if change.where != "in place" and not language.get(change.id, change.new).strip():
            raise BadInput(
                change.title, "a new clause needs words", "write them, or leave the change away"
            )
    return [
        change.worded(language[change.id]) if change.id in language else replace(change)
        for change in made.changes
        if change.id not in without
    ]


def _told(path: Path, file: RedlineFile) -> dict[str, Any]:
    return {
        "path": str(path),
        "document": file.document.name,
        "rendered": file.rendered,
        "changes": len(file.placed),
    }
