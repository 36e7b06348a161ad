"""A day that lies behind us, as a user says it: October 12, 10/12, last Friday, yesterday."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal

from copilot.drafting.spoken_days import WEEKDAYS, day_said
from knowledge.business_days import is_business_day
from knowledge.evidence import Basis, Figure

DAY = (
    r"(?:\d{4}-\d{2}-\d{2}|\d{1,2}/\d{1,2}(?:/\d{4})?"
    r"|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? \d{1,2}(?:st|nd|rd|th)?"
    r"(?:,? \d{4})?|yesterday|today|last (?:mon|tues|wednes|thurs|fri|satur|sun)day)"
)
SENT = re.compile(
    rf"\b(?:sent|wrote|written|asked|e-?mailed|submitted|applied|filed|mailed|request(?:ed)?|"
    rf"letter|application)\b[^.;]{{0,60}}?\b(?:on |of |since |back )?({DAY})",
    re.IGNORECASE,
)


def sent_day(words: str, today: date) -> date | None:
    """The past day on which, by the user's words, something was sent; None where none is said."""
    for found in SENT.finditer(words):
        day = past_day(found[1], today)
        if day is not None and day < today:
            return day
    return None


def past_day(words: str, today: date) -> date | None:
    """The last day up to today that the words name; None where they name none."""
    said = words.lower().strip()
    if "yesterday" in said:
        return today - timedelta(1)
    if "today" in said:
        return today
    for number, name in enumerate(WEEKDAYS):
        if re.search(rf"\blast {name}\b", said):
            return today - timedelta((today.weekday() - number - 1) % 7 + 1)
    day = day_said(words, today)
    if day is None or day <= today:
        return day
    if re.search(r"\b\d{4}\b", said):
        return None
    return day.replace(year=day.year - 1) if (day.month, day.day) != (2, 29) else None


def working_days_since(day: date, today: date) -> Figure | None:
    """The working days that have gone by since a day, as a figure; None below two."""
    gone = sum(is_business_day(day + timedelta(n)) for n in range(1, (today - day).days + 1))
    if gone < 2:
        return None
    words = f"working days from {day.isoformat()} to {today.isoformat()}, holidays left out"
    return Figure("Working days gone by", Decimal(gone), "count", Basis(words), as_of=today)
