"""Years and periods of time in a message, as the tools write them.

A period is "2025", "2025-07..2026-06", "2026-Q1" or "last 6 months"; relative words are
counted from today. A year that stands by Medicare is a fee schedule's year and no period.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from copilot.planner.calendar_stretches import MONTH as _MONTH
from copilot.planner.calendar_stretches import YEAR as _YEAR
from copilot.planner.calendar_stretches import both_spans, stretch_spans
from copilot.planner.spans import Span, without_overlaps

_NAMES = "january february march april may june july august september october november december"
_MONTHS = _NAMES.split()
_COUNT = {
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "nine": 9,
    "twelve": 12,
    "eighteen": 18,
    "couple of": 2,
    "couple": 2,
}
_N = r"(\d{1,2}|" + "|".join(sorted(_COUNT, key=len, reverse=True)) + ")"
_QUARTER = {
    "first": 1,
    "second": 2,
    "third": 3,
    "fourth": 4,
    "1st": 1,
    "2nd": 2,
    "3rd": 3,
    "4th": 4,
}


def calendar_spans(text: str, today: date) -> list[Span]:
    """Spans of kind period, since and both (value: the tools' text) and year (an int)."""
    found = without_overlaps([*stretch_spans(text, today), *_periods(text, today), *_years(text)])
    return [*both_spans(text, found), *found]


def _periods(text: str, today: date) -> Iterator[Span]:
    def span(match: re.Match[str], value: str) -> Span:
        return Span("period", match.start(), match.end(), value)

    def find(pattern: str) -> Iterator[re.Match[str]]:
        return re.finditer(pattern, text, re.IGNORECASE)

    for match in find(
        rf"\b(?:from |between )?({_MONTH}) ?({_YEAR})? ?(?:to|through|thru|until|and"
        rf"|-) ?({_MONTH}) ?({_YEAR})?\b"
    ):
        low, high = _month(match.group(1)), _month(match.group(3))
        last_year = int(match.group(4) or _recent(high, today))
        first_year = int(match.group(2) or (last_year if low <= high else last_year - 1))
        yield span(match, f"{first_year}-{low:02}..{last_year}-{high:02}")
    for match in find(
        rf"\b(?:since|from|starting) ({_MONTH}) ?({_YEAR})?\b(?! (?:to|through|until))"
    ):
        low = _month(match.group(1))
        year = int(match.group(2) or _recent(low, today))
        yield span(match, f"{year}-{low:02}..{today.year}-{today.month:02}")
    for match in find(
        rf"\b(?:q([1-4])|(first|second|third|fourth|1st|2nd|3rd|4th) quarter) ?(?:of "
        rf"|in )?({_YEAR})?\b"
    ):
        quarter = int(match.group(1) or _QUARTER[match.group(2).lower()])
        year = int(
            match.group(3) or (today.year if 3 * quarter - 2 <= today.month else today.year - 1)
        )
        yield span(match, f"{year}-Q{quarter}")
    for match in find(rf"\b({_YEAR})[ -]?q([1-4])\b"):
        yield span(match, f"{match.group(1)}-Q{match.group(2)}")
    for match in find(
        rf"\b(?:the )?(?:(first|second|1st|2nd|last) half|h([12])) ?(?:of "
        rf"|in )?(?:the year |last year )?({_YEAR})?\b"
    ):
        half = (
            1 if (match.group(1) or "").lower() in ("first", "1st") or match.group(2) == "1" else 2
        )
        year = int(
            match.group(3) or (today.year - 1 if "last year" in match.group() else today.year)
        )
        yield span(match, f"{year}-01..{year}-06" if half == 1 else f"{year}-07..{year}-12")
    for match in find(
        rf"\b(?:the )?(?:last|past|previous|trailing|prior) {_N} "
        r"(months?|mos?|years?|quarters?|qtrs?)\b"
    ):
        count = int(match.group(1)) if match.group(1).isdigit() else _COUNT[match.group(1).lower()]
        size = {"m": 1, "y": 12, "q": 3}[match.group(2)[0].lower()]
        yield span(match, f"last {count * size} months")
    for match in find(
        r"\b(?:the )?(?:past year|last twelve|last 12|trailing (?:twelve|12)"
        r"|rolling (?:twelve|12)|ttm)\b"
    ):
        yield span(match, "last 12 months")
    for match in find(r"\b(?:last|previous|prior) (year|quarter|month)(?:'s)?\b"):
        yield span(match, _last(match.group(1).lower(), today))
    for match in find(
        r"\b(?:(?:so far )?this year(?: so far)?(?: to date)?|year to date|ytd"
        r"|current year)\b(?!'s)"
    ):
        if not re.search(
            r"medicare|increase|raise", text[match.end() : match.end() + 10], re.IGNORECASE
        ):
            yield span(match, str(today.year))
    for match in find(r"\bthis quarter\b"):
        yield span(match, f"{today.year}-Q{(today.month + 2) // 3}")
    for match in find(rf"\b(?:in |for |during )?(?<!reply by )({_MONTH}) ({_YEAR})\b"):
        month = f"{match.group(2)}-{_month(match.group(1)):02}"
        yield span(match, f"{month}..{month}")
    for match in find(rf"\b({_YEAR})-(\d\d)(?:\.\.|-| to )({_YEAR})-(\d\d)\b"):
        yield span(match, f"{match.group(1)}-{match.group(2)}..{match.group(3)}-{match.group(4)}")


def _years(text: str) -> Iterator[Span]:
    for match in re.finditer(
        rf"(?<![\d$.,-])\b({_YEAR})\b(?![\d,]*(?:%| ?percent| ?members| ?patients| ?lives"
        rf"| ?visits))",
        text,
    ):
        yield Span("year", match.start(), match.end(), int(match.group(1)))


def names_medicare_year(text: str, span: Span) -> bool:
    """Whether a year stands by Medicare, a fee schedule or a word of comparison."""
    before, after = text[max(0, span.start - 26) : span.start], text[span.end : span.end + 30]
    return bool(
        re.match(
            r"'?s? (?:colorado |national |cms )?(?:medicare|mcr|cms|mpfs|fee schedule"
            r"|rates?\b|rvus?|pfs|physician)",
            after,
            re.IGNORECASE,
        )
        or re.search(
            r"\b(?:medicare|mcr|cms|mpfs|schedule|rates?)(?:'s)?(?: rates?| in| for| of"
            r"| from| year| fee schedule)*\s*\(?$",
            before,
            re.IGNORECASE,
        )
        or re.search(
            r"\b(?:vs\.?|versus|against|compared (?:to|with)|relative to"
            r"|benchmark\w*)(?: the)?\s*$",
            before,
            re.IGNORECASE,
        )
    )


def is_background(text: str, span: Span) -> bool:
    """Whether a year only dates something: 'with them since 2019', 'not raised from 2019'."""
    return bool(
        re.search(
            r"\b(?:since|back in|until|before|after|started in|signed in)\s*$",
            text[: span.start],
            re.IGNORECASE,
        )
    )


def _month(word: str) -> int:
    return next(i for i, name in enumerate(_MONTHS, start=1) if name.startswith(word.lower()[:3]))


def _recent(month: int, today: date) -> int:
    return today.year if month <= today.month else today.year - 1


def _last(unit: str, today: date) -> str:
    if unit == "year":
        return str(today.year - 1)
    if unit == "quarter":
        quarter = (today.month + 2) // 3 - 1
        return f"{today.year}-Q{quarter}" if quarter else f"{today.year - 1}-Q4"
    year, month = (today.year, today.month - 1) if today.month > 1 else (today.year - 1, 12)
    return f"{year}-{month:02}..{year}-{month:02}"
