"""What must be filled, or stay, for income not to fall: sums by hand, and put back in."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from tools.strategy.break_even import (
    break_even_refill,
    break_even_stay,
    cost_of_filling,
    income_after,
)

USD = st.decimals(min_value=1, max_value=10_000_000, places=2)
VISITS = st.integers(min_value=1, max_value=100_000).map(Decimal)
SHARE = st.decimals(min_value=0, max_value=Decimal("0.95"), places=2)
CLOSE = Decimal("0.0001")


def test_the_freed_visits_that_must_be_filled() -> None:
    # 100,000 from 1,000 visits; others allow 125 a visit: 1,000 x 125 = 125,000, 100 / 125 = 80%
    none, all_of_it = Decimal(0), Decimal(1)
    nobody = break_even_refill(Decimal(100_000), Decimal(1000), Decimal(125), none, all_of_it)
    assert nobody == Decimal("0.8")
    # one in ten stays and brings half: 5,000; 95,000 to make up with 900 x 125 = 112,500: 84.4%
    some = break_even_refill(
        Decimal(100_000), Decimal(1000), Decimal(125), Decimal("0.1"), Decimal("0.5")
    )
    assert some is not None
    assert round(some, 6) == Decimal("0.844444")


def test_who_must_stay_when_half_is_filled() -> None:
    # half of 1,000 visits at 125 is 62,500 where nobody stays; with s staying at 90% of 100,000:
    # 90,000 s + 62,500 (1 - s) = 100,000, so s = 37,500 / 27,500, more than all: no share does.
    assert break_even_stay(Decimal(100_000), Decimal(1000), Decimal(125), Decimal("0.9"),
                           Decimal("0.5")) is None  # fmt: skip
    # at 100 percent: 100,000 s + 62,500 (1 - s) = 100,000, so everybody
    assert break_even_stay(Decimal(100_000), Decimal(1000), Decimal(125), Decimal(1),
                           Decimal("0.5")) == 1  # fmt: skip
    # 80 percent filled makes up for it without anybody
    assert break_even_stay(Decimal(100_000), Decimal(1000), Decimal(125), Decimal(1),
                           Decimal("0.8")) == 0  # fmt: skip


def test_half_of_the_months_is_lost_on_a_straight_climb_back_to_the_same_income() -> None:
    # 120,000 a year, filled evenly in 6 months: 60,000 due, 30,000 comes in
    assert cost_of_filling(Decimal(120_000), Decimal(120_000), Decimal(6)) == 30_000
    # to 60,000 a year only: 60,000 due, 15,000 comes in
    assert cost_of_filling(Decimal(120_000), Decimal(60_000), Decimal(6)) == 45_000


@given(USD, VISITS, USD, SHARE, SHARE)
def test_the_break_even_put_back_leaves_income_as_it_was(
    lost: Decimal, visits: Decimal, others: Decimal, stay: Decimal, pays: Decimal
) -> None:
    refill = break_even_refill(lost, visits, others, stay, pays)
    assert refill is not None
    assert abs(income_after(lost, visits, others, stay, pays, refill) - lost) < CLOSE


def test_nothing_fills_where_nobody_leaves_or_nobody_else_pays() -> None:
    one = Decimal(1)
    assert break_even_refill(Decimal(100), one, Decimal(50), one, one) is None
    assert break_even_refill(Decimal(100), one, Decimal(0), Decimal(0), one) is None
