"""A capitation as a worksheet: a row a code that can be carved out, break-even, the offer."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from knowledge.evidence import Figure
from knowledge.worksheet import Column, Grid, Input, Step, Worksheet, input_of, result_of
from tools.lines.claim_totals import CodeTotal
from tools.rates.rate_comparison import service


def capitation_sheet(
    short: str,
    rows: Sequence[CodeTotal],
    months: Figure,
    span_months: int,
    even: Figure,
    offer: tuple[Figure, Figure, Figure] | None,
) -> Worksheet:
    """The payment; offer: what is offered, its distance from break-even and its worth a year."""
    span = Input("months_of_period", "Months of the period", Decimal(span_months), "count", "data",
                 "calendar months that the claims cover")  # fmt: skip
    steps = [
        Step("allowed_in_rate", f"{short}: allowed on the services in the rate",
             "SUM(all(in_rate_allowed))", "USD"),
        Step("break_even", f"{short}: break-even per member per month",
             "allowed_in_rate / member_months", "USD per member per month"),
    ]  # fmt: skip
    results = [result_of("break_even", even)]
    inputs = [input_of("member_months", months), span]
    if offer is not None:
        inputs.insert(0, input_of("offered_pmpm", offer[0]))
        steps += [
            Step("distance", "Offered less break-even", "offered_pmpm - break_even",
                 "USD per member per month"),
            Step("worth_a_year", "Gain or loss a year at unchanged use",
                 "(offered_pmpm * member_months - allowed_in_rate) * 12 / months_of_period", "USD"),
        ]  # fmt: skip
        results += [result_of("distance", offer[1]), result_of("worth_a_year", offer[2])]
    return Worksheet(
        f"{short}: capitation against fee for service", tuple(inputs), tuple(steps), tuple(results),
        (_by_code(rows),),
        notes=(
            "Set 0 beside a code to carve it out: break-even follows.",
            "At unchanged use, patients' part included, without a margin for risk; how far a year"
            " may swing is in the answer.",
        ),
    )  # fmt: skip


def _by_code(rows: Sequence[CodeTotal]) -> Grid:
    sums: dict[str, tuple[Decimal, Decimal]] = {}
    for row in rows:
        units, allowed = sums.get(row.code, (Decimal(0), Decimal(0)))
        sums[row.code] = units + row.units, allowed + row.allowed
    ranked = sorted(sums.items(), key=lambda item: (-item[1][1], item[0]))
    return Grid(
        "By code",
        (
            Column("code", "Code", "", tuple(code for code, _ in ranked)),
            Column("service", "Service", "", tuple(service(code) or "" for code, _ in ranked)),
            Column("units", "Units", "count", tuple(units for _, (units, _) in ranked)),
            Column("allowed", "Allowed (USD)", "USD", tuple(paid for _, (_, paid) in ranked)),
            Column("in_rate", "In the rate (1 yes, 0 no)", "count", (Decimal(1),) * len(ranked)),
            Column("in_rate_allowed", "Counted (USD)", "USD", formula="allowed * in_rate"),
            Column("per_month", "Per member per month (USD)", "USD per member per month",
                   formula="in_rate_allowed / member_months"),
        ),
    )  # fmt: skip
