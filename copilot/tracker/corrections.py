"""A word that puts right what was just told: "no, Dec 16", "it was an email", "make that 5%"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from copilot.tracker.entries import Entry, Promise
from copilot.tracker.said_amounts import amounts_alone
from copilot.tracker.said_days import days_said
from copilot.tracker.said_events import channel_named
from copilot.tracker.said_people import person_in
from copilot.tracker.told import PayerSpans

_PUTS_RIGHT = re.compile(
    r"^\W*(?:no\b(?! (?:answer|response|reply|word|news|one))|nope|not quite|wrong|actually|sorry|oops"
    r"|correction|i meant|i mean|make (?:it|that)|change (?:it|that|the)|it was|it's|that was|the (?:date"
    r"|day|payer|amount) (?:is|was)|should (?:be|have been)|rather)\b", re.IGNORECASE)  # fmt: skip
_KEEPS = re.compile(
    r"^\W*(?:yes|yep|yeah|ok(?:ay)?|sure|right|correct|please)?[\s,]*(?:(?:please )?(?:keep|confirm|save"
    r"|store|log)(?: (?:it|that|this|them|both|all|the entr(?:y|ies)))?|that's right|looks (?:good|right))?"
    r"[\s,.!]*(?:please)?\W*$", re.IGNORECASE)  # fmt: skip
_DROPS = re.compile(
    r"^\W*(?:no[,.]?\s+)?(?:discard|drop|forget|delete|remove|undo|scrap|don't (?:keep|log|save))\b"
    r"(?: (?:it|that|this|them|the (?:entry|log|last(?: entry)?)))?\W*$", re.IGNORECASE)  # fmt: skip
LONGEST = 14


def keeps(words: str) -> bool:
    """Whether a message only says that what waits is right."""
    return bool(re.search(r"\w", words)) and bool(_KEEPS.match(words))


def drops(words: str) -> bool:
    """Whether a message only says that what waits shall not be kept."""
    return bool(_DROPS.match(words))


def corrected(
    entry: Entry, words: str, today: date, payer_spans: PayerSpans
) -> Entry | None:
    """The entry with what the words put right; None where they are no correction of it.

    A day ahead is the day of the promise (or of the offer's start), one behind that of the
    contact; a percent is the offer's; a payer, a person or a channel takes the place of what
    was there.
    """
    if not _PUTS_RIGHT.match(words) or len(words.split()) > LONGEST:
        return None
    made = entry
    named = payer_spans(words)
    if named:
        made = replace(made, payer=str(named[-1].value),
                       contacts=tuple(replace(c, payer=str(named[-1].value)) for c in made.contacts))  # fmt: skip
    made = _amounts(_days(made, words, today), words)
    channel = channel_named(words)
    if channel:
        made = replace(made, channel=channel)
    person = person_in(words, tuple((s.start, s.end) for s in named))
    if person.shown and not (named and not person.name):
        made = replace(made, who=person.shown)
        if person.name:
            contacts = [replace(c, name=person.name, role=person.role or c.role) for c in made.contacts]
            made = replace(made, contacts=tuple(contacts))
    if made == entry:
        return None
    return replace(made, words=f"{entry.words} (put right: {' '.join(words.split())})")


def _days(entry: Entry, words: str, today: date) -> Entry:
    ahead = [d for d in days_said(words, today, ahead=True, base=entry.on) if d.day >= entry.on]
    behind = days_said(words, today, ahead=False)
    happened = re.search(r"\b(?:yesterday|ago|last|was|today|this morning)\b", words, re.IGNORECASE)
    if behind and behind[-1].day <= today and (happened or not (entry.promises or entry.offers)):
        return replace(entry, on=behind[-1].day)
    if not ahead:
        return entry
    day = ahead[-1].day
    if entry.promises:
        return replace(entry, promises=_due(entry.promises, day))
    if entry.offers:
        last = replace(entry.offers[-1], starts=day)
        return replace(entry, offers=(*entry.offers[:-1], last))
    return entry


def _due(promises: Sequence[Promise], day: date) -> tuple[Promise, ...]:
    """The promises with another day for the last that has one, else for the last."""
    at = max((n for n, each in enumerate(promises) if each.due), default=len(promises) - 1)
    return tuple(replace(p, due=day) if n == at else p for n, p in enumerate(promises))


def _amounts(entry: Entry, words: str) -> Entry:
    said = amounts_alone(words)
    if not said or not entry.offers:
        return entry
    kind, value = said[-1]
    last = replace(entry.offers[-1], percent=None, percent_of_medicare=None, dollars=None)
    return replace(entry, offers=(*entry.offers[:-1], replace(last, **{kind: value})))
