"""The prices in a clause: percents, percents of Medicare, dollars for a code, a member, a year.

A kind with more than one value, or a range, keeps none: which of them counts is not said.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from copilot.mail.wordings import NOT_RATES, THEIRS
from copilot.numbers import ONES

_WORD = "|".join(word for word in ONES if word != "zero")
_N = rf"(\d{{1,3}}(?:\.\d{{1,2}})?|(?:{_WORD})\b)"
_PC = r"\s?(?:%|percent\b|pct\b)"
_RANGE = re.compile(rf"{_N}(?:{_PC})?\s?(?:-|–|to|or)\s?{_N}{_PC}", re.IGNORECASE)
_MEDICARE = re.compile(
    rf"(?<![\d.$])(?:{_N}{_PC}\s(?:of|over|above)\s(?:[\w'.-]+\s){{0,5}}?"
    rf"(?:medicare|cms|mpfs|rbrvs)\b|(?:medicare|mpfs|rbrvs)\s?(plus|minus|\+|-)\s?{_N}(?:{_PC})?)",
    re.IGNORECASE,
)
_PERCENT = re.compile(rf"(?<![\d.$/-]){_N}{_PC}", re.IGNORECASE)
_CODE = r"(\d{5}|[A-Z]\d{4}|\d{4}[A-Z])"
_MONEY = r"\$\s?(\d{1,3}(?:,\d{3})*(?:\.\d\d)?|\d+(?:\.\d\d)?)"
_FOR_CODE = re.compile(rf"{_MONEY}\s?(?:for|on|per|to)\s(?:a\s|each\s|cpt\s|code\s)*{_CODE}\b")
_CODE_AT = re.compile(
    rf"\b{_CODE}\s{{0,3}}(?:at|to|=|:|is|-|–|\||will be|would be)?\s{{0,3}}{_MONEY}"
)
_CODE_TO = re.compile(rf"\b{_CODE}\b[^.;$]{{0,40}}\bfrom\s{_MONEY}\sto\s{_MONEY}")
_PMPM = re.compile(rf"{_MONEY}\s?(?:pmpm|per[- ]member[- ]per[- ]month)", re.IGNORECASE)
_YEARLY = re.compile(
    rf"{_MONEY}\s?(k)?\s?(?:a|per|each|/)\s?(?:year|annum)|{_MONEY}\s?(k)?\s?annually",
    re.IGNORECASE,
)
_BEFORE, _AFTER = 200, 80  # signs around a number in which words tell whose it is


@dataclass(frozen=True)
class Prices:
    """percent: on today's rates; medicare: percent of it; rates: code and USD; pmpm: USD a
    member and month; dollars: USD a year; any: whether a price stands there at all."""

    percent: Decimal | None = None
    medicare: Decimal | None = None
    rates: tuple[tuple[str, Decimal], ...] = ()
    pmpm: Decimal | None = None
    dollars: Decimal | None = None
    any: bool = False


def prices_in(clause: str, theirs: bool = False) -> Prices:
    """The prices of a clause; theirs: also those that it calls the other side's."""
    rates = [(m[2], _money(m[1])) for m in _FOR_CODE.finditer(clause)]
    rates += [(m[1], _money(m[2])) for m in _CODE_AT.finditer(clause)]
    rates += [(m[1], _money(m[3])) for m in _CODE_TO.finditer(clause)]
    pmpm = [_money(m[1]) for m in _PMPM.finditer(clause)]
    yearly = [
        _money(m[1] or m[3]) * (1000 if m[2] or m[4] else 1) for m in _YEARLY.finditer(clause)
    ]
    ranged = bool(_RANGE.search(clause))
    medicare, places = [], []
    for m in _MEDICARE.finditer(clause):
        if theirs or not _is_theirs(clause, m.start()):
            medicare.append(_of_medicare(m))
        places.append(m.span())
    percent = [
        _number(m[1])
        for m in _PERCENT.finditer(clause)
        if not any(low <= m.start() < high for low, high in places)
        and (theirs or not _is_theirs(clause, m.start()))
        and not NOT_RATES.match(clause[m.end() : m.end() + _AFTER])
    ]
    return Prices(
        percent=percent[0] if len(percent) == 1 and not ranged else None,
        medicare=medicare[0] if len(medicare) == 1 and not ranged else None,
        rates=tuple(dict(rates).items()),
        pmpm=pmpm[0] if len(pmpm) == 1 else None,
        dollars=yearly[0] if len(yearly) == 1 else None,
        any=bool(rates or pmpm or yearly or medicare or percent or ranged),
    )


def _is_theirs(clause: str, at: int) -> bool:
    """Whether the words before a number call it the other side's, today's, or no rate."""
    return bool(THEIRS.search(clause[max(0, at - _BEFORE) : at]))


def _of_medicare(found: re.Match[str]) -> Decimal:
    if found[1]:
        value = _number(found[1])
        over = re.search(r"\b(?:over|above)\b", found[0], re.IGNORECASE)
        return 100 + value if over and value < 60 else value
    value = _number(found[3])
    return 100 - value if found[2] in ("minus", "-") else 100 + value


def _number(words: str) -> Decimal:
    low = words.lower()
    return Decimal(ONES[low]) if low in ONES else Decimal(words)


def _money(words: str) -> Decimal:
    return Decimal(words.replace(",", ""))
