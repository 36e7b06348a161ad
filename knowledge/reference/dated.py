"""Tables of values that hold from one day to another, and say so outside.

A range is closed: the first and the last day belong to it. Outside all ranges the answer
is NotKnown, never zero and never the nearest value.
"""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from importlib import resources
from typing import Any, Generic, TypeVar

from knowledge.problems import NotKnown

Value = TypeVar("Value")


@dataclass(frozen=True)
class Dated(Generic[Value]):
    """Values by day: what they are called, and rows of (first day, last day, value)."""

    what: str
    rows: tuple[tuple[date, date, Value], ...]

    def on(self, day: date) -> Value:
        """The value that holds on a day; raises NotKnown outside the table's ranges."""
        for first, last, value in self.rows:
            if first <= day <= last:
                return value
        raise NotKnown(
            what=f"{self.what} on {day.isoformat()} is not in the tables",
            why=f"they reach from {self.first.isoformat()} to {self.last.isoformat()}",
        )

    @property
    def first(self) -> date:
        """The first day the table knows."""
        return min(row[0] for row in self.rows)

    @property
    def last(self) -> date:
        """The last day the table knows."""
        return max(row[1] for row in self.rows)


def read_toml(name: str) -> Mapping[str, Any]:
    """A TOML table of this folder as a mapping."""
    return tomllib.loads(_text(name))


def read_csv(name: str) -> Iterator[dict[str, str]]:
    """The rows of a CSV table of this folder, a dict of texts each."""
    return csv.DictReader(_text(name).splitlines())


def _text(name: str) -> str:
    return resources.files("knowledge.reference").joinpath(name).read_text(encoding="utf-8")
