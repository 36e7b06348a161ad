"""The exercise: the sample contract handed out, a marked copy taken in, and its comparison."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from copilot.export import place_of
from copilot.results import IngestResult
from knowledge.evidence import plain
from knowledge.exercise.paper import NAME, exercise_paper
from knowledge.exercise.paper_text import looks_like_exercise, marked_document
from knowledge.problems import BadInput
from knowledge.workspace import write_whole
from tools.exercise.kept import keep_marked
from tools.exercise.own_redline import own_proposals, own_redline
from tools.exercise.told import as_data, headline, score_figure, table
from tools.exercise.verdicts import outcome

if TYPE_CHECKING:
    from copilot.core import Copilot

OWN = "own redline"


def exercise_file(copilot: Copilot, which: str) -> tuple[str, bytes]:
    """Name and content of the sample contract, or of the copilot's own redline of it."""
    if which == OWN:
        return f"{Path(NAME).stem}, our redline.docx", own_redline(copilot.today, "Payer Copilot")
    return NAME, exercise_paper()


def write_exercise(copilot: Copilot, out: Path, which: str = "contract") -> Path:
    """Write the sample contract (or our redline of it) to a Word file; gives its path."""
    path = place_of(out, "docx")
    if path.suffix.lower() != ".docx":
        raise BadInput(str(out), "the exercise is a Word file", f"name it {path.stem}.docx")
    write_whole(path, exercise_file(copilot, which)[1])
    return path


def checked_exercise(copilot: Copilot, file: Path) -> dict[str, Any]:
    """A marked copy held against our own redline, as plain data, and kept for the chat.

    Raises BadInput, in one sentence, for a file that cannot be read or is not the exercise.
    """
    made = outcome(marked_document(file), copilot.today)
    keep_marked(copilot.workspace, file)
    own = own_proposals(copilot.today)
    told = table(made, own)
    return {
        "file": file.name,
        "headline": plain(headline(made).text),
        **as_data(made, own),
        "columns": list(told.columns),
    }


def taken_out(
    copilot: Copilot, files: Sequence[Path]
) -> tuple[dict[int, IngestResult], list[Path]]:
    """The marked exercises among files, answered by their place, and the files that are left.

    An exercise is kept by itself and never stands among the practice's contracts.
    """
    answered: dict[int, IngestResult] = {}
    left = []
    for at, file in enumerate(files):
        if looks_like_exercise(file):
            answered[at] = _answer(copilot, file)
        else:
            left.append(file)
    return answered, left


def _answer(copilot: Copilot, file: Path) -> IngestResult:
    try:
        made = outcome(marked_document(file), copilot.today)
        keep_marked(copilot.workspace, file)
    except BadInput as bad:
        return IngestResult(file=file.name, status="refused", problem=str(bad))
    score = score_figure(made).shown()
    return IngestResult(
        file=file.name,
        kind="exercise",
        read_notes=[
            f"Your marked copy of the sample contract. {plain(headline(made).text)} Score:"
            f" {score}. Ask “How did I do on the exercise?” for each point.",
        ],
    )
