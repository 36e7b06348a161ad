"""The days a draft names: a reply day that is a working day, and a first day for new rates."""

from __future__ import annotations

from datetime import date, timedelta

from knowledge.evidence import Basis, Figure

REPLY_AFTER = 10
START_AFTER = 90


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
        left -= is_working_day(day)
    words = f"{after} working days after {today.isoformat()}, federal holidays left out"
    return Figure("Day asked for an answer", day, "date", Basis(words), as_of=today)


def first_day(today: date, notice: int = START_AFTER) -> Figure:
    """The first of the month that lies at least the days of notice after today, as a figure."""
    reached = today + timedelta(max(notice, START_AFTER))
    day = reached.replace(day=1)
    if day < reached:
        day = (day + timedelta(31)).replace(day=1)
    words = f"first of a month at least {max(notice, START_AFTER)} days after {today.isoformat()}"
    return Figure("First day of the new rates", day, "date", Basis(words), as_of=today)


def is_working_day(day: date) -> bool:
    """Monday to Friday, and no federal holiday nor the Friday after Thanksgiving."""
    return day.weekday() < 5 and day not in _holidays(day.year)


def _holidays(year: int) -> set[date]:
    fixed = [date(year, 1, 1), date(year, 6, 19), date(year, 7, 4), date(year, 11, 11)]
    fixed += [date(year, 12, 25)]
    thanksgiving = _nth(year, 11, 3, 4)
    moving = [_nth(year, 1, 0, 3), _nth(year, 2, 0, 3), _last_monday(year, 5)]
    moving += [_nth(year, 9, 0, 1), _nth(year, 10, 0, 2), thanksgiving]
    observed = {_observed(day) for day in fixed} | {_observed(date(year + 1, 1, 1))}
    return observed | set(moving) | {thanksgiving + timedelta(1)}


def _nth(year: int, month: int, weekday: int, number: int) -> date:
    first = date(year, month, 1)
    return first + timedelta((weekday - first.weekday()) % 7 + 7 * (number - 1))


def _last_monday(year: int, month: int) -> date:
    last = date(year, month + 1, 1) - timedelta(1)
    return last - timedelta(last.weekday())


def _observed(day: date) -> date:
    return day + timedelta({5: -1, 6: 1}.get(day.weekday(), 0))
