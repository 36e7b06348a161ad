"""Ways to staff behavioral health in a primary-care practice, as data."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from knowledge.reference.dated import read_toml

_SAID = (
    (r"collaborative|\bcocm\b|care manager|psychiatric consult", "collaborative_care"),
    (r"psycholog", "psychologist"),
    (r"", "therapist"),
)


@dataclass(frozen=True)
class Staffing:
    """One option. mix: code -> part of its units. units: at full capacity a month, before
    those missed. medicare_part and no_show in percent; money in USD; ramp in months."""

    name: str
    title: str
    unit: str
    mix: Mapping[str, Decimal]
    medicare_part: Decimal
    medicare_words: str
    units: Decimal
    no_show: Decimal
    cost_a_year: Decimal
    space_a_month: Decimal
    start_up: Decimal
    ramp: int


def staffing(said: str | None) -> Staffing:
    """The option that words name; a licensed therapist where none is named."""
    low = (said or "").lower()
    name = next(each for pattern, each in _SAID if re.search(pattern, low))
    return _options()[name]


@cache
def _options() -> Mapping[str, Staffing]:
    held = read_toml("behavioral_staffing.toml")
    return {name: _option(name, row) for name, row in held.items() if isinstance(row, dict)}


def _option(name: str, row: Mapping[str, object]) -> Staffing:
    def exact(key: str) -> Decimal:
        return Decimal(str(row[key]))

    weekly = "caseload" not in row
    units = exact("units_a_week") * exact("weeks") / 12 if weekly else exact("caseload")
    mix = row["mix"]
    assert isinstance(mix, Mapping)
    return Staffing(
        name, str(row["title"]), str(row["unit"]),
        {code: Decimal(str(part)) for code, part in mix.items()}, exact("medicare_part"),
        str(row["medicare_words"]), units, exact("no_show"), exact("cost_a_year"),
        exact("space_a_month"), exact("start_up"), int(exact("ramp")),
    )  # fmt: skip
