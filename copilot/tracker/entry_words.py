"""An entry of the log in sentences, each number in it a figure."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from copilot.tracker.agreed import is_agreed
from copilot.tracker.entries import Contact, Entry, Offer, Promise
from copilot.tracker.offer_worth import amount_of, of_medicare
from knowledge.business_days import is_business_day, last_business_day
from knowledge.evidence import Basis, Figure, Sentence, long_date, says

CHANNEL_WORDS = {
    "call": "call",
    "email": "email",
    "letter": "letter",
    "meeting": "meeting",
    "portal": "message through the portal",
    "voicemail": "voicemail",
    "other": "contact",
}
ASKED = " (asked for)"  # ends what a side was asked for and has not promised
_JOINS = {"out": "to", "in": "from", "both": "with"}


def title_of(entry: Entry, short: str) -> str:
    """What the entry is, for a card or a row: "Call with Kestrel, Dana Wu"."""
    who = f", {entry.who}" if entry.who else ""
    if not entry.is_contact:
        if entry.stage:
            return f"{short}: {entry.stage}"
        return f"Contact at {short}{who}" if entry.contacts else f"Note on {short}{who}"
    word = CHANNEL_WORDS[entry.channel]
    if entry.channel == "other":
        word = "news" if entry.direction == "in" else word
    return f"{word.capitalize()} {_JOINS[entry.direction]} {short}{who}"


def day_figure(name: str, day: date, words: str = "as you told it") -> Figure:
    """A day of the log as a figure."""
    return Figure(name, day, "date", Basis(words))


def entry_said(entry: Entry, short: str, worths: dict[str, Figure]) -> list[Sentence]:
    """What the entry holds, sentence by sentence; worths: USD a year by the offer's id."""
    told = day_figure(f"{title_of(entry, short)}: day", entry.on)
    said = [says("{title}, {day}.", title=title_of(entry, short), day=told)]
    if not entry.is_contact and (entry.contacts or entry.promises) and not entry.stage:
        said = []
    said += [offer_said(entry, each, short, worths.get(each.id)) for each in entry.offers]
    said += [promise_said(each, short) for each in entry.promises]
    said += [contact_said(each, short) for each in entry.contacts]
    if entry.stage and entry.is_contact:
        said.append(says("The stage becomes: {stage}.", stage=entry.stage))
    return said


def offer_said(entry: Entry, offer: Offer, short: str, worth: Figure | None) -> Sentence:
    """Who named which price, from when, until when, and what it is worth a year."""
    amount = amount_of(entry, offer, short)
    if amount is None:
        return says("{who} named a price in words: “{words}”.",
                    who=short if offer.by == "payer" else "We", words=offer.words)  # fmt: skip
    cut = offer.percent is not None and offer.percent < 0
    who = f"{short} {'announced a change of' if cut else 'offered'}"
    lead = who if offer.by == "payer" else "We asked for"
    lead = f"Agreed with {short} at" if is_agreed(entry, offer) else lead
    parts = [lead + " {amount}" + of_medicare(offer)]
    values: dict[str, Figure | str] = {"amount": amount}
    if offer.dollars is not None:
        parts[0] += " a year"
    if offer.starts is not None:
        parts.append(" from {starts}")
        values["starts"] = day_figure(f"{amount.name}: first day", offer.starts)
    if offer.until is not None:
        parts.append(", good until {until}")
        values["until"] = day_figure(f"{amount.name}: last day to take it", offer.until)
    if worth is not None and offer.dollars is None:
        parts.append(", worth {worth} a year on your last twelve months")
        values["worth"] = worth
    return says("".join(parts) + ".", **values)


def owed(promise: Promise, short: str) -> tuple[str, str]:
    """Who promised, or was asked for, what: ("Kestrel asked us for", "our quality report")."""
    ours = promise.by == "practice"
    if promise.what.endswith(ASKED):
        lead = f"{short} asked us for" if ours else f"We asked {short} for"
        return lead, promise.what.removesuffix(ASKED)
    return f"{'We' if ours else short} promised:", promise.what


def promise_said(promise: Promise, short: str) -> Sentence:
    """Who promised what by when; for ours on no working day, the day before it to act on."""
    lead, what = owed(promise, short)
    words = "{lead} {what}"
    values: dict[str, Figure | str] = {"lead": lead, "what": what}
    if promise.due is None:
        return says(words + " (no day was named).", **values)
    values["due"] = day_figure(f"{lead} {what}", promise.due)
    if promise.by == "practice" and not is_business_day(promise.due):
        safe = last_business_day(promise.due)
        values["safe"] = day_figure(f"Act by, {what}", safe,
                                    "the working day before the day named")  # fmt: skip
        return says(words + ", by {due}, which is no working day: act by {safe}.", **values)
    return says(words + ", by {due}.", **values)


def contact_said(contact: Contact, short: str) -> Sentence:
    """Who the person is, with what was said of them."""
    more = [part for part in (contact.role, contact.email, contact.phone) if part]
    return says("Contact at {short}: {name}.", short=short, name=", ".join([contact.name, *more]))


def settles_said(promise: Promise, made: date, short: str) -> Sentence:
    """Which promise an entry fulfils."""
    whose = "our promise" if promise.by == "practice" else f"{short}'s promise"
    day = day_figure(f"{promise.what}: promised", made)
    return says("This settles {whose} of {day}: {what}.", whose=whose, day=day, what=promise.what)


def renews_said(promise: Promise, made: date, short: str) -> Sentence:
    """Which promise an entry gives another day."""
    whose = "our promise" if promise.by == "practice" else f"{short}'s promise"
    day = day_figure(f"{promise.what}: promised", made)
    return says("This takes the place of {whose} of {day}: {what}.", whose=whose, day=day,
                what=promise.what)  # fmt: skip


def count_figure(name: str, number: int, words: str = "counted in the log") -> Figure:
    """A count of things in the log; words: what was counted."""
    return Figure(name, Decimal(number), "count", Basis(words))


def dated(day: date) -> str:
    """The day with its weekday, for a card: "Tuesday, November 24, 2026"."""
    return f"{day:%A}, {long_date(day)}"
