"""Numbers in a message, written in digits or in words, as exact decimals."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from copilot.numbers import ONES, TENS

_WORDS = "|".join(sorted([*ONES, *TENS], key=len, reverse=True))
_SPOKEN = re.compile(
    rf"\b(?:(?:a|one) hundred(?: and)?(?:[ -](?:{_WORDS}))*"
    rf"|(?:{_WORDS})(?:[ -](?:{_WORDS}|hundred))*)"
    r"(?: point (?:" + _WORDS + r"))?(?: and a half)?\b",
    re.IGNORECASE,
)
_DIGITS = re.compile(
    r"(?<![\w.])-?\$?\d{1,3}(?:,\d{3})+(?:\.\d+)?|(?<![\w.,])-?\$?(?:\d+(?:\.\d+)?|\.\d+)"
)


def numbers_in(text: str) -> Iterator[tuple[int, int, Decimal]]:
    """Start, end and value of each number; a dollar sign before it is part of its place."""
    for match in _DIGITS.finditer(text):
        yield match.start(), match.end(), Decimal(re.sub(r"[$,]", "", match.group()))
    for match in _SPOKEN.finditer(text):
        value = _spoken(match.group().lower())
        if value is not None:
            yield match.start(), match.end(), value


def _spoken(words: str) -> Decimal | None:
    half = words.endswith(" and a half")
    whole, _, point = words.removesuffix(" and a half").partition(" point ")
    total = 0
    for word in re.split(r"[ -]+", whole):
        if word == "hundred":
            total = max(total, 1) * 100
        elif word in TENS:
            total += TENS[word]
        elif word in ONES:
            total += ONES[word]
        elif word not in ("a", "and"):
            return None
    value = Decimal(total)
    if point:
        value += Decimal(ONES.get(point, 0)) / 10
    return value + Decimal("0.5") if half else value
