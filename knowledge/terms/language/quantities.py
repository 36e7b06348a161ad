"""Spans of time and percents in contract language: sixty (60) days, three months, 104%."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

_SMALL = """zero one two three four five six seven eight nine ten eleven twelve thirteen
fourteen fifteen sixteen seventeen eighteen nineteen"""
_LARGE = "twenty thirty forty fifty sixty seventy eighty ninety"
_ONES = re.findall("[a-z]+", _SMALL)
_TENS = re.findall("[a-z]+", _LARGE)
_WORTH = {word: n for n, word in enumerate(_ONES)} | {
    word: 20 + 10 * n for n, word in enumerate(_TENS)
}
_WORTH["fourty"] = 40
_WORD = "(?:" + "|".join([*sorted(_WORTH, key=len, reverse=True), "hundred"]) + ")"
_WORDS = rf"(?<![a-z]){_WORD}(?:(?:\s+and\s+|\s*-\s*|\s+){_WORD})*(?![a-z])"
_NUMBER = (
    rf"(?:(?P<words>{_WORDS})\s*[(\[]\s*(?P<digits>\d[\d,]*(?:\.\d+)?)\s*(?P<mark>%?)\s*[)\]]"
    rf"|(?<![\d.$])(?P<digits2>\d[\d,]*(?:\.\d+)?)\s*[(\[]\s*(?P<words2>{_WORDS})\s*[)\]]"
    rf"|(?P<words3>{_WORDS})"
    r"|(?<![\d.$,])(?P<digits3>\d[\d,]*(?:\.\d+)?))"
)
_KIND = r"(?P<kind>(?:(?:calendar|business|working|full|whole|complete|consecutive|contract)\s+)*)"
_SPAN = re.compile(
    rf"(?:{_NUMBER}|(?<=within )an?(?= )|(?<=for )an?(?= )|(?<=than )an?(?= )|(?<=least )an?(?= )"
    rf"|(?<=of )an?(?= )|(?<![a-z-])(?P<one>an?)(?= (?:full |whole )?(?:week|month|year)(?![a-z])))"
    rf"[\s-]*{_KIND}(?P<unit>day|week|month|year)s?(?:'s?|’s?)?(?![a-z])",
    re.IGNORECASE,
)
_A_RATE = re.compile(
    r"(?:%\)?|per\s?cent|\d\)?|\b(?:once|twice|times?|hours?|days?|weeks?|months?|sessions?|visits?"
    r"|cents?|dollars?|meetings?|members?|half|such|what|many))$",
    re.IGNORECASE,
)
_ORDINALS = (
    {f"{word}th": n for n, word in enumerate(_ONES) if n >= 4}
    | {"first": 1, "second": 2, "third": 3, "fifth": 5, "eighth": 8, "ninth": 9, "twelfth": 12}
    | {f"{word[:-1]}ieth": 20 + 10 * n for n, word in enumerate(_TENS)}
    | {"hundredth": 100}
)
_LATE_ENOUGH = 10  # the tenth day after; the fifth day of a month is no span
_ORDINAL = re.compile(
    rf"(?:(?<![a-z-])(?P<word>(?:{_WORD}(?:\s+and\s+|\s*-\s*|\s+))*"
    rf"(?:{'|'.join(sorted(_ORDINALS, key=len, reverse=True))}))"
    r"\s*(?:[(\[]\s*\d+(?:st|nd|rd|th)\s*[)\]]\s*)?"
    r"|(?<![\d.])(?P<digits>\d{2,3})(?:st|nd|rd|th)\s+)\s*"
    r"(?P<kind>(?:calendar|business|working)\s+)?day(?:s'?)?"
    r"(?=\s+(?:after|following|from|before|preceding|prior|ahead|in\s+advance|next|that\s+follows"
    r"|since|once))",
    re.IGNORECASE,
)
_BLANK = re.compile(
    r"_{3,}\s*(?:[(\[][_\s]*[)\]]\s*)?(?:calendar\s+|business\s+|working\s+)?"
    r"(?P<unit>day|week|month|year)s?(?![a-z])",
    re.IGNORECASE,
)
_PERCENT = re.compile(
    rf"{_NUMBER}\s*(?:%|per\s?cent(?:age)?(?![a-z]))|(?P<bare>(?<![\d.,])\d[\d,]*(?:\.\d+)?)\s*%",
    re.IGNORECASE,
)
_AND_HALF = re.compile(
    rf"{_WORDS}\s+and\s+(?:one|a)[\s-]+half\s+per\s?cent\s*[(\[]\s*(?P<half>\d+\.\d+)\s*%\s*[)\]]",
    re.IGNORECASE,
)

_DAYS = {"day": 1, "week": 7, "month": 30, "year": 365}
_MONTHS = {"month": Decimal(1), "year": Decimal(12)}


@dataclass(frozen=True)
class Duration:
    """A span of time as a text states it, at [start, end) of that text.

    unit: day, business day, week, month or year. conflict: its words and its digits differ
    ("sixty (90) days"), in which case `count` is the digits. blank: the paper leaves a line
    to be filled in ("____ days"); `count` is then 0 and says nothing.
    """

    count: Decimal
    unit: str
    start: int
    end: int
    conflict: bool = False
    blank: bool = False

    @property
    def days(self) -> Decimal:
        """In days: a week 7, a month 30, a year or twelve months 365; business days as counted."""
        if self.unit == "month":
            years, months = divmod(self.count, 12)
            return years * 365 + months * 30
        return self.count * _DAYS[self.unit.removeprefix("business ")]

    @property
    def days_unit(self) -> str:
        """The unit of `days`: business days are never turned into days."""
        return "business days" if self.unit == "business day" else "days"

    @property
    def months(self) -> Decimal:
        """In whole months; days and weeks at the nearest month (365 days are 12)."""
        if self.unit in _MONTHS:
            return self.count * _MONTHS[self.unit]
        return (self.days * 12 / 365).quantize(Decimal(1), ROUND_HALF_UP)

    @property
    def words(self) -> str:
        """As we write it: 3 months, 60 days."""
        return f"{self.count.normalize():f} {self.unit}{'' if self.count == 1 else 's'}"


@dataclass(frozen=True)
class Percent:
    """A percent as a text states it: 104% is 104, at [start, end) of that text."""

    value: Decimal
    start: int
    end: int


def durations(text: str) -> tuple[Duration, ...]:
    """Every span of time in a text, in order."""
    found = []
    for match in _SPAN.finditer(text):
        if match["one"] and _A_RATE.search(
            text[max(0, match.start() - 30) : match.start()].rstrip()
        ):
            continue
        words, digits = _spoken(match), _digits(match)
        count = digits if digits is not None else words if words is not None else Decimal(1)
        unit = match["unit"].lower()
        if unit == "day" and re.search("business|working", match["kind"], re.IGNORECASE):
            unit = "business day"
        conflict = words is not None and digits is not None and words != digits
        found.append(Duration(count, unit, match.start(), match.end(), conflict))
    for match in _ORDINAL.finditer(text):
        word = match["word"]
        count = _rank(word) if word else Decimal(match["digits"])
        if count < _LATE_ENOUGH:
            continue
        unit = "business day" if re.match("business|working", match["kind"] or "") else "day"
        found.append(Duration(count, unit, match.start(), match.end()))
    for match in _BLANK.finditer(text):
        unit = match["unit"].lower()
        found.append(Duration(Decimal(0), unit, match.start(), match.end(), blank=True))
    return tuple(sorted(found, key=lambda each: each.start))


def percents(text: str) -> tuple[Percent, ...]:
    """Every percent in a text, in order."""
    halves = list(_AND_HALF.finditer(text))
    found = [Percent(Decimal(m["half"]), m.start(), m.end()) for m in halves]
    for match in _PERCENT.finditer(text):
        if any(h.start() <= match.start() < h.end() for h in halves):
            continue
        if match["bare"]:
            value: Decimal | None = _number(match["bare"])
        else:
            digits = _digits(match)
            value = digits if digits is not None else _spoken(match)
        if value is not None:
            end = match.end()
            doubled = re.match(r"\s*[(\[]\s*([\d.]+)\s*%\s*[)\]]", text[end:])
            if doubled:
                value, end = Decimal(doubled[1]), end + doubled.end()
            if not found or match.start() >= found[-1].end:
                found.append(Percent(value, match.start(), end))
    return tuple(sorted(found, key=lambda each: each.start))


def _digits(match: re.Match[str]) -> Decimal | None:
    for name in ("digits", "digits2", "digits3"):
        if match[name]:
            return _number(match[name])
    return None


def _number(digits: str) -> Decimal:
    return Decimal(digits.replace(",", "").rstrip("."))


def _spoken(match: re.Match[str]) -> Decimal | None:
    for name in ("words", "words2", "words3"):
        if match[name]:
            return _worth(match[name])
    return None


def _rank(words: str) -> Decimal:
    """The number that an ordinal names: one hundred twentieth is 120, hundredth 100."""
    *counted, last = re.findall("[a-z]+", words.lower())
    before = _worth(" ".join(counted))
    if last == "hundredth":
        return max(before, Decimal(1)) * 100
    return before + _ORDINALS[last]


def _worth(words: str) -> Decimal:
    """The number that words name, up to 999 (one hundred and twenty is 120)."""
    total = 0
    for word in re.findall("[a-z]+", words.lower()):
        if word == "hundred":
            total = max(total, 1) * 100
        elif word != "and":
            total += _WORTH[word]
    return Decimal(total)
