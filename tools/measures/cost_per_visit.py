"""What a visit costs the practice: costs of a period / visits of the same period."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from knowledge.evidence import Basis, Figure
from knowledge.money import to_cents
from tools.lines.claim_totals import exact, records
from tools.measures.visits import visits_figure
from tools.period import Period, month_end, months_before, named
from tools.practice import Practice


@dataclass(frozen=True)
class Cost:
    """One row of the practice's costs, USD."""

    category: str
    amount: Decimal
    start: date
    end: date
    site: str


@dataclass(frozen=True)
class CostPerVisit:
    """Costs, visits and their ratio over one stretch; None for a visit where there is none.

    left_out: costs on file whose period is not wholly within. doubled: costs of longer
    periods that shorter ones of the same category repeat.
    """

    span: Period
    total: Figure
    visits: Figure
    per_visit: Figure | None
    categories: tuple[tuple[str, Figure], ...]
    left_out: Figure | None
    doubled: Figure | None


def cost_per_visit(practice: Practice, span: Period | None) -> CostPerVisit | None:
    """Costs of the period, by default of the latest twelve months that costs are on file for."""
    every = costs(practice)
    if not every:
        return None
    kept, repeated = finest(every)
    last = max(cost.end for cost in kept)
    wanted = span or named(months_before(month_end(last), 11).replace(day=1), last)
    within = [c for c in kept if wanted.start <= c.start and c.end <= wanted.end]
    if not within:
        return None
    covered = named(min(c.start for c in within), max(c.end for c in within))
    total = _money("Practice costs", covered, within, "sum of cost rows, totals left out")
    visits = visits_figure(practice, covered)
    per_visit = None
    if visits.number:
        per_visit = Figure(
            f"Cost per visit, {covered.label}", to_cents(total.number / visits.number), "USD",
            Basis("practice costs / visits of the same months, to the cent", (total, visits)),
            places=2,
        )  # fmt: skip
    names = sorted({c.category for c in within}, key=lambda n: (-_sum(within, n), n))
    categories = tuple(
        (name, _money(name, covered, [c for c in within if c.category == name], "sum of cost rows"))
        for name in names
    )
    outside = [
        c for c in kept
        if c not in within and c.start <= covered.end and c.end >= covered.start
    ]  # fmt: skip
    return CostPerVisit(
        covered, total, visits, per_visit, categories,
        _money("Costs that reach outside", covered, outside, "sum") if outside else None,
        _money("Costs told twice", covered, repeated, "sum") if repeated else None,
    )  # fmt: skip


def costs(practice: Practice) -> list[Cost]:
    """All cost rows with a period, oldest first."""
    if not practice.tables.has("practice_costs"):
        return []
    rows = records(practice, practice.tables.table("practice_costs"))
    found = [
        Cost(row["category"] or "not named", exact(row["amount"]), row["period_start"],
             row["period_end"], row["site"] or "")
        for row in rows
        if row["period_start"] and row["period_end"]
    ]  # fmt: skip
    return sorted(found, key=lambda c: (c.start, c.end, c.category, c.site, c.amount))


def finest(every: Sequence[Cost]) -> tuple[list[Cost], list[Cost]]:
    """Costs that count, and those of a longer period that shorter rows of the category retell."""
    kept: list[Cost] = []
    repeated: list[Cost] = []
    for cost in every:
        inside = [
            c for c in every
            if (c.category, c.site) == (cost.category, cost.site)
            and cost.start <= c.start and c.end <= cost.end
            and (c.start, c.end) != (cost.start, cost.end)
        ]  # fmt: skip
        (repeated if inside else kept).append(cost)
    return kept, repeated


def _money(name: str, span: Period, held: Iterable[Cost], words: str) -> Figure:
    rows = list(held)
    amount = sum((c.amount for c in rows), Decimal(0))
    basis = Basis(words, (), "practice_costs", f"{name}, {span.label}", len(rows))
    return Figure(f"{name}, {span.label}", amount, "USD", basis)


def _sum(held: Iterable[Cost], name: str) -> Decimal:
    return sum((c.amount for c in held if c.category == name), Decimal(0))
