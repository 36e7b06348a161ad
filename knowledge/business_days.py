"""Working days: Monday to Friday, less federal holidays and the Friday after Thanksgiving."""

from __future__ import annotations

from datetime import date, timedelta


def is_business_day(day: date) -> bool:
    """Monday to Friday, and no federal holiday nor the Friday after Thanksgiving."""
    return day.weekday() < 5 and day not in _holidays(day.year)


def last_business_day(day: date) -> date:
    """The day itself, or the last working day before it: the safe day for what is due then."""
    while not is_business_day(day):
        day -= timedelta(1)
    return day


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
