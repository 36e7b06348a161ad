"""The days a draft names: a reply day that is a working day, and a first day for new rates."""

from __future__ import annotations

from datetime import date, timedelta

from knowledge.business_days import is_business_day
from knowledge.evidence import Basis, Figure

REPLY_AFTER = 10
START_AFTER = 90
WORKING_DAYS = "weekends, federal holidays and the Friday after Thanksgiving left out"


def reply_day(today: date, after: int = REPLY_AFTER, on: str = "") -> Figure:
    """The working day this many working days after today, as a figure; or the day set.

    on: an ISO date that the user set; a day already past is not taken.
    """
    if on and date.fromisoformat(on) > today:
        basis = Basis("the day the practice set")
        return Figure("Day asked for an answer", date.fromisoformat(on), "date", basis)
    day = today
    left = after
    while left:
        day += timedelta(1)
        left -= is_business_day(day)
    words = f"{after} working days after {today.isoformat()}: {WORKING_DAYS}"
    return Figure("Day asked for an answer", day, "date", Basis(words), as_of=today)


def first_day(today: date, notice: int = START_AFTER, on: str = "") -> Figure:
    """The first of the month that lies at least the days of notice after today, as a figure.

    on: an ISO date that an earlier letter named; it stands as long as it lies ahead.
    """
    reached = today + timedelta(max(notice, START_AFTER))
    day = reached.replace(day=1)
    if day < reached:
        day = (day + timedelta(31)).replace(day=1)
    if on and date.fromisoformat(on) > today and date.fromisoformat(on) != day:
        basis = Basis("the day that the earlier letter named")
        return Figure("First day of the new rates", date.fromisoformat(on), "date", basis)
    words = f"first of a month at least {max(notice, START_AFTER)} days after {today.isoformat()}"
    return Figure("First day of the new rates", day, "date", Basis(words), as_of=today)
