"""Stretches of time said in longer ways: two set beside each other, days, parts of a year.

Values are the tools' text: "2025-03..2025-06", "2024 vs 2025". A fiscal year is read as the
calendar year; who has another one names its months.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import pairwise

from copilot.planner.spans import Span

MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?"
    r"|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
YEAR = r"(?:19|20)\d\d"
_ORDER = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_SMALL = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "eight": 8, "nine": 9, "ten": 10}
_BESIDE = re.compile(
    r"\s*(?:,? ?(?:vs\.?|versus|against|compared (?:to|with)|relative to|over|than|->)|,? and then)"
    r" (?:the |in |that of )*\s*",
    re.IGNORECASE,
)
_FROM_TO = re.compile(r"\s*(?:to|and|into|-)\s*", re.IGNORECASE)
_CHANGES = re.compile(
    r"\b(?:chang\w*|mov\w*|r[io]se|rising|risen|went|gone?|going|grow\w*|grew|fell|fallen|drop\w*"
    r"|increas\w*|decreas\w*|differ\w*|compare\w*|shift\w*|between|trend\w*|better|worse|improv\w*"
    r"|up|down|more|less)\b",
    re.IGNORECASE,
)


def stretch_spans(text: str, today: date) -> list[Span]:
    """Spans of kind period, and of kind since for a year that a stretch begins with."""
    return [*_since(text, today), *_days(text, today), *_parts(text, today)]


def both_spans(text: str, spans: Sequence[Span]) -> list[Span]:
    """Two years or periods set beside each other as one span of kind both: "2024 vs 2025"."""
    dated = sorted((s for s in spans if s.kind in ("year", "period")), key=lambda s: s.start)
    found = []
    for one, other in pairwise(dated):
        between = text[one.end : other.start]
        plainly = _BESIDE.fullmatch(between)
        from_to = _FROM_TO.fullmatch(between) and one.kind == other.kind
        if not plainly and not (from_to and _CHANGES.search(text)):
            continue
        if plainly and _by_medicare(text, other):
            continue
        start = one.start - len(_lead(text[: one.start]))
        found.append(Span("both", start, other.end, f"{one.value} vs {other.value}"))
    return found


def _lead(before: str) -> str:
    match = re.search(r"\b(?:from|between)\s+$", before, re.IGNORECASE)
    return match.group() if match else ""


def _by_medicare(text: str, span: Span) -> bool:
    """Whether the second is a year of Medicare's: "2025 against 2024 medicare"."""
    return bool(
        re.match(
            r"(?:'s)? (?:colorado |national )?(?:medicare|mcr|cms)", text[span.end :], re.IGNORECASE
        )
    )


def _days(text: str, today: date) -> Iterator[Span]:
    day = r"(\d{1,2})/(\d{1,2})/((?:20)?\d\d)"
    for match in re.finditer(
        rf"\b(?:from |between )?{day} ?(?:to|through|thru|and|-) ?{day}", text
    ):
        numbers = [int(group) for group in match.groups()]
        ends = [
            f"{year + 2000 if year < 100 else year}-{month:02}-{dom:02}"
            for month, dom, year in (numbers[:3], numbers[3:])
        ]
        yield Span("period", match.start(), match.end(), "..".join(ends))
    for match in re.finditer(
        r"\b(?:the )?(?:last|past|previous|trailing) (\d{2,3}) days?\b", text, re.IGNORECASE
    ):
        first = today - timedelta(int(match.group(1)) - 1)
        yield Span("period", match.start(), match.end(), f"{first}..{today}")


def _parts(text: str, today: date) -> Iterator[Span]:
    small = rf"(\d|{'|'.join(_SMALL)})"
    for match in re.finditer(
        rf"\b(?:the )?(first|last) {small} months? (?:of|in) (?:(last year|this year)|({YEAR}))",
        text,
        re.IGNORECASE,
    ):
        said = match.group(2).lower()
        count = int(said) if said.isdigit() else _SMALL[said]
        low = 1 if match.group(1).lower() == "first" else 13 - count
        year = _year_said(match.group(3), match.group(4), today)
        if 1 <= count <= 12:
            span = f"{year}-{low:02}..{year}-{low + count - 1:02}"
            yield Span("period", match.start(), match.end(), span)
    for match in re.finditer(
        rf"\bq([1-4]) ?(?:and|to|through|thru|-|&|\+) ?q([1-4])(?:,? (?:of |in )?({YEAR}))?\b",
        text,
        re.IGNORECASE,
    ):
        low, high = int(match.group(1)), int(match.group(2))
        year = int(match.group(3) or (today.year if 3 * high <= today.month else today.year - 1))
        if low < high:
            span = f"{year}-{3 * low - 2:02}..{year}-{3 * high:02}"
            yield Span("period", match.start(), match.end(), span)
    for match in re.finditer(
        rf"\b(?:the )?(first|second|third|fourth|last|1st|2nd|3rd|4th) (half|quarter) of "
        rf"(?:(last year|this year|the year)|({YEAR}))",
        text,
        re.IGNORECASE,
    ):
        months = 6 if match.group(2).lower() == "half" else 3
        place = {"s": 2, "2": 2, "t": 3, "3": 3, "l": 12 // months}.get(match.group(1).lower()[0])
        if match.group(1).lower() in ("fourth", "4th"):
            place = 4
        year = _year_said(match.group(3), match.group(4), today)
        last = (place or 1) * months
        if last <= 12:
            span = f"{year}-{last - months + 1:02}..{year}-{last:02}"
            if months == 3:
                span = f"{year}-Q{last // 3}"
            yield Span("period", match.start(), match.end(), span)
    for match in re.finditer(rf"\b(?:fiscal(?: year)?|fy) ?'?({YEAR}|\d\d)\b", text, re.IGNORECASE):
        year = int(match.group(1))
        year = year + 2000 if year < 100 else year
        yield Span("period", match.start(), match.end(), str(year))
    for match in re.finditer(
        rf"\b(?:in|during|for|of|month of) ({MONTH})(?! ?(?:{YEAR}|\d|to\b|through|and|-))\b",
        text,
        re.IGNORECASE,
    ):
        if match.group(1).lower() == "may" and not match.group(1)[0].isupper():
            continue
        month = _number(match.group(1))
        year = today.year if month <= today.month else today.year - 1
        span = f"{year}-{month:02}..{year}-{month:02}"
        yield Span("period", match.start(), match.end(), span)
    for match in re.finditer(
        r"\bthis year\b,? (?:vs\.?|versus|against|over|compared (?:to|with)|or) (?:the )?last\b"
        r"(?: year\b)?(?! ?(?:quarter|month|\d|two|three|six|twelve))",
        text,
        re.IGNORECASE,
    ):
        yield Span("both", match.start(), match.end(), f"{today.year} vs {today.year - 1}")
    for match in re.finditer(r"\bthis month\b", text, re.IGNORECASE):
        span = f"{today:%Y-%m}..{today:%Y-%m}"
        yield Span("period", match.start(), match.end(), span)


def _since(text: str, today: date) -> Iterator[Span]:
    """'Since the merger in March', 'since 2024', 'since the start of the year'."""
    until = f"{today.year}-{today.month:02}"
    for match in re.finditer(
        rf"\bsince (?:[a-z']+ ){{1,5}}(?:in|of|last) ({MONTH}) ?({YEAR})?\b", text, re.IGNORECASE
    ):
        month = _number(match.group(1))
        year = int(match.group(2) or (today.year if month <= today.month else today.year - 1))
        yield Span("period", match.start(), match.end(), f"{year}-{month:02}..{until}")
    for match in re.finditer(
        r"\bsince (?:the (?:start|beginning) of (?:the|this) year|new year'?s?)\b",
        text,
        re.IGNORECASE,
    ):
        yield Span("period", match.start(), match.end(), str(today.year))
    for match in re.finditer(rf"\b(?:since|starting(?: in)?) ({YEAR})\b(?!-)", text, re.IGNORECASE):
        yield Span("since", match.start(), match.end(), f"{match.group(1)}-01..{until}")


def _year_said(relative: str | None, year: str | None, today: date) -> int:
    if year:
        return int(year)
    return today.year - 1 if relative and relative.lower() == "last year" else today.year


def _number(word: str) -> int:
    return _ORDER.index(word.lower()[:3]) + 1
