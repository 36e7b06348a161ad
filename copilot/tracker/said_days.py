"""Days as people say them, behind or ahead of a day: "last Tuesday", "by the 15th", "in two weeks".

What happened is looked for behind today, what is promised ahead of it. A stretch ("next
week", "in January") gives its last day, the latest that fits the words; what fits no day
("soon", "early December") gives none.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from copilot.numbers import MONTHS, ONES
from knowledge.business_days import is_business_day

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
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


@dataclass(frozen=True)
class _Now:
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


def days_said(
    text: str, today: date, *, ahead: bool, base: date | None = None
) -> tuple[SaidDay, ...]:
    """The days named in a text, in order; longer wordings before shorter ones inside them.

    ahead: look for days from the base on (promises), else for days up to it (what happened).
    base: the day of the talk in which it was said; today where none is given.
    """
    now = _Now(today, base or today, ahead)
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


Read = tuple[date, bool] | None


def _iso(said: re.Match[str], now: _Now) -> Read:
    return date(int(said[1]), int(said[2]), int(said[3])), True


def _slashes(said: re.Match[str], now: _Now) -> Read:
    return _of_year(int(said[1]), int(said[2]), said[3], now)


def _month_day(said: re.Match[str], now: _Now) -> Read:
    return _of_year(_month(said[1]), int(said[2]), said[3], now)


def _day_month(said: re.Match[str], now: _Now) -> Read:
    return _of_year(_month(said[2]), int(said[1]), said[3], now)


def _of_year(month: int, day: int, year: str | None, now: _Now) -> Read:
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


def _bare_ordinal(said: re.Match[str], now: _Now) -> Read:
    day = int(said[1])
    if not 1 <= day <= 31:
        return None
    months = [month_end(now.base.year, now.base.month + step) for step in range(-3, 4)
              if now.base.year + step > 0]  # fmt: skip
    return now.nearest(last.replace(day=day) for last in months if day <= last.day), True


def _ordinal_of_named(said: re.Match[str], now: _Now) -> Read:
    step = {"next": 1, "last": -1, "this": 0}[said[2].lower()]
    last = month_end(now.today.year, now.today.month + step)
    return last.replace(day=int(said[1])), True


def _near_word(said: re.Match[str], now: _Now) -> Read:
    word = " ".join(said[0].lower().split())
    if "before yesterday" in word:
        return now.today - timedelta(2), True
    if "after tomorrow" in word:
        return now.today + timedelta(2), True
    steps = {"yesterday": -1, "tomorrow": 1}
    step = next((days for name, days in steps.items() if name in word), 0)
    return now.today + timedelta(step), True


def _weekday(said: re.Match[str], now: _Now) -> Read:
    lead = (said[1] or "").lower()
    wanted = _number_of(said[2])
    return _weekday_meant(lead, wanted, now), True


def _weekday_of_week(said: re.Match[str], now: _Now) -> Read:
    which, wanted = said[2].lower(), _number_of(said[1])
    return _in_week(which, wanted, now.today), True


def _week_then_day(said: re.Match[str], now: _Now) -> Read:
    return _in_week(said[1].lower(), _number_of(said[2]), now.today), True


def _a_week_from(said: re.Match[str], now: _Now) -> Read:
    weeks = _count(said[1]) or 1
    name = said[2].lower()
    first = {"today": now.today, "now": now.today, "tomorrow": now.today + timedelta(1)}.get(name)
    if first is None:
        first = _weekday_meant("", _number_of(name.removesuffix("day")), now)
    return first + timedelta(7 * weeks), True


def _weekday_meant(lead: str, wanted: int, now: _Now) -> date:
    """ "next" is in the week that begins on the coming Monday; "last" the latest one behind."""
    if lead.endswith("next"):
        return _in_week("next", wanted, now.today)
    if not now.ahead or lead.endswith("last"):
        return now.today - timedelta((now.today.weekday() - wanted - 1) % 7 + 1)
    return now.today + timedelta((wanted - now.today.weekday() - 1) % 7 + 1)


def _in_week(which: str, wanted: int, today: date) -> date:
    monday = today - timedelta(today.weekday())
    return monday + timedelta({"next": 7, "last": -7}.get(which, 0) + wanted)


def _counted_on(said: re.Match[str], now: _Now) -> Read:
    return _moved(now.base, said[1], said[2], said[3], 1)


def _counted_from_now(said: re.Match[str], now: _Now) -> Read:
    return _moved(now.today, said[1], said[2], said[3], 1)


def _counted_back(said: re.Match[str], now: _Now) -> Read:
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


def _end_of(said: re.Match[str], now: _Now) -> Read:
    return _end(said[1].lower(), now), True


def _short_end(said: re.Match[str], now: _Now) -> Read:
    name = {"m": "month", "w": "week", "y": "year"}.get(said[1][-1].lower())
    return (_end(name, now) if name else now.today), True


def _end_of_month_named(said: re.Match[str], now: _Now) -> Read:
    return _end_of_named(said[1], said[2], now), True


def _stretch(said: re.Match[str], now: _Now) -> Read:
    words = said[1].lower()
    return _end(words, now), False


def _month_alone(said: re.Match[str], now: _Now) -> Read:
    return _end_of_named(said[1], said[2], now), False


def _end_of_named(name: str, year: str | None, now: _Now) -> date:
    month = _month(name)
    if year:
        return month_end(int(year), month)
    years = range(now.base.year - 1, now.base.year + 2)
    if now.ahead:
        return next(d for d in (month_end(y, month) for y in years) if d >= now.base)
    return next(
        min(month_end(y, month), now.base) for y in reversed(years) if date(y, month, 1) <= now.base
    )


def _end(words: str, now: _Now) -> date:
    """The last day of a week (its Friday), month, quarter or year."""
    words = " ".join(words.split())
    step = 1 if "next" in words else -1 if "last" in words else 0
    today = now.today
    if "week" in words:
        friday = _in_week("next" if step > 0 else "last" if step < 0 else "this", 4, today)
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


_SPAN = r"(?:the |this |next |last )?(?:week|month|quarter|year)"
_WAYS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], _Now], Read]], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), meant)
    for pattern, meant in (
        (r"\b(\d{4})-(\d{2})-(\d{2})\b", _iso),
        (r"(?<![\d/.$])(\d{1,2})/(\d{1,2})(?:/(\d{4}|\d{2}))?(?![\d/%])", _slashes),
        (rf"\b(?:the )?end of {_MONTH}(?:,? (\d{{4}}))?\b", _end_of_month_named),
        (rf"\b{_ORD},? of (this|next|last) month\b", _ordinal_of_named),
        (rf"\b{_MONTH} (\d{{1,2}})(?:st|nd|rd|th)?\b(?!:\d| ?(?:%|percent|days|weeks|am\b|pm\b))"
         r"(?:,? (\d{4})\b)?", _month_day),
        (rf"\b(\d{{1,2}})(?:st|nd|rd|th)?(?: of)? {_MONTH}(?:,? (\d{{4}})\b)?", _day_month),
        (rf"\b{_COUNT} weeks? from (today|now|tomorrow|{_DAY})", _a_week_from),
        (rf"\b{_COUNT} {_UNIT} from (?:today|now)\b", _counted_from_now),
        (rf"\b{_COUNT} {_UNIT} ago\b", _counted_back),
        (rf"\b(?:in|within)(?: the next)? {_COUNT} {_UNIT}(?:' time|'s time)?\b", _counted_on),
        (r"\b(?:the )?day before yesterday\b|\b(?:the )?day after tomorrow\b", _near_word),
        (rf"\b{_DAY},?(?: of)? (next|this|last) week\b", _weekday_of_week),
        (rf"\b(next|this|last) week,?(?: on)? {_DAY}", _week_then_day),
        (rf"\b(?:((?:this |the )?(?:coming|past)|this|next|last|on|by|until|for|before) )?{_DAY}",
         _weekday),
        (r"\b(?:today|tonight|this (?:morning|afternoon|evening)|yesterday|tomorrow|just now)\b",
         _near_word),
        (rf"\bthe (?:very )?end of ({_SPAN})\b|\b(?:by |at )?(month|year|week|quarter)[- ]end\b",
         lambda said, now: (_end((said[1] or said[2]).lower(), now), True)),
        (rf"\bend of ({_SPAN})\b", _end_of),
        (r"\b(EOM|EOW|EOY|EOD|COB)\b", _short_end),
        (rf"(?<!\w)(?:on |by |before )?the {_ORD}(?! (?:of )?(?:follow|percent|time|quarter"
    rf"|week|offer"
         r"|year|month|email|reminder|call|draft|point|amendment))\b", _bare_ordinal),
        (r"\b((?:this|next|last) (?:week|month|quarter|year))\b", _stretch),
        (rf"\b(?<!by )(?<!before )(?:in|during|sometime in) {_MONTH}(?:,? (\d{{4}})\b)?",
         _month_alone),
    )
)  # fmt: skip
