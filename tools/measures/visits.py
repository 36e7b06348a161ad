"""Visits: distinct claims and dates of service with a counting line."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from knowledge.evidence import Basis, Figure
from tools.lines.claim_totals import chosen, records
from tools.lines.left_out import period_where
from tools.period import Period
from tools.practice import Practice


def visits_figure(practice: Practice, span: Period, payers: Sequence[str] | None = None) -> Figure:
    """The visits of a period, self-pay included unless payers are named."""
    lines = chosen(practice, span, payers=payers)
    lines = lines.filter(lines.counts)
    days = lines.select("visit").distinct()
    (row,) = records(practice, days.aggregate(visits=days.count()))
    whose = ", ".join(payers) if payers else "all payers and self-pay"
    basis = Basis("distinct claims and dates of service with a counting line", (), "claim_lines",
                  f"{whose}, {period_where(span)}")  # fmt: skip
    return Figure(f"Visits, {whose}, {span.label}", Decimal(int(row["visits"])), "count", basis)
