"""Which price an agreement is about: the one that stands by the word of taking it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from copilot.tracker.entries import Entry, Offer, Party
from copilot.tracker.said_amounts import amounts_alone

_SETTLED = ("agreed", "amendment in hand", "in force")
_TAKES = re.compile(
    r"\baccepted\b|\bagreed (?:on|to|at)\b|\bsettled (?:on|at|for)\b|\bdeal\b|\bsaid yes to\b"
    r"|\bsigned off on\b|\bshook hands\b",
    re.IGNORECASE,
)
_STOP = re.compile(r"[.;!?](?=\s|$)|\n")
_OURS = re.compile(
    r"\b(?:accepted|agreed to|said yes to|signed off on) (?:our|my)\b", re.IGNORECASE
)
_NEAR = 80  # signs behind the word of taking in which its price stands


def taken_last(offers: Sequence[Offer], text: str, bare: bool = False) -> tuple[Offer, ...]:
    """The offers of words that tell of an agreement, the price agreed on last.

    "they accepted 6%" behind "we asked for 8%" is the 6%. Amounts of one side that could not
    be told apart give way to the price agreed on. bare: whether a number alone is a percent.
    """
    price = _price(text, bare)
    if price is None:
        return tuple(offers)
    kind, value = price
    same = [each for each in offers if getattr(each, kind) == value]
    if same:
        return (*(each for each in offers if each is not same[-1]), same[-1])
    unclear = [e for e in offers if (e.percent, e.percent_of_medicare, e.dollars) == (None,) * 3]
    by: Party = "practice" if _OURS.search(text) else "payer"
    made = Offer("", by, starts=unclear[-1].starts if unclear else None,
                 words=" ".join(text.split())[:300], **{kind: value})  # type: ignore[arg-type]  # fmt: skip
    return (*(each for each in offers if each not in unclear), made)


def _price(text: str, bare: bool) -> tuple[str, Decimal] | None:
    """The first price behind a word of taking, in its sentence, with its field of an Offer."""
    for word in _TAKES.finditer(text):
        stop = _STOP.search(text, word.end())
        end = min(word.end() + _NEAR, stop.start() if stop else len(text))
        if found := amounts_alone(text[word.start() : end], bare):
            return found[0]
    return None


def is_agreed(entry: Entry, offer: Offer) -> bool:
    """Whether an entry tells that this price was agreed on."""
    return entry.stage in _SETTLED and bool(entry.offers) and entry.offers[-1] == offer


def agreed_in(entry: Entry, earlier: Sequence[Offer]) -> Offer | None:
    """The price that an agreement is about: its own, else the last one of the side whose price
    its words say was taken ("accepted our proposal"); None where neither is told."""
    if entry.offers:
        return entry.offers[-1]
    if not _OURS.search(entry.words):
        return None
    return next((each for each in reversed(earlier) if each.by == "practice"), None)
