"""What the log of a negotiation is made of: who spoke with whom, what was promised and offered.

Everything here is what somebody said or wrote, as it was told; nothing is made up for an
empty field. Money and percents are Decimal; a percent is 8 for 8%.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Literal

Party = Literal["payer", "practice"]
Channel = Literal["call", "email", "letter", "meeting", "portal", "voicemail", "other"]
Direction = Literal["out", "in", "both"]
CHANNELS: tuple[Channel, ...] = (
    "call", "email", "letter", "meeting", "portal", "voicemail", "other",
)  # fmt: skip
STAGES = (
    "not begun",
    "preparing",
    "asked",
    "waiting",
    "offer on the table",
    "countered",
    "agreed",
    "amendment in hand",
    "in force",
)


@dataclass(frozen=True)
class Contact:
    """A person or desk at a payer, in the user's own words; an empty field was not said."""

    id: str
    payer: str
    name: str
    role: str = ""
    email: str = ""
    phone: str = ""
    note: str = ""


@dataclass(frozen=True)
class Promise:
    """What one side said it would do, and by when (None where no day was said)."""

    id: str
    by: Party
    what: str
    due: date | None = None


@dataclass(frozen=True)
class Offer:
    """A price one side named: percent on today's rates, percent of Medicare, or dollars.

    by "practice" is an ask of ours, by "payer" an offer of theirs. dollars: USD a year.
    starts: the first day it would hold; until: the last day it can be taken. words: how it
    was said.
    """

    id: str
    by: Party
    percent: Decimal | None = None
    percent_of_medicare: Decimal | None = None
    dollars: Decimal | None = None
    starts: date | None = None
    words: str = ""
    until: date | None = None


@dataclass(frozen=True)
class Entry:
    """One thing that happened with a payer, or one word of the user's about where it stands.

    on: the day it happened. direction: "out" from the practice, "in" from the payer. who: the
    person or role as named. draft: the id of a draft that went out; file: the name of a file
    that came in; made: when it was written down (ISO). contacts: persons to keep with it.
    stage: set where the user says where the negotiation stands. settles: ids of promises that
    it fulfils; renews: ids of those it gives another day. replaces: the id of a kept entry that
    it puts right. is_contact: False for a word about the negotiation by which nobody was reached.
    """

    id: str
    payer: str
    on: date
    channel: Channel
    direction: Direction
    who: str = ""
    words: str = ""
    promises: tuple[Promise, ...] = ()
    offers: tuple[Offer, ...] = ()
    draft: str = ""
    file: str = ""
    made: str = ""
    contacts: tuple[Contact, ...] = ()
    stage: str = ""
    settles: tuple[str, ...] = ()
    renews: tuple[str, ...] = ()
    replaces: str = ""
    is_contact: bool = True


def entry_as_data(entry: Entry) -> dict[str, Any]:
    """The entry as plain JSON data; dates are ISO, decimals text."""
    plain: dict[str, Any] = _plain(asdict(entry))
    return plain


def entry_from(data: Mapping[str, Any]) -> Entry:
    """The entry that `entry_as_data` wrote; raises ValueError or TypeError for other data."""
    return Entry(
        **{
            **data,
            "on": date.fromisoformat(data["on"]),
            "promises": tuple(
                Promise(**{**each, "due": _day(each["due"])}) for each in data["promises"]
            ),
            "offers": tuple(_offer(each) for each in data["offers"]),
            "contacts": tuple(Contact(**each) for each in data["contacts"]),
            "settles": tuple(data["settles"]),
            "renews": tuple(data.get("renews", ())),
        }
    )


def _offer(data: Mapping[str, Any]) -> Offer:
    amounts = {
        name: None if data[name] is None else Decimal(data[name])
        for name in ("percent", "percent_of_medicare", "dollars")
    }
    days = {name: _day(data.get(name)) for name in ("starts", "until")}
    return Offer(**{**data, **amounts, **days})


def _day(words: str | None) -> date | None:
    return date.fromisoformat(words) if words else None


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value
