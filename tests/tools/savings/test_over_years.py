"""Shared savings over the years and how much of a year's result is luck."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from knowledge.evidence import Basis, Figure, plain
from tools.savings.luck import luck_of
from tools.savings.over_years import Asked, over_years
from tools.savings.shared_savings_terms import Terms

HALF = Terms(Decimal(50), Decimal(0), None, Decimal(1))
MONTHS = Figure("Member months", Decimal(24_000), "count", Basis("given"))
TARGET, ACTUAL = Decimal(410), Decimal(395)
COURSE: dict[str, Any] = {
    "trend": Decimal(0), "reduction": Decimal(3), "floor": Decimal(350), "years": 8,
}  # fmt: skip


def told(asked: Asked) -> str:
    held = over_years(asked, HALF, TARGET, ACTUAL, MONTHS)
    return " ".join(plain(s.text) for s in held.sentences)


def test_two_arrangements_that_differ_only_in_rebasing_race_and_do_not() -> None:
    # Cost falls 3% a year from 395 to its floor of 350 in year five; a target that is last
    # year's cost stands on it in year six. One that stays at 410 never does.
    assert "In year 6 the target reaches the floor" in told(Asked(rebasing=Decimal(100), **COURSE))
    assert "not within these years" in told(Asked(rebasing=Decimal(0), **COURSE))


def test_years_are_added_as_a_reader_with_a_calculator_would() -> None:
    # Re-based wholly, no trend: 410-395, then 395-383.15 and 383.15-371.6555, x 24,000 x half
    asked = Asked(3, Decimal(100), Decimal(0), Decimal(3), Decimal(350))
    held = over_years(asked, HALF, TARGET, ACTUAL, MONTHS)
    earned = [row[4] for row in held.table.rows]
    assert [e.shown() for e in earned if isinstance(e, Figure)] == [
        "$180,000", "$142,200", "$137,934",
    ]  # fmt: skip


def test_luck_alone_pays_a_small_panel_nearly_every_other_year_and_a_large_one_too() -> None:
    small = luck_of(HALF, TARGET, TARGET, MONTHS, None)
    assert "you had saved nothing" not in plain(small[0].text)
    share = small[0].figures[0].number
    # A long upper tail of cost: more than half of the years lie below the mean.
    assert 50 < share < 60


def test_a_minimum_savings_rate_keeps_luck_out() -> None:
    strict = Terms(Decimal(50), Decimal(5), None, Decimal(1))
    easy = luck_of(HALF, TARGET, TARGET, MONTHS, None)[0].figures[0].number
    hard = luck_of(strict, TARGET, TARGET, MONTHS, None)[0].figures[0].number
    # 2,000 members sway by 6.7%: 5% saved by luck is three quarters of a standard deviation.
    assert 18 < hard < 28 < easy


def test_a_bigger_spread_or_panel_moves_the_luck_as_it_should() -> None:
    many = Figure("Member months", Decimal(1_200_000), "count", Basis("given"))
    missed = [luck_of(HALF, TARGET, ACTUAL, months, None)[0].figures[1].number
              for months in (MONTHS, many)]  # fmt: skip
    assert missed[0] > 20 and missed[1] < 1
