"""Sharing, corridors and caps, worked by hand and held against the exact formula."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tools.risk.arrangement import Arrangement
from tools.risk.programmes import programme
from tools.risk.settlement import settled
from tools.savings.shared_savings_formula import shared_savings

# ACO REACH corridors on a benchmark of 10 million: professional below 5% 50, to 10% 35, to 15%
# 15, then 5; global to 25% 100, to 35% 50, to 50% 25, then 10, after a discount of 3.5%.
PROFESSIONAL = Arrangement("professional", bands=((5, 50), (10, 35), (15, 15), (None, 5)))
GLOBAL = Arrangement("global", bands=((25, 100), (35, 50), (50, 25), (None, 10)), discount=3.5)


@pytest.mark.parametrize(
    ("arrangement", "saved", "kept"),
    [
        # 300,000 x 50%
        (PROFESSIONAL, 3, 150_000),
        # 500,000 x 50% + 500,000 x 35% + 200,000 x 15%
        (PROFESSIONAL, 12, 455_000),
        # 250,000 + 175,000 + 500,000 x 15% + 500,000 x 5%
        (PROFESSIONAL, 20, 525_000),
        (PROFESSIONAL, -3, -150_000),
        # 1,200,000 less the discount of 350,000
        (GLOBAL, 12, 850_000),
        (GLOBAL, 20, 1_650_000),
        # 300,000 saved do not reach the discount
        (GLOBAL, 3, -50_000),
    ],
)
def test_corridors_give_the_published_example(
    arrangement: Arrangement, saved: float, kept: float
) -> None:
    target = 10_000_000
    assert settled(target, target * (1 - saved / 100), arrangement) == pytest.approx(kept)


def test_a_cap_ends_gain_and_loss() -> None:
    # 20% of 1,000,000 saved, half is 100,000, the cap 8% is 80,000; a loss ends at 3%: 30,000
    terms = Arrangement("capped", 50, 50, most_gain=8, most_loss=3)
    assert settled(1_000_000, 800_000, terms) == pytest.approx(80_000)
    assert settled(1_000_000, 1_200_000, terms) == pytest.approx(-30_000)


def test_below_the_least_nothing_is_shared_and_above_it_the_first_dollar_is() -> None:
    terms = Arrangement("minimum", 50, 50, least_gain=2, least_loss=3)
    assert settled(1_000_000, 985_000, terms) == 0
    assert settled(1_000_000, 980_000, terms) == pytest.approx(10_000)
    assert settled(1_000_000, 1_025_000, terms) == 0


@given(
    target=st.integers(10_000, 50_000_000),
    actual=st.integers(10_000, 50_000_000),
    share=st.integers(1, 100),
    least=st.integers(0, 5),
    cap=st.integers(1, 20),
)
def test_draws_settle_as_the_exact_formula_does(
    target: int, actual: int, share: int, least: int, cap: int
) -> None:
    exact = shared_savings(
        Decimal(target), Decimal(actual), Decimal(share), minimum_rate=Decimal(least),
        loss_share=Decimal(share), loss_cap=Decimal(cap),
    )  # fmt: skip
    terms = Arrangement("same", share, share, least, least, most_loss=cap)
    edge = abs(abs(float(exact.rate)) - least) < 1e-9
    if not edge:
        assert float(settled(target, actual, terms)) == pytest.approx(float(exact.earned), abs=0.01)


@given(
    saved=st.lists(st.floats(-60, 60), min_size=2, max_size=2),
    share=st.floats(0, 100),
)
def test_saving_more_never_pays_less(saved: list[float], share: float) -> None:
    terms = Arrangement("any", share, share, bands=())
    kept = settled(1_000_000, 1_000_000 * (1 - np.array(sorted(saved)) / 100), terms)
    assert kept[1] >= kept[0] - 1e-6


@pytest.mark.parametrize(
    ("said", "saved", "kept"),
    [
        ("reach professional", 12, 455_000),
        ("reach professional", 20, 525_000),
        ("reach global", 20, 1_650_000),
    ],
)
def test_the_corridors_as_data_are_the_published_ones(said: str, saved: int, kept: int) -> None:
    # pearlhealth.com's corridors on 10 million, quality left aside: the sums above
    public = programme(said)
    assert public is not None
    found = settled(10_000_000, 10_000_000 * (1 - saved / 100), public.arrangement)
    assert found == pytest.approx(kept)
