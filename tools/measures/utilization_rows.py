"""What payers report on use and cost, latest first, each beside its comparison."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from knowledge.evidence import Basis, Figure, Unit, long_date
from knowledge.reference.utilization_metrics import Metric, utilization_metric
from tools.lines.claim_totals import records
from tools.period import Period
from tools.practice import Practice

_UNITS: dict[str, Unit] = {
    "per 1,000": "per 1,000",
    "USD per member per month": "USD per member per month",
    "percent": "percent",
    "USD": "USD",
    "days": "days",
}


@dataclass(frozen=True)
class Reported:
    """One metric of one payer and period; metric is None where its direction is not known."""

    payer: str
    name: str
    metric: Metric | None
    start: date
    end: date
    ours: Figure
    theirs: Figure | None

    @property
    def key(self) -> tuple[str, str]:
        """What makes two rows the same metric of the same payer."""
        return self.payer, self.metric.key if self.metric else self.name.casefold()

    @property
    def said(self) -> str:
        """The metric in a sentence."""
        return self.metric.said if self.metric else self.name

    @property
    def better(self) -> bool | None:
        """Whether the practice does better than the comparison; None where it cannot be said."""
        if self.metric is None or self.theirs is None:
            return None
        return self.metric.improved(self.theirs.number, self.ours.number)


def reported(
    practice: Practice, payers: Sequence[str] | None, span: Period | None
) -> list[Reported]:
    """All metrics on file, oldest first; of payers or all, of a period or all."""
    if not practice.tables.has("utilization"):
        return []
    table = practice.tables.table("utilization")
    if payers is not None:
        table = table.filter(table.payer.isin(list(payers)))
    found = [_reported(row) for row in records(practice, table) if row["period_end"]]
    held = [
        each for each in found
        if span is None or (each.start <= span.end and each.end >= span.start)
    ]  # fmt: skip
    unique = {(each.key, each.start, each.end): each for each in held}
    return sorted(unique.values(), key=lambda e: (e.end, e.start, e.payer, e.name))


def _reported(row: dict[str, object]) -> Reported:
    name, payer = str(row["metric"]), str(row["payer"] or "")
    start, end = row["period_start"], row["period_end"]
    assert isinstance(end, date)
    first = start if isinstance(start, date) else end.replace(month=1, day=1)
    unit = _UNITS.get(str(row["unit"] or ""), "ratio")
    where = f"{payer}, {name}, {long_date(first)} to {long_date(end)}"

    def figure(whose: str, value: object) -> Figure | None:
        if not isinstance(value, Decimal):
            return None
        return Figure(
            f"{name}, {whose}, {payer}, {period_words(first, end)}", value.normalize(), unit,
            Basis("as it stands in the payer's report", (), "utilization", where, 1),
            places=_places(value, unit),
        )  # fmt: skip

    ours = figure("this practice", row["practice_value"])
    assert ours is not None, "the importer refuses a metric without a value"
    return Reported(payer, name, utilization_metric(name), first, end, ours,
                    figure("comparison", row["comparison_value"]))  # fmt: skip


def _places(value: Decimal, unit: Unit) -> int | None:
    if unit in ("USD", "USD per member per month"):
        return 2
    return 0 if value == value.to_integral_value() else 1 if abs(value) >= 1 else 2


def period_words(start: date, end: date) -> str:
    """A year where it is one, else the last day of the period."""
    whole = (start.month, start.day, end.month, end.day) == (1, 1, 12, 31)
    return str(end.year) if whole else f"to {long_date(end)}"
