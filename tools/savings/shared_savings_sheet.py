"""A shared-savings contract as a worksheet: target to payment, and the same at other costs."""

from __future__ import annotations

from decimal import Decimal

from knowledge.evidence import Figure
from knowledge.worksheet import (
    Column,
    Grid,
    Input,
    Step,
    Worksheet,
    input_of,
    result_of,
)
from tools.savings.over_years import OverYears
from tools.savings.shared_savings_terms import Terms, terms_as_figures

OVER_YEARS = {
    "rebasing": "rebasing", "trend_a_year": "trend", "reduction": "reduction",
    "floor_of_care": "floor",
}  # fmt: skip
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
    later: OverYears | None,
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
    steps: tuple[Step, ...] = (
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
    grids, results = [levels], [result_of("savings", gross), result_of("savings_rate", rate),
                                result_of("earned", earned)]  # fmt: skip
    if later is not None:
        inputs += [input_of(name, later.inputs[key]) for name, key in OVER_YEARS.items()]
        grids.append(_years(later.years, two_sided))
        steps = (*steps, Step("earned_in_all", "Earned over the years",
                              "ROUND(SUM(all(year_earned)), 0)", "USD"))  # fmt: skip
        results.append(result_of("earned_in_all", later.total))
    return Worksheet(
        f"{whose}: what shared savings pay", tuple(inputs), steps, tuple(results), tuple(grids),
        notes=("How much of a saving is luck is not in these formulas: see the answer.",),
    )  # fmt: skip


def _years(years: int, two_sided: bool) -> Grid:
    """The contract's years at expected cost, re-based as tools/risk/race_to_the_bottom.py does."""
    grown = "(100 + trend_a_year) / 100"
    cost = f"MAX(before(year_actual) * {grown} * (100 - reduction) / 100, year_floor)"
    aim = (f"before(year_target) * {grown} * (100 - rebasing) / 100"
           f" + before(year_actual) * {grown} * rebasing / 100")  # fmt: skip
    unit = "USD per member per month"
    return Grid(
        "Year by year",
        (
            Column("year", "Year", "count", tuple(map(Decimal, range(1, years + 1))), fixed=True),
            Column("year_floor", "Floor of care (USD PMPM)", unit,
                   formula=f"IF(year == 1, floor_of_care, before(year_floor) * {grown})"),
            Column("year_actual", "Our cost (USD PMPM)", unit,
                   formula=f"IF(year == 1, actual_pmpm, {cost})"),
            Column("year_target", "Target (USD PMPM)", unit,
                   formula=f"IF(year == 1, target_pmpm, {aim})"),
            Column("year_savings", "Savings (USD)", "USD",
                   formula="(year_target - year_actual) * member_months"),
            Column("year_earned", "Earned or owed (USD)", "USD",
                   formula=earned_formula("(year_target * member_months)", "year_savings",
                                          two_sided)),
        ),
    )  # fmt: skip
