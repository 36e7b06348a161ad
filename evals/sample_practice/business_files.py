"""Costs, capacity and contacts of the sample practice, from practice.toml; all invented."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from random import Random

from evals.sample_practice.practice_files import practice_facts, write_rows

CENT = Decimal("0.01")


def cost_months() -> list[date]:
    """The first days of the months that the cost sheet covers."""
    facts = practice_facts()["costs"]
    first = facts["first_month"].year * 12 + facts["first_month"].month - 1
    return [date(at // 12, at % 12 + 1, 1) for at in range(first, first + facts["months"])]


def cost_table(seed: int) -> list[tuple[str, list[Decimal]]]:
    """Each category with its cost of every month, USD."""
    chance = Random(f"{seed} costs")
    return [
        (name, [_varied(Decimal(base), percent, chance) for _ in cost_months()])
        for name, base, percent in practice_facts()["costs"]["rows"]
    ]


def write_costs(path: Path, seed: int) -> None:
    """A profit and loss sheet: titles, income, costs by month, and the totals of each."""
    chance = Random(f"{seed} income")
    months = cost_months()
    income = [
        (name, [_varied(Decimal(base), 6, chance) for _ in months])
        for name, base in practice_facts()["costs"]["income"]
    ]
    costs = cost_table(seed)
    earned, spent = _totals(income), _totals(costs)
    blank = [""] * (len(months) + 1)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([practice_facts()["profile"]["name"]])
        writer.writerow([f"Profit and loss, {months[0]:%B %Y} to {months[-1]:%B %Y}"])
        writer.writerow([])
        writer.writerow(["Account", *(f"{month:%b %Y}" for month in months), "Total"])
        writer.writerow(["Income", *blank])
        writer.writerows(_line(*row) for row in [*income, ("Total Income", earned)])
        writer.writerow(["Expenses", *blank])
        writer.writerows(_line(*row) for row in [*costs, ("Total Expenses", spent)])
        kept = [one - other for one, other in zip(earned, spent, strict=True)]
        writer.writerow(_line("Net Income", kept))


def write_capacity(path: Path) -> None:
    """One row a clinician."""
    header = ("Provider,Role,Site,FTE,Sessions per Week,Visits per Session,Open Visits per Week,"
              "Rooms")  # fmt: skip
    write_rows(path, header.split(","), practice_facts()["capacity"]["rows"])


def write_contacts(path: Path) -> None:
    """Whom the practice writes to at its payers."""
    header = "Payer,Contact Name,Title,Email,Phone"
    write_rows(path, header.split(","), practice_facts()["contacts"]["rows"])


def _varied(base: Decimal, percent: int, chance: Random) -> Decimal:
    thousandths = chance.randint(-10 * percent, 10 * percent)
    return (base * (1000 + thousandths) / 1000).quantize(CENT, ROUND_HALF_UP)


def _totals(rows: Sequence[tuple[str, list[Decimal]]]) -> list[Decimal]:
    return [sum(of_month, Decimal(0)) for of_month in zip(*(row for _, row in rows), strict=True)]


def _line(name: str, amounts: Sequence[Decimal]) -> list[str]:
    """A row as an accountant prints it: thousands apart, minus in brackets, its total last."""
    every = [*amounts, sum(amounts, Decimal(0))]
    return [name, *(f"({-a:,.2f})" if a < 0 else f"{a:,.2f}" for a in every)]
