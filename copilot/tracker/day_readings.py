"""How each wording of a day is read: from a match to its day, and whether that is exact.

Words that hang on the speaker's own today ("tomorrow", "next Friday") count from it; all
others from the base, the day of the talk that is told of.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from copilot.numbers import MONTHS, ONES
from copilot.tracker.calendar_days import WEEKDAYS, in_week, month_end, working_days_after
from knowledge.business_days import is_business_day


@dataclass(frozen=True)
class Now:
    """Where days are counted from: today for the speaker's own words, base for the rest."""

    today: date
    base: date
    ahead: bool

    def nearest(self, candidates: Iterator[date]) -> date:
        """The first candidate on or after the base (ahead), or the last on or before it."""
        every = sorted(candidates)
        if self.ahead:
            return next(day for day in every if day >= self.base)
        return next(day for day in reversed(every) if day <= self.base)


Read = tuple[date, bool] | None


def iso_read(said: re.Match[str], now: Now) -> Read:
    return date(int(said[1]), int(said[2]), int(said[3])), True


def slashes_read(said: re.Match[str], now: Now) -> Read:
    return _of_year(int(said[1]), int(said[2]), said[3], now)


def month_day_read(said: re.Match[str], now: Now) -> Read:
    return _of_year(_month(said[1]), int(said[2]), said[3], now)


def day_month_read(said: re.Match[str], now: Now) -> Read:
    return _of_year(_month(said[2]), int(said[1]), said[3], now)


def _of_year(month: int, day: int, year: str | None, now: Now) -> Read:
    if year:
        full = int(year) + (2000 if int(year) < 100 else 0)
        return date(full, month, day), True
    return now.nearest(_existing(now.base.year, month, day)), True


def _existing(year: int, month: int, day: int) -> Iterator[date]:
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return
    for each in range(year - 8, year + 9):
        if day <= monthrange(each, month)[1]:
            yield date(each, month, day)


def bare_ordinal_read(said: re.Match[str], now: Now) -> Read:
    day = int(said[1])
    if not 1 <= day <= 31:
        return None
    months = [month_end(now.base.year, now.base.month + step) for step in range(-3, 4)
              if now.base.year + step > 0]  # fmt: skip
    return now.nearest(last.replace(day=day) for last in months if day <= last.day), True


def ordinal_of_named_read(said: re.Match[str], now: Now) -> Read:
    step = {"next": 1, "last": -1, "this": 0}[said[2].lower()]
    last = month_end(now.today.year, now.today.month + step)
    return last.replace(day=int(said[1])), True


def near_word_read(said: re.Match[str], now: Now) -> Read:
    word = " ".join(said[0].lower().split())
    if "before yesterday" in word:
        return now.today - timedelta(2), True
    if "after tomorrow" in word:
        return now.today + timedelta(2), True
    steps = {"yesterday": -1, "tomorrow": 1}
    step = next((days for name, days in steps.items() if name in word), 0)
    return now.today + timedelta(step), True


def weekday_read(said: re.Match[str], now: Now) -> Read:
    lead = (said[1] or "").lower()
    wanted = _number_of(said[2])
    return _weekday_meant(lead, wanted, now), True


def weekday_of_week_read(said: re.Match[str], now: Now) -> Read:
    which, wanted = said[2].lower(), _number_of(said[1])
    return in_week(which, wanted, now.today), True


def week_then_day_read(said: re.Match[str], now: Now) -> Read:
    return in_week(said[1].lower(), _number_of(said[2]), now.today), True


def a_week_from_read(said: re.Match[str], now: Now) -> Read:
    weeks = _count(said[1]) or 1
    name = said[2].lower()
    first = {"today": now.today, "now": now.today, "tomorrow": now.today + timedelta(1)}.get(name)
    if first is None:
        first = _weekday_meant("", _number_of(name.removesuffix("day")), now)
    return first + timedelta(7 * weeks), True


def _weekday_meant(lead: str, wanted: int, now: Now) -> date:
    """ "next" is in the week that begins on the coming Monday; "last" the latest one behind."""
    if lead.endswith("next"):
        return in_week("next", wanted, now.today)
    if not now.ahead or lead.endswith("last"):
        return now.today - timedelta((now.today.weekday() - wanted - 1) % 7 + 1)
    return now.today + timedelta((wanted - now.today.weekday() - 1) % 7 + 1)


def counted_on_read(said: re.Match[str], now: Now) -> Read:
    return _moved(now.base, said[1], said[2], said[3], 1)


def counted_from_now_read(said: re.Match[str], now: Now) -> Read:
    return _moved(now.today, said[1], said[2], said[3], 1)


def counted_back_read(said: re.Match[str], now: Now) -> Read:
    return _moved(now.today, said[1], said[2], said[3], -1)


def _moved(start: date, count: str, working: str | None, unit: str, way: int) -> Read:
    number = _count(count)
    if number is None:
        return None
    if working and unit.lower() == "day":
        if way > 0:
            return working_days_after(start, number), True
        day = start
        while number:
            day -= timedelta(1)
            number -= is_business_day(day)
        return day, True
    if unit.lower() == "month":
        last = month_end(start.year, start.month + way * number)
        return last.replace(day=min(start.day, last.day)), True
    return start + timedelta(way * number * (7 if unit.lower() == "week" else 1)), True


def end_of_read(said: re.Match[str], now: Now) -> Read:
    return end_of_stretch(said[1].lower(), now), True


def short_end_read(said: re.Match[str], now: Now) -> Read:
    name = {"m": "month", "w": "week", "y": "year"}.get(said[1][-1].lower())
    return (end_of_stretch(name, now) if name else now.today), True


def end_of_month_named_read(said: re.Match[str], now: Now) -> Read:
    return _end_of_named(said[1], said[2], now), True


def stretch_read(said: re.Match[str], now: Now) -> Read:
    words = said[1].lower()
    return end_of_stretch(words, now), False


def month_alone_read(said: re.Match[str], now: Now) -> Read:
    return _end_of_named(said[1], said[2], now), False


def _end_of_named(name: str, year: str | None, now: Now) -> date:
    month = _month(name)
    if year:
        return month_end(int(year), month)
    years = range(now.base.year - 1, now.base.year + 2)
    if now.ahead:
        return next(d for d in (month_end(y, month) for y in years) if d >= now.base)
    return next(
        min(month_end(y, month), now.base) for y in reversed(years) if date(y, month, 1) <= now.base
    )


def end_of_stretch(words: str, now: Now) -> date:
    """The last day of a week (its Friday), month, quarter or year."""
    words = " ".join(words.split())
    step = 1 if "next" in words else -1 if "last" in words else 0
    today = now.today
    if "week" in words:
        friday = in_week("next" if step > 0 else "last" if step < 0 else "this", 4, today)
        return friday if step else max(friday, today)
    if "month" in words:
        return month_end(today.year, today.month + step)
    if "quarter" in words:
        quarter = (today.month - 1) // 3 + step
        return month_end(today.year, 3 * quarter + 3)
    return date(today.year + step, 12, 31)


def _number_of(name: str) -> int:
    return next(at for at, each in enumerate(WEEKDAYS) if each.startswith(name[:3].lower()))


def _month(name: str) -> int:
    return next(n for full, n in MONTHS.items() if full.startswith(name[:3].lower()))


def _count(word: str) -> int | None:
    low = word.lower().strip()
    if low.isdigit():
        return int(low)
    if low in ("a", "an"):
        return 1
    return 2 if low.startswith("couple") else ONES.get(low)
