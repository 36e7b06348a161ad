"""The months after behavioral health is added, worked by hand."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from tools.behavioral.launch import Launch

# 100 units a month when full, a tenth missed, 100 USD each: 9,000 a month against 8,000 of cost.
PLAN = Launch(Decimal(100), Decimal(10), Decimal(100), Decimal(8000), Decimal(3000), 4)


def test_the_ramp_is_even_and_then_full() -> None:
    # months: 2,250 - 8,000; 4,500 - 8,000; 6,750 - 8,000; then 9,000 - 8,000
    assert [PLAN.month(n) for n in (1, 2, 3, 4, 9)] == [-5750, -3500, -1250, 1000, 1000]
    assert PLAN.year_at_full() == 12_000


def test_cash_starts_below_zero_and_break_even_is_its_first_month_at_zero() -> None:
    # -3,000 - 5,750 - 3,500 - 1,250 = -13,500, then 1,000 a month: 14 months more, month 17
    assert PLAN.cash(3)[-1] == -13_500
    assert PLAN.month_of_break_even() == 17
    assert PLAN.cash(17)[-1] == 500


def test_break_even_units_put_back_give_zero() -> None:
    needed = PLAN.units_to_break_even()
    assert needed == 80
    exact = Launch(needed, Decimal(0), PLAN.pay, PLAN.monthly_cost, Decimal(0), 1)
    assert exact.month(1) == 0


@given(pay=st.integers(1, 400), more=st.integers(1, 100), ramp=st.integers(1, 24))
def test_more_pay_never_breaks_even_later(pay: int, more: int, ramp: int) -> None:
    def month(amount: int) -> int:
        held = Launch(Decimal(90), Decimal(15), Decimal(amount), Decimal(9000), Decimal(9000), ramp)
        return held.month_of_break_even() or 999

    assert month(pay + more) <= month(pay)
