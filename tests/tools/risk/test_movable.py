"""How far an input may be moved."""

from __future__ import annotations

from decimal import Decimal

from tools.risk.movable import movable


def test_a_percent_has_fixed_bounds_that_a_given_value_widens() -> None:
    trend = movable("trend", "Trend", Decimal("5.00"), "percent")
    assert (trend["value"], trend["least"], trend["most"], trend["step"]) == (
        "5",
        "-5",
        "15",
        "0.5",
    )
    assert movable("trend", "Trend", 22, "percent")["most"] == "22"


def test_an_amount_goes_from_half_to_one_and_a_half_in_even_steps() -> None:
    # 410 / 2 = 205, x 1.5 = 615; a hundred steps of 1 fit into 410, of 5 they do not
    target = movable("target_pmpm", "Target", Decimal("410"), "USD")
    assert (target["least"], target["most"], target["step"]) == ("205", "615", "1")
    # a half of 105,000 is 52,500, in steps of 1,000 that is 53,000
    cost = movable("cost_a_year", "Personnel", 105_000, "USD")
    assert (cost["least"], cost["most"], cost["step"]) == ("53000", "158000", "1000")
