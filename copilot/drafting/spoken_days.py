"""A day as a user says it: Friday, December 15, 12/15, 2026-12-15."""

from __future__ import annotations

import re
from datetime import date, timedelta

from copilot.numbers import MONTHS

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def day_said(words: str, today: date) -> date | None:
    """The next day from today on that the words name; None where they name none."""
    said = words.lower().strip().rstrip(".")
    try:
        if found := re.search(r"\b(\d{4})-(\d{2})-(\d{2})\b", said):
            return date(*(int(part) for part in found.groups()))
        if found := re.search(r"\b(\d{1,2})/(\d{1,2})(?:/(\d{4}))?\b", said):
            return _next(int(found[1]), int(found[2]), found[3], today)
        if found := re.search(
            r"\b([a-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?(?:,? (\d{4}))?\b", said
        ):
            month = next((n for name, n in MONTHS.items() if name.startswith(found[1])), None)
            return _next(month, int(found[2]), found[3], today) if month else None
    except ValueError:
        return None
    for number, name in enumerate(WEEKDAYS):
        if re.search(rf"\b{name}\b", said):
            ahead = (number - today.weekday() - 1) % 7 + 1
            return today + timedelta(ahead + (7 if "next" in said and ahead < 7 else 0))
    return None


def _next(month: int, day: int, year: str | None, today: date) -> date:
    if year:
        return date(int(year), month, day)
    made = date(today.year, month, day)
    return made if made > today else date(today.year + 1, month, day)
