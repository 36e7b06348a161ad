"""Quality results: numerator and denominator of a measure, by payer and period."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from tools.importers.cell_values import day, whole
from tools.importers.columns import Columns
from tools.importers.period_text import period, period_within
from tools.importers.row import Context, Fields, Reader, Refusal

_EVERYONE = re.compile(r"^(?:all|total|overall|practice|entire|combined)\b", re.I)


class Quality:
    """One row of the file is one measure's counts."""

    kind = "quality"
    table = "quality"
    keys = ("measure", "measure_id")
    personal = False

    def recognises(self, columns: Columns, sample: Sequence[Sequence[str]]) -> bool:
        """A measure with its numerator and denominator."""
        fields = columns.fields.keys()
        return {"numerator", "denominator"} <= fields and bool({"measure", "measure_id"} & fields)

    def rows(self, context: Context) -> Reader:
        """One entry a row; the period from its columns or from the titles."""
        titled = period_within(context.titles)

        def entries(fields: Fields) -> Iterator[dict[str, Any]]:
            name, code = fields.text("measure"), fields.text("measure_id")
            if not (name or code):
                raise Refusal("no measure")
            met, of = fields.read("numerator", whole), fields.read("denominator", whole)
            if met is None or of is None:
                raise Refusal("numerator or denominator is blank")
            if not 0 <= met <= of:
                raise Refusal("the numerator is below zero or above the denominator")
            start, end = row_period(fields, titled)
            given = fields.text("payer")
            yield {
                "measure": measure_id(code) or measure_id(name),
                "measure_as_given": name or code,
                "payer": None,
                "payer_as_given": None if _EVERYONE.match(given) else given or None,
                "everyone": bool(_EVERYONE.match(given)),
                "period_start": start,
                "period_end": end,
                "numerator": met,
                "denominator": of,
            }

        return entries


def row_period(fields: Fields, titled: tuple[date, date] | None) -> tuple[date, date]:
    """First and last day that a row is of; raises Refusal where neither row nor title says."""
    start, end = fields.read("period_start", day), fields.read("period_end", day)
    if start and end:
        if end < start:
            raise Refusal("the period ends before it begins")
        return start, end
    named = fields.read("period", period)
    if named:
        return named
    if titled is None:
        raise Refusal("no period: add a column Period, such as 2025 or Q1 2026")
    return titled


@lru_cache(maxsize=1)
def _named() -> list[dict[str, Any]]:
    path = Path(__file__).with_name("measure_names.toml")
    measures: list[dict[str, Any]] = tomllib.loads(path.read_text(encoding="utf-8"))["measure"]
    return measures


@lru_cache(maxsize=1_000)
def measure_id(text: str) -> str | None:
    """The eCQM id without its version ("CMS165") that a code or a name stands for, or None."""
    found = re.search(r"\bCMS\s*-?\s*(\d{1,4})(?:v\d+)?\b", text, re.I)
    if found:
        return f"CMS{int(found[1])}"
    lower = text.casefold()
    for measure in _named():
        if any(all(word in lower for word in words) for words in measure["words"]):
            return str(measure["id"])
    return None
