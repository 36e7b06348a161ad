"""Stretches of days in which a contract rate cannot change, so that it is looked up once each.

A rate can change with a schedule's first or last day, with the calendar year (rules that
follow Medicare), with the conversion factor and with the telehealth rule.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import ibis

from knowledge.reference.medicare import conversion_factors
from knowledge.reference.settings_of_service import known_places, telehealth_changes
from tools.schedules.schedule_row import ScheduleRow


@dataclass(frozen=True)
class Eras:
    """First days of the stretches, in order; a day's era is the place of its stretch."""

    starts: tuple[date, ...]

    def of(self, days: Any) -> Any:
        """The era of each service date, as an Ibis expression from 0."""
        rules = [(days < start, place) for place, start in enumerate(self.starts[1:])]
        return ibis.cases(*rules, else_=len(rules)) if rules else ibis.literal(0)

    def facility(self, places: Any, days: Any) -> Any:
        """Whether each line is paid at the facility rate, by the rule of its day."""
        by_rule: dict[frozenset[str], list[int]] = {}
        for era, start in enumerate(self.starts):
            by_rule.setdefault(known_places(start), []).append(era)
        padded = ibis.coalesce(places, "").lpad(2, "0")
        if len(by_rule) == 1:
            return padded.isin(sorted(next(iter(by_rule))))
        era = self.of(days)
        found: Any = ibis.literal(False)
        for rule, eras in by_rule.items():
            found = found | (era.isin(eras) & padded.isin(sorted(rule)))
        return found

    def at(self, day: date) -> int:
        """The era of one day."""
        return max(0, bisect_right(self.starts, day) - 1)


def eras_of(rows: Iterable[ScheduleRow], first: date, last: date) -> Eras:
    """The eras between two days, both included."""
    changes = {date(year, 1, 1) for year in range(first.year, last.year + 1)}
    changes |= {start for start, _, _ in conversion_factors().rows}
    changes |= set(telehealth_changes())
    for row in rows:
        if row.effective_from:
            changes.add(row.effective_from)
        if row.effective_to and row.effective_to < date.max:
            changes.add(row.effective_to + timedelta(1))
    return Eras((first, *sorted(day for day in changes if first < day <= last)))
