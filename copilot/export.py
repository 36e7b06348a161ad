"""A draft as a file to take away: checked first, kept as exported, then written in one step."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from copilot.drafts import Draft, Status
from copilot.exports.attached import attached, exhibit_of, stands_on
from copilot.exports.docx import as_docx
from copilot.exports.eml import as_eml
from copilot.exports.guard import held_back, never, refuse
from copilot.exports.ics import as_ics
from copilot.exports.markdown import as_markdown
from copilot.exports.page import Attached, Page
from copilot.exports.pdf import as_pdf, office
from copilot.exports.xlsx import as_xlsx
from copilot.tracker.entries import Contact
from copilot.tracker.known_contacts import contacts_of
from copilot.tracker.log import Log
from copilot.tracker.sent import propose_sent
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
LETTERS = ("email", "proposal")
MAILED = (*LETTERS, "bh_questions", "agenda", "profile")


def export(copilot: Copilot, draft_id: str, to: str, out: Path, vouch: str | None = None) -> Path:
    """Write a draft's latest version to a file and keep it as exported; gives the file's path.

    to: docx, eml, ics, md, pdf or xlsx. vouch: the user's reason to let unowned numbers or
    another payer's name stand; a patient's marks and another practice's rates never leave.
    What goes with a mail is checked as its text is. Raises BadInput, with nothing written and
    nothing kept, where the draft is held back or the place cannot be used. That it went out
    is proposed for the log, and waits for the user's word there.
    """
    if to not in WRITERS:
        raise BadInput(f"export to {to}", "there is no such format", f"use {', '.join(WRITERS)}")
    draft = copilot.drafts.latest(draft_id)
    inner = draft.kind in INNER
    if to == "eml" and inner:
        raise BadInput(
            "eml",
            f"the {draft.kind.replace('_', ' ')} stays in the practice and is no mail to a payer",
            "export it as docx, or ask for an email to the payer",
        )
    page = _page(copilot, draft, to)
    words = "\n\n".join((page.subject, page.body, *(each.words for each in page.attached)))
    reasons = held_back(copilot.practice, words, draft.payer,
                        copilot.check_draft(draft).unsupported, page.figures, inner)  # fmt: skip
    reason = (vouch or "").strip()
    refuse([] if reason else reasons, never(copilot.practice, words, inner))
    path = place_of(out, to)
    content = WRITERS[to](page)
    vouched = reason if reasons else draft.vouched
    status: Status = "vouched" if reasons else "exported"
    copilot.drafts.keep(replace(draft, status=status, vouched=vouched))
    write_whole(path, content)
    propose_sent(Log(copilot.workspace), draft, to, copilot.today)
    return path


def formats(copilot: Copilot, draft: Draft) -> list[str]:
    """The formats a draft can be written in here: PDF with LibreOffice, ics with a date."""
    dated = any(f["name"] == REPLY_BY for f in _figures(copilot, draft))
    left = {"pdf": office() is not None, "ics": dated, "eml": draft.kind in MAILED}
    return [to for to in WRITERS if left.get(to, True)]


def _page(copilot: Copilot, draft: Draft, to: str) -> Page:
    """The draft as a writer of a format is given it, with what only that format needs."""
    figures = _figures(copilot, draft)
    days = [f for f in figures if f["name"] == REPLY_BY]
    payers, profile = copilot.practice.payers, copilot.settings.profile
    short = payers.short_name(draft.payer) if draft.payer else None
    ledger = copilot.ledger(draft.thread)
    findings = ledger.findings() if to in ("eml", "xlsx") else []
    stood = stands_on([f["id"] for f in figures], {f["id"]: f for f in ledger.figures()})
    files: tuple[Attached, ...] = ()
    if to == "eml" and draft.payer and short:
        files = attached(findings, draft.payer, short, profile.name, stood)
    return Page(
        subject=plain(draft.subject),
        body=plain(draft.body),
        payer=short,
        practice=profile.name,
        letter=draft.kind in LETTERS,
        figures=figures,
        reply_by=date.fromisoformat(days[0]["exact"]) if days else None,
        today=copilot.today,
        key=draft.id,
        head=tuple(part for part in (profile.town, profile.phone, profile.email) if part),
        to=recipient(copilot, draft) if draft.kind in MAILED else None,
        attached=files,
        exhibit=exhibit_of(findings, draft.payer, short, profile.name, stood)
        if to == "xlsx"
        else None,
    )


def recipient(copilot: Copilot, draft: Draft) -> Contact | None:
    """The person kept for the payer to whom a draft goes; None where that cannot be told.

    The one it is addressed to or greets by name, else the one last in touch, else the only
    one there is.
    """
    if draft.payer is None:
        return None
    log = Log(copilot.workspace)
    kept = contacts_of(copilot.practice, log, draft.payer)
    last = log.last(draft.payer)
    greeting = plain(draft.body).strip().partition("\n")[0]
    named = str(draft.facts.get("addressee") or "")
    for words in (named, greeting, last.who if last else ""):
        meant = [each for each in kept if (each.name and each.name.lower() in words.lower())
                 or (words and words.lower() in each.name.lower())]  # fmt: skip
        if len(meant) == 1:
            return meant[0]
    return kept[0] if len(kept) == 1 else None


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
