"""The log itself as answers: what happened, who the contacts are, who promised what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from copilot.tracker.entries import Entry
from copilot.tracker.entry_words import (
    ASKED,
    contact_said,
    count_figure,
    day_figure,
    owed,
    title_of,
)
from copilot.tracker.known_contacts import contacts_of
from copilot.tracker.table_of_talks import Talks
from knowledge.evidence import Cell, Finding, Sentence, Table, says


def log_answer(talks: Talks, payer: str | None) -> Finding:
    """What happened with a payer, or with all, the latest first."""
    entries = list(reversed([e for e in talks.entries if payer in (None, e.payer)]))
    whom = talks.short(payer) if payer else "any payer"
    days = {each.id: day_figure(_title(talks, each), each.on) for each in entries}
    if entries:
        headline = says(
            "The last entry with {whom} is of {day}: {title}.",
            whom=talks.short(entries[0].payer), day=days[entries[0].id],
            title=_title(talks, entries[0]),
        )  # fmt: skip
    else:
        headline = says("Nothing with {whom} is in the log yet.", whom=whom)
    rows: list[tuple[Cell, ...]] = [(days[e.id], _title(talks, e), e.words[:200]) for e in entries]
    return Finding(
        headline=headline,
        figures=(count_figure("Entries", len(entries)), *days.values()),
        table=Table("The log, the latest first", ("Day", "What", "In your words"), tuple(rows))
        if rows
        else None,
        caveats=tuple(_waiting(talks, payer)),
        next_steps=_next(talks, payer),
        details=_details(talks, payer, "log"),
        done=f"Read {len(entries)} entries of the log",
    )


def contacts_answer(talks: Talks, payer: str | None) -> Finding:
    """The persons at a payer, or at all, as they were told or imported."""
    known = contacts_of(talks.practice, talks.log, payer)
    whom = talks.short(payer) if payer else "any payer"
    said = [contact_said(each, talks.short(each.payer)) for each in known[:4]]
    if known:
        headline, said = said[0], said[1:]
    else:
        headline = says("No contact at {whom} is kept yet.", whom=whom)
    rows: list[tuple[Cell, ...]] = [
        (talks.short(c.payer), c.name, c.role, c.email, c.phone) for c in known
    ]
    return Finding(
        headline=headline,
        sentences=tuple(said),
        figures=(count_figure("Contacts", len(known)),),
        table=Table("Contacts", ("Payer", "Name", "Role", "Email", "Phone"), tuple(rows))
        if len(rows) > 1
        else None,
        caveats=()
        if known
        else (says("Tell it in a sentence, such as: our rep there is, with name and email."),),
        next_steps=_next(talks, payer),
        details=_details(talks, payer, "contacts"),
        done=f"Looked up {len(known)} contacts",
    )


@dataclass(frozen=True)
class _State:
    word: str
    first: int


def promises_answer(talks: Talks, payer: str | None) -> Finding:
    """Who promised what by when, and which promises are still open."""
    open_ids = {p.id for each in ((payer,) if payer else talks.payers)
                for _, p in talks.log.open_promises(each)}  # fmt: skip
    renewed = {key for e in talks.log.entries(payer) for key in e.renews}
    made = [(e, p) for e, p in talks.log.promises(payer) if e.on <= talks.today]

    def state(promise: Any) -> _State:
        if promise.id not in open_ids:
            return _State("given another day" if promise.id in renewed else "kept", 2)
        over = promise.due is not None and promise.due < talks.today
        return _State("past its day", 0) if over else _State("open", 1)

    made.sort(key=lambda pair: (state(pair[1]).first, pair[1].due or talks.today, pair[0].on))
    whom = talks.short(payer) if payer else "any payer"
    rows: list[tuple[Cell, ...]] = []
    said: list[Sentence] = []
    for entry, promise in made:
        short = talks.short(entry.payer)
        who = "you" if promise.by == "practice" else short
        due = day_figure(f"{who} promised: {promise.what}", promise.due) if promise.due else None
        told = day_figure(f"{short}: promised", entry.on)
        rows.append((who, promise.what, due, told, state(promise).word))
        if due is not None:
            lead, what = owed(promise, short)
            if not promise.what.endswith(ASKED):
                lead = f"{who[0].upper()}{who[1:]} promised"
            said.append(says("{lead} {what} by {due} (told on {told}): {state}.", lead=lead,
                             what=what, due=due, told=told, state=state(promise).word))  # fmt: skip
    over = sum(1 for _, p in made if state(p).first == 0)
    still = sum(1 for _, p in made if state(p).first < 2)
    if made:
        headline = says(
            "{all} promises with {whom} are in the log, {still} still open, {over} past their day.",
            all=count_figure("Promises", len(made)), whom=whom,
            still=count_figure("Promises still open", still),
            over=count_figure("Promises past their day", over),
        )  # fmt: skip
    else:
        headline = says("No promise with {whom} is in the log yet.", whom=whom)
    return Finding(
        headline=headline,
        sentences=tuple(said[:4]),
        table=Table("Promises, open ones first", ("Who", "What", "By", "Told", "State"),
                    tuple(rows)) if rows else None,
        caveats=tuple(_waiting(talks, payer)),
        next_steps=_next(talks, payer),
        details=_details(talks, payer, "promises"),
        done=f"Read {len(made)} promises",
    )  # fmt: skip


def _title(talks: Talks, entry: Entry) -> str:
    return title_of(entry, talks.short(entry.payer))


def _waiting(talks: Talks, payer: str | None) -> list[Sentence]:
    waiting = [each for each in talks.log.pending() if payer in (None, each.payer)]
    if not waiting:
        return []
    return [says("Not counted: {count} in the tracker, waiting for your word.",
                 count=count_figure("Entries that wait", len(waiting)))]  # fmt: skip


def _next(talks: Talks, payer: str | None) -> tuple[str, ...]:
    if payer is None:
        return ("Where do all negotiations stand?", "What is due in the next 30 days?")
    short = talks.short(payer)
    return (
        f"What is due next with {short}?",
        f"What have we asked {short} for and what did they offer?",
        f"Which promises of {short} are still open?",
        "Where do all negotiations stand?",
    )


def _details(talks: Talks, payer: str | None, view: str) -> dict[str, Any]:
    return {"payers": [payer] if payer else list(talks.payers), "payer": payer, "view": view}
