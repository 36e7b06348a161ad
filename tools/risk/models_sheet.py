"""Payment models side by side as a worksheet: an average year of those that formulas give.

The formulas are the averages of tools/risk/models_side_by_side.py: fees follow the work, so an
average year of fees is today's; shared savings and losses are drawn and stand as values.
"""

from __future__ import annotations

from collections.abc import Mapping

from knowledge.evidence import Figure, Table
from knowledge.worksheet import Input, Step, Worksheet, drawn_table, input_of, result_of

FORMULAS = {
    "fee_for_service": ("Fee for service, an average year", "ROUND(fees, 0)"),
    "care_management": ("Fees and care management, an average year",
                        "ROUND(fees + care_pmpm * member_months, 0)"),
    "capitation": ("Capitation, an average year", "ROUND(pmpm * member_months, 0)"),
}  # fmt: skip


def models_sheet(
    short: str,
    fees: Figure,
    inputs: Mapping[str, Figure],
    averages: Mapping[str, Figure],
    drawn: Table,
) -> Worksheet:
    """One payer's models; inputs: as the model took them; averages: as answered, by model."""
    held: list[Input] = [input_of("fees", fees, source="data")]
    held += [input_of(name, inputs[name]) for name in ("members", "care_pmpm", "pmpm", "prepaid")]
    steps = [
        Step("member_months", "Member months of a year", "members * 12", "count"),
        *(Step(name, label, formula, "USD") for name, (label, formula) in FORMULAS.items()),
        Step("hybrid_monthly", "Hybrid: fees paid ahead, a month", "fees * prepaid / 100 / 12",
             "USD"),
        Step("hybrid_by_work", "Hybrid: fees still paid by work, a year",
             "fees * (100 - prepaid) / 100", "USD"),
        Step("break_even", "Capitation that brings today's fees", "fees / member_months",
             "USD per member per month"),
    ]  # fmt: skip
    return Worksheet(
        f"{short}: payment models on the same members", tuple(held), tuple(steps),
        tuple(result_of(name, averages[name]) for name in FORMULAS),
        drawn=(drawn_table(drawn),),
        notes=("Bad and good years, and what shared savings and losses bring, are drawn from the"
               " members' own use: see the sheet Drawn.",),
    )  # fmt: skip
