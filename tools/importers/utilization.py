"""What a payer reports on use and cost: the practice's value beside a comparison's."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from knowledge.reference.utilization_metrics import utilization_metric
from tools.importers.cell_values import clean, number
from tools.importers.columns import Columns
from tools.importers.period_columns import header_period
from tools.importers.period_text import period_within
from tools.importers.quality import row_period
from tools.importers.row import Context, Fields, Reader, Refusal

_EVERYONE = re.compile(r"^(?:all|total|overall|combined)\b", re.I)
_TOTAL = re.compile(r"^(?:grand |sub-?\s?)?totals?$", re.I)
_THEIRS = re.compile(r"network|peer|benchmark|market|comparison|region|average|target|plan\b", re.I)
_WHOSE = re.compile(
    r"\b(?:network|peers?|benchmark|market|comparison|region(?:al)?|average|target|plan|practice|"
    r"your?s?|our|ours|actual|value|rate|group)\b",
    re.I,
)
_UNITS = (
    ("per 1,000", r"per (?:1,?000|k\b|thousand)|/ ?1,?000|/k\b"),
    ("USD per member per month", r"\bpmpm\b|per member per month"),
    ("percent", r"%|\bpercent|\brate\b.*%"),
    ("USD", r"\$|\busd\b|dollars?"),
    ("days", r"\bdays\b"),
)


class Utilization:
    """One row of the file is one metric of one payer, of one period or of several."""

    kind = "utilization"
    table = "utilization"
    keys = ("metric",)
    personal = False

    def recognises(self, columns: Columns, sample: Sequence[Sequence[str]]) -> bool:
        """A metric with the practice's value, or with years or quarters as columns."""
        fields = columns.fields.keys()
        if "metric" not in fields:
            return False
        if value_columns(columns, None) and _speaks_of_use(columns, sample):
            return True
        return "practice_value" in fields and bool(
            {"comparison_value", "period", "period_start", "payer", "unit"} & fields
        )

    def rows(self, context: Context) -> Reader:
        """One entry a value; the unit from its column, the metric's words or the cell's sign."""
        titled = period_within(context.titles)
        own = "practice_value" in context.columns.fields
        wide = [] if own else value_columns(context.columns, titled)

        def entries(fields: Fields) -> Iterator[dict[str, Any]]:
            metric, given = fields.text("metric"), fields.text("payer")
            if not metric:
                raise Refusal("no metric")
            if _TOTAL.match(metric):
                raise Refusal("total row, not a metric")
            common = {
                "payer": None,
                "payer_as_given": None if _EVERYONE.match(given) else given or None,
                "everyone": bool(_EVERYONE.match(given)),
                "metric": metric[:120],
            }
            theirs = fields.read("comparison_value", _value)
            if wide:
                yield from ({**common, **one} for one in _by_period(fields, wide, metric, theirs))
                return
            ours = fields.read("practice_value", _value)
            if ours is None:
                raise Refusal(f"no value in column {fields.label('practice_value')}")
            start, end = row_period(fields, titled)
            told = (fields.text("unit"), metric, fields.text("practice_value"))
            yield {
                **common,
                "period_start": start,
                "period_end": end,
                "practice_value": ours,
                "comparison_value": theirs,
                "unit": next((unit for text in told if (unit := unit_in(text))), None),
            }

        return entries


@dataclass(frozen=True)
class ValueColumns:
    """The columns of one period, by index: the practice's value, and the comparison or None."""

    start: date
    end: date
    ours: int
    theirs: int | None


def value_columns(columns: Columns, titled: tuple[date, date] | None) -> list[ValueColumns]:
    """Periods as columns: "2024" and "2025", or "2024 Practice" beside "2024 Network"."""
    mapped = {index for indexes in columns.fields.values() for index in indexes}
    ours: dict[tuple[date, date], int] = {}
    theirs: dict[tuple[date, date], int] = {}
    for index, cell in enumerate(columns.header):
        if index in mapped or not re.search(r"\d", cell):
            continue
        whose = theirs if _THEIRS.search(cell) else ours
        span = header_period(_WHOSE.sub(" ", cell).strip(" -:,()"), titled)
        if span:
            whose.setdefault(span, index)
    return [ValueColumns(*span, index, theirs.get(span)) for span, index in sorted(ours.items())]


def _by_period(
    fields: Fields, wide: Sequence[ValueColumns], metric: str, comparison: Decimal | None
) -> Iterator[dict[str, Any]]:
    """One entry a period; a single comparison column stands beside the latest."""
    found = 0
    for at in wide:
        text = fields.at(at.ours)
        try:
            ours = _value(text)
            theirs = _value(fields.at(at.theirs)) if at.theirs is not None else None
        except ValueError as wrong:
            raise Refusal(f"the value of {at.end.year}: {wrong}") from None
        if ours is None:
            continue
        found += 1
        latest = at is wide[-1]
        told = (fields.text("unit"), metric, text)
        yield {
            "period_start": at.start,
            "period_end": at.end,
            "practice_value": ours,
            "comparison_value": theirs if at.theirs is not None else comparison if latest else None,
            "unit": next((unit for each in told if (unit := unit_in(each))), None),
        }
    if not found:
        raise Refusal("no value in any period's column")


def _speaks_of_use(columns: Columns, sample: Sequence[Sequence[str]]) -> bool:
    """Whether at least two metrics, or all, are such as payers report on use and cost."""
    at = columns.fields["metric"][0]
    cells = [clean(row[at]) for row in sample if at < len(row) and clean(row[at])]
    known = sum(utilization_metric(cell) is not None for cell in cells)
    return known >= min(2, len(cells)) > 0


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
