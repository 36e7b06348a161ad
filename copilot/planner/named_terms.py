"""Contract terms called by a name in a message ("timely filing", "clawback")."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from copilot.planner.phrases import phrase_book


@dataclass(frozen=True)
class NamedTerm:
    """A term's name where it stands in a text."""

    term: str
    start: int
    end: int
    words: int


@cache
def _names() -> tuple[re.Pattern[str], dict[str, str]]:
    owner = {name: term for term, entry in phrase_book().terms.items() for name in entry["names"]}
    longest_first = sorted(owner, key=len, reverse=True)
    words = (r"[\s-]+".join(map(re.escape, name.split())) for name in longest_first)
    return re.compile(r"\b(" + "|".join(words) + r")(?:s|'s)?\b", re.IGNORECASE), owner


def named_terms(text: str) -> list[NamedTerm]:
    """Every name of a term in the text, the longest where names overlap, in order."""
    pattern, owner = _names()
    return [
        NamedTerm(owner[name], *match.span(), len(name.split()))
        for match in pattern.finditer(text)
        for name in [" ".join(re.split(r"[\s-]+", match.group(1).lower()))]
    ]
