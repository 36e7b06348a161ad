"""Quality results as they were reported: one a measure, payer and period."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from knowledge.evidence import Basis, Figure, long_date
from knowledge.money import percent_of
from knowledge.reference.quality_benchmarks import inverse_measure, measure_words
from tools.lines.claim_totals import records
from tools.practice import Practice


@dataclass(frozen=True)
class QualityRow:
    """Counts of one measure; `measure` is the eCQM id, "" for one that is none of those.

    name: as the report calls it. payer: canonical, "" for all payers.
    """

    measure: str
    name: str
    payer: str
    start: date
    end: date
    numerator: int
    denominator: int

    @property
    def key(self) -> tuple[str, str]:
        """What makes two rows the same measure of the same payer."""
        return self.measure or self.name.casefold(), self.payer

    @property
    def label(self) -> str:
        """The measure as a sentence names it."""
        return self.measure or self.name

    @property
    def about(self) -> str:
        """The measure in a few words, those of the report where we have none."""
        return measure_words(self.measure) or self.name

    @property
    def lower_is_better(self) -> bool:
        """Whether the measure is an inverse one."""
        return inverse_measure(self.measure)

    @property
    def percent(self) -> Decimal:
        """100 x numerator / denominator, unrounded."""
        return percent_of(Decimal(self.numerator), Decimal(self.denominator))


def quality_rows(practice: Practice, payers: Sequence[str] | None = None) -> list[QualityRow]:
    """All results with a denominator above zero, oldest first; of a payer or of all.

    Where one measure, payer and period was reported twice, the later import counts.
    """
    if not practice.tables.has("quality"):
        return []
    table = practice.tables.table("quality")
    if payers is not None:
        table = table.filter(table.payer.isin(list(payers)))
    held: dict[tuple[object, ...], QualityRow] = {}
    place = {entry["id"]: n for n, entry in enumerate(practice.tables.sources("quality"))}
    rows = sorted(
        records(practice, table),
        key=lambda r: (place.get(r["source_id"], 0), r["source_sheet"] or "", r["source_row"]),
    )
    for row in rows:
        if not row["denominator"] or row["period_end"] is None:
            continue
        made = QualityRow(
            row["measure"] or "",
            row["measure_as_given"] or row["measure"] or "a measure without a name",
            row["payer"] or "",
            row["period_start"] or row["period_end"].replace(month=1, day=1),
            row["period_end"],
            int(row["numerator"]),
            int(row["denominator"]),
        )
        held[(*made.key, made.start, made.end)] = made
    return sorted(held.values(), key=lambda r: (r.end, r.start, r.label, r.payer))


def rate_figure(row: QualityRow, whose: str) -> Figure:
    """The rate in percent, with its counts below it."""
    where = f"{row.label}, {whose}, {period_said(row)}"
    parts = tuple(
        Figure(f"{row.label} {whose}: {name}, {period_said(row)}", Decimal(value), "count",
               Basis(f"{name} as reported", (), "quality", where))
        for name, value in (("numerator", row.numerator), ("denominator", row.denominator))
    )  # fmt: skip
    return Figure(
        f"{row.label} {whose}: rate, {period_said(row)}", row.percent, "percent",
        Basis("100 x numerator / denominator", parts, "quality", where),
    )  # fmt: skip


def period_said(row: QualityRow) -> str:
    """The period of a result: its year where it is one, else its last day."""
    whole = (row.start.month, row.start.day, row.end.month, row.end.day) == (1, 1, 12, 31)
    return str(row.end.year) if whole else f"to {long_date(row.end)}"
