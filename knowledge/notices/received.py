"""The day a practice says a notice arrived: March 3, 3/3, yesterday, last Friday."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from knowledge.terms.family import MONTHS

_MONTHS = [each[:3] for each in MONTHS.split("|")]
_NAMED = re.compile(
    rf"\b(?P<month>{'|'.join(_MONTHS)})[a-z]*\.?\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b"
    r"(?:,?\s+(?P<year>20\d\d))?",
    re.IGNORECASE,
)
_DAY_FIRST = re.compile(
    rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<month>{'|'.join(_MONTHS)})[a-z]*\.?\b"
    r"(?:,?\s+(?P<year>20\d\d))?",
    re.IGNORECASE,
)
_SLASHES = re.compile(r"\b(?P<month>\d{1,2})/(?P<day>\d{1,2})(?:/(?P<year>(?:20)?\d\d))?\b")
_ISO = re.compile(r"\b(?P<year>20\d\d)-(?P<month>\d\d)-(?P<day>\d\d)\b")
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_ARRIVED = re.compile(
    r"\b(?:receiv\w*|got|get|arriv\w*|came|come|landed|reached|in the mail|delivered|postmark\w*"
    r"|opened|signed for)\b",
    re.IGNORECASE,
)


def received_day(words: str, today: date) -> date | None:
    """The day named as the one of receipt, not after today; None where the words name none.

    Without a year it is the latest such day up to today. Of several days the one nearest to a
    word for receiving is taken.
    """
    days = [(at, day) for at, day in _days(words, today) if day <= today]
    if not days:
        return None
    cues = [match.start() for match in _ARRIVED.finditer(words)]
    if not cues:
        return days[-1][1]
    return min(days, key=lambda each: min(abs(each[0] - cue) for cue in cues))[1]


def _days(words: str, today: date) -> list[tuple[int, date]]:
    found: list[tuple[int, date]] = []
    taken: list[tuple[int, int]] = []
    for pattern in (_ISO, _NAMED, _DAY_FIRST, _SLASHES):
        for match in pattern.finditer(words):
            if any(low < match.end() and match.start() < high for low, high in taken):
                continue
            if day := _real(match, today):
                found.append((match.start(), day))
                taken.append(match.span())
    low = words.lower()
    for name, back in (("today", 0), ("this morning", 0), ("yesterday", 1)):
        if (at := low.find(name)) >= 0:
            found.append((at, today - timedelta(back)))
    for number, name in enumerate(_WEEKDAYS):
        if named := re.search(rf"\b(?:last |on |this )?{name}\b", low):
            back = (today.weekday() - number) % 7 or 7
            found.append((named.start(), today - timedelta(back)))
    return sorted(found)


def _real(match: re.Match[str], today: date) -> date | None:
    named = match["month"]
    month = int(named) if named.isdecimal() else _MONTHS.index(named[:3].lower()) + 1
    try:
        if match["year"]:
            year = int(match["year"])
            return date(year if year > 99 else 2000 + year, month, int(match["day"]))
        made = datetime(today.year, month, int(match["day"])).date()
        return made if made <= today else made.replace(year=today.year - 1)
    except ValueError:
        return None
