"""What is due, from the log, the contracts, the notices and the strategy: one list by day.

No day is derived here twice: renewals come from the contract's duties, objection windows from
the reading of the notice, the plan's days from the strategy; only promises and silences are
the log's own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from copilot.drafting.working_days import REPLY_AFTER
from copilot.tracker.calendar_days import working_days_after
from copilot.tracker.entries import Entry
from copilot.tracker.entry_words import ASKED, CHANNEL_WORDS, owed
from copilot.tracker.silence import ORDINALS, silence_of
from copilot.tracker.stages import SETTLED, Stage, stage_of
from copilot.tracker.table_of_talks import Talks, made_on
from knowledge.business_days import is_business_day, last_business_day
from knowledge.evidence import Citation, long_date
from knowledge.notices.notice import is_notice
from knowledge.problems import NotKnown
from tools.duties.renewals import renewals_of
from tools.papers.contract_papers import papers_of
from tools.strategy.contract_days import contract_days
from tools.strategy.timeline import timeline

AMENDMENT_AFTER = 10
PASSED_AFTER = 60  # days behind which a step of the plan is no longer due


@dataclass(frozen=True)
class Due:
    """One thing to do or to look out for.

    day: the day named; act: the working day to act on, never after it unless it is past. ours:
    something must be done by then; else it is theirs, or only happens. ask: what to ask the
    copilot for. overdue: the day is past.
    """

    payer: str
    short: str
    kind: str
    day: date
    act: date
    what: str
    why: str
    ours: bool
    ask: str
    overdue: bool = False
    citation: Citation | None = None

    def as_data(self) -> dict[str, Any]:
        """A plain dict for the page and for --json."""
        return {
            "payer": self.payer,
            "kind": self.kind,
            "day": self.day.isoformat(),
            "act": self.act.isoformat(),
            "what": self.what,
            "why": self.why,
            "ours": self.ours,
            "ask": self.ask,
            "overdue": self.overdue,
        }


def due_items(talks: Talks, payers: Sequence[str]) -> list[Due]:
    """Everything due with the payers, the first day to act on first."""
    found: list[Due] = []
    for payer in payers:
        stage = stage_of(talks, payer)
        found += _promises(talks, payer)
        found += _silences(talks, payer, stage)
        found += _offers(talks, payer, stage)
        found += _amendments(talks, payer, stage)
        found += _notices(talks, payer)
        found += _strategy(talks, payer, stage)
    found += _renewals(talks, payers)
    return sorted(found, key=lambda each: (each.act, each.day, each.payer, each.what))


def next_working_day(day: date) -> date:
    """The day itself, or the first working day after it."""
    while not is_business_day(day):
        day += timedelta(1)
    return day


def _due(talks: Talks, payer: str, kind: str, day: date, what: str, why: str, ask: str,
         ours: bool = True, citation: Citation | None = None) -> Due:  # fmt: skip
    """An item with its safe day: the working day before for an act, today for what is past."""
    today = talks.today
    overdue = day < today
    if overdue:
        act = next_working_day(today)
    else:
        act = last_business_day(day) if ours else day
        if act < today:
            act = next_working_day(today) if next_working_day(today) <= day else today
    return Due(payer, talks.short(payer), kind, day, act, what, why, ours, ask, overdue, citation)


def _promises(talks: Talks, payer: str) -> Iterator[Due]:
    short, today = talks.short(payer), talks.today
    for entry, promise in talks.log.open_promises(payer):
        if promise.due is None or entry.on > today:
            continue
        lead, what = owed(promise, short)
        asked = promise.what.endswith(ASKED)
        who = f" by {entry.who}" if entry.who and asked == (promise.by == "practice") else ""
        made = f"{'asked' if asked else 'promised'} on {long_date(entry.on)}{who}"
        if promise.by == "practice":
            yield _due(talks, payer, "our promise", promise.due,
                       f"{lead} {what}" if asked else f"We promised {short}: {what}", made,
                       f"Draft the reply to {short}'s email" if asked
                       else f"Draft an email to {short}: {what}")  # fmt: skip
        elif promise.due < today:
            late = (today - promise.due).days
            yield _due(talks, payer, "their promise", promise.due, f"Remind {short}: {what}",
                       f"{made}, {late} {'day' if late == 1 else 'days'} over",
                       f"Draft a follow-up to {short} about their promise")  # fmt: skip
        else:
            yield _due(talks, payer, "their promise", promise.due, f"{lead} {what}", made,
                       f"Which promises of {short} are still open?", ours=False)  # fmt: skip


def _silences(talks: Talks, payer: str, stage: Stage) -> Iterator[Due]:
    """The next follow-up where they do not answer; none while a promise of theirs runs."""
    quiet = silence_of(talks.of(payer))
    if quiet is None or stage.name in SETTLED:
        return
    running = [p for _, p in talks.log.open_promises(payer)
               if p.by == "payer" and p.due and p.due >= talks.today]  # fmt: skip
    if running:
        return
    short = talks.short(payer)
    days = (talks.today - quiet.last.on).days
    why = (f"no answer to our {CHANNEL_WORDS[quiet.last.channel]} of {long_date(quiet.last.on)}, "
           f"{days} {'day' if days == 1 else 'days'} ago")  # fmt: skip
    if quiet.stage > len(ORDINALS):
        yield _due(talks, payer, "follow-up", quiet.due, f"Go above the contact at {short}",
                   f"{why}, after {len(ORDINALS)} follow-ups",
                   f"Draft an escalation to the director at {short}")  # fmt: skip
        return
    ordinal = ORDINALS[quiet.stage - 1]
    yield _due(talks, payer, "follow-up", quiet.due, f"Send {short} the {ordinal} follow-up", why,
               f"Draft the {ordinal} follow-up to {short}")  # fmt: skip


def _offers(talks: Talks, payer: str, stage: Stage) -> Iterator[Due]:
    """Their last offer, until the day it can be taken, countered or not; without such a day,
    ten working days to answer it."""
    offers = [(each, offer) for each in talks.of(payer) for offer in each.offers]
    theirs = [pair for pair in offers if pair[1].by == "payer"]
    if stage.name in SETTLED or not theirs:
        return
    entry, last = theirs[-1]
    if offers[-1][1].by != "payer" and (last.until is None or last.until < talks.today):
        return
    short, told = talks.short(payer), f"told on {long_date(entry.on)}"
    day = last.until or working_days_after(entry.on, REPLY_AFTER)
    why = "it can be taken until then" if last.until else "no day was named; our rule for an answer"
    yield _due(talks, payer, "offer", day, f"Answer {short}'s offer", f"{why}; {told}",
               f"Draft a counter to {short}'s offer")  # fmt: skip


def _amendments(talks: Talks, payer: str, stage: Stage) -> Iterator[Due]:
    """What was agreed by word of mouth holds only once it is on paper."""
    if stage.name != "agreed" or stage.since is None:
        return
    if any(p.by == "payer" and p.due for _, p in talks.log.open_promises(payer)):
        return
    short = talks.short(payer)
    yield _due(talks, payer, "amendment", working_days_after(stage.since, AMENDMENT_AFTER),
               f"Get the amendment from {short} in writing",
               f"agreed on {long_date(stage.since)}, no paper yet",
               f"Draft an email to {short} asking for the amendment")  # fmt: skip


def _notices(talks: Talks, payer: str) -> Iterator[Due]:
    """The windows of the payer's latest notice of change, as read_notice reckons them."""
    letters = [d for d in talks.practice.library.documents(payer)
               if d.kind != "offer" and is_notice(d)]  # fmt: skip
    if not letters:
        return
    told = _received(talks.of(payer))
    found = talks.found("read_notice", payers=[payer],
                        topic=f"we received it on"
    f" {long_date(told.on)}" if told else None)  # fmt: skip
    if found is None or found.details.get("document") != letters[-1].name:
        return
    since = date.fromisoformat(str(found.details["received"]))
    objected = any(
        e.direction == "out" and e.on >= since and "object" in e.words.lower()
        for e in talks.of(payer)
    )
    short = talks.short(payer)
    for entry in found.details.get("calendar") or ():
        label = str(entry["label"])
        if objected and "objection" in label:
            continue
        acts = "object" in label or "notice to terminate" in label
        yield _due(talks, payer, "notice", date.fromisoformat(entry["due"]), label,
                   str(entry["note"]), f"Draft the objection to {short}" if "objection" in label
                   else f"What does the notice from {short} change?", ours=acts)  # fmt: skip


def _received(entries: Sequence[Entry]) -> Entry | None:
    """The entry that tells of a notice's arrival, the latest."""
    found = [e for e in entries if e.direction == "in" and "notice" in e.words.lower()]
    return found[-1] if found else None


def _renewals(talks: Talks, payers: Sequence[str]) -> Iterator[Due]:
    try:
        papers = papers_of(talks.practice, list(payers))
    except NotKnown:
        return
    for each in renewals_of(papers, talks.practice):
        yield _due(talks, each.payer, "renewal", each.day.until,
                   f"Last day for a notice of not renewing, {each.short}",
                   f"else it renews on {long_date(each.day.ends)}",
                   f"What is our strategy for {each.short}?",
    citation=each.day.citation)  # fmt: skip


def _strategy(talks: Talks, payer: str, stage: Stage) -> Iterator[Due]:
    """The days of the strategy kept for a payer that are still to come or were lately missed."""
    for each in _steps(talks, payer, stage):
        if each.day >= talks.today - timedelta(PASSED_AFTER):
            yield each


def passed_steps(talks: Talks, payers: Sequence[str]) -> list[Due]:
    """What the kept strategies wanted done more than PASSED_AFTER days ago and is not settled:
    no longer due, the latest first."""
    first = talks.today - timedelta(PASSED_AFTER)
    found = [s for payer in payers for s in _steps(talks, payer, stage_of(talks, payer))]
    return sorted((each for each in found if each.day < first), key=lambda each: each.day)[::-1]


def _steps(talks: Talks, payer: str, stage: Stage) -> Iterator[Due]:
    """The days of the strategy kept for a payer, as they were on the day it was written."""
    kept = next((d for d in talks.every_draft if d.kind == "strategy" and d.payer == payer), None)
    if kept is None or stage.name in SETTLED:
        return
    try:
        papers = papers_of(talks.practice, [payer])
    except NotKnown:
        return
    practice = replace(talks.practice, today=made_on(kept, talks.today))
    days = contract_days(practice, payer, papers.by_payer[payer])
    short = talks.short(payer)
    begun = stage.name not in ("not begun", "preparing")
    for step in timeline(days, short):
        first = step.day in (days.prepare, days.ask_by)
        if not isinstance(step.day.value, date) or step.day == days.say_by or (first and begun):
            continue
        if step.day == days.prepare and stage.name == "preparing":
            continue
        if not step.ours and step.day.value < talks.today:
            continue
        yield _due(talks, payer, "strategy", step.day.value, step.what, step.day.basis.words,
                   f"Draft an email to {short}" if step.day == days.ask_by
                   else f"What is our strategy for {short}?", step.ours, step.where)  # fmt: skip
