"""Quality results: numerator and denominator of a measure, by payer and period."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from tools.importers.cell_values import clean, day
from tools.importers.columns import Columns
from tools.importers.period_text import period, period_within
from tools.importers.quality_counts import counts_at, counts_of, side_by_side
from tools.importers.row import Context, Fields, Reader, Refusal

_EVERYONE = re.compile(r"^(?:all|total|overall|practice|entire|combined)\b", re.I)
_TOTAL = re.compile(r"^(?:grand |sub-?\s?)?totals?\b|^average\b|^composite$", re.I)


class Quality:
    """One row of the file is one measure's counts, of one payer or of several side by side."""

    kind = "quality"
    table = "quality"
    keys = ("measure", "measure_id")
    personal = False

    def recognises(self, columns: Columns, sample: Sequence[Sequence[str]]) -> bool:
        """A measure with its counts, with a rate and its denominator, or payers side by side."""
        fields = columns.fields.keys()
        if not {"measure", "measure_id"} & fields:
            return False
        if "denominator" in fields and {"numerator", "rate"} & fields:
            return True
        if "numerator" in fields and _fractions(columns, sample):
            return True
        return len(side_by_side(columns, sample)) >= 2

    def rows(self, context: Context) -> Reader:
        """One entry a result; the period from its columns or from the titles."""
        titled = period_within(context.titles)
        one = "denominator" in context.columns.fields or _fractions(context.columns, context.sample)
        wide = [] if one else side_by_side(context.columns, context.sample)

        def entries(fields: Fields) -> Iterator[dict[str, Any]]:
            name, code = fields.text("measure"), fields.text("measure_id")
            if not (name or code):
                raise Refusal("no measure")
            if _TOTAL.search(name) and measure_id(code) is None:
                raise Refusal("total row, not a measure")
            results = [
                (each.payer, held) for each in wide if (held := counts_at(fields, each))
            ] if wide else [(fields.text("payer"), counts_of(fields))]  # fmt: skip
            if not results:
                raise Refusal("no counts under any payer")
            start, end = row_period(fields, titled)
            for given, (met, of) in results:
                yield {
                    "measure": measure_id(code) or measure_id(name),
                    "measure_as_given": (name or code)[:200],
                    "payer": None,
                    "payer_as_given": None if _EVERYONE.match(given) else given or None,
                    "everyone": bool(_EVERYONE.match(given)),
                    "period_start": start,
                    "period_end": end,
                    "numerator": met,
                    "denominator": of,
                }

        return entries


def _fractions(columns: Columns, sample: Sequence[Sequence[str]]) -> bool:
    """Whether the column of numerators holds both numbers, as in "171/222"."""
    at = columns.fields.get("numerator", ())
    cells = [row[at[0]] for row in sample if at and at[0] < len(row) and clean(row[at[0]])]
    return bool(cells) and all("/" in cell or " of " in cell for cell in cells)


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
