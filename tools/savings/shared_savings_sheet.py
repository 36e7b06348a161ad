"""A shared-savings contract as a worksheet: target to payment, and the same at other costs."""

from __future__ import annotations

from decimal import Decimal

from knowledge.evidence import Figure, Table
from knowledge.worksheet import (
    Column,
    Grid,
    Input,
    Step,
    Worksheet,
    drawn_table,
    input_of,
    result_of,
)
from tools.savings.shared_savings_terms import Terms, terms_as_figures

LEVELS = tuple(Decimal(n) for n in (85, 90, 95, 98, 99, 100, 101, 102, 105, 110, 115))


def earned_formula(target: str, gross: str, two_sided: bool) -> str:
    """What is earned on a target and a saving (below zero a loss), both by name.

    The formula of tools/savings/shared_savings_formula.py: first dollar once the minimum is
    reached; a loss costs the smaller of share x loss and cap x target.
    """
    gain = f"{gross} * share_of_savings / 100 * quality_factor"
    loss = f"-MIN(-{gross} * share_of_savings / 100, {target} * loss_cap / 100)"
    lost = f"IF({gross} <= -({target} * minimum_rate / 100), {loss}, 0)" if two_sided else "0"
    gained = f"IF({gross} >= {target} * minimum_rate / 100, {gain}, 0)"
    return f"ROUND(IF({gross} >= 0, {gained}, {lost}), 2)"


def shared_savings_sheet(
    whose: str,
    terms: Terms,
    per_month: tuple[Figure, Figure],
    months: Figure,
    told: tuple[Figure, Figure, Figure],
    later: Table | None,
) -> Worksheet:
    """The contract; per_month: target and actual; told: the answer's gross, rate and earned."""
    gross, rate, earned = told
    parts = terms_as_figures(terms)
    inputs: list[Input] = [
        input_of("target_pmpm", per_month[0]), input_of("actual_pmpm", per_month[1]),
        input_of("member_months", months), input_of("share_of_savings", parts["share"]),
        input_of("minimum_rate", parts["minimum"]), input_of("quality_factor", parts["quality"]),
    ]  # fmt: skip
    two_sided = terms.cap is not None
    if two_sided:
        inputs.append(input_of("loss_cap", parts["cap"]))
    steps = (
        Step("target_total", "Target in all", "target_pmpm * member_months", "USD"),
        Step("actual_total", "Actual in all", "actual_pmpm * member_months", "USD"),
        Step("savings", "Savings before sharing", "target_total - actual_total", "USD"),
        Step("savings_rate", "Savings, of the target", "100 * savings / target_total", "percent"),
        Step("savings_needed", "Savings needed before any are shared",
             "target_total * minimum_rate / 100", "USD"),
        Step("earned", f"{whose}: earned (below zero: owed)",
             earned_formula("target_total", "savings", two_sided), "USD"),
        Step("earned_pmpm", "Earned per member per month", "earned / member_months",
             "USD per member per month"),
    )  # fmt: skip
    levels = Grid(
        "At other costs",
        (
            Column("level", "Actual, of the target", "percent", LEVELS),
            Column("level_pmpm", "Actual (USD per member per month)", "USD per member per month",
                   formula="target_pmpm * level / 100"),
            Column("level_savings", "Savings (USD)", "USD",
                   formula="target_total - target_total * level / 100"),
            Column("level_earned", "Earned or owed (USD)", "USD",
                   formula=earned_formula("target_total", "level_savings", two_sided)),
        ),
    )  # fmt: skip
    return Worksheet(
        f"{whose}: what shared savings pay", tuple(inputs), steps,
        (result_of("savings", gross), result_of("savings_rate", rate), result_of("earned", earned)),
        (levels,),
        drawn=(drawn_table(later),) if later else (),
        notes=("How much of a saving is luck is not in these formulas: see the answer.",),
    )  # fmt: skip
