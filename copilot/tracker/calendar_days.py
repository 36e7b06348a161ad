"""Days of the calendar: the end of a month, a weekday of a week, working days counted."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from knowledge.business_days import is_business_day

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def month_end(year: int, month: int) -> date:
    """The last day of a month; months beyond December run into the next year."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    return date(year, month, monthrange(year, month)[1])


def working_days_after(day: date, count: int) -> date:
    """The working day this many working days after a day."""
    while count:
        day += timedelta(1)
        count -= is_business_day(day)
    return day


def in_week(which: str, wanted: int, today: date) -> date:
    """A weekday of this, the next or the last calendar week; 0 is Monday."""
    monday = today - timedelta(today.weekday())
    return monday + timedelta({"next": 7, "last": -7}.get(which, 0) + wanted)
