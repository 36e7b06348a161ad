"""What went before with a payer: our request, our reminders, what it promised and offered.

Read from the drafts kept, from the log the user confirmed, and from the words of this message.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from copilot.desk import Desk
from copilot.drafting.facts import Facts, facts_from
from copilot.drafting.looked_up import LookedUp
from copilot.drafting.situations.past_days import sent_day
from copilot.drafts import Draft
from copilot.tracker.entries import Entry, Offer, Promise
from copilot.tracker.log import Log
from knowledge.documents.document import Document
from knowledge.evidence import Basis, Figure
from knowledge.problems import NotKnown
from tools.papers.contract_papers import papers_of

REQUESTS = ("rate_increase", "opening", "proposal", "counter", "meeting")
REMINDERS = ("follow_up", "escalation")
SENT = ("exported", "vouched")
WRITTEN = ("email", "letter", "portal")


@dataclass(frozen=True)
class History:
    """request: our last request among the drafts; asked: its facts; asked_on: the day it went.

    asked_from: where that day was read (message, log, draft). reminded: the days of our
    reminders since, oldest first. entries: the log. promises: those of the payer that are
    open. offer: the payer's last offer in the log, with its entry.
    """

    request: Draft | None = None
    asked: Facts | None = None
    asked_on: date | None = None
    asked_from: str = ""
    reminded: tuple[date, ...] = ()
    entries: tuple[Entry, ...] = ()
    promises: tuple[tuple[Entry, Promise], ...] = ()
    offer: tuple[Entry, Offer] | None = None

    def last_touch(self) -> Entry | None:
        """The latest call, mail or meeting in the log."""
        touched = [entry for entry in self.entries if entry.is_contact]
        return touched[-1] if touched else None

    def pieces_used(self) -> tuple[str, ...]:
        """The evidence that the request stood on, so that a reminder brings something new."""
        return self.asked.chosen if self.asked else ()


def history_of(looked: LookedUp, payer: str) -> History:
    """The history with one payer up to today, read once for a draft."""
    return looked.once(f"history {payer}", lambda: read_history(looked.desk, payer))


def read_history(desk: Desk, payer: str) -> History:
    """The history with one payer up to today."""
    today, log = desk.practice.today, Log(desk.practice.workspace)
    entries = tuple(entry for entry in log.entries(payer) if entry.on <= today)
    request = earlier_request(desk, payer)
    asked_on, source = _asked_on(desk, entries, request)
    offers = [pair for pair in log.offers(payer) if pair[1].by == "payer" and pair[0].on <= today]
    return History(
        request=request,
        asked=facts_from(request.facts) if request else None,
        asked_on=asked_on,
        asked_from=source,
        reminded=_reminded(desk, payer, entries, asked_on),
        entries=entries,
        promises=tuple(p for p in log.open_promises(payer) if p[1].by == "payer"),
        offer=offers[-1] if offers else None,
    )


def earlier_request(desk: Desk, payer: str) -> Draft | None:
    """The last request to this payer among the drafts kept, one that was exported first."""
    requests = [each for each in _emails(desk, payer) if each.facts.get("purpose") in REQUESTS]
    sent = [draft for draft in requests if draft.status in SENT]
    return next(iter([*sent, *requests]), None)


def written_on(draft: Draft) -> date:
    """The day a draft was written by the practice's calendar."""
    kept = str(draft.facts.get("written_on") or "")
    return date.fromisoformat(kept) if kept else datetime.fromisoformat(draft.made).date()


def contract_papers(desk: Desk, payer: str) -> tuple[Document, ...]:
    """The contract family of a payer on file; empty where there is none."""
    try:
        return tuple(papers_of(desk.practice, [payer]).by_payer.get(payer, ()))
    except NotKnown:
        return ()


def our_last_ask(entries: tuple[Entry, ...]) -> Offer | None:
    """What the practice last asked for by the log."""
    ours = [o for entry in entries for o in entry.offers if o.by == "practice"]
    return ours[-1] if ours else None


def day_figure(name: str, day: date, words: str) -> Figure:
    """A past day as a figure that says where it was read."""
    return Figure(name, day, "date", Basis(words))


def counted(name: str, number: int, words: str) -> Figure:
    """A count as a figure."""
    return Figure(name, Decimal(number), "count", Basis(words))


def _asked_on(
    desk: Desk, entries: tuple[Entry, ...], request: Draft | None
) -> tuple[date | None, str]:
    """The day our request went: as the user says, by the log, or the day its draft was written."""
    today = desk.practice.today
    if (said := sent_day(desk.question, today)) is not None:
        return said, "as you said in this message"
    out = [entry for entry in entries if entry.direction == "out" and entry.channel in WRITTEN]
    for entry in out:
        if request is not None and entry.draft == request.id:
            return entry.on, f"the log of {entry.on.isoformat()}"
    asking = [entry for entry in out if any(offer.by == "practice" for offer in entry.offers)]
    if asking and request is None:
        return asking[-1].on, f"the log of {asking[-1].on.isoformat()}"
    if request is None or written_on(request) >= today:
        return (asking[-1].on, f"the log of {asking[-1].on.isoformat()}") if asking else (None, "")
    return written_on(request), f"the day draft {request.id} was written"


def _reminded(
    desk: Desk, payer: str, entries: tuple[Entry, ...], asked_on: date | None
) -> tuple[date, ...]:
    """The days of our reminders after the request: exported drafts, and what the log tells."""
    today = desk.practice.today
    drafts = {
        written_on(each): each.id
        for each in _emails(desk, payer)
        if each.facts.get("purpose") in REMINDERS
        and (each.status in SENT or written_on(each) < today)
    }
    logged = {
        entry.on
        for entry in entries
        if entry.direction == "out" and asked_on is not None and entry.on > asked_on
    }
    days = {day for day in (*drafts, *logged) if asked_on is None or asked_on < day}
    return tuple(sorted(day for day in days if day < today))


def _emails(desk: Desk, payer: str) -> list[Draft]:
    held = [desk.drafts.latest(key) for key in desk.drafts.ids()]
    return [each for each in held if each.payer == payer and each.kind == "email"]
