"""Strict readers for the text of a cell: money, numbers, days, times of day.

Every cell is text by the time it comes here; nothing is inferred from its neighbours. A
blank gives None; anything that cannot be read for certain raises ValueError with words
that do not repeat the cell.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache

from knowledge.money import to_cents

_INVISIBLE = dict.fromkeys(
    map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad\u202a\u202b\u202c\u202d\u202e")
)
_NUMBER = re.compile(r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d*)?|\.\d+")
_COMMA = re.compile(r"[-(]?(?:\d{1,3}(?:[. ]\d{3})*|\d+),(?:\d{1,2}|0{4})\)?")
_ENTRY = re.compile(r"(.*\d\)?)\s*(CR|DR)\.?", re.I)
_NOTHING = frozenset({"", "n/a", "na", "null", "none", "nan", "#n/a", "."})
_MONTHS = {
    name: number
    for number, names in enumerate(
        ("jan january", "feb february", "mar march", "apr april", "may", "jun june", "jul july",
         "aug august", "sep sept september", "oct october", "nov november", "dec december"),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_FIRST_DAY, _LAST_DAY = date(1990, 1, 1), date(2099, 12, 31)


def clean(text: str) -> str:
    """The cell without outer blanks, invisible characters and a spreadsheet's text mark."""
    if text.isascii() and " " not in text and text.isprintable() and text[:1] != "'":
        return text
    return _cleaned(text)


@lru_cache(maxsize=100_000)
def _cleaned(text: str) -> str:
    text = " ".join(text.translate(_INVISIBLE).split())
    return text[1:].strip() if text.startswith("'") else text


@lru_cache(maxsize=200_000)
def number(text: str) -> Decimal | None:
    """A plain decimal number: sign, brackets for minus, thousands in threes; "1,5" is refused.

    Not read: exponents, NaN, infinity, two signs, a comma for the decimal point.
    """
    bare = clean(text)
    if bare.casefold() in _NOTHING:
        return None
    if set(bare) <= {"-", "–", "—"}:
        return Decimal(0)
    if _COMMA.fullmatch(bare):
        raise ValueError("it has a comma where the decimal point stands")
    minus = False
    if bare.startswith("(") and bare.endswith(")"):
        minus, bare = True, bare[1:-1].strip()
    if bare[:1] in "-−–+":
        if minus:
            raise ValueError("it has two signs")
        minus, bare = bare[0] != "+", bare[1:].strip()
    elif bare[-1:] in "-−":
        if minus:
            raise ValueError("it has two signs")
        minus, bare = True, bare[:-1].strip()
    if not bare.isascii() or not _NUMBER.fullmatch(bare) or len(bare) > 24:
        raise ValueError("it is not a plain number")
    value = Decimal(bare.replace(",", ""))
    return -value if minus else value


@lru_cache(maxsize=200_000)
def money(text: str) -> Decimal | None:
    """An amount in USD, rounded to the cent, halves away from zero; None when blank.

    "70.00 CR" is a credit and below zero, "70.00 DR" a debit; "USD" may stand on either side.
    """
    bare = clean(text)
    if bare[-1:].isalpha() or bare[:1].isalpha():
        bare = re.sub(r"^USD\s*|\s*USD$", "", bare, flags=re.I)
        if entry := _ENTRY.fullmatch(bare):
            amount = money(entry[1])
            credit = entry[2].upper() == "CR" and amount is not None and amount > 0
            return -amount if credit and amount is not None else amount
    marks = bare.count("$")
    if marks > 1 or (marks and not re.match(r"[-−–+(]*\s*\$", bare)):
        raise ValueError("it is not an amount of money")
    amount = number(bare.replace("$", " ", 1).replace("( ", "(")) if bare != "$" else None
    if amount is None:
        return None
    if abs(amount) >= Decimal("1e11"):
        raise ValueError("the amount is too large to be one")
    return to_cents(amount)


@lru_cache(maxsize=50_000)
def whole(text: str) -> int | None:
    """A whole number; None when blank."""
    value = number(text)
    if value is None:
        return None
    if value != value.to_integral_value() or abs(value) > 10**12:
        raise ValueError("it is not a whole number")
    return int(value)


@lru_cache(maxsize=50_000)
def day(text: str) -> date | None:
    """A date: ISO, month/day/year, 20250131, 31-Jan-2025, January 31, 2025, or an Excel serial.

    A time of day behind it is dropped. Of "1/2/2025-1/3/2025" the first day counts. A day
    before 1990 or after 2099 is refused, as is day/month/year.
    """
    bare = clean(text)
    if bare.casefold() in _NOTHING or bare in ("00000000", "0"):
        return None
    found = _day_of(bare)
    if not _FIRST_DAY <= found <= _LAST_DAY:
        raise ValueError("the date lies before 1990 or after 2099")
    return found


_OPEN_END = re.compile(
    r"\b(?:9999|2999|2199|open|current|present|ongoing|evergreen|perpetual|active|none|"
    r"until (?:terminated|further notice|replaced)|no end|tbd|continuing|indefinite)\b|^2958\d{3}"
    r"|9999\d{4}|^12/31/(?:20)?99$|^2099-12-31",
    re.I,
)


@lru_cache(maxsize=50_000)
def last_day(text: str) -> date | None:
    """A date that ends something; None when blank or open ("12/31/9999", "current")."""
    return None if _OPEN_END.search(clean(text)) else day(text)


@lru_cache(maxsize=50_000)
def first_day(text: str) -> date | None:
    """A date that begins something; None when blank or a date that only stands for "always"."""
    bare = clean(text)
    return (
        None if re.match(r"0?1/0?1/(?:1[79]00|0001)\b|(?:1[79]00|0001)-01-01", bare) else day(bare)
    )


def _day_of(bare: str) -> date:
    if match := re.fullmatch(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ].*)?", bare):
        year, month, of_month = (int(part) for part in match.groups())
    elif match := re.fullmatch(
        r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})(?:\s*(?:-|–|to)\s*\d.*|[T ].*)?", bare
    ):
        month, of_month, year = (int(part) for part in match.groups())
    elif match := re.fullmatch(r"((?:19|20)\d{2})(\d{2})(\d{2})", bare):
        year, month, of_month = (int(part) for part in match.groups())
    elif re.fullmatch(r"\d{5}(?:\.\d+)?", bare):
        return date(1899, 12, 30) + timedelta(days=int(float(bare)))
    elif match := re.fullmatch(
        r"(\d{1,2})[-/. ]([A-Za-z]{3,9})\.?[-/, ]+(\d{4}|\d{2})(?:[T ]\d.*)?", bare
    ):
        of_month, month, year = int(match[1]), _month(match[2]), int(match[3])
    elif match := re.fullmatch(
        r"(?:[A-Za-z]{3,9},? )?([A-Za-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})", bare
    ):
        month, of_month, year = _month(match[1]), int(match[2]), int(match[3])
    else:
        raise ValueError("it cannot be read as a date (month/day/year or year-month-day)")
    year += 2000 if year < 80 else 1900 if year < 100 else 0
    if month > 12 >= of_month:
        raise ValueError("it cannot be read as month/day/year")
    try:
        return date(year, month, of_month)
    except ValueError:
        raise ValueError("there is no such day in the calendar") from None


def days_first(cells: Sequence[str]) -> bool:
    """Whether a column writes day/month/year: some days can be read no other way, and none
    can be read as month/day/year alone."""
    pairs = [
        (int(match[1]), int(match[2]))
        for cell in cells
        if (match := re.match(r"(\d{1,2})[-/.](\d{1,2})[-/.]\d{2,4}\b", clean(cell)))
    ]
    turned = sum(first > 12 >= second for first, second in pairs)
    return turned >= max(1, 0.1 * len(pairs)) and not any(second > 12 for _, second in pairs)


def day_not_turned(text: str) -> date | None:
    """As `day`, in a column of days before months: those are refused, for half could be misread."""
    if re.match(r"\d{1,2}[-/.]\d{1,2}[-/.]\d", clean(text)):
        raise ValueError(
            "the column writes day/month/year; export it as month/day/year or year-month-day"
        )
    return day(text)


def _month(name: str) -> int:
    found = _MONTHS.get(name.casefold())
    if found is None:
        raise ValueError("it names no month")
    return found


def month_named(name: str) -> int | None:
    """1 to 12 for the name of a month or its usual short form, else None."""
    return _MONTHS.get(name.casefold().rstrip("."))


def clock(text: str) -> str | None:
    """A time of day as HH:MM of 24 hours: "7:00 AM", "7a", "19:30", "noon"; None when blank."""
    bare = clean(text).casefold().replace(".", "")
    if bare in _NOTHING:
        return None
    if bare in ("noon", "12 noon"):
        return "12:00"
    match = re.fullmatch(r"(\d{1,2})(?::?(\d{2}))?(?::\d{2})?\s*(am|pm|a|p)?", bare)
    if not match:
        raise ValueError("it is not a time of day")
    hour, minute, half = int(match[1]), int(match[2] or 0), match[3]
    if half:
        if not 1 <= hour <= 12:
            raise ValueError("it is not a time of day")
        hour = hour % 12 + (12 if half.startswith("p") else 0)
    elif match[2] is None:
        raise ValueError("it does not say morning or afternoon")
    if hour > 24 or minute > 59 or (hour == 24 and minute):
        raise ValueError("it is not a time of day")
    return f"{hour:02d}:{minute:02d}"
