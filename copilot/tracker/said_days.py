"""Days as people say them, behind or ahead of a day: "last Tuesday", "by the 15th", "in two weeks".

What happened is looked for behind today, what is promised ahead of it. A stretch ("next
week", "in January") gives its last day, the latest that fits the words; what fits no day
("soon", "early December") gives none.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from copilot.tracker.day_readings import (
    Now,
    Read,
    a_week_from_read,
    bare_ordinal_read,
    counted_back_read,
    counted_from_now_read,
    counted_on_read,
    day_month_read,
    end_of_month_named_read,
    end_of_read,
    end_of_stretch,
    iso_read,
    month_alone_read,
    month_day_read,
    near_word_read,
    ordinal_of_named_read,
    short_end_read,
    slashes_read,
    stretch_read,
    week_then_day_read,
    weekday_of_week_read,
    weekday_read,
)

_DAY = r"(mon|tues?|wednes|wed|thurs?|thu|fri|satur|sat|sun)(?:day)?\b(?<!\bsun\b)(?<!\bsat\b)"
_MONTH = (
    r"(jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)"
    r"(?:uary|ruary|ch|il|ust|ember|tember|ober)?\b\.?"
)
_COUNT = r"(\d{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten|twelve|couple of|couple)"
_UNIT = r"(?:(business|working) )?(day|week|month)s?"
_ORD = r"(\d{1,2})(?:st|nd|rd|th)"


@dataclass(frozen=True)
class SaidDay:
    """A day found in words: text[start:end]. exact is False for the last day of a stretch."""

    start: int
    end: int
    day: date
    exact: bool = True


def days_said(
    text: str, today: date, *, ahead: bool, base: date | None = None
) -> tuple[SaidDay, ...]:
    """The days named in a text, in order; longer wordings before shorter ones inside them.

    ahead: look for days from the base on (promises), else for days up to it (what happened).
    base: the day of the talk in which it was said; today where none is given.
    """
    now = Now(today, base or today, ahead)
    found: list[SaidDay] = []
    for pattern, meant in _WAYS:
        for match in pattern.finditer(text):
            if any(match.start() < kept.end and kept.start < match.end() for kept in found):
                continue
            try:
                read = meant(match, now)
            except (ValueError, OverflowError, StopIteration):
                continue
            if read is not None:
                day, exact = read
                found.append(SaidDay(match.start(), match.end(), day, exact))
    return tuple(sorted(found, key=lambda each: each.start))


_SPAN = r"(?:the |this |next |last )?(?:week|month|quarter|year)"
_WAYS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], Now], Read]], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), meant)
    for pattern, meant in (
        (r"\b(\d{4})-(\d{2})-(\d{2})\b", iso_read),
        (r"(?<![\d/.$])(\d{1,2})/(\d{1,2})(?:/(\d{4}|\d{2}))?(?![\d/%])", slashes_read),
        (rf"\b(?:the )?end of {_MONTH}(?:,? (\d{{4}}))?\b", end_of_month_named_read),
        (rf"\b{_ORD},? of (this|next|last) month\b", ordinal_of_named_read),
        (rf"\b{_MONTH} (\d{{1,2}})(?:st|nd|rd|th)?\b(?!:\d| ?(?:%|percent|days|weeks|am\b|pm\b))"
         r"(?:,? (\d{4})\b)?", month_day_read),
        (rf"\b(\d{{1,2}})(?:st|nd|rd|th)?(?: of)? {_MONTH}(?:,? (\d{{4}})\b)?", day_month_read),
        (rf"\b{_COUNT} weeks? from (today|now|tomorrow|{_DAY})", a_week_from_read),
        (rf"\b{_COUNT} {_UNIT} from (?:today|now)\b", counted_from_now_read),
        (rf"\b{_COUNT} {_UNIT} ago\b", counted_back_read),
        (rf"\b(?:in|within)(?: the next)? {_COUNT} {_UNIT}(?:' time|'s time)?\b", counted_on_read),
        (r"\b(?:the )?day before yesterday\b|\b(?:the )?day after tomorrow\b", near_word_read),
        (rf"\b{_DAY},?(?: of)? (next|this|last) week\b", weekday_of_week_read),
        (rf"\b(next|this|last) week,?(?: on)? {_DAY}", week_then_day_read),
        (rf"\b(?:((?:this |the )?(?:coming|past)|this|next|last|on|by|until|for|before) )?{_DAY}",
         weekday_read),
        (r"\b(?:today|tonight|this (?:morning|afternoon|evening)|yesterday|tomorrow|just now)\b",
         near_word_read),
        (rf"\bthe (?:very )?end of ({_SPAN})\b|\b(?:by |at )?(month|year|week|quarter)[- ]end\b",
         lambda said, now: (end_of_stretch((said[1] or said[2]).lower(), now), True)),
        (rf"\bend of ({_SPAN})\b", end_of_read),
        (r"\b(EOM|EOW|EOY|EOD|COB)\b", short_end_read),
        (rf"(?<!\w)(?:on |by |before )?the {_ORD}(?! (?:of )?(?:follow|percent|time|quarter"
    rf"|week|offer"
         r"|year|month|email|reminder|call|draft|point|amendment))\b", bare_ordinal_read),
        (r"\b((?:this|next|last) (?:week|month|quarter|year))\b", stretch_read),
        (rf"\b(?<!by )(?<!before )(?:in|during|sometime in) {_MONTH}(?:,? (\d{{4}})\b)?",
         month_alone_read),
    )
)  # fmt: skip
