"""What a payer's promise or offer names that a paper can be held against.

A term with its number ("timely filing to 180 days"), a percent of Medicare, a raise in
percent, a price for a code, a first day. A deed ("send you the draft") names none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from copilot.mail.said import said_in
from copilot.tracker.entries import Entry, Offer, Promise
from knowledge.terms.names import TERM_NAMES
from knowledge.terms.words import TERM_WORDS

Kind = Literal["term", "medicare", "percent", "price", "start"]

_NUMBER = re.compile(
    r"\b(\d{1,4})(?:\s|-)?(?P<kind>business|working|calendar)?\s?(?P<unit>day|month|year)s?\b",
    re.IGNORECASE,
)
_WHERE = re.compile(
    r"\b(?:in|with|by)\s(?:the|our|your|this|a)\s(?:\w+\s){0,2}(?:draft|amendment|contract"
    r"|agreement"
    r"|paper|offer)\b", re.IGNORECASE)  # fmt: skip
_COUNTED = [
    *(n for n in TERM_NAMES if n.endswith(("_days", "_months"))),
    "initial_term",
]


@dataclass(frozen=True)
class Value:
    """One thing promised. name: the term or the code; value in unit (days, business days,
    months, percent, USD); year: of Medicare, where named; day: for a start."""

    kind: Kind
    name: str = ""
    value: Decimal | None = None
    unit: str = ""
    year: str = ""
    day: date | None = None


def values_of(entry: Entry, said: Promise | Offer) -> tuple[Value, ...]:
    """What a promise or offer names; () for a deed."""
    words = said.what if isinstance(said, Promise) else said.words
    found = list(_terms(words))
    year = re.search(r"\b(20\d\d)\b(?=[^.]{0,30}medicare)", words, re.IGNORECASE)
    if isinstance(said, Offer):
        if said.percent_of_medicare is not None:
            found.append(Value("medicare", "", said.percent_of_medicare, "percent",
                               year[1] if year else ""))  # fmt: skip
        if said.percent is not None:
            found.append(Value("percent", "", said.percent, "percent"))
        found += _prices(words, entry.on)
        if said.starts is not None and found:
            found.append(Value("start", day=said.starts))
        return tuple(found)
    for each in said_in(f"We offer: {words}", entry.on) if not found else ():
        if each.percent_of_medicare is not None:
            found.append(Value("medicare", "", each.percent_of_medicare, "percent",
                               year[1] if year else ""))  # fmt: skip
        elif each.percent is not None:
            found.append(Value("percent", "", each.percent, "percent"))
        found += [Value("price", code, dollars, "USD") for code, dollars in each.rates]
    return tuple(found)


def _prices(words: str, on: date) -> list[Value]:
    return [
        Value("price", code, dollars, "USD")
        for each in said_in(f"We offer: {words}", on)
        for code, dollars in each.rates
    ]


def _terms(words: str) -> list[Value]:
    """Numbers of days or months, each with the counted term named nearest before it."""
    text = _WHERE.sub(lambda m: " " * len(m[0]), words.lower().replace("’", "'"))
    named = sorted(
        (match.end(), name)
        for name in _COUNTED
        for match in re.finditer(TERM_WORDS[name].asked, text)
    )
    found = []
    for number in _NUMBER.finditer(text):
        before = [name for end, name in named if end <= number.start()]
        near = before or [name for _, name in named]
        if not near:
            continue
        value, unit = Decimal(number[1]), number["unit"].lower() + "s"
        if unit == "years":
            value, unit = value * 12, "months"
        if number["kind"] in ("business", "working"):
            unit = f"business {unit}"
        found.append(Value("term", near[-1] if before else near[0], value, unit))
    return list(dict.fromkeys(found))
