"""Which days people work on: Monday to Friday, apart from the federal holidays.

Holidays as in 5 U.S.C. 6103; one on a Saturday is kept on the Friday before, one on a
Sunday on the Monday after.
"""

from __future__ import annotations

from datetime import date, timedelta

FIXED = ((1, 1), (6, 19), (7, 4), (11, 11), (12, 25))
MOVING = ((1, 0, 3), (2, 0, 3), (5, 0, -1), (9, 0, 1), (10, 0, 2), (11, 3, 4))


def holidays(year: int) -> set[date]:
    """The days on which a year's federal holidays are kept."""
    kept = set()
    for month, day in FIXED:
        on = date(year, month, day)
        kept.add(on + timedelta(days={5: -1, 6: 1}.get(on.weekday(), 0)))
    for month, weekday, which in MOVING:
        kept.add(_nth(year, month, weekday, which))
    return kept


def _nth(year: int, month: int, weekday: int, which: int) -> date:
    if which < 0:
        last = date(year, month + 1, 1) - timedelta(days=1)
        return last - timedelta(days=(last.weekday() - weekday) % 7)
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (which - 1))


def is_workday(on: date) -> bool:
    """Whether people work on a day; New Year's Day kept in the year before counts too."""
    kept = holidays(on.year) | holidays(on.year + 1)
    return on.weekday() < 5 and on not in kept
