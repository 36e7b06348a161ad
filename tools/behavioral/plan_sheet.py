"""The behavioral-health plan as a worksheet: pay by payer, month by month, break-even.

The formulas are those of tools/behavioral/launch.py.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from knowledge.evidence import Figure
from knowledge.worksheet import Column, Grid, Step, Worksheet, input_of, result_of
from tools.behavioral.launch import MONTHS_AT_MOST
from tools.behavioral.payers_of_care import PayerOfCare

NEVER = MONTHS_AT_MOST + 1


def plan_sheet(
    title: str,
    unit: str,
    paying: Sequence[PayerOfCare],
    inputs: Mapping[str, Figure],
    pay: Figure,
    year: Figure,
) -> Worksheet:
    """The plan of one staffing; inputs: as the model took them; pay and year: as answered."""
    weekly = "sessions_a_week" in inputs
    units = "sessions_a_week * 46 / 12" if weekly else "caseload"
    steps = (
        Step("units_full", f"{unit.capitalize()}s a month when full", units, "count"),
        Step("average_pay", f"Average pay for a {unit}",
             "ROUND(SUM(all(weighted)) / SUM(all(visits)), 2)", "USD"),
        Step("cost_a_month", "Personnel and space a month", "cost_a_year / 12 + space_a_month",
             "USD"),
        Step("year_full", "A year at full capacity",
             "ROUND(12 * (units_full * (100 - no_show) / 100 * average_pay - cost_a_month), 0)",
             "USD"),
        Step("units_even", f"{unit.capitalize()}s kept a month that break even",
             "cost_a_month / average_pay", "count"),
        Step("deepest", "Cash to lay out at the deepest", "-MIN(all(cash))", "USD"),
        Step("month_even", "Month in which the start is earned back",
             f'IF(MIN(all(even)) == {NEVER}, "not within {MONTHS_AT_MOST} months",'
             " MIN(all(even)))", "count"),
    )  # fmt: skip
    return Worksheet(
        f"Adding {title}", tuple(input_of(name, figure) for name, figure in inputs.items()), steps,
        (result_of("average_pay", pay), result_of("year_full", year)),
        (_payers(unit, paying), _months()),
        notes=(
            "Medical visits that the clinician frees or fills are not counted.",
        ),
    )  # fmt: skip


def _payers(unit: str, paying: Sequence[PayerOfCare]) -> Grid:
    held = [(each, each.pay) for each in paying if each.pay is not None]
    return Grid(
        "Pay by payer",
        (
            Column("payer", "Payer", "", tuple(each.short for each, _ in held)),
            Column("source", "From", "", tuple(each.source for each, _ in held)),
            Column("visits", "Of insured visits", "percent",
                   tuple(each.visits.number for each, _ in held)),
            Column("pay", f"Pay for a {unit} (USD)", "USD", tuple(pay.number for _, pay in held)),
            Column("weighted", "Visits x pay", "count", formula="visits * pay"),
        ),
    )  # fmt: skip


def _months() -> Grid:
    numbers = tuple(Decimal(n) for n in range(1, MONTHS_AT_MOST + 1))
    return Grid(
        "Month by month",
        (
            Column("month", "Month", "count", numbers, fixed=True),
            Column("full", "Share of capacity", "ratio", formula="MIN(1, month / ramp_months)"),
            Column("kept", "Kept and paid", "count",
                   formula="units_full * full * (100 - no_show) / 100"),
            Column("income", "Income (USD)", "USD", formula="kept * average_pay"),
            Column("result", "Result of the month (USD)", "USD", formula="income - cost_a_month"),
            Column("cash", "Running cash (USD)", "USD",
                   formula="IF(month == 1, -start_up, before(cash)) + result"),
            Column("even", f"Earned back ({NEVER}: not yet)", "count",
                   formula=f"IF(cash >= 0, month, {NEVER})"),
        ),
    )  # fmt: skip
