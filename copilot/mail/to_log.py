"""Messages as entries for the negotiation log: proposed, and kept only on the user's word."""

from __future__ import annotations

import re
from collections.abc import Iterable

from copilot.mail.read_thread import Read
from copilot.mail.said import Said
from copilot.mail.sides import Sides
from copilot.tracker.entries import Entry, Offer, Party, Promise
from copilot.tracker.entry_words import ASKED
from copilot.tracker.log import Log
from copilot.tracker.settling import renewed_by, settled_by

MOST_WORDS = 700
_LEAD = re.compile(
    r"^(?:(?:and|so|then|also),?\s+)?(?:i|we)(?:'ll|’ll| will| shall| can| am going to"
    r"| are going to| plan to| expect to)\s+",
    re.IGNORECASE,
)
_BY = re.compile(
    r",?\s*\b(?:by|before|no later than|within|until|on|in)\s(?:the\s|end of\s|next\s"
    r"|(?:the )?close of\s(?:business\s)?)?[\w/]+(?:\s[\w/,-]+){0,3}$|\s+next week$",
    re.IGNORECASE,
)
_SEND = re.compile(
    r"\b(?:send|provide|share|submit|forward|return|need)\s(?:us\s|me\s|over\s|back\s)?"
    r"(?P<owner>your|the|a|an)\s(?P<what>[^?;]{3,120})",
    re.IGNORECASE,
)


def propose(log: Log, reads: Iterable[Read], sides: Sides) -> tuple[Entry, ...]:
    """The entries proposed for messages that the log does not hold yet, oldest first.

    A message whose day or side is not told gives none, nor one dated after today.
    """
    waiting = (entry for entry in log.pending() if entry.payer == sides.payer)
    known = {entry.id for entry in (*waiting, *log.entries())}
    made = []
    for each in sorted(reads, key=lambda r: (str(r.on), r.placed.message.at)):
        entry = entry_of(each, sides)
        if entry is None or entry.id in known or entry.on > sides.practice.today:
            continue
        known.add(entry.id)
        held = [*log.open_promises(sides.payer), *_waiting(log, sides)]
        entry = renewed_by(entry, held)
        settles = settled_by(entry, held)
        made.append(log.propose(Entry(**{**entry.__dict__, "settles": settles})))
    return tuple(made)


def entry_of(read: Read, sides: Sides) -> Entry | None:
    """The entry that a message gives; None where its day or its side is not told."""
    if read.on is None or read.by is None:
        return None
    message = read.placed.message
    contact = sides.contact(message) if read.by == "payer" else None
    priced = (*read.of("offer"), *read.of("acceptance"))
    offers = tuple(_offer(each, read.by) for each in priced)
    promises = tuple(Promise("", read.by, promised(each), each.due) for each in read.of("promise"))
    other: Party = "practice" if read.by == "payer" else "payer"
    asked = tuple(
        Promise("", other, wanted(each), each.due) for each in read.of("question") if each.due
    )
    return Entry(
        id=f"mail-{read.key}",
        payer=sides.payer,
        on=read.on,
        channel="email",
        direction="in" if read.by == "payer" else "out",
        who=message.sender,
        words=_words(read),
        promises=(*promises, *asked),
        offers=offers,
        file=read.document.name,
        stage="agreed" if read.of("acceptance") else "",
        contacts=(contact,) if contact else (),
    )


def promised(said: Said) -> str:
    """What is promised, without who promises and by when: "send you the draft"."""
    return _LEAD.sub("", _without_day(said))[:200]


def wanted(said: Said) -> str:
    """What is asked for, as the other side owes it: "our quality report (asked for)"."""
    words = _without_day(said)
    thing = _SEND.search(words)
    if thing:
        owner = "our" if thing["owner"].lower() == "your" else thing["owner"]
        return f"{owner} {thing['what']}"[:190] + ASKED
    return f"an answer ({words[:170]}){ASKED}"


def _without_day(said: Said) -> str:
    """The sentence without its full stop and without the day at its end."""
    words = said.words.strip().rstrip(".!")
    return _BY.sub("", words) if said.due else words


def _waiting(log: Log, sides: Sides) -> list[tuple[Entry, Promise]]:
    """Promises in entries that wait: one mail may hold a promise and its fulfilment."""
    return [(e, p) for e in log.pending() if e.payer == sides.payer for p in e.promises]


def _offer(said: Said, by: Party) -> Offer:
    return Offer(
        "", by, said.percent, said.percent_of_medicare, said.dollars, said.starts,
        said.words[:300], said.until,
    )  # fmt: skip


def _words(read: Read) -> str:
    """What the message says that matters, else how it begins; its subject before it."""
    message = read.placed.message
    opening = read.opening()
    said = list(dict.fromkeys(each.words for each in read.said))
    words = " ".join(said) if said else " ".join(opening.quote.split()) if opening else ""
    subject = f"{message.subject}: " if message.subject else ""
    quoted = " (as quoted in a later email)" if message.quoted else ""
    return f"{subject}{words}"[:MOST_WORDS].rstrip() + quoted
