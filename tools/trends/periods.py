"""The stretches of time that a trend compares, oldest first, read from the user's words.

"2024 vs 2025" and "this year vs last year" are two stretches; "2025 by quarter" is four;
nothing said is as many full twelve months, back from the last full month, as the claims hold.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import ibis

from knowledge.problems import BadInput, NotKnown
from tools.period import (
    Period,
    claimed_days,
    last_full_day,
    month_end,
    months_before,
    named,
    period_of,
    split_step,
    versus,
)
from tools.practice import Practice

SHOWN = 12


@dataclass(frozen=True)
class Trend:
    """Stretches of service dates that do not overlap, oldest first."""

    periods: tuple[Period, ...]

    @property
    def first(self) -> Period:
        """The oldest."""
        return self.periods[0]

    @property
    def last(self) -> Period:
        """The latest."""
        return self.periods[-1]

    @property
    def whole(self) -> Period:
        """From the first day of the oldest to the last day of the latest."""
        return named(self.first.start, self.last.end)

    def bucket(self, days: Any) -> Any:
        """Ibis: the place of each day's stretch (0 for the oldest), null outside all."""
        places = [
            (days.between(period.start, period.end), place)
            for place, period in enumerate(self.periods)
        ]
        return ibis.cases(*places, else_=ibis.null("int64"))


def trend_of(text: str | None, practice: Practice) -> Trend:
    """The stretches that words ask to compare; at least two.

    Raises NotKnown where the claims hold fewer than two, BadInput for words that are no
    stretch of time or two that overlap.
    """
    words, step = split_step(text or "")
    pair = versus(words)
    if pair:
        return _pair(*pair, practice)
    if not words:
        return _back(practice, step or 12)
    span = _to_month_end(period_of(words, practice), practice)
    first, full = claimed_days(practice)[0], last_full_day(practice)
    if step is None and span.months <= 12:
        before = a_year_earlier(span)
        if first <= before.start + timedelta(7):
            return Trend(_alike(before, span, full))
        step = 3 if span.months >= 6 else 1
    start = max(span.start, first.replace(day=1))
    found = _cut(start, min(span.end, full) if full >= start else span.end, step or 12)
    return Trend(found) if len(found) > 1 else _back(practice, step or 12)


def _pair(one: str, other: str, practice: Practice) -> Trend:
    read = (_to_month_end(period_of(each, practice), practice) for each in (one, other))
    older, newer = sorted(read, key=_start)
    if older.end >= newer.start:
        raise BadInput("period", "the two stretches overlap", "name two that do not")
    return Trend(_alike(older, newer, last_full_day(practice)))


def _to_month_end(span: Period, practice: Practice) -> Period:
    """A stretch that ends with the last claim of a full month, on to that month's end."""
    full = last_full_day(practice)
    reached = span.end == claimed_days(practice)[1] and span.end <= full
    return named(span.start, full) if reached else span


def _alike(older: Period, newer: Period, full: date) -> tuple[Period, Period]:
    """Two stretches that begin in the same month, cut to the same months where the newer
    one is not over yet."""
    years = newer.start.year - older.start.year
    if _earlier(newer.start, years) != older.start or newer.start > full:
        return older, newer
    end = min(newer.end, full)
    return named(older.start, min(older.end, _earlier(end, years))), named(newer.start, end)


def _back(practice: Practice, step: int) -> Trend:
    """Full stretches of `step` months back from the last full month in the claims."""
    first, end = claimed_days(practice)[0], last_full_day(practice)
    if step in (3, 6):
        end = month_end(months_before(end.replace(day=1), end.month % step))
    found: list[Period] = []
    while len(found) < SHOWN:
        start = months_before(end, step - 1).replace(day=1)
        if first > start + timedelta(7):
            break
        found.append(named(start, end))
        end = start - timedelta(1)
    if len(found) < 2 and step > 1:
        return _back(practice, {12: 3, 6: 3, 3: 1}[step])
    if len(found) < 2:
        raise NotKnown(
            what="the claims on file are too short for a trend",
            why=f"they begin on {first.isoformat()}",
            do="add older claims exports",
        )
    return Trend(tuple(reversed(found)))


def _cut(start: date, end: date, step: int) -> tuple[Period, ...]:
    """A stretch cut into calendar parts, or backwards where its start fits no calendar part."""
    aligned = start.day == 1 and (start.month - 1) % step == 0
    parts: list[tuple[date, date]] = []
    if aligned or step < 12:
        at = start
        while at <= end:
            lead = (at.month - 1) % step
            last = month_end(months_before(at.replace(day=1), lead - step + 1))
            parts.append((at, min(last, end)))
            at = last + timedelta(1)
    else:
        at = end
        while at >= start:
            first = months_before(month_end(at), step - 1).replace(day=1)
            parts.insert(0, (max(first, start), at))
            at = first - timedelta(1)
    periods = [named(*part) for part in parts]
    whole = [period for period in periods if _is_whole(period, step)]
    return tuple((whole if len(whole) >= 2 else periods)[-SHOWN * 2 :])


def _is_whole(period: Period, step: int) -> bool:
    return period.start.day == 1 and period.end == month_end(period.end) and period.months == step


def a_year_earlier(span: Period) -> Period:
    """The same days a year before."""
    return named(_earlier(span.start, 1), _earlier(span.end, 1))


def _earlier(day: date, years: int) -> date:
    """The same day some years earlier; the last day of a month stays the last."""
    found = months_before(day, 12 * years)
    return month_end(found) if day == month_end(day) else found


def _start(period: Period) -> date:
    return period.start
