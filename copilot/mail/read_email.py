"""The tool that reads the mails exchanged with a payer, dropped or pasted."""

from __future__ import annotations

import re

from copilot.desk import Desk
from copilot.mail.mail_answer import mail_answer
from copilot.mail.pasted import is_pasted_thread, taken_in
from copilot.mail.read_thread import mails_of, read_mail, read_thread
from copilot.mail.sides import Sides
from copilot.mail.to_log import propose
from copilot.tracker.log import Log
from knowledge.documents.document import Document
from knowledge.evidence import Finding
from knowledge.problems import MoreNeeded, NotKnown
from tools.registry import tool

_OURS = re.compile(
    r"\b(?:our|my) (?:last |latest |own )?(?:e-?mail|message|mail)s?\b|\bdid (?:we|i) (?:write"
    r"|say|send|ask)"
    r"|\bwe (?:wrote|sent|asked)\b", re.IGNORECASE)  # fmt: skip


@tool(
    label="Emails with a payer",
    needs=[],
    asks=[
        "what did their last email say",
        "read this email thread",
        "here is the email from the rep",
        "what did the rep write back",
        "summarize the emails with the payer",
        "what do they offer in their email",
        "what did they ask us for in that mail",
        "did they answer our email",
        "From the rep to us, subject RE: rates, what does this mean for us",
        "what did we write to them last",
        "put this email into the log",
        "which questions in their email are still to be answered",
    ],
    examples=["What did {payer}'s last email say?"],
)
def read_email(desk: Desk, *, payer: str | None = None, topic: str | None = None) -> Finding:
    """What a payer's mail says: its offer with its worth, promises with days, what it asks.

    Reads the mails on file, or the thread pasted with the question; each message is proposed
    for the log and waits for the user's word. Raises MoreNeeded where the payer cannot be told.
    """
    pasted = taken_in(desk, desk.question, payer) if is_pasted_thread(desk.question) else None
    to = _payer(desk, payer, pasted)
    sides = Sides(to, desk.practice, desk.settings.profile)
    if pasted is not None:
        reads = tuple(sorted(read_mail(pasted, desk.practice, sides.profile),
                             key=lambda r: (str(r.on or ""), r.placed.message.at),
                             reverse=True))  # fmt: skip
    else:
        reads = read_thread(desk.practice, sides.profile, to)
    log = Log(desk.practice.workspace)
    propose(log, reads, sides)
    wanted = (
        "practice" if _OURS.search(f"{topic or ''} {desk.question}") and not pasted else "payer"
    )
    chosen = next((r for r in reads if r.by == wanted), None) or next(iter(reads), None)
    if chosen is None:
        raise NotKnown(
            f"no email with {desk.practice.payers.short_name(to)} is on file",
            do="drop the mail as .eml or .msg, or paste the thread into the chat",
        )
    return mail_answer(desk, sides, log, reads, chosen)


def _payer(desk: Desk, payer: str | None, pasted: Document | None) -> str:
    if pasted is not None and pasted.payer:
        return pasted.payer
    book = desk.practice.payers
    if payer:
        return book.resolve(payer).name or payer
    if pasted is None:
        named = list(dict.fromkeys(d.payer for d in mails_of(desk.practice) if d.payer))
        if not named:
            raise NotKnown(
                "no email is on file",
                do="drop the mail as .eml or .msg, or paste the thread into the chat",
            )
        if len(named) == 1:
            return named[0]
        raise MoreNeeded("the emails", "payer", "Which payer's emails?", tuple(named))
    known = [p for p in book.known() if book.line_of_business(p) != "self_pay"]
    raise MoreNeeded("the email", "payer", "Whose email is it?", tuple(known))
