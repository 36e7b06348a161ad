"""A word that puts right what was just told: "no, Dec 16", "it was an email", "make that 5%"."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from copilot.tracker.entries import Entry, Offer, Promise
from copilot.tracker.said_amounts import amounts_alone
from copilot.tracker.said_days import days_said
from copilot.tracker.said_events import channel_named
from copilot.tracker.said_people import person_in
from copilot.tracker.statements import PayerSpans

_PUTS_RIGHT = re.compile(
    r"^\W*(?:no\b(?! (?:answer|response|reply|word|news|one))|nope|not quite|wrong|actually"
    r"|sorry|oops"
    r"|correction|i meant|i mean|make (?:it|that)|change (?:it|that|the)|it was|it's|that was"
    r"|the (?:date"
    r"|day|payer|amount) (?:is|was)|should (?:be|have been)|rather)\b", re.IGNORECASE)  # fmt: skip
_KEEPS = re.compile(
    r"^\W*(?:yes|yep|yeah|ok(?:ay)?|sure|right|correct|please)?[\s,]*(?:(?:please )?(?:keep"
    r"|confirm|save"
    r"|store|log)(?: (?:it|that|this|them|both|all|the entr(?:y|ies)))?|that's right|looks"
    r" (?:good|right))?"
    r"[\s,.!]*(?:please)?\W*$", re.IGNORECASE)  # fmt: skip
_DROPS = re.compile(
    r"^\W*(?:no[,.]?\s+)?(?:discard|drop|forget|delete|remove|undo|scrap|don't (?:keep|log|save))\b"
    r"(?: (?:it|that|this|them|the (?:entry|log|last(?: entry)?)))?\W*$",
    re.IGNORECASE)  # fmt: skip
_ORDERS = re.compile(r"^\W*(?:make|change)\b", re.IGNORECASE)
_THING = re.compile(
    r"\d|day\b|yesterday|tomorrow|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)|e-?mail"
    r"|call|voice ?mail|letter|meeting|portal",
    re.IGNORECASE,
)
LONGEST = 14
UNDATED = timedelta(30)
_Place = tuple[date, Callable[[date], Entry], Callable[[date], bool]]


def keeps(words: str) -> bool:
    """Whether a message only says that what waits is right."""
    return bool(re.search(r"\w", words)) and bool(_KEEPS.match(words))


def drops(words: str) -> bool:
    """Whether a message only says that what waits shall not be kept."""
    return bool(_DROPS.match(words))


def puts_right(words: str) -> bool:
    """Whether a message is short and begins as a correction does ("no, Dec 16")."""
    if not _PUTS_RIGHT.match(words) or len(words.split()) > LONGEST:
        return False
    return not _ORDERS.match(words) or bool(_THING.search(words))


def corrected(entry: Entry, words: str, today: date, payer_spans: PayerSpans) -> Entry | None:
    """The entry with what the words put right; None where they are no correction of it.

    A day takes the place of that of its days (the contact's, the promise's, the offer's) which
    lies nearest to it; a percent is the offer's; a payer, a person or a channel takes the place
    of what was there.
    """
    if not puts_right(words):
        return None
    made = entry
    named = payer_spans(words)
    if named:
        payer = str(named[-1].value)
        contacts = tuple(replace(each, payer=payer) for each in made.contacts)
        made = replace(made, payer=payer, contacts=contacts)
    made = _amounts(_days(made, words, today), words)
    channel = channel_named(words)
    if channel:
        made = replace(made, channel=channel)
    person = person_in(words, tuple((s.start, s.end) for s in named))
    if person.shown and not (named and not person.name):
        made = replace(made, who=person.shown)
        if person.name:
            persons = [
                replace(c, name=person.name, role=person.role or c.role) for c in made.contacts
            ]
            made = replace(made, contacts=tuple(persons))
    if made == entry:
        return entry if _names_something(entry, words, today) else None
    return replace(made, words=f"{entry.words} (put right: {' '.join(words.split())})")


def _names_something(entry: Entry, words: str, today: date) -> bool:
    """Whether the words name a day or an amount, though the entry says it already."""
    days = days_said(words, today, ahead=True, base=entry.on)
    return bool(days or amounts_alone(words) or channel_named(words))


def _days(entry: Entry, words: str, today: date) -> Entry:
    """The entry with the day said in place of that of its days which lies nearest to it."""
    said = [*days_said(words, today, ahead=True, base=entry.on)]
    said += days_said(words, today, ahead=False)
    wishes = [
        (abs((each.day - now).days), put(each.day))
        for each in said
        for now, put, fits in _places(entry, today)
        if fits(each.day)
    ]
    return min(wishes, key=lambda wish: wish[0])[1] if wishes else entry


def _places(entry: Entry, today: date) -> list[_Place]:
    """The days an entry holds: each as it is now, how to put another there, and which fit."""
    places: list[_Place] = [
        (entry.on, lambda day: replace(entry, on=day), lambda day: day <= today)
    ]
    if entry.promises:
        due = max((each.due for each in entry.promises if each.due), default=None)
        places.append((due or today + UNDATED, lambda day: replace(
            entry, promises=_due(entry.promises, day)), lambda day: day >= entry.on))  # fmt: skip
    if entry.offers:
        last = entry.offers[-1]
        for name, now in (("starts", last.starts), ("until", last.until)):
            if now is not None:
                places.append((now, _offer_day(entry, name), lambda day: day >= entry.on))
    return places


def _offer_day(entry: Entry, name: str) -> Callable[[date], Entry]:
    def put(day: date) -> Entry:
        last = entry.offers[-1]
        right = replace(last, starts=day) if name == "starts" else replace(last, until=day)
        return replace(entry, offers=(*entry.offers[:-1], right))

    return put


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
    return replace(entry, offers=(*entry.offers[:-1], _priced(last, kind, value)))


def _priced(offer: Offer, kind: str, value: Decimal) -> Offer:
    if kind == "percent":
        return replace(offer, percent=value)
    if kind == "dollars":
        return replace(offer, dollars=value)
    return replace(offer, percent_of_medicare=value)
