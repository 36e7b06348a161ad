"""What is due, as an answer: the first in one sentence, all in a table and a calendar file."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from copilot.drafting.working_days import REPLY_AFTER
from copilot.tracker.due import Due, due_items, passed_steps
from copilot.tracker.entry_words import count_figure, day_figure
from copilot.tracker.silence import NEXT_AFTER
from copilot.tracker.table_of_talks import Talks
from knowledge.evidence import Basis, Cell, Figure, Finding, Passage, Sentence, Table, says
from tools.duties.calendar_days import entry

SAID = 4


def due_answer(
    talks: Talks,
    payer: str | None,
    last: date,
    known: Sequence[Due] | None = None,
    kinds: Sequence[str] = (),
) -> Finding:
    """What is due with a payer, or with all, up to a day; what is past stands first.

    known: what is due with these payers, where it was looked up already. kinds: only these.
    """
    payers = (payer,) if payer else talks.payers
    every = list(known) if known is not None else due_items(talks, payers)
    every = [each for each in every if not kinds or each.kind in kinds]
    items = [each for each in every if each.act <= last]
    days = {id(each): day_to_act(each) for each in items}
    later = len(every) - len(items)
    return Finding(
        headline=_headline(talks, payer, items, days, last),
        sentences=tuple(_said(each, days[id(each)]) for each in items[1 : 1 + SAID]),
        figures=tuple(days.values()),
        passages=tuple(Passage(e.citation, payer=e.payer) for e in items if e.citation),
        table=_table(talks, payer, items, days),
        caveats=tuple(_caveats(talks, payers, items, later)),
        next_steps=_next(talks, payer, items),
        details={
            "payers": [payer] if payer else list(payers),
            "payer": payer,
            "view": "due",
            "up_to": last.isoformat(),
            "due": [each.as_data() for each in items],
            "calendar": [calendar_entry(each, talks.today) for each in items],
        },
        done=f"Read the log, the contracts and the notices of {len(payers)} payers"
        if payer is None
        else f"Read {talks.short(payer)}'s log, contract and notices",
    )


def calendar_entry(item: Due, today: date) -> dict[str, Any]:
    """The item as an entry of a calendar file, on the day to act."""
    made = entry(item.act, item.what, f"{item.why}. Ask for: {item.ask}", "", today, False)
    return {**made, "due": (item.act if item.overdue else item.day).isoformat()}


def day_to_act(item: Due) -> Figure:
    """The working day to act on, as a figure that tells what it follows from."""
    words = item.why if item.act == item.day else f"{item.why}; the working day to act on"
    source = item.citation.label() if item.citation else None
    return Figure(f"{item.short}, {item.what}", item.act, "date", Basis(words, source=source))


def _headline(
    talks: Talks, payer: str | None, items: Sequence[Due], days: dict[int, Figure], last: date
) -> Sentence:
    whom = f" with {talks.short(payer)}" if payer else ""
    until = day_figure("Looked ahead to", last, "the last day asked about")
    if not items:
        return says("Nothing is due{whom} up to {until}.", whom=whom, until=until)
    first = items[0]
    over = [each for each in items if each.overdue]
    sources = "days of the log, the contracts, the notices and the strategies"
    count = count_figure("Things due", len(items), sources)
    words = "{count} things are due{whom}" if len(items) > 1 else "{count} thing is due{whom}"
    values: dict[str, Figure | str] = {
        "count": count, "whom": whom, "what": first.what, "day": days[id(first)],
    }  # fmt: skip
    if over:
        values["over"] = count_figure("Overdue", len(over))
        words += ", {over} of them past " + ("its" if len(over) == 1 else "their") + " day"
    lead = "first" if first.ours or first.overdue else "next"
    return says(words + f"; {lead}: " + "{what}, by {day}.", **values)


def _said(item: Due, day: Figure) -> Sentence:
    if item.citation is not None:
        return says("By {day}: {what} ({why}) {where}.", day=day, what=item.what, why=item.why,
                    where=item.citation)  # fmt: skip
    return says("By {day}: {what} ({why}).", day=day, what=item.what, why=item.why)


def _table(
    talks: Talks, payer: str | None, items: Sequence[Due], days: dict[int, Figure]
) -> Table | None:
    if not items:
        return None
    rows: list[tuple[Cell, ...]] = [
        (days[id(each)], each.what, "yours" if each.ours else "theirs", each.why,
         "past its day" if each.overdue else "")
        for each in items
    ]  # fmt: skip
    whom = f" with {talks.short(payer)}" if payer else ""
    return Table(f"What is due{whom}, by day", ("By", "What", "Whose", "Why", "State"),
                 tuple(rows))  # fmt: skip


def _caveats(
    talks: Talks, payers: Sequence[str], items: Sequence[Due], later: int
) -> list[Sentence]:
    told: list[Sentence] = []
    waiting = [each for each in talks.log.pending() if each.payer in payers]
    if waiting:
        count = count_figure("Entries that wait", len(waiting))
        told.append(says("Not counted: {count} in the tracker, waiting for your word.",
                         count=count))  # fmt: skip
    undated = [p for payer in payers for _, p in talks.log.open_promises(payer) if p.due is None]
    if undated:
        told.append(says("Promised without a day: {what}. Ask for one.",
                         what="; ".join(each.what for each in undated[:3])))  # fmt: skip
    if any(each.kind == "follow-up" for each in items):
        first = count_figure("Working days to the first follow-up", REPLY_AFTER)
        after = count_figure("Working days to each further one", NEXT_AFTER)
        told.append(says("Our rule: a first follow-up {first} working days after what went out,"
                         " each further one {after} after the last.", first=first,
                         after=after))  # fmt: skip
    for each in passed_steps(talks, payers)[:1] if len(payers) == 1 else ():
        day = day_figure(each.what, each.day, each.why)
        told.append(says("Passed on {day} and no longer counted as due: {what}.", day=day,
                         what=each.what))  # fmt: skip
    if later:
        more = count_figure("Things due later", later)
        told.append(says("{more} more lie further ahead.", more=more))
    if any(each.kind in ("renewal", "notice") for each in items):
        told.append(says("Notices of ending and objections are steps for counsel first."))
    return told


def _next(talks: Talks, payer: str | None, items: Sequence[Due]) -> tuple[str, ...]:
    steps = list(dict.fromkeys(each.ask for each in items))[:3]
    if payer:
        steps = [*steps, f"What have we asked {talks.short(payer)} for and what did they offer?"]
    else:
        steps = [*steps, "Where do all negotiations stand?"]
    return tuple(steps[:4])
