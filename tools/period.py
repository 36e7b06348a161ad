"""The stretch of service dates a question is about, read from the user's words.

The default is the twelve full months that end with the last full month in the claims. A
month is full once the claims reach its last working day; service dates after today are
slips and are not looked at.
"""

from __future__ import annotations

import re
from calendar import month_name, monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from knowledge.evidence import long_date
from knowledge.problems import BadInput, NotKnown
from tools.period_words import plainer
from tools.practice import Practice

MONTHS = {month_name[n].lower(): n for n in range(1, 13)} | {
    month_name[n].lower()[:3]: n for n in range(1, 13)
}
MONTH = "|".join(sorted([*MONTHS, "sept"], key=len, reverse=True))
DAY_WORDS = re.compile(rf"({MONTH})\.? (\d{{1,2}})(?:st|nd|rd|th)?,? (\d{{4}})")
MONTH_WORDS = re.compile(rf"({MONTH})\.?,?(?: of)?(?: (\d{{4}}))?")
QUARTER = re.compile(r"(?:q([1-4])[ ,/-]*(\d{4})|(\d{4})[ /-]*q([1-4]))")
HALF = re.compile(r"(?:h([12])[ ,/-]*(\d{4})|(\d{4})[ /-]*h([12]))")
RANGE = re.compile(
    r"^(?:from |between )?(.+?)(?: ?\.\.\.? ?| to | through | thru | until | and |–| - )(.+)$"
)
BACK = re.compile(
    r"(?:the )?(?:last|past|previous|trailing|most recent) (\w+)?(?: full)? ?"
    r"(month|quarter|year)s?"
)
COUNTS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "eighteen": 18, "twenty-four": 24,
}  # fmt: skip
ORDINALS = {"first": "1", "second": "2", "third": "3", "fourth": "4", "1st": "1", "2nd": "2",
            "3rd": "3", "4th": "4"}  # fmt: skip
STEPS = {"month": 1, "quarter": 3, "year": 12}
_STEP = re.compile(
    r"[, ]*\b(?:(?:broken down |split |shown )?(?:by|per|each|every) (?:the )?(?:calendar )?"
    r"(month|quarter|year)s?|(month|quarter|year)[- ](?:by|over|on|after|to)[- ]\2"
    r"|(month|quarter|year)ly|(annual)(?:ly)?)\b"
)
_VERSUS = re.compile(r" (?:vs\.?|versus|against|compared (?:to|with)|over) ")
EVERYTHING = ("all", "everything", "all time", "all data", "whole history", "all claims")
SO_FAR = ("this year", "year to date", "ytd", "so far this year", "this year so far")


@dataclass(frozen=True)
class Period:
    """Service dates from `start` to `end`, both included, and how a reader calls them."""

    start: date
    end: date
    label: str

    @property
    def during(self) -> str:
        """The label inside a sentence: "in 2025", "from July 2025 to June 2026"."""
        return f"from {self.label}" if " to " in self.label else f"in {self.label}"

    @property
    def months(self) -> int:
        """How many calendar months the period touches."""
        return (self.end.year - self.start.year) * 12 + self.end.month - self.start.month + 1


def period_of(text: str | None, practice: Practice) -> Period:
    """The period a user's words mean; the default where they are empty.

    Reads "2025", "Q1 2026", "July 2025", "2025-07..2026-06", "since July 2025", "last 6
    months", "last year", "year to date", "everything". "Last year" is the calendar year
    before today's; "last 6 months" are full months in the claims. Of two stretches with
    "vs" between them it is the later one; "by quarter" is left to the tools that show trends.
    Raises NotKnown where claims are needed and there are none, BadInput for other words.
    """
    words, _ = split_step(text or "")
    if pair := versus(words):
        return max((period_of(each, practice) for each in pair), key=lambda span: span.start)
    words = plainer(re.sub(r"^(?:in|during|for|over) (?:the )?", "", words), practice.today)
    if not words:
        return _months_back(practice, 12)
    if words in EVERYTHING:
        first, last = claimed_days(practice)
        return named(first, last)
    span = _relative(words, practice) or _since(words, practice) or _between(words, practice)
    span = span or _span(words, practice.today)
    if span is None:
        raise BadInput(
            where="period",
            what=f"“{text}” is no stretch of time the copilot can read",
            do="write a year, a quarter, a month, or two of them with “to” between",
        )
    if span[0] > span[1]:
        raise BadInput(where="period", what=f"“{text}” ends before it begins", do="swap the dates")
    return named(*span)


def split_step(text: str) -> tuple[str, int | None]:
    """The words without "by quarter" and the like, and the months of each step or None."""
    words = _tidied(text)
    found = _STEP.search(words)
    if not found:
        return words, None
    rest = f"{words[: found.start()]} {words[found.end() :]}".strip(" ,")
    said = next(word for word in found.groups() if word)
    return rest, STEPS.get(said, 12)


def versus(words: str) -> tuple[str, str] | None:
    """The two stretches of "this year vs last year" in the order said; else None."""
    sides = _VERSUS.split(words)
    return (sides[0], sides[1]) if len(sides) == 2 and all(sides) else None


def claimed_days(practice: Practice) -> tuple[date, date]:
    """The first and last service date in the claims up to today; NotKnown without claims."""
    if practice.tables.has("claim_lines"):
        lines = practice.tables.table("claim_lines")
        past = lines.filter(lines.service_date <= practice.today)
        days = practice.tables.frame(
            past.aggregate(first=past.service_date.min(), last=past.service_date.max())
        )
        first, last = days["first"][0], days["last"][0]
        if isinstance(first, date) and isinstance(last, date):
            return date(*first.timetuple()[:3]), date(*last.timetuple()[:3])
    raise NotKnown(
        what="no claims are loaded",
        why="rates, volumes and payments are counted from claim lines",
        do="add a claims export (CSV or Excel) or the payers' 835 remittance files",
    )


def last_full_day(practice: Practice) -> date:
    """The last day of the last month that the claims reach the last working day of."""
    _, last = claimed_days(practice)
    end = month_end(last)
    if any((last + timedelta(n)).weekday() < 5 for n in range(1, (end - last).days + 1)):
        end = last.replace(day=1) - timedelta(1)
    return end


def _months_back(practice: Practice, months: int) -> Period:
    end = last_full_day(practice)
    return named(months_before(end, months - 1).replace(day=1), end)


def _relative(words: str, practice: Practice) -> tuple[date, date] | None:
    today = practice.today
    if words in SO_FAR:
        return date(today.year, 1, 1), max(date(today.year, 1, 1), claimed_days(practice)[1])
    if words in ("last year", "previous year", "the last year", "last calendar year"):
        return date(today.year - 1, 1, 1), date(today.year - 1, 12, 31)
    if words in ("last month", "previous month"):
        end = today.replace(day=1) - timedelta(1)
        return end.replace(day=1), end
    if words in ("last quarter", "previous quarter"):
        end = today.replace(month=(today.month - 1) // 3 * 3 + 1, day=1) - timedelta(1)
        return months_before(end, 2).replace(day=1), end
    back = BACK.fullmatch(words)
    if not back:
        return None
    count = COUNTS.get(back[1] or "one") or (int(back[1]) if back[1].isdecimal() else 0)
    months = count * {"month": 1, "quarter": 3, "year": 12}[back[2]]
    if not 1 <= months <= 240:
        return None
    found = _months_back(practice, months)
    return found.start, found.end


def _since(words: str, practice: Practice) -> tuple[date, date] | None:
    match = re.fullmatch(
        r"(?:since|from|starting|after) (.+?)(?: on| onwards?| to (?:date|now|today))?", words
    )
    if not match:
        return None
    span = _span(match[1], practice.today)
    if span is None:
        return None
    start = span[1] + timedelta(1) if words.startswith("after") else span[0]
    return start, max(start, claimed_days(practice)[1])


def _between(words: str, practice: Practice) -> tuple[date, date] | None:
    match = RANGE.match(words) or re.match(rf"^((?:{MONTH})[a-z]*)-((?:{MONTH}).*)$", words)
    if not match:
        return None
    last = _span(match[2], practice.today)
    bare = MONTH_WORDS.fullmatch(match[1])
    if last and bare and bare[2] is None:
        month = MONTHS[bare[1][:3]]
        year = last[1].year if month <= last[1].month else last[1].year - 1
        return date(year, month, 1), last[1]
    first = _span(match[1], practice.today)
    return (first[0], last[1]) if first and last else None


def _span(words: str, today: date) -> tuple[date, date] | None:
    """First and last day of one named day, month, quarter, half or year."""
    for ordinal, number in ORDINALS.items():
        words = re.sub(rf"^(?:the )?{ordinal} quarter(?: of)? ", f"q{number} ", words)
        words = re.sub(rf"^(?:the )?{ordinal} half(?: of)? ", f"h{number} ", words)
    try:
        if match := re.fullmatch(r"(?:calendar year |cy ?)?(\d{4})", words):
            return date(int(match[1]), 1, 1), date(int(match[1]), 12, 31)
        if match := QUARTER.fullmatch(words):
            return _part(int(match[2] or match[3]), int(match[1] or match[4]), 3)
        if match := HALF.fullmatch(words):
            return _part(int(match[2] or match[3]), int(match[1] or match[4]), 6)
        if match := re.fullmatch(r"(\d{4})[-/](\d{1,2})(?:[-/](\d{1,2}))?", words):
            return _day_or_month(int(match[1]), int(match[2]), int(match[3] or 0))
        if match := re.fullmatch(r"(\d{1,2})/(?:(\d{1,2})/)?(\d{4})", words):
            return _day_or_month(int(match[3]), int(match[1]), int(match[2] or 0))
        if match := DAY_WORDS.fullmatch(words):
            return _day_or_month(int(match[3]), MONTHS[match[1][:3]], int(match[2]))
        if match := MONTH_WORDS.fullmatch(words):
            month = MONTHS[match[1][:3]]
            year = int(match[2] or (today.year if month < today.month else today.year - 1))
            return _day_or_month(year, month, 0)
    except ValueError:
        return None
    return None


def _part(year: int, number: int, months: int) -> tuple[date, date]:
    last = number * months
    return date(year, last - months + 1, 1), month_end(date(year, last, 1))


def _day_or_month(year: int, month: int, day: int) -> tuple[date, date]:
    if day:
        return date(year, month, day), date(year, month, day)
    return date(year, month, 1), month_end(date(year, month, 1))


def named(start: date, end: date) -> Period:
    """A period under the name its dates give it."""
    return Period(start, end, _label(start, end))


def _label(start: date, end: date) -> str:
    whole = start.day == 1 and end == month_end(end)
    if not whole:
        return f"{long_date(start)} to {long_date(end)}" if start != end else long_date(start)
    if (start.year, start.month, end.month) == (end.year, 1, 12):
        return str(start.year)
    if (start.year, start.month) == (end.year, end.month):
        return f"{start:%B %Y}"
    return (
        f"{start:%B} to {end:%B %Y}" if start.year == end.year else f"{start:%B %Y} to {end:%B %Y}"
    )


def month_end(day: date) -> date:
    """The last day of the day's month."""
    return day.replace(day=monthrange(day.year, day.month)[1])


def months_before(day: date, months: int) -> date:
    """The same day so many months earlier, the month's last where it is shorter."""
    index = day.year * 12 + day.month - 1 - months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _tidied(text: str) -> str:
    return re.sub(r"\s+", " ", text.strip().strip(".?!").lower())
