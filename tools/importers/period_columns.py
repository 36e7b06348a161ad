"""Columns that stand for stretches of time: "Jan 2026", "Q1 2026", "2025", "Jan" under a year."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tools.importers.cell_values import clean, day, month_named
from tools.importers.columns import Columns
from tools.importers.period_text import month, months_between, period


@dataclass(frozen=True)
class PeriodColumn:
    """A column by its index, with the first and last day that its header names."""

    index: int
    start: date
    end: date

    @property
    def months(self) -> int:
        """How many months it stands for."""
        return (self.end.year - self.start.year) * 12 + self.end.month - self.start.month + 1


def period_columns(columns: Columns, titled: tuple[date, date] | None = None) -> list[PeriodColumn]:
    """The columns that name months, quarters or years, the shortest kind alone.

    A month without a year takes the year of the title; where the title spans two years, the
    months run on from its first. Columns that are mapped to a field are none of them.
    """
    mapped = {index for indexes in columns.fields.values() for index in indexes}
    found = [
        PeriodColumn(index, *span)
        for index, cell in enumerate(columns.header)
        if index not in mapped and (span := header_period(cell, titled))
    ]
    shortest = min((each.months for each in found), default=0)
    return [each for each in found if each.months == shortest]


def looks_periodic(header: Sequence[str]) -> int:
    """How many cells of a header may name a stretch of time, a bare month's name included."""
    return sum(
        1 for cell in header if header_period(cell, None) or month_named(clean(cell)) is not None
    )


def header_period(cell: str, titled: tuple[date, date] | None) -> tuple[date, date] | None:
    """First and last day that a header cell names, or None."""
    bare = clean(cell)
    named = month_named(bare)
    if named is not None:
        if titled is None:
            return None
        start, end = titled
        year = start.year if start.year == end.year or named >= start.month else end.year
        return months_between(year, named, named)
    if not re.search(r"\d", bare):
        return None
    whole = re.sub(r"^(?:FY|CY|PY)\s*|\s*(?:actual|total|ytd)s?$", "", bare, flags=re.I)
    if re.search(r"\bytd\b", bare, re.I):
        return None
    if one := month(whole):
        return months_between(one.year, one.month, one.month)
    try:
        return period(whole)
    except ValueError:
        pass
    try:
        first = day(bare)
    except ValueError:
        return None
    dated = first is not None and re.search(r"[-/.]", bare)
    return months_between(first.year, first.month, first.month) if first and dated else None
