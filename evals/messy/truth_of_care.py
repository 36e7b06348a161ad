"""Quality, utilization, cost, members, and the models that stand on them."""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from evals.messy.prices import benchmark, cents
from evals.messy.truth import ZERO, Expected, Truth, add, visits


def _quality_row(truth: Truth, measure: str, role: str, year: int) -> tuple[int, int]:
    row = next(
        r for r in truth.practice.quality if (r.payer, r.measure, r.year) == (role, measure, year)
    )
    return row.numerator, row.denominator


def quality(truth: Truth, measure: str, role: str, year: int = 2025) -> list[Expected]:
    """Numerator / denominator, percent."""
    above, below = _quality_row(truth, measure, role, year)
    value = Decimal(100 * above) / below
    return [Expected(measure, value, "percent", truth.name(role), Decimal("0.05"))]


def quality_gap(
    truth: Truth, measure: str, role: str, mark: str, year: int = 2025
) -> list[Expected]:
    """Points between the result and a percentile of the year's benchmark."""
    above, below = _quality_row(truth, measure, role, year)
    goal = Decimal(benchmark(measure, year)[mark])
    value = abs(Decimal(100 * above) / below - goal)
    return [Expected("gap in points", value, "points", truth.name(role), Decimal("0.05"))]


def quality_patients(
    truth: Truth, measure: str, role: str, mark: str, year: int = 2025
) -> list[Expected]:
    """The smallest whole number of patients that reaches the mark; none where it is reached."""
    above, below = _quality_row(truth, measure, role, year)
    row = benchmark(measure, year)
    goal = Decimal(row[mark]) * below / 100
    if row["inverse"] == "True":
        need = above - int(goal.to_integral_value(ROUND_FLOOR))
    else:
        need = int(goal.to_integral_value(ROUND_CEILING)) - above
    value = Decimal(max(0, need))
    return [Expected("patients to the mark", value, "count", truth.name(role))]


def utilization(truth: Truth, metric: str, role: str, year: int = 2025) -> list[Expected]:
    """The practice's value and the comparison's."""
    row = next(
        r for r in truth.practice.utilization if (r.metric, r.payer, r.year) == (metric, role, year)
    )
    return [
        Expected(f"{metric}, practice", row.practice, "rate", truth.name(role)),
        Expected(f"{metric}, comparison", row.comparison, "rate", truth.name(role)),
    ]


def cost_per_visit(truth: Truth) -> list[Expected]:
    """Costs / visits of the twelve months, USD to the cent."""
    spent = sum((row.amount for row in truth.practice.costs), ZERO)
    return [Expected("cost per visit", cents(spent / visits(truth.counting())), "USD")]


def costs(truth: Truth) -> list[Expected]:
    """Costs of the twelve months, total rows left out, USD."""
    return [Expected("costs", sum((row.amount for row in truth.practice.costs), ZERO), "USD")]


def member_months(truth: Truth, role: str, period: str | None = None) -> int:
    """Distinct members of each month, summed; rows with an earlier term date dropped."""
    first, last = truth.days(period)
    return len(
        {
            (row.member, row.month)
            for row in truth.practice.roster
            if row.payer == role
            and first <= row.month <= last
            and (row.ended is None or row.ended >= row.month)
        }
    )


def member_months_of(truth: Truth, role: str, period: str | None = None) -> list[Expected]:
    """Member months of the period."""
    value = Decimal(member_months(truth, role, period))
    return [Expected("member months", value, "count", truth.name(role))]


def break_even(truth: Truth, role: str) -> list[Expected]:
    """Allowed on all counting lines / member months of the same months, USD."""
    value = cents(add(truth.counting(role), "allowed") / member_months(truth, role))
    return [Expected("break-even", value, "USD", truth.name(role))]


def unseen(truth: Truth, role: str) -> list[Expected]:
    """Members on the list without a counting line in the twelve months."""
    seen = {line.patient.member for line in truth.counting(role)}
    listed = {r.member for r in truth.practice.roster if r.payer == role and r.ended is None}
    return [Expected("not seen", Decimal(len(listed - seen)), "count", truth.name(role))]


def shared(
    truth: Truth,
    target: str,
    actual: str,
    months: int | str,
    share: int,
    minimum: str = "0",
    factor: str = "1",
) -> list[Expected]:
    """First dollar once the minimum savings rate is met. months: a number or a payer's role."""
    counted = member_months(truth, months) if isinstance(months, str) else months
    saved = (Decimal(target) - Decimal(actual)) * counted
    rate = 100 * (Decimal(target) - Decimal(actual)) / Decimal(target)
    earned = saved * share / 100 * Decimal(factor) if rate >= Decimal(minimum) else ZERO
    return [Expected("shared savings", cents(earned), "USD")]


def quality_years(truth: Truth, measure: str, role: str) -> list[Expected]:
    """A measure's result of 2024 and of 2025, percent."""
    return [*quality(truth, measure, role, 2024), *quality(truth, measure, role, 2025)]


def utilization_years(truth: Truth, metric: str, role: str) -> list[Expected]:
    """The practice's own value of a metric in 2024 and in 2025."""
    return [utilization(truth, metric, role, year)[0] for year in (2024, 2025)]


def cost_of(truth: Truth, category: str) -> list[Expected]:
    """One category's costs of the twelve months, USD."""
    spent = sum((r.amount for r in truth.practice.costs if r.category == category), ZERO)
    return [Expected(f"costs, {category}", spent, "USD")]


def pmpm(truth: Truth, role: str, period: str) -> list[Expected]:
    """Allowed on all counting lines / member months, both of one period, USD."""
    value = cents(add(truth.counting(role, period), "allowed") / member_months(truth, role, period))
    return [Expected("allowed per member per month", value, "USD", truth.name(role))]


def capitation(truth: Truth, role: str, offer: str) -> list[Expected]:
    """An offered PMPM x member months minus allowed over the twelve months, USD, without sign."""
    value = Decimal(offer) * member_months(truth, role) - add(truth.counting(role), "allowed")
    near = Decimal("1") + abs(value) * Decimal("0.001")
    return [Expected("gain or loss", abs(value), "USD", truth.name(role), near)]


def unlisted(truth: Truth, role: str) -> list[Expected]:
    """Patients with a counting line in the twelve months who are not on the payer's list."""
    seen = {line.patient.member for line in truth.counting(role)}
    listed = {r.member for r in truth.practice.roster if r.payer == role and r.ended is None}
    return [Expected("seen, not listed", Decimal(len(seen - listed)), "count", truth.name(role))]


def unknown(truth: Truth, what: str) -> list[Expected]:
    """What no file of the practice tells."""
    return [Expected(what, what, "unknown")]
