"""Rosters, quality counts, utilization and costs of the invented practice."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from random import Random

from evals.messy.clean import CostRow, Line, QualityRow, RosterRow, UtilizationRow
from evals.messy.plan import Plan

MEASURES = ("CMS165", "CMS122", "CMS2", "CMS130", "CMS125")
METRICS = {  # metric: (lowest, highest) of the practice's value
    "ED visits per 1,000": (140, 230),
    "Inpatient admissions per 1,000": (38, 70),
    "Urgent care visits per 1,000": (110, 190),
    "Generic prescribing rate": (82, 93),
}
CATEGORIES = {"Salaries and benefits": 41000, "Rent": 6200, "Supplies": 3300, "Software": 1900}


def twelve_months(plan: Plan) -> list[date]:
    """The first days of the twelve full months that end with the last full month of claims."""
    after = (plan.end + timedelta(days=1)).replace(day=1)  # the first month that is not full
    months = []
    for _ in range(12):
        after = (after - timedelta(days=1)).replace(day=1)
        months.append(after)
    return months[::-1]


def roster(plan: Plan, lines: list[Line], rng: Random) -> list[RosterRow]:
    """Members attributed by P1 and P4 in each of the twelve months, rows that no longer count
    among them (a term date before the month)."""
    months = twelve_months(plan)
    rows: list[RosterRow] = []
    for role in ("P1", "P4"):
        seen = sorted(
            {
                line.patient.member
                for line in lines
                if line.payer.role == role
                and line.counts
                and months[0] <= line.served <= plan.end.replace(day=1) - timedelta(days=1)
            }
        )
        unseen = [f"{role}{rng.randrange(10**7, 10**8)}9{i:02d}" for i in range(17 + 4 * len(role))]
        kept = [member for member in seen if rng.random() < 0.85] + unseen
        gone = [f"{role}{rng.randrange(10**7, 10**8)}8{i:02d}" for i in range(6)]
        risks = {m: Decimal(rng.randint(60, 240)) / 100 for m in kept + gone}
        for month in months:
            rows += [RosterRow(role, m, month, None, risks[m]) for m in kept]
            rows += [
                RosterRow(role, m, month, months[0] - timedelta(days=20), risks[m]) for m in gone
            ]
    return rows


def quality(rng: Random) -> list[QualityRow]:
    """Counts for P1 and P4 in 2024 and 2025."""
    rows = []
    for role in ("P1", "P4"):
        for measure in MEASURES:
            for year in (2024, 2025):
                size = rng.randint(120, 390)
                level = rng.uniform(0.18, 0.45) if measure == "CMS122" else rng.uniform(0.42, 0.8)
                rows.append(QualityRow(role, measure, year, int(size * level), size))
    return rows


def utilization(rng: Random) -> list[UtilizationRow]:
    """Metrics of P1 and P4 in 2024 and 2025, and the payer's regional comparison."""
    rows = []
    for role in ("P1", "P4"):
        for metric, (low, high) in METRICS.items():
            for year in (2024, 2025):
                mine = Decimal(rng.randint(low * 10, high * 10)) / 10
                other = Decimal(rng.randint(low * 10, high * 10)) / 10
                rows.append(UtilizationRow(role, metric, year, mine, other))
    return rows


def costs(plan: Plan, rng: Random) -> list[CostRow]:
    """Costs of each of the twelve months by category, USD."""
    return [
        CostRow(name, month, Decimal(rng.randint(level * 90, level * 110)) / 100)
        for month in twelve_months(plan)
        for name, level in CATEGORIES.items()
    ]
