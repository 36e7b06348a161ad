"""The tool that keeps what was said with a payer, once the user confirms it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from copilot.desk import Desk
from copilot.mail.pasted import is_pasted_thread
from copilot.mail.read_email import read_email
from copilot.tracker.asked_view import asks
from copilot.tracker.corrections import corrected, drops, keeps
from copilot.tracker.entries import Entry, Promise
from copilot.tracker.entry_words import entry_said, renews_said, settles_said, title_of
from copilot.tracker.log import Log
from copilot.tracker.named import payer_spans
from copilot.tracker.next_steps import answered
from copilot.tracker.offer_worth import worth_of
from copilot.tracker.said_amounts import bare_numbers
from copilot.tracker.settling import renewed_by, settled_by
from copilot.tracker.statements import PayerSpans
from copilot.tracker.told import day_was_said, for_payer, told
from knowledge.evidence import Basis, Figure, Finding, Sentence, says
from knowledge.problems import BadInput, MoreNeeded
from tools.registry import tool


@tool(
    label="Negotiation log",
    needs=[],
    asks=[
        "spoke with the payer today, they promised a counter by Dec 15",
        "log that I called them and left a voicemail",
        "emailed the rep our proposal of 8% last Tuesday",
        "the insurer offered 4% from January",
        "we got an email back, they can only do 2%",
        "note that they will get back to us by the end of the month",
        "our rep there is somebody new, here is the address",
        "left a voicemail with the contracting manager yesterday",
        "mark the insurer as agreed",
        "they accepted our 8%",
        "had a call with the network director this morning",
        "record that we promised them our quality data by Friday",
        "no, it was December 16",
        "the amendment came today",
    ],
    examples=[],
)
def log_interaction(desk: Desk, *, payer: str | None = None, words: str | None = None) -> Finding:
    """Keep what happened with a payer: who, when, by which channel, what was promised and offered.

    words: the user's whole message in their own words. What would be kept is shown first and
    waits for the user's word; a following "no, Dec 16" puts it right. A pasted thread of emails
    is read message by message. Raises MoreNeeded where no payer can be told.
    """
    if is_pasted_thread(desk.question):
        return read_email(desk, payer=payer)
    text = (words or desk.question).strip()
    log = Log(desk.practice.workspace)
    spans = payer_spans(desk.practice)
    if again := _about_the_last(desk, log, text, spans):
        return again
    percents = {e.payer for e, o in log.offers() if o.percent is not None}
    percents |= {e.payer for e in log.pending() if any(o.percent is not None for o in e.offers)}
    entries = told(text, desk.practice.today, spans, payer, percents)
    if payer and any(each.payer in ("", payer) for each in entries):
        entries = for_payer(entries, payer)
    if not entries and asks(text):
        return answered(desk, payer)
    if not entries:
        raise BadInput(
            "the log",
            "these words tell of no contact, promise, offer or stage",
            "say whom you reached, by which way, when, and what was promised or offered",
        )
    if any(not each.payer for each in entries):
        book = desk.practice.payers
        known = [p for p in book.known() if book.line_of_business(p) not in _NO_PARTNER]
        raise MoreNeeded("the log", "payer", "Which payer was it?", tuple(known), {"words": text})
    kept = [_proposed(log, each) for each in entries]
    return _shown(desk, log, kept, desk.practice.today)


_NO_PARTNER = ("self_pay", "medicare")


def _proposed(log: Log, entry: Entry) -> Entry:
    """The entry waiting for the user's word; told twice, it waits (or stands) once."""
    same = [e for e in (*log.pending(), *log.entries()) if _likeness(e) == _likeness(entry)]
    if same:
        return same[-1]
    held = log.open_promises(entry.payer)
    entry = renewed_by(entry, held)
    return log.propose(replace(entry, settles=settled_by(entry, held)))


def _likeness(entry: Entry) -> tuple[Any, ...]:
    return (entry.payer, entry.on, entry.channel, entry.words)


def _about_the_last(desk: Desk, log: Log, text: str, spans: PayerSpans) -> Finding | None:
    """The answer to a word on the entries of this thread: right, wrong, or to be put right."""
    last = _last_ids(desk)
    known = {each.id: each for each in (*log.pending(), *log.entries())}
    there = [known[key] for key in last if key in known]
    waiting = [each for each in log.pending() if each.id in last]
    if not there:
        return None
    if waiting and keeps(text):
        if keeps(desk.question):  # typed by the user, not put into a model's mouth
            waiting = [log.confirm(each.id) for each in waiting]
        return _shown(desk, log, waiting, desk.practice.today)
    if waiting and drops(text):
        for each in waiting:
            log.withdraw(each.id)
        return _dropped(desk, waiting)
    target = waiting[-1] if waiting else there[-1]
    right = corrected(target, text, desk.practice.today, spans)
    if right is None:
        return None
    if right == target:
        return _shown(desk, log, waiting or [target], desk.practice.today)
    held = _open_without(log, target, right.payer)
    right = renewed_by(right, held)
    settles = settled_by(right, held)
    if waiting:
        fixed = log.propose(replace(right, settles=settles))
    else:
        fixed = log.propose(replace(right, id="", made="", replaces=target.id, settles=settles,
                                    **_without_ids(right)))  # fmt: skip
    shown = [fixed if each.id == target.id else each for each in waiting] or [fixed]
    return _shown(desk, log, shown, desk.practice.today)


def _open_without(log: Log, target: Entry, payer: str) -> list[tuple[Entry, Promise]]:
    """The promises that are open where an entry does not count."""
    still = {promise.id for _, promise in log.open_promises(payer)}
    still |= {*target.settles, *target.renews}
    return [(e, p) for e, p in log.promises(payer) if p.id in still and e.id != target.id]


def _without_ids(entry: Entry) -> dict[str, Any]:
    """Promises, offers and contacts that get ids of their own with a new entry."""
    return {
        "promises": tuple(replace(each, id="") for each in entry.promises),
        "offers": tuple(replace(each, id="") for each in entry.offers),
        "contacts": tuple(replace(each, id="") for each in entry.contacts),
    }


def _last_ids(desk: Desk) -> list[str]:
    """The entries that this thread's latest answer from here spoke of."""
    for finding in reversed(desk.ledger.findings()):
        if finding["tool"] == "log_interaction" and finding["details"].get("pending"):
            return list(finding["details"]["pending"])
    return []


def _shown(desk: Desk, log: Log, entries: Sequence[Entry], today: date) -> Finding:
    """What would be kept, entry by entry, with what was taken as meant."""
    waiting = {each.id for each in log.pending()}
    short = {each.payer: desk.practice.payers.short_name(each.payer) for each in entries}
    said: list[Sentence] = []
    for entry in entries:
        worths = {o.id: w for o in entry.offers
                  if (w := worth_of(desk.run, entry, o, short[entry.payer]))}  # fmt: skip
        said += entry_said(entry, short[entry.payer], worths)
        for made, promise in log.promises(entry.payer):
            if promise.id in entry.settles:
                said.append(settles_said(promise, made.on, short[entry.payer]))
            if promise.id in entry.renews:
                said.append(renews_said(promise, made.on, short[entry.payer]))
    first, rest = said[0], said[1:]
    lead = "This would be kept" if waiting & {each.id for each in entries} else "Kept in the log"
    headline = Sentence(f"{lead}: {first.text}", first.figures, first.citations)
    payers = list(dict.fromkeys(each.payer for each in entries))
    return Finding(
        headline=headline,
        sentences=tuple(rest),
        caveats=tuple(_caveats(entries, today)),
        next_steps=_next(entries[-1], short[entries[-1].payer]),
        details={
            "payers": payers,
            "payer": payers[0],
            "pending": [each.id for each in entries],
            "waiting": [
                {"id": each.id, "title": title_of(each, short[each.payer])}
                for each in entries
                if each.id in waiting
            ],
        },
        done=f"Read {len(entries)} {'entry' if len(entries) == 1 else 'entries'} for the log",
    )


def _caveats(entries: Sequence[Entry], today: date) -> list[Sentence]:
    told_today = Figure("Today", today, "date", Basis("the day it is told"))
    found: list[Sentence] = []
    for entry in entries:
        said, exact = day_was_said(entry, today)
        if entry.is_contact and entry.on == today and not said:
            found.append(says("No day was named, so it stands on today, {day}.", day=told_today))
        elif entry.is_contact and said and not exact:
            on = Figure("Day taken", entry.on, "date", Basis("the last day of the time named"))
            found.append(says("Only a stretch of time was named: it stands on its last day, {day}.",
                              day=on))  # fmt: skip
        found += _read_bare(entry)
        if any(_in_words_only(entry)):
            found.append(says("The price is kept in its words alone: more than one number, or none"
                              " that is a percent, stands in it. Say the one that"
                              " counts."))  # fmt: skip
    found.append(
        says("Nothing is kept before you say so: keep or discard it, or say what is wrong.")
    )
    return list({each.text: each for each in found}.values())


def _read_bare(entry: Entry) -> list[Sentence]:
    """What says openly that a number alone was taken for a percent."""
    alone = set(bare_numbers(entry.words))
    taken = [o.percent for o in entry.offers if o.percent is not None and o.percent in alone]
    return [
        says("“{number}” was read as {percent}, for the talk is in percent. Say so if it is not.",
             number=str(each), percent=Figure("Read as", each, "percent",
             Basis("a number told without its unit"), places=-min(0, _exponent(each))))
        for each in taken
    ]  # fmt: skip


def _exponent(value: Decimal) -> int:
    return int(value.as_tuple().exponent)


def _in_words_only(entry: Entry) -> list[bool]:
    return [
        offer.percent is None and offer.percent_of_medicare is None and offer.dollars is None
        for offer in entry.offers
    ]


def _next(entry: Entry, short: str) -> tuple[str, ...]:
    steps = []
    if entry.stage == "agreed":
        steps.append(f"Draft an email to {short} asking for the amendment")
    elif any(offer.by == "payer" for offer in entry.offers):
        steps.append(f"Draft a counter to {short}'s offer")
        steps.append(f"What have we asked {short} for and what did they offer?")
    elif entry.channel in ("call", "meeting"):
        steps.append(f"Draft a thank-you email to {short} after the call")
    steps.append(f"What is due next with {short}?")
    steps.append("Where do all negotiations stand?")
    return tuple(steps[:4])


def _dropped(desk: Desk, entries: Sequence[Entry]) -> Finding:
    titles = "; ".join(title_of(e, desk.practice.payers.short_name(e.payer)) for e in entries)
    return Finding(
        headline=says("Discarded, not kept: {titles}.", titles=titles),
        details={"payers": list(dict.fromkeys(e.payer for e in entries))},
        done="Discarded what waited",
    )
