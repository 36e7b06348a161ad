"""A draft that was taken out as a file may have gone to the payer: proposed, never assumed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from copilot.drafts import Draft
from copilot.tracker.entries import Entry, Offer
from copilot.tracker.log import Log
from copilot.tracker.settling import settled_by
from copilot.tracker.stages import LETTERS, asks_for_rates
from knowledge.evidence import plain

AS_LETTERS = ("eml", "docx", "pdf", "md")


def propose_sent(log: Log, draft: Draft, to: str, today: date) -> Entry | None:
    """The waiting entry that the draft went out today; None where it is no letter to a payer,
    or is in the log already. Exported again, it waits once, with the day of the last time."""
    if draft.payer is None or draft.kind not in LETTERS or to not in AS_LETTERS:
        return None
    if any(each.draft == draft.id for each in log.entries(draft.payer)):
        return None
    waiting = waiting_of(log, draft.id)
    subject = plain(draft.subject)
    made = Entry(
        id=waiting.id if waiting else "",
        payer=draft.payer,
        on=today,
        channel="email",
        direction="out",
        who=str(draft.facts.get("addressee") or ""),
        words=f"Taken out as a file to send: {subject}",
        offers=_asked(draft),
        draft=draft.id,
    )
    return log.propose(replace(made, settles=settled_by(made, log.open_promises(draft.payer))))


def waiting_of(log: Log, draft_id: str) -> Entry | None:
    """The entry on a draft that waits for the user's word."""
    return next((each for each in log.pending() if each.draft == draft_id), None)


def _asked(draft: Draft) -> tuple[Offer, ...]:
    """What the draft asks for, where it is one that asks."""
    percent, medicare = (
        None if (value := draft.facts.get(name)) is None else Decimal(str(value))
        for name in ("percent", "percent_of_medicare")
    )
    if not asks_for_rates(draft) or (percent is None and medicare is None):
        return ()
    return (Offer("", "practice", percent, medicare, words=plain(draft.subject)),)
