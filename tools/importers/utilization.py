"""What a payer reports on use and cost: the practice's value beside a comparison's."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from tools.importers.cell_values import number
from tools.importers.columns import Columns
from tools.importers.period_text import period_within
from tools.importers.quality import row_period
from tools.importers.row import Context, Fields, Reader, Refusal

_UNITS = (
    ("per 1,000", r"per (?:1,?000|k\b|thousand)|/ ?1,?000|/k\b"),
    ("USD per member per month", r"\bpmpm\b|per member per month"),
    ("percent", r"%|\bpercent|\brate\b.*%"),
    ("USD", r"\$|\busd\b|dollars?"),
    ("days", r"\bdays\b"),
)


class Utilization:
    """One row of the file is one metric of one payer and period."""

    kind = "utilization"
    table = "utilization"
    keys = ("metric",)
    personal = False

    def recognises(self, columns: Columns, sample: Sequence[Sequence[str]]) -> bool:
        """A metric with the practice's value."""
        fields = columns.fields.keys()
        return {"metric", "practice_value"} <= fields and bool(
            {"comparison_value", "period", "period_start", "payer", "unit"} & fields
        )

    def rows(self, context: Context) -> Reader:
        """One entry a row; the unit from its column, the metric's words or the cell's sign."""
        titled = period_within(context.titles)

        def entries(fields: Fields) -> Iterator[dict[str, Any]]:
            metric = fields.text("metric")
            if not metric:
                raise Refusal("no metric")
            ours = fields.read("practice_value", _value)
            if ours is None:
                raise Refusal(f"no value in column {fields.label('practice_value')}")
            start, end = row_period(fields, titled)
            told = (fields.text("unit"), metric, fields.text("practice_value"))
            yield {
                "payer": None,
                "payer_as_given": fields.text("payer") or None,
                "period_start": start,
                "period_end": end,
                "metric": metric[:120],
                "practice_value": ours,
                "comparison_value": fields.read("comparison_value", _value),
                "unit": next((unit for text in told if (unit := unit_in(text))), None),
            }

        return entries


def unit_in(text: str) -> str | None:
    """The unit that words or signs tell: per 1,000, percent, USD ... or None."""
    lower = text.casefold()
    return next((unit for unit, pattern in _UNITS if re.search(pattern, lower)), None)


def _value(text: str) -> Decimal | None:
    found = number(re.sub(r"[$%]", "", text).strip())
    if found is None:
        return None
    if abs(found) >= 10**9:
        raise ValueError("it is too large")
    return found.quantize(Decimal("0.0001"))
