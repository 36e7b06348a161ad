"""From which difference on a line counts as paid short: "ignore differences under 2 dollars"."""

from __future__ import annotations

import re
from decimal import Decimal

from copilot.planner.numbers_said import numbers_in

_BEFORE = re.compile(
    r"\b(?:ignor\w*|skip\w*|leav\w* out|disregard\w*|forget\w*|not counting|without|drop\w*|only"
    r"|over|above|under|below|beyond|exceed\w*|more than|less than|at least|bigger than"
    r"|greater than|larger than|smaller than|within|tolerance(?: of)?|threshold(?: of)?"
    r"|minimum(?: of)?|by at least|from|up to)\b[^.?!\d$]{0,40}$",
    re.IGNORECASE,
)
_UNIT = re.compile(r"\s?(dollars?|bucks|usd|cents?|c\b|¢)|\s+or more\b", re.IGNORECASE)
_A_DOLLAR = re.compile(r"\b(?:a|one|1) (?:dollar|buck)\b", re.IGNORECASE)


def tolerance(words: str) -> Decimal | None:
    """USD that a line may fall short without being named, or None where none is said."""
    for start, end, value in numbers_in(words):
        unit = _UNIT.match(words[end:])
        dollar = "$" in words[start:end]
        if value <= 0 or not (unit or dollar) or not _BEFORE.search(words[:start]):
            continue
        cents = not dollar and unit and (unit.group(1) or "").lower().startswith(("c", "¢"))
        return value / 100 if cents else value
    one = _A_DOLLAR.search(words)
    return Decimal(1) if one and _BEFORE.search(words[: one.start()]) else None
