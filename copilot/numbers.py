"""Numbers as they stand in a text: where, how they read, and how exact they claim to be.

What counts: money, percents, points, counts, durations, spelled-out amounts with a unit,
dates and years. What does not: procedure codes (named, not claimed), section numbers that
belong to a citation, list markers, and small spelled-out words without a unit ("two asks").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

Kind = Literal["money", "percent", "points", "duration", "count", "date", "month", "year"]

MONTHS = {
    name: number
    for number, name in enumerate(
        [
            "january",
            "february",
            "march",
            "april",
            "may",
            "june",
            "july",
            "august",
            "september",
            "october",
            "november",
            "december",
        ],
        start=1,
    )
}
_SHORT = {name[:3]: number for name, number in MONTHS.items()} | {"sept": 9}
ONES = {
    word: value
    for value, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
        ]
    )
}
TENS = {
    word: value
    for value, word in zip(
        range(20, 100, 10),
        ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"],
        strict=True,
    )
}
_SPELLED = "|".join(sorted([*ONES, *TENS, "hundred", "thousand", "half"], key=len, reverse=True))
_MONTH = "|".join([*MONTHS, *(f"{short}\\.?" for short in _SHORT)])
_UNIT_WORDS = (
    r"percentage\spoints?|percent|per\scent|%|points?|dollars?|calendar\sdays?|business\sdays?|"
    r"days?|weeks?|months?|years?|per\s1,000"
)
_PATTERN = re.compile(
    rf"""
    (?P<iso>\b\d{{4}}-\d{{2}}-\d{{2}}\b)
  | (?P<long>\b(?:{_MONTH})\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+\d{{4}}\b)
  | (?P<us>\b\d{{1,2}}/\d{{1,2}}/\d{{4}}\b)
  | (?P<day>\b(?:{_MONTH})\s+(?:0?[1-9]|[12]\d|3[01])\b(?![.,]?\d|\s?(?:%|percent)))
  | (?P<month>\b(?:{_MONTH})\s+\d{{4}}\b)
  | (?P<money>[-−]?\$\s?\d(?:[\d,]*\d)?(?:\.\d+)?(?:\s?(?:million|thousand|k|m)\b)?)
  | (?P<spelled>\b(?:(?:{_SPELLED})(?:[\s-]+(?:and\s+)?)?)+(?:\(\d+\)\s*)?(?:{_UNIT_WORDS}))
  | (?P<digits>(?<![\w.$/])(?<![A-Za-z]-)(?<!\d{{5}}-)[-−]?\d(?:[\d,]*\d)?(?:\.\d+)?(?!\w|/\d|\.\d)
        (?:[\s-]?(?P<unit>{_UNIT_WORDS}))?)
    """,
    re.IGNORECASE | re.VERBOSE,
)
_ABOUT = re.compile(
    r"(?:about|around|roughly|nearly|almost|some|over|more than|under|just under|"
    r"approximately|close to)\s+$",
    re.IGNORECASE,
)
_CODE = re.compile(r"^(?:\d{5}|\d{4}[A-Z])$")


@dataclass(frozen=True)
class Number:
    """One number in a text, at [start, end) of it.

    `value` is its size without sign (a year for kind year); `places` how many decimals it
    shows; `about` whether the words before it or its ending zeros claim only a rough size.
    `day` is set for dates (for a month, its first day; year 1 where the text names none).
    """

    start: int
    end: int
    text: str
    kind: Kind
    value: Decimal
    places: int
    about: bool = False
    day: date | None = None


def numbers_in(text: str) -> Iterator[Number]:
    """Every number of the text that claims something, in order."""
    for match in _PATTERN.finditer(text):
        made = _number(match, text)
        if made is not None:
            yield made


def _number(match: re.Match[str], text: str) -> Number | None:
    start, end = match.span()
    said = match.group(0)
    about = bool(_ABOUT.search(text[max(0, start - 24) : start]))
    if match.lastgroup in ("iso", "long", "us", "day", "month") or any(
        match.group(name) for name in ("iso", "long", "us", "day", "month")
    ):
        return _date(match, start, end, said)
    if match.group("money"):
        value, places, rough = _amount(said.replace("$", ""))
        return Number(start, end, said, "money", value, places, about or rough)
    if match.group("spelled"):
        return _spelled(start, end, said, about)
    digits = match.group("digits")
    unit = (match.group("unit") or "").lower()
    bare = digits[: len(digits) - len(unit)].strip(" -−") if unit else digits.strip("-−")
    if _CODE.match(bare) and not unit:
        return None
    try:
        value, places, rough = _amount(bare)
    except ArithmeticError:
        return None
    if not unit and "," not in bare and places == 0 and 1900 <= value <= 2100:
        return Number(start, end, said, "year", value, 0)
    return Number(start, end, said, _kind(unit), value, places, about or rough)


def _kind(unit: str) -> Kind:
    if unit in ("%", "percent", "per cent"):
        return "percent"
    if "point" in unit:
        return "points"
    if unit.startswith("dollar"):
        return "money"
    if unit and unit != "per 1,000":
        return "duration"
    return "count"


def _amount(said: str) -> tuple[Decimal, int, bool]:
    words = said.lower().replace(",", "").replace("−", "").strip(" -")
    scale = Decimal(1)
    for ending, factor in (
        ("million", 1_000_000),
        ("thousand", 1000),
        ("k", 1000),
        ("m", 1_000_000),
    ):
        if words.endswith(ending):
            words, scale = words[: -len(ending)].strip(), Decimal(factor)
            break
    value = Decimal(words)
    places = len(words.partition(".")[2])
    return value * scale, places if scale == 1 else 0, scale != 1


def _spelled(start: int, end: int, said: str, about: bool) -> Number | None:
    words = re.findall(r"[a-z]+", re.sub(rf"(?:{_UNIT_WORDS})$", "", said.lower()))
    value = Decimal(0)
    for word in words:
        if word in ONES:
            value += ONES[word]
        elif word in TENS:
            value += TENS[word]
        elif word == "hundred":
            value = max(value, Decimal(1)) * 100
        elif word == "thousand":
            value = max(value, Decimal(1)) * 1000
        elif word == "half":
            return None
    unit = re.search(rf"(?:{_UNIT_WORDS})$", said, re.IGNORECASE)
    assert unit is not None
    kind = _kind(unit.group(0).lower())
    if kind == "points" and value <= 10:
        return None  # "three points": a list, not a figure
    return Number(start, end, said, kind, value, 0, about)


def _date(match: re.Match[str], start: int, end: int, said: str) -> Number | None:
    try:
        if match.group("iso"):
            day = date.fromisoformat(said)
            return Number(start, end, said, "date", Decimal(day.year), 0, day=day)
        if match.group("us"):
            month, number, year = (int(part) for part in said.split("/"))
            day = date(year, month, number)
            return Number(start, end, said, "date", Decimal(year), 0, day=day)
        name, *rest = re.findall(r"[A-Za-z]+|\d+", said)
        month = MONTHS.get(name.lower()) or _SHORT[name.lower()]
        numbers = [int(part) for part in rest if part.isdigit()]
        if match.group("long"):
            day = date(numbers[1], month, numbers[0])
            return Number(start, end, said, "date", Decimal(day.year), 0, day=day)
        if match.group("day"):
            day = date(4, month, numbers[0])
            return Number(start, end, said, "date", Decimal(4), 0, day=day)
        day = date(numbers[0], month, 1)
        return Number(start, end, said, "month", Decimal(day.year), 0, day=day)
    except (ValueError, KeyError):
        return None
