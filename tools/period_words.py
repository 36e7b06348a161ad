"""Longer ways to name a stretch of time, said again in words that tools/period.py reads.

A fiscal year is taken as the calendar year of its number; who has another one names months.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

_SMALL = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "eight": 8, "nine": 9, "ten": 10}
_PLACE = {"first": 1, "second": 2, "third": 3, "fourth": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4}
_N = rf"(\d{{1,2}}|{'|'.join(_SMALL)})"
_P = "|".join(_PLACE)
_OF_YEAR = r"(?:(last|this|the) year|(\d{4}))"

Said = re.Match[str]


def plainer(words: str, today: date) -> str:
    """The words, in lower case, rewritten where one of the longer ways fits all of them."""
    for pattern, again in _WAYS:
        if found := re.fullmatch(pattern, words):
            return again(found, today)
    return words


def _year(relative: str | None, year: str | None, today: date) -> int:
    return int(year) if year else today.year - (relative == "last")


def _fiscal(said: Said, today: date) -> str:
    year = int(said[1])
    return str(year + 2000 if year < 100 else year)


def _months(said: Said, today: date) -> str:
    count = _SMALL.get(said[2]) or int(said[2])
    year, first = _year(said[3], said[4], today), 1 if said[1] == "first" else 13 - count
    return f"{year}-{first:02}..{year}-{min(first + count - 1, 12):02}"


def _days(said: Said, today: date) -> str:
    return f"{today - timedelta(int(said[1]) - 1)}..{today}"


def _quarters(said: Said, today: date) -> str:
    first, last = int(said[1]), int(said[2])
    year = said[3] or str(today.year - (3 * last > today.month))
    return f"q{first} {year} to q{last} {year}"


def _part_of(said: Said, today: date) -> str:
    year, unit = _year(said[3], said[4], today), said[2]
    last = {"quarter": 4, "half": 2}[unit]
    return f"{unit[0]}{_PLACE.get(said[1], last)} {year}"


def _bare(said: Said, today: date) -> str:
    unit, number = ("q", said[1] or "") if said[1] else (said[2] or said[4] or "", said[3] or "")
    unit, place = unit[0], _PLACE.get(number) or int(said[1] or said[5] or 1)
    begins = (place - 1) * (3 if unit == "q" else 6) + 1
    return f"{unit}{place} {today.year - (begins > today.month)}"


def _last_half(said: Said, today: date) -> str:
    return f"h2 {today.year - 1}" if today.month <= 6 else f"h1 {today.year}"


_WAYS: tuple[tuple[str, Callable[[Said, date], str]], ...] = (
    (r"(?:the )?(?:fiscal(?: year)?|fy) ?'?(\d{4}|\d{2})", _fiscal),
    (rf"(?:the )?(first|last) {_N} months (?:of|in) {_OF_YEAR}", _months),
    (r"(?:the )?(?:last|past|previous|trailing) (\d{1,3}) days", _days),
    (r"q([1-4]) ?(?:and|to|through|thru|&|-) ?q([1-4])(?:,? (?:of )?(\d{4}))?", _quarters),
    (rf"(?:the )?({_P}|last) (quarter|half) of {_OF_YEAR}", _part_of),
    (rf"(?:q([1-4])|(?:the )?(?=\w+ (quarter|half)$)({_P}) (?:quarter|half)|(h)([12]))", _bare),
    (r"(?:the )?(?:last|previous) half(?:[ -]year)?", _last_half),
    (r"this month", lambda said, today: f"{today:%Y-%m}"),
    (r"this quarter", lambda said, today: f"q{(today.month + 2) // 3} {today.year}"),
    (r"since (?:the )?(?:beginning|start) of (?:the|this) year", lambda said, today: "ytd"),
    (r"(?:through|until|up to) ([a-z]+ )(\d{4})",
     lambda said, today: f"january {said[2]} to {said[1]}{said[2]}"),
)  # fmt: skip
