"""How many days a payer takes to pay: the median and the ninth tenth of its lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal
from typing import Any

import ibis

from knowledge.evidence import Basis, Figure
from tools.lines.claim_totals import chosen, records
from tools.period import Period
from tools.practice import Practice

WORDS = "counting lines that were paid something, from {start} to the day of payment"
STARTS = {"service": "the date of service", "submission": "submission"}


@dataclass(frozen=True)
class Days:
    """Days from a start to payment for one payer: how many lines, the median, nine in ten."""

    payer: str
    lines: int
    median: Figure
    ninth: Figure


def payment_days(
    practice: Practice,
    span: Period,
    payers: Sequence[str] | None,
    codes: Sequence[str] | None,
    where: str,
) -> Mapping[str, Mapping[str, Days]]:
    """ "service" and "submission" -> payer -> Days; a payer without the dates is left out.

    The day of payment is the paid date, else the posting date. Lines whose payment lies
    before its start are slips and left out.
    """
    lines = chosen(practice, span, payers=payers, codes=codes)
    lines = lines.filter(lines.counts, lines.paid > 0, lines.payer.notnull())
    on = ibis.coalesce(lines.paid_date, lines.posting_date)
    found: dict[str, Mapping[str, Days]] = {}
    for start, column in (("service", "service_date"), ("submission", "submitted_date")):
        taken = on.delta(lines[column], unit="day") if hasattr(on, "delta") else on - lines[column]
        held = lines.mutate(days=taken)
        counted = held.filter(held.days >= 0).group_by(["payer", "days"]).aggregate(
            lines=lambda t: t.count()
        )  # fmt: skip
        by_payer: dict[str, dict[int, int]] = {}
        for row in records(practice, counted):
            by_payer.setdefault(row["payer"], {})[int(row["days"])] = int(row["lines"])
        found[start] = {
            payer: _days(payer, start, counts, where) for payer, counts in by_payer.items()
        }
    return found


def _days(payer: str, start: str, counts: Mapping[int, int], where: str) -> Days:
    total = sum(counts.values())

    def mark(name: str, share: Decimal, said: str) -> Figure:
        basis: Any = Basis(
            f"smallest number of days within which {said} of the lines were paid; "
            + WORDS.format(start=STARTS[start]), (), "claim_lines", f"{payer}, {where}", total,
        )  # fmt: skip
        return Figure(f"{payer}: {name} from {STARTS[start]}",
                      Decimal(days_within(counts, share)), "days", basis)  # fmt: skip

    median = mark("median days to payment", Decimal("0.5"), "half")
    ninth = mark("days within which nine in ten are paid", Decimal("0.9"), "nine in ten")
    return Days(payer, total, median, ninth)


def days_within(counts: Mapping[int, int], share: Decimal) -> int:
    """The smallest number of days by which this share of the lines is reached (nearest rank)."""
    wanted = (sum(counts.values()) * share).to_integral_value(ROUND_CEILING)
    reached = 0
    for days in sorted(counts):
        reached += counts[days]
        if reached >= wanted:
            return days
    raise ValueError("there are no lines to count")
