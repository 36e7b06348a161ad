"""What a payer's mails say, as an answer: the chosen message first, all of them in a table."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from copilot.desk import Desk
from copilot.drafting.asked import listed
from copilot.mail.found import ONE_SIDED
from copilot.mail.read_thread import Read
from copilot.mail.reply import Reply, reply_of
from copilot.mail.said import Said
from copilot.mail.sides import Sides
from copilot.mail.to_log import entry_of
from copilot.tracker.entries import Entry
from copilot.tracker.entry_words import day_figure, offer_said, title_of
from copilot.tracker.log import Log
from copilot.tracker.offer_worth import amount_of, of_medicare, worth_of
from knowledge.evidence import (
    Basis,
    Cell,
    Citation,
    Figure,
    Finding,
    Passage,
    Sentence,
    Table,
    long_date,
    says,
)

_LABELS = {
    "acceptance": "Accepted",
    "offer": "Offer",
    "promise": "Promise",
    "refusal": "Refused",
    "question": "Asked",
}
_ORDER = ("acceptance", "offer", "refusal", "promise", "question")
MOST_QUOTES = 7


def mail_answer(
    desk: Desk, sides: Sides, log: Log, reads: tuple[Read, ...], chosen: Read
) -> Finding:
    """The finding on a thread, latest first; chosen: the message that was asked about."""
    short = desk.practice.payers.short_name(sides.payer)
    entry = entry_of(chosen, sides)
    said = sorted(chosen.said, key=lambda each: _ORDER.index(each.kind))
    sentences = [*(_offers(desk, entry, short) if entry else ()), *_rates(chosen, short)]
    sentences += [_quoted(chosen, each) for each in said[:MOST_QUOTES]]
    if not said and (opening := chosen.opening()):
        sentences.append(says('It says: "{words}" {where}',
                              words=" ".join(opening.quote.split()), where=opening))  # fmt: skip
    ids = {f"mail-{each.key}" for each in reads}
    waiting = [each for each in log.pending() if each.id in ids]
    reply = reply_of(reads)
    return Finding(
        headline=_headline(chosen, entry, short),
        sentences=tuple(sentences),
        passages=tuple(Passage(c, payer=sides.payer) for c in _cited(reads)),
        table=_table(reads, short),
        caveats=tuple(_caveats(reads, chosen, waiting, sides)),
        next_steps=tuple(_next(short, chosen, reply is not None)),
        details={
            "payer": sides.payer,
            "payers": [sides.payer],
            "document": chosen.document.name,
            "on": chosen.on.isoformat() if chosen.on else None,
            "by": chosen.by,
            "questions": [each.words for each in chosen.of("question")],
            "promises": [
                {"what": p.words, "due": p.due.isoformat() if p.due else None}
                for p in chosen.of("promise")
            ],
            "reply": _reply_data(reply),
            "waiting": [{"id": each.id, "title": _title(each, short)} for each in waiting],
            "dates": [
                {"date": p.due.isoformat(), "label": f"{short}: {p.words[:80]}"}
                for p in chosen.said
                if p.due
            ],
        },
        done=f"Read {len(reads)} {'message' if len(reads) == 1 else 'messages'} with {short}",
    )


def _title(entry: Entry, short: str) -> str:
    return f"{title_of(entry, short)}, {long_date(entry.on)}"


def _reply_data(reply: Reply | None) -> dict[str, Any] | None:
    if reply is None:
        return None
    offered = None if reply.offered is None else str(reply.offered)
    return {"purpose": reply.purpose, "offered": offered, "topic": reply.topic}


def _headline(read: Read, entry: Entry | None, short: str) -> Sentence:
    message = read.placed.message
    name = message.sender or "Somebody not named"
    who = {"payer": f"{name} of {short}", "practice": f"{name}, for the practice,"}.get(
        read.by or "", name
    )
    if read.on is None:
        return says("{who} writes, on a day that is not told.", who=who)
    day = day_figure(f"Email from {name}", read.on, "as the email is dated")
    priced = [(o, a) for o in (entry.offers if entry else ()) if entry
              and (a := amount_of(entry, o, short))]  # fmt: skip
    if priced and len(entry.offers if entry else ()) == 1:
        offer, amount = priced[0]
        verb = "asks for" if read.by == "practice" else "offers"
        verb = "accepts" if read.of("acceptance") else verb
        return says("{who} wrote on {day} and {verb} {amount}{of}.", who=who, day=day, verb=verb,
                    amount=amount, of=of_medicare(offer))  # fmt: skip
    offers = "asks for a price" if read.by == "practice" else "names prices"
    words = {"acceptance": "accepts", "offer": offers, "refusal": "refuses something",
             "promise": "makes a promise", "question": "asks for something"}  # fmt: skip
    what = [words[each] for each in _ORDER if any(s.kind == each for s in read.said)]
    if not what:
        return says('{who} wrote on {day}, subject "{subject}".', who=who, day=day,
                    subject=message.subject or "none")  # fmt: skip
    return says("{who} wrote on {day} and {what}.", who=who, day=day, what=listed(what))


def _offers(desk: Desk, entry: Entry, short: str) -> list[Sentence]:
    """The prices of the message, each with its worth a year where claims price it."""
    made = []
    for number, offer in enumerate(entry.offers):
        if offer.percent is None and offer.percent_of_medicare is None and offer.dollars is None:
            continue
        worth = worth_of(desk.run, entry, offer, short) if number < 3 else None
        made.append(offer_said(entry, offer, short, worth))
    return made


def _rates(read: Read, short: str) -> list[Sentence]:
    """Prices for single codes, and for members and months, as they stand in the message."""
    made = []
    for each in read.of("offer"):
        where = read.citation(each)
        for code, value in each.rates:
            price = Figure(f"{short}, named for {code}", value, "USD",
                           Basis("as the email says", source=where.label()))  # fmt: skip
            made.append(says("It names {price} for {code} {where}.", price=price, code=code,
                             where=where))  # fmt: skip
        if each.pmpm is not None:
            price = Figure(f"{short}, named for a member and month", each.pmpm,
                           "USD per member per month",
                           Basis("as the email says", source=where.label()))  # fmt: skip
            made.append(says("It names {price} {where}.", price=price, where=where))
    return made


def _label(read: Read, said: Said) -> str:
    ours = said.kind == "offer" and read.by == "practice"
    return "Our price" if ours else _LABELS[said.kind]


def _quoted(read: Read, said: Said) -> Sentence:
    where = read.citation(said)
    words = " ".join(where.quote.split())
    label = _label(read, said)
    if said.due is None:
        return says('{label}: "{words}" {where}', label=label, words=words, where=where)
    due = day_figure(f"{label}, by", said.due, f"counted from the day of {where.label()}")
    return says('{label}, by {due}: "{words}" {where}', label=label, due=due, words=words,
                where=where)  # fmt: skip


def _cited(reads: Sequence[Read]) -> list[Citation]:
    cited = [read.citation(said) for read in reads[:8] for said in read.said]
    cited += [opening for read in reads[:8] if (opening := read.opening())]
    return list({each.id: each for each in cited}.values())[:40]


def _table(reads: Sequence[Read], short: str) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for read in reads:
        day: Cell = None
        if read.on:
            day = day_figure(f"Email from {read.placed.message.sender}", read.on,
                             "as the email is dated")  # fmt: skip
        who = read.placed.message.sender or "not named"
        for said in read.said or (None,):
            what, due = "", None
            words = read.placed.message.subject or "(nothing of this kind)"
            if said is not None:
                what, words = _label(read, said), said.words
                if said.due:
                    due = day_figure(f"{what}, by", said.due, "counted from the email's day")
            rows.append((day, who, what, words[:240], due))
    return Table(f"The emails with {short}, the latest first",
                 ("Day", "From", "What", "In their words", "By when"),
                 tuple(rows[:120]))  # fmt: skip


def _caveats(
    reads: Sequence[Read], chosen: Read, waiting: Sequence[Entry], sides: Sides
) -> list[Sentence]:
    made = []
    if domain := sides.strange_domain(chosen.placed.message):
        made.append(
            says(
                "It came from {domain}, which is not known as the payer's: make sure it is theirs"
                " before you rely on it.",
                domain=domain,
            )
        )
    if waiting:
        basis = Basis("messages proposed for the log, not kept or discarded yet")
        count = Figure("Entries that wait", Decimal(len(waiting)), "count", basis)
        one = len(waiting) == 1
        made.append(says("{count} {entries} for your word: keep or discard {them} below.",
                         count=count, entries="entry for the log waits" if one else
                         "entries for the log wait", them="it" if one else "them"))  # fmt: skip
    if chosen.placed.message.quoted:
        made.append(says("This message is known only as a later email quotes it."))
    if any(read.by is None or read.on is None for read in reads):
        made.append(says("{words} Say who wrote them and when.", words=ONE_SIDED))
    if any(read.document.hidden for read in reads):
        made.append(says("A mail holds text that its reader cannot see; it was left aside."))
    return made


def _next(short: str, chosen: Read, reply: bool) -> list[str]:
    steps = [f"Draft the reply to {short}'s email"] if reply else []
    percent = next((s.percent for s in chosen.of("offer") if s.percent is not None), None)
    if percent is not None and chosen.by == "payer":
        steps.append(f"What is {percent.normalize():f}% more from {short} worth to us?")
    return [*steps, f"Where are we with {short}?", f"What is due next with {short}?"][:4]
