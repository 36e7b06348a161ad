"""What a remark in the margin says of a clause: that it is fine, that it is not, or how far off."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from knowledge.positions import Position
from knowledge.terms.language.quantities import durations, percents

Way = Literal["right", "beyond", "wrong"]
Stance = Literal["approves", "objects", "asks", "neutral"]

_APPROVES = re.compile(
    r"^\W*(?:(?:this|it|that|clause)(?: one)?(?: is|'s| looks| seems| reads)?\s+|looks? |seems? "
    r"|all |reads )?(?:ok(?:ay)?|fine|good|fair|great|agreed?|acceptable|accept(?:ed)?|standard"
    r"|mutual|balanced|reasonable|usual|no (?:change|issue|concern|problem|objection)s?|leave"
    r"|keep|as is|happy|we can live)\b",
    re.IGNORECASE,
)
_BUT = re.compile(
    r"\b(?:but|however|except|too|strike|delete|remove|instead|unfair|keep in mind)\b|\?",
    re.IGNORECASE,
)
_OBJECTS = re.compile(
    r"\btoo (?:short|long|broad|vague|early|late|low|much|little|tight|far|wide|one)|unfair"
    r"|one[- ]?sided|\bnot (?:acceptable|ok|okay|fair|agreed?|reasonable|good|right|enough|for us"
    r"|signing)|unaccept|unreason|\b(?:can't|cannot|won't|will not|do not|don't|never)\b"
    r"|\b(?:strike|delete|remove|reject|refuse|object|revise|replace|instead|should|must|need"
    r"|want|ask|propose|counter|negotiate|push back|take (?:this |it )?out|get rid|make (?:this"
    r"|it)|bad|problem|risk\w*|danger\w*|concern\w*|red flag|trap|no way|protect|missing|require"
    r"|mutual|both (?:parties|sides)|dangerous|harmful|change (?:this|it|to))\b|^\W*no\b",
    re.IGNORECASE,
)


def stance(words: str) -> Stance:
    """Whether a remark approves, objects or asks for something, only asks, or says neither."""
    approves = bool(_APPROVES.search(words))
    if approves and not _BUT.search(words):
        return "approves"
    if _OBJECTS.search(words):
        return "objects"
    return "asks" if "?" in words else "neutral"


@dataclass(frozen=True)
class Wanted:
    """Which way a position's number is to go, and the farthest that we ask for.

    more: whether more is better. farthest: our opening, in `unit` (days, months or percent).
    """

    more: bool
    farthest: Decimal
    unit: str


def wanted(position: Position | None) -> Wanted | None:
    """The way of a position that has one; None for one told in words, or with two bounds."""
    if position is None:
        return None
    asked = percents(position.ask.opening)
    if asked:
        return Wanted(True, asked[0].value, "percent")
    bounds = position.accept
    if bounds is None or not position.ask.opening.isdigit():
        return None
    low = bounds.at_least is not None or bounds.more_than is not None
    if low == (bounds.at_most is not None):
        return None
    return Wanted(low, Decimal(position.ask.opening), position.unit or position.ask.unit)


def amounts(words: str, unit: str) -> list[Decimal]:
    """The spans of time in a unit, or the percents, that words state."""
    if unit == "percent":
        return [each.value for each in percents(words)]
    return [each.months if unit == "months" else each.days for each in durations(words)]


def way_of(amount: Decimal, now: Decimal, wish: Wanted) -> Way:
    """Where an amount lies, seen from the one that stands there now."""
    if wish.more:
        return "wrong" if amount < now else "beyond" if amount > wish.farthest else "right"
    return "wrong" if amount > now else "beyond" if amount < wish.farthest else "right"
