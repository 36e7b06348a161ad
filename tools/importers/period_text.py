"""Periods as files and titles name them: "2025", "Q1 2026", "June 2026", a day to a day."""

from __future__ import annotations

import calendar
import re
from datetime import date

from tools.importers.cell_values import clean, day, month_named

_YEAR = r"(20\d{2})"
_NAME = r"([A-Za-z]{3,9})\.?"


def months_between(year: int, first: int, last: int) -> tuple[date, date]:
    """The first and the last day of a stretch of months in one year."""
    return date(year, first, 1), date(year, last, calendar.monthrange(year, last)[1])


def period(text: str) -> tuple[date, date] | None:
    """First and last day of the period that a cell names as a whole; None when blank.

    Raises ValueError where it names none for certain.
    """
    bare = clean(text)
    if not bare:
        return None
    if found := re.fullmatch(
        rf"(?:CY|calendar year|year|PY|performance year)?\s*{_YEAR}", bare, re.I
    ):
        return months_between(int(found[1]), 1, 12)
    if found := re.fullmatch(rf"{_YEAR}\s*[-/ ]?\s*Q([1-4])", bare, re.I):
        return months_between(int(found[1]), 3 * int(found[2]) - 2, 3 * int(found[2]))
    if found := re.fullmatch(rf"Q([1-4])\s*[-/ ]?\s*{_YEAR}", bare, re.I):
        return months_between(int(found[2]), 3 * int(found[1]) - 2, 3 * int(found[1]))
    if found := re.fullmatch(rf"H([12])\s*[-/ ]?\s*{_YEAR}", bare, re.I):
        return months_between(int(found[2]), 6 * int(found[1]) - 5, 6 * int(found[1]))
    if (one := month(bare)) is not None:
        return months_between(one.year, one.month, one.month)
    if found := re.fullmatch(rf"{_NAME}\s*(?:-|–|to|through)\s*{_NAME}\s+{_YEAR}", bare, re.I):
        first, last = month_named(found[1]), month_named(found[2])
        if first and last and first <= last:
            return months_between(int(found[3]), first, last)
    pieces = re.split(r"\s+(?:-|–|to|through)\s+|\.\.|(?<=\d{4})\s*[-–]\s*(?=\d{1,2}/)", bare)
    if len(pieces) == 2:
        start, end = _edge(pieces[0], 0), _edge(pieces[1], 1)
        if start <= end:
            return start, end
    raise ValueError("it cannot be read as a period such as 2025, Q1 2026 or 1/1/2025 - 12/31/2025")


def _edge(text: str, which: int) -> date:
    if (one := month(text)) is not None:
        return months_between(one.year, one.month, one.month)[which]
    found = day(text)
    if found is None:
        raise ValueError("one end of the period is missing")
    return found


def month(text: str) -> date | None:
    """The first day of the one month that a text names ("June 2026", "2026-06", "6/2026")."""
    bare = clean(text)
    if found := re.fullmatch(rf"{_YEAR}[-/. ]?(0[1-9]|1[0-2])", bare):
        return date(int(found[1]), int(found[2]), 1)
    if found := re.fullmatch(rf"(0?[1-9]|1[0-2])[-/]{_YEAR}", bare):
        return date(int(found[2]), int(found[1]), 1)
    if found := re.fullmatch(rf"{_NAME}[-, ]*(?:{_YEAR}|'?(\d{{2}}))", bare, re.I):
        named = month_named(found[1])
        if named:
            return date(int(found[2] or 2000 + int(found[3])), named, 1)
    return None


def period_within(titles: tuple[str, ...]) -> tuple[date, date] | None:
    """The one period that titles, sheet or file name speak of, the first that is found."""
    for title in titles:
        spaced = re.sub(r"[_]+", " ", title)
        for pattern in (
            r"\d{1,2}/\d{1,2}/\d{4}\s*(?:-|–|to|through)\s*\d{1,2}/\d{1,2}/\d{4}",
            r"20\d{2}-\d{2}-\d{2}\s*(?:-|–|to|through)\s*20\d{2}-\d{2}-\d{2}",
            rf"\b[A-Za-z]{{3,9}}\.?\s*(?:-|–|to|through)\s*[A-Za-z]{{3,9}}\s+{_YEAR}",
            rf"\bQ[1-4][- ]?{_YEAR}|{_YEAR}[- ]?Q[1-4]",
            rf"\b[A-Za-z]{{3,9}}\.?[, -]*{_YEAR}",
            rf"\b{_YEAR}-(?:0[1-9]|1[0-2])\b",
            rf"(?<!\d){_YEAR}(?!\d)",
        ):
            for found in re.finditer(pattern, spaced, re.I):
                try:
                    read = period(found.group(0))
                except ValueError:
                    continue
                if read:
                    return read
    return None
