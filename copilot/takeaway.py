"""What an answer can be taken away as: duties or a model as a workbook, days as a calendar."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from copilot.exercise import exercise_file
from copilot.export import place_of
from copilot.exports.calendar import as_calendar
from copilot.exports.formats import formats_of
from copilot.exports.live_workbook import as_live_workbook
from copilot.exports.register import as_register
from copilot.results import Answer
from knowledge.problems import BadInput
from knowledge.worksheet import worksheet_from
from knowledge.workspace import write_whole

if TYPE_CHECKING:
    from copilot.core import Copilot

NAMES = {"xlsx": "obligations", "ics": "days to keep", "docx": "exercise"}


def taken(copilot: Copilot, thread: str, finding: str, to: str) -> tuple[str, bytes]:
    """A finding of a thread as a file: its name and content.

    Raises BadInput where the thread holds no such finding, or it cannot be had so.
    """
    known = {each["id"]: each for each in copilot.ledger(thread).findings()}
    if finding not in known:
        raise BadInput(finding, "this conversation holds no such answer", "ask again")
    details = known[finding]["details"]
    if to not in formats_of(details):
        have = ", ".join(formats_of(details)) or "no format"
        raise BadInput(f"{to}", "this answer cannot be had so", f"it can be had as {have}")
    if to == "docx":
        return exercise_file(copilot, details["exercise"])
    if to == "xlsx" and not details.get("duties"):
        sheet = worksheet_from(details["worksheet"])
        name = sheet.title.replace(":", "")
        return f"{name}.xlsx", as_live_workbook(sheet, copilot.settings.profile.name)
    days = details.get("calendar") or ()
    payer = copilot.practice.payers.short_name(details["payer"]) if details.get("payer") else ""
    whose = payer if len(details.get("payers") or ()) == 1 else "all payers"
    name = f"{whose} {NAMES[to]}".strip()
    if to == "ics":
        return f"{name}.ics", as_calendar(days, copilot.today)
    return f"{name}.xlsx", as_register(details["duties"], days, f"Obligations, {whose}")


def save_answer(copilot: Copilot, answer: Answer, out: Path) -> Path:
    """Write what an answer can be taken away as to a file; the ending says the format.

    Raises BadInput where no finding of the answer can be had in that format.
    """
    to = out.suffix.lower().lstrip(".")
    if to not in NAMES:
        raise BadInput(str(out), "an answer is saved as .xlsx, .ics or .docx", "name the file so")
    path = place_of(out, to)
    for step in reversed(answer.steps):
        details = copilot.ledger(answer.thread).finding(step["finding"])["details"]
        if to in formats_of(details):
            write_whole(path, taken(copilot, answer.thread, step["finding"], to)[1])
            return path
    raise BadInput(
        str(out),
        "this answer holds nothing to save so",
        "ask for a model or obligations (xlsx), what a notice asks of you (ics) or the exercise"
        " (docx)",
    )
