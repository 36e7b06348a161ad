"""A span of time or a percent said anew in the manner of the words it replaces."""

from __future__ import annotations

import re
from decimal import Decimal

_SMALL: list[str] = re.findall(
    "[a-z]+",
    """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen
    fifteen sixteen seventeen eighteen nineteen""",
)
_TENS: list[str] = re.findall("[a-z]+", "twenty thirty forty fifty sixty seventy eighty ninety")
_UNIT = re.compile(
    r"(?P<gap>[\s-]*)(?P<kind>(?:(?:calendar|business|working|full|whole|complete|consecutive"
    r"|contract)\s+)*)(?P<unit>day|week|month|year)(?P<many>s?)(?P<own>'s?|’s?)?$",
    re.IGNORECASE,
)
_ORDINAL = re.compile(r"(?:\d(?:st|nd|rd|th)|[a-z]{2}th)\b[\s)\]]*(?:\w+\s+)?day$", re.IGNORECASE)
_IRREGULAR = {
    "one": "first",
    "two": "second",
    "three": "third",
    "five": "fifth",
    "eight": "eighth",
    "nine": "ninth",
    "twelve": "twelfth",
}
_DAYS = {"day": 1, "week": 7, "month": 30, "year": 365}


def spelled(number: int) -> str:
    """A whole number up to 999 in words: one hundred eighty, forty-five."""
    if not 0 <= number <= 999:
        raise ValueError(f"{number} is not spelled out")
    if number < 20:
        return _SMALL[number]
    if number < 100:
        tens, ones = divmod(number, 10)
        return _TENS[tens - 2] + (f"-{_SMALL[ones]}" if ones else "")
    hundreds, rest = divmod(number, 100)
    return f"{_SMALL[hundreds]} hundred" + (f" {spelled(rest)}" if rest else "")


def reworded_span(words: str, count: int, unit: str) -> str:
    """The words of a span of time with another length, in their own manner.

    unit: days or months. "sixty (60) days" to 180 days is "one hundred eighty (180) days",
    "60-day" is "180-day", "three years" to 12 months is "one year". The unit of the words is
    kept where the length is a whole number of it.
    """
    if _ORDINAL.search(words):
        return _ordinal_day(words, count if unit.startswith("day") else count * 30)
    end = _UNIT.search(words)
    if end is None:  # a bare number in a column of days
        return _number_like(words.strip(), count)
    kind, own_unit = end["kind"], end["unit"].lower()
    count, new_unit = _in_unit(count, unit.removesuffix("s"), own_unit)
    if re.search("business|working", kind, re.IGNORECASE):
        kind = ""
    if new_unit != own_unit and new_unit != "day":
        kind = ""
    number = _number_like(words[: end.start()].strip(), count)
    hyphened = end["gap"].strip() == "-" or (not end["many"] and "-" in end["gap"])
    many = "" if hyphened or count == 1 or (not end["many"] and not _one(words)) else "s"
    own = end["own"] or ""
    if own:
        own = own[0] if many else f"{own[0]}s"
    named = f"{new_unit}{many}"
    named = named.upper() if end["unit"].isupper() else named
    return f"{number}{end['gap'] or ' '}{kind}{named}{own}"


def _ordinal_day(words: str, count: int) -> str:
    """A day counted to, with another count: "ninetieth (90th) day" to 120 is "one hundred
    twentieth (120th) day"."""
    ending = "th" if 10 <= count % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(count % 10, "th")
    said = re.sub(r"\d+(?:st|nd|rd|th)", f"{count}{ending}", words)
    spoken = re.match(
        r"[A-Za-z][A-Za-z -]*?(?=\s*[(\[]|\s+(?:calendar |business |working )?day)", said
    )
    if spoken:
        *before, last = re.split(r"(?<=[ -])", spelled(count))
        tail = last[:-1] + "ieth" if last.endswith("y") else _IRREGULAR.get(last, f"{last}th")
        said = _cased("".join([*before, tail]), spoken[0]) + said[spoken.end() :]
    return re.sub(r"\b(?:business|working) (?=day$)", "", said)


def reworded_percent(words: str, percent: Decimal) -> str:
    """The words of a percent with another size: "eight percent (8%)" to 10 is "ten percent
    (10%)"."""
    number = f"{percent.normalize():f}"
    whole = int(percent) if percent == percent.to_integral_value() and percent < 1000 else None
    if not re.search(r"\d", words):
        return f"{spelled(whole)} percent" if whole is not None else f"{number}%"
    said = re.sub(r"\d[\d,]*(?:\.\d+)?", number, words)
    spoken = re.match(r"[A-Za-z][A-Za-z -]*?(?=\s*(?:[(\[]|per\s?cent))", said)
    if spoken and whole is not None:
        said = _cased(spelled(whole), spoken[0]) + said[spoken.end() :]
    return said


def _in_unit(count: int, unit: str, wanted: str) -> tuple[int, str]:
    """A length in the unit wanted where it is a whole number of it, else as it is."""
    if unit == wanted:
        return count, unit
    if unit == "month":
        if wanted == "year" and count % 12 == 0:
            return count // 12, "year"
        return count, "month"
    if wanted in ("week", "month") and count % _DAYS[wanted] == 0:
        return count // _DAYS[wanted], wanted
    return count, "day"


def _number_like(words: str, count: int) -> str:
    """A number written as another was: in words, in digits, or both, either first."""
    if re.fullmatch(r"[\d,]+(?:\.\d+)?", words):
        return str(count)
    both = re.fullmatch(r"(?P<one>[^(\[]+?)(?P<gap>\s*)(?P<open>[(\[])(?P<two>.+?)[)\]]", words)
    if both is None:
        return _cased(spelled(count), words)
    close = {"(": ")", "[": "]"}[both["open"]]
    first = str(count) if both["one"].strip()[:1].isdigit() else _cased(spelled(count), both["one"])
    second = str(count) if both["two"].strip()[:1].isdigit() else spelled(count)
    return f"{first}{both['gap']}{both['open']}{second}{close}"


def _cased(words: str, like: str) -> str:
    """The words in the case of others: all capitals, a capital first, or none."""
    letters = "".join(c for c in like if c.isalpha())
    if len(letters) > 1 and letters.isupper():
        return words.upper()
    return words[0].upper() + words[1:] if letters[:1].isupper() else words


def _one(words: str) -> bool:
    """Whether a span is of one: one year, a month."""
    return bool(re.match(r"(?:one\b|an?\b|1\b)", words, re.IGNORECASE))
