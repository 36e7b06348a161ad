"""The small words of habits.toml, ready for look-up."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

_LISTED = r"\s*(?:,|and|vs\.?|versus|&|/|against)\s*(?:our |the )?"


@dataclass(frozen=True)
class Habits:
    """Words that open a request or a tale, say nothing, point back or mean everyone."""

    asks: frozenset[str]
    tells: frozenset[str]
    fillers: frozenset[str]
    pointing: frozenset[str]
    lead_in: re.Pattern[str]
    everyone: re.Pattern[str]
    by: Mapping[str, Mapping[str, Sequence[str]]]
    level: Mapping[str, Mapping[str, Sequence[str]]]
    subject: Mapping[str, Mapping[str, Sequence[str]]]
    length: Mapping[str, Sequence[str]]
    purpose: Mapping[str, Sequence[str]]
    question: Mapping[str, Mapping[str, Any]]


@cache
def habits() -> Habits:
    """The habits of this version."""
    held = tomllib.loads(Path(__file__).with_name("habits.toml").read_text(encoding="utf-8"))
    return Habits(
        asks=frozenset(held["asks"].split()),
        tells=frozenset(held["tells"].split()),
        fillers=frozenset(held["fillers"].split()),
        pointing=frozenset(held["pointing"].split()),
        lead_in=re.compile(rf"^(?:(?:{_any_of(held['lead_ins'])})\b[\s,:.!-]*)+", re.IGNORECASE),
        everyone=re.compile(rf"\b(?:{_any_of(held['everyone'])})\b", re.IGNORECASE),
        by=held["by"],
        level=held["level"],
        subject=held["subject"],
        length=held["length"],
        purpose=held["purpose"],
        question=held["question"],
    )


def first_said(text: str, choices: Mapping[str, Sequence[str]]) -> str | None:
    """The choice whose words come first in a text, the longest at one place; None without any."""
    low = text.lower()
    places = [
        (match.start(), -len(word), choice)
        for choice, words in choices.items()
        for word in words
        if (match := re.search(rf"\b{re.escape(word)}\b", low))
    ]
    return min(places)[2] if places else None


def listed(text: str, choices: Mapping[str, Sequence[str]]) -> list[str]:
    """The choices that stand in a list ("charges vs payments"), in the order said."""
    low = text.lower()
    places = sorted(
        (match.start(), match.end(), choice)
        for choice, words in choices.items()
        for word in words
        for match in re.finditer(rf"\b{re.escape(word)}\b", low)
    )
    found: list[str] = []
    for (_, end, one), (start, _, other) in pairwise(places):
        if one != other and re.fullmatch(_LISTED, low[end:start]):
            found += [one, other]
    return list(dict.fromkeys(found))


def first_in_order(text: str, choices: Mapping[str, Sequence[str]]) -> str | None:
    """The first choice, in the order of the file, any word of which is in the text."""
    low = text.lower()
    for choice, words in choices.items():
        if any(re.search(rf"(?<!\w){re.escape(word)}\b", low) for word in words):
            return choice
    return None


def _any_of(words: Sequence[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
