"""Which quality measures a question names, by number, by our words, or by the report's own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from knowledge.reference.dated import read_toml
from tools.measures.quality_rows import QualityRow

_NUMBER = re.compile(r"\bcms[ -]?(\d{1,4})(?:v\d+)?\b", re.IGNORECASE)


def measures_named(words: str) -> tuple[str, ...]:
    """The measures (CMS numbers) that words name, in the order of their numbers.

    A longer name wins over a shorter one inside it ("blood pressure screening" is not blood
    pressure control).
    """
    found = {f"CMS{number}" for number in _NUMBER.findall(words)}
    hits = [
        (match.start(), match.end(), measure)
        for measure, pattern in _patterns()
        for match in pattern.finditer(words)
    ]
    for start, end, measure in hits:
        inside = any(s <= start and end <= e and e - s > end - start for s, e, _ in hits)
        if not inside:
            found.add(measure)
    return tuple(sorted(found, key=lambda name: int(name[3:])))


def labels_asked(topic: str, rows: Sequence[QualityRow]) -> tuple[str, ...]:
    """The labels (as `QualityRow.label`) that a topic names; measures not on file among them."""
    own = {
        row.label
        for row in rows
        if not row.measure and len(row.name) > 3 and row.name.casefold() in topic.casefold()
    }
    return (*measures_named(topic), *sorted(own))


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    asked = read_toml("quality_measures.toml")["asked"]
    return tuple(
        (measure, re.compile("|".join(_pattern(phrase) for phrase in phrases), re.IGNORECASE))
        for measure, phrases in asked.items()
    )


def _pattern(phrase: str) -> str:
    words = re.escape(phrase.rstrip("*")).replace(r"\*", r"\w*")
    return rf"\b{words}" + (r"\w*" if phrase.endswith("*") else r"\b")
