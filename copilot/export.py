"""A draft as a file to take away: checked first, kept as exported, then written in one step."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from copilot.drafts import Draft, Status
from copilot.exports.docx import as_docx
from copilot.exports.eml import as_eml
from copilot.exports.guard import held_back, patient_marks, refuse
from copilot.exports.ics import as_ics
from copilot.exports.markdown import as_markdown
from copilot.exports.page import Page
from copilot.exports.pdf import as_pdf, office
from copilot.exports.xlsx import as_xlsx
from knowledge.evidence import TOKEN, plain
from knowledge.problems import BadInput
from knowledge.workspace import write_whole

if TYPE_CHECKING:
    from copilot.core import Copilot

WRITERS: Mapping[str, Callable[[Page], bytes]] = {
    "docx": as_docx,
    "eml": as_eml,
    "ics": as_ics,
    "md": as_markdown,
    "pdf": as_pdf,
    "xlsx": as_xlsx,
}
REPLY_BY = "Day asked for an answer"
INNER = ("talking_points", "call_script", "briefing", "memo", "strategy")


def export(copilot: Copilot, draft_id: str, to: str, out: Path, vouch: str | None = None) -> Path:
    """Write a draft's latest version to a file and keep it as exported; gives the file's path.

    to: docx, eml, ics, md, pdf or xlsx. vouch: the user's reason to let unowned numbers or
    another payer's name stand; a patient's marks never leave. Raises BadInput, with nothing
    written and nothing kept, where the draft is held back or the place cannot be used.
    """
    if to not in WRITERS:
        raise BadInput(f"export to {to}", "there is no such format", f"use {', '.join(WRITERS)}")
    draft = copilot.drafts.latest(draft_id)
    figures = _figures(copilot, draft)
    words = plain(f"{draft.subject}\n\n{draft.body}")
    reasons = held_back(
        copilot.practice,
        words,
        None if draft.kind in INNER else draft.payer,
        copilot.check_draft(draft).unsupported,
        figures,
    )
    reason = (vouch or "").strip()
    refuse([] if reason else reasons, patient_marks(words))
    path = place_of(out, to)
    content = WRITERS[to](_page(copilot, draft, figures))
    vouched = reason if reasons else draft.vouched
    status: Status = "vouched" if reasons else "exported"
    copilot.drafts.keep(replace(draft, status=status, vouched=vouched))
    write_whole(path, content)
    return path


def formats(copilot: Copilot, draft: Draft) -> list[str]:
    """The formats a draft can be written in here: PDF with LibreOffice, ics with a date."""
    dated = any(f["name"] == REPLY_BY for f in _figures(copilot, draft))
    left = {"pdf": office() is not None, "ics": dated, "eml": draft.kind == "email"}
    return [to for to in WRITERS if left.get(to, True)]


def _page(copilot: Copilot, draft: Draft, figures: list[dict[str, Any]]) -> Page:
    days = [f for f in figures if f["name"] == REPLY_BY]
    payers = copilot.practice.payers
    return Page(
        subject=plain(draft.subject),
        body=plain(draft.body),
        payer=payers.short_name(draft.payer) if draft.payer else None,
        practice=copilot.settings.profile.name,
        letter=draft.kind == "email",
        figures=figures,
        reply_by=date.fromisoformat(days[0]["exact"]) if days else None,
        today=copilot.today,
        key=draft.id,
    )


def _figures(copilot: Copilot, draft: Draft) -> list[dict[str, Any]]:
    """The figures a draft shows, in their order, as plain data from its thread."""
    known = {f["id"]: f for f in copilot.ledger(draft.thread).figures()}
    keys = [m.group(2) for m in TOKEN.finditer(f"{draft.subject}\n{draft.body}")]
    return [known[key] for key in dict.fromkeys(keys) if key in known]


def place_of(out: Path, to: str) -> Path:
    """Where the file goes; BadInput for a folder, a missing folder or a place not writable."""
    path = out.expanduser()
    if path.is_dir():
        raise BadInput(str(out), "this is a folder", f"name a file in it, e.g. letter.{to}")
    if path.is_symlink() or (path.exists() and not path.is_file()):
        raise BadInput(str(out), "this is no ordinary file", "name another file")
    if not path.parent.is_dir():
        raise BadInput(str(out), "its folder does not exist", "make the folder first")
    return path
