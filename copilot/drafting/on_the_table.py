"""The payer's offer that waits for an answer: what it gives, by when, and what it leaves out.

It is the latest of an offer letter on file and the offers of the log; one whose last day is
past, or that the talks have settled since, is not on the table.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime

from copilot.drafting.asked import Ask
from copilot.drafting.facts import Facts
from copilot.drafting.looked_up import LookedUp, figure_named
from copilot.drafting.shared_values import Value
from copilot.drafting.situations.history import day_figure, history_of
from copilot.drafting.situations.offer_letter import UNTIL, OfferLetter, offer_letter
from copilot.drafting.working_days import reply_day
from copilot.tracker.entries import Entry, Offer
from copilot.tracker.stages import SETTLED
from knowledge.business_days import last_business_day
from knowledge.documents.document import Document
from knowledge.evidence import Basis, Citation, Figure

CAPTION = 6  # words of a caption at most
RETURN = 20  # words of what it asks in return
QUOTED = 14  # words of their letter that a line can hold
LACKS = (
    ("a yearly increase", r"\b(?:year(?:ly)?|annual\w*|second year|year two)\b[^.|\n]{0,40}"
     r"\b(?:increas|rais|step)|\b(?:increas|escalat)\w*[^.|\n]{0,40}\b(?:year|annual)"),
    ("its first day", r"\b(?:start|effective|begin|from|as of)\w*\b[^.\n]{0,30}\b(?:19|20)\d\d\b"),
    ("how long it holds", r"\b(?:through|for|until the end of|locked|held|guaranteed)\b[^.\n]{0,40}"
     r"(?:\byears?\b|\bmonths?\b|\b20\d\d\b)"),
)  # fmt: skip


@dataclass(frozen=True)
class OnTheTable:
    """An offer that waits. letter: where it came in writing; entry and offer: where it was
    logged; amount, worth: its price and what it is worth a year, where that can be said."""

    letter: OfferLetter | None
    entry: Entry | None
    offer: Offer | None
    amount: Figure | None
    worth: Figure | None
    lacks: tuple[str, ...]

    @property
    def until(self) -> date | None:
        """Its last day, None where none was named."""
        if self.letter is not None and self.letter.until is not None:
            value = self.letter.until.value
            return value if isinstance(value, date) else None
        return self.offer.until if self.offer else None

    def citations(self) -> tuple[Citation, ...]:
        """The places in their letter."""
        return self.letter.citations if self.letter else ()


def on_the_table(looked: LookedUp, payer: str) -> OnTheTable | None:
    """The payer's offer that waits for an answer; None where there is none."""
    return looked.once(f"on the table {payer}", lambda: _read(looked, payer))


def _read(looked: LookedUp, payer: str) -> OnTheTable | None:
    practice = looked.desk.practice
    past = history_of(looked, payer)
    papers = [d for d in practice.library.documents(payer) if d.kind == "offer"]
    letter = offer_letter(practice, payer) if papers else None
    if letter is not None and _over(papers[-1], practice.today):
        letter = None
    entry, offer = past.offer or (None, None)
    if offer is not None and offer.until is not None and offer.until < practice.today:
        entry, offer = None, None
    written = letter.dated.value if letter and letter.dated else None
    if letter is not None and entry is not None:
        if isinstance(written, date) and entry.on > written:
            letter = None
        else:
            entry, offer = None, None
    made = entry.on if entry else written
    settled = [e.on for e in past.entries if e.stage in SETTLED]
    if (letter is None and offer is None) or (isinstance(made, date) and max(
        settled, default=date.min) >= made
    ):  # fmt: skip
        return None
    amount = _amount(offer, entry) if offer and entry else None
    lacks = _lacks(papers[-1].text) if letter is not None else ()
    return OnTheTable(letter, entry, offer, amount, _worth(looked, payer, offer), lacks)


def offer_values(held: OnTheTable) -> dict[str, Value]:
    """What a line may name of the offer: its day, its price, its first and last day."""
    values: dict[str, Value] = {}
    if held.letter is not None:
        named = {"offer_date": held.letter.dated, "offer_until": held.letter.until,
                 "offer_start": held.letter.starts}  # fmt: skip
        values |= {name: figure for name, figure in named.items() if figure is not None}
        if held.letter.points:
            values["offer_said"] = _said(held.letter)
            values["offer_place"] = held.letter.points[0][1]
        if held.letter.in_return is not None:
            values["in_return"] = glanced(held.letter.in_return, RETURN)
            values["in_return_place"] = held.letter.in_return
    elif held.offer is not None and held.entry is not None:
        where = f"the log of {held.entry.on.isoformat()}"
        values["offer_date"] = day_figure("Offer made", held.entry.on, where)
        for name, day in (("offer_start", held.offer.starts), ("offer_until", held.offer.until)):
            if day is not None:
                values[name] = day_figure(name.replace("_", " ").capitalize(), day, where)
        if held.amount is not None:
            values["offered_price"] = held.amount
            medicare = held.offer.percent is None and held.offer.percent_of_medicare is not None
            values["of_what"] = " of Medicare" if medicare else ""
    if held.worth is not None:
        values["offered_worth"] = held.worth
    if held.lacks:
        values["lacks"] = " or ".join(held.lacks)
    return values


def gap_to(held: OnTheTable, ask: Ask) -> Figure | None:
    """How far the offer's worth lies below the ask's, a year; None where one is not known."""
    if held.worth is None or ask.worth is None or ask.worth.number <= held.worth.number:
        return None
    basis = Basis("worth of the ask - worth of the offer, a year", (ask.worth, held.worth))
    return Figure("Distance between ask and offer a year", ask.worth.number - held.worth.number,
                  "USD", basis)  # fmt: skip


def in_time(held: OnTheTable, facts: Facts, reply: Figure, today: date) -> Figure:
    """The day for an answer: the last working day before the offer lapses, where that is first."""
    until = held.until
    if until is None or facts.reply_on or not isinstance(reply.value, date) or reply.value < until:
        return reply
    day = last_business_day(until)
    return reply_day(today, on=day.isoformat()) if day > today else reply


def glanced(citation: Citation, most: int = QUOTED) -> str:
    """The first words of a passage in marks, verbatim; a caption before them is left out."""
    whole = " ".join(citation.quote.split())
    caption, _, after = whole.partition(". ")
    words = (after if after and len(caption.split()) <= CAPTION else whole).split()
    said = " ".join(words[:most]).rstrip(".,;")
    return f"“{said}”" + (" …" if len(words) > most else "")


def _said(letter: OfferLetter) -> str:
    """The first price of the letter in its own words."""
    what, citation = letter.points[0]
    named = f"{what[:1].upper()}{what[1:]}: " if what else ""
    return f"{named}{glanced(citation)}"


def _over(letter: Document, today: date) -> bool:
    """Whether the last day that a letter names for an answer is past."""
    found = UNTIL.search(letter.text)
    if found is None:
        return False
    said = " ".join(found.groups()[-3:])
    return datetime.strptime(said, "%B %d %Y").date() < today


def _lacks(text: str) -> tuple[str, ...]:
    return tuple(what for what, named in LACKS if not re.search(named, text, re.IGNORECASE))


def _amount(offer: Offer, entry: Entry) -> Figure | None:
    basis = Basis(f"the log of {entry.on.isoformat()}")
    if offer.dollars is not None and offer.percent is None and offer.percent_of_medicare is None:
        return Figure("Offered, a year", offer.dollars, "USD", basis)
    value = offer.percent if offer.percent is not None else offer.percent_of_medicare
    if value is None:
        return None
    places = 0 if value == value.to_integral_value() else None
    return Figure("Offered", value, "percent", basis, places=places)


def _worth(looked: LookedUp, payer: str, offer: Offer | None) -> Figure | None:
    """USD a year at today's volume of a logged price, where claims price it."""
    if offer is None:
        return None
    named = {"percent": offer.percent} if offer.percent is not None else {
        "percent_of_medicare": offer.percent_of_medicare}  # fmt: skip
    if None in named.values():
        return None
    found = looked.finding("model_fee_change", payer=payer, **named)
    return figure_named(found, "worth") if found else None
