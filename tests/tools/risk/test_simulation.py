"""Simulated years: closed forms, properties, re-basing, and the race to the bottom."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tools.risk.arrangement import Arrangement
from tools.risk.outlook import deepest, outlook
from tools.risk.race_to_the_bottom import bottom, race
from tools.risk.simulation import Contract, courses, results_of
from tools.risk.target_rule import TargetRule

SURE = Contract(target=410, actual=395, members=2000, spread=0.0)
PLAIN = Contract(target=400, actual=400, members=1500)
HALF = Arrangement("two-sided", 50, 50)


def test_without_luck_a_year_is_the_formula() -> None:
    # 15 x 24,000 = 360,000 saved, half is 180,000
    found = results_of(courses(SURE, draws=10), HALF)
    assert np.allclose(found, 180_000)


def test_a_panel_on_its_target_wins_by_luck_about_half_the_time_and_by_its_spread() -> None:
    # 1,500 members at spread 3: 3 / 38.73 = 7.746% of 7,200,000 is 557,710; half of it is shared
    found = outlook(results_of(courses(PLAIN), HALF)[:, 0])
    year = results_of(courses(PLAIN), HALF)[:, 0]
    assert year.std() == pytest.approx(278_855, rel=0.02)
    assert abs(found.expected) < 4 * found.error
    assert 40 < found.owes < 50


@settings(max_examples=15, deadline=None)
@given(share=st.integers(0, 90), more=st.integers(1, 10), cap=st.integers(1, 10))
def test_more_risk_never_lowers_the_chance_of_loss_and_a_cap_is_never_passed(
    share: int, more: int, cap: int
) -> None:
    less = results_of(courses(PLAIN, draws=4000), Arrangement("a", 50, share))[:, 0]
    riskier = results_of(courses(PLAIN, draws=4000), Arrangement("b", 50, share + more))[:, 0]
    assert np.mean(riskier < 0) >= np.mean(less < 0)
    capped = results_of(courses(PLAIN, draws=4000), Arrangement("c", 50, 100, most_loss=cap))
    assert capped.min() >= -cap / 100 * 400 * 12 * 1500 - 0.01


def test_a_wholly_rebased_target_takes_the_saving_back() -> None:
    # Year one saves 15 of 410; year two's target is the 395 spent, and nothing is left.
    rebased = replace(SURE, years=2, rule=TargetRule(own=100))
    assert np.allclose(results_of(courses(rebased, draws=5), HALF), [[180_000, 0]])
    kept = replace(SURE, years=2)
    assert np.allclose(results_of(courses(kept, draws=5), HALF), [[180_000, 180_000]])


def test_half_rebased_and_half_regional_targets_are_blends() -> None:
    # own 40%: 0.6 x 410 + 0.4 x 395 = 404; with a region at 410 for half: 407
    own = replace(SURE, years=2, rule=TargetRule(own=40))
    assert courses(own, draws=1).targets[0, 1] == pytest.approx(404)
    blend = replace(SURE, years=2, rule=TargetRule(own=40, region=50))
    assert courses(blend, draws=1).targets[0, 1] == pytest.approx(407)


def test_rebasing_every_third_year_averages_the_years_between() -> None:
    # Costs 395, 387.1, 379.358; their mean 387.1527 is the fourth year's target.
    third = replace(SURE, years=4, reduction=2, rule=TargetRule(own=100, every=3))
    found = courses(third, draws=1).targets[0]
    assert found[:3] == pytest.approx([410, 410, 410])
    assert found[3] == pytest.approx(387.1527, abs=0.001)


def test_the_race_to_the_bottom_is_told_by_the_rule_alone() -> None:
    # Cost falls 3% a year towards a floor of 350; a target that follows is on the floor in year
    # six (395 x 0.97^4 = 349.7 in year five), one that stays never is.
    course = replace(SURE, years=8, reduction=3, floor=350)
    assert bottom(race(replace(course, rule=TargetRule(own=100)), HALF)) == 6
    assert bottom(race(course, HALF)) is None
    rows = race(replace(course, rule=TargetRule(own=100)), HALF)
    assert rows[5].most == pytest.approx(0)
    assert rows[0].most == pytest.approx((410 - 350) * 24_000 / 2)


def test_reserve_covers_the_worst_running_sum() -> None:
    years = np.array([[-10.0, -5.0, 30.0], [5.0, 1.0, 1.0], [-1.0, 2.0, -9.0]])
    assert deepest(years).tolist() == [-15.0, 0.0, -8.0]


def test_the_same_seed_gives_the_same_future() -> None:
    assert np.array_equal(
        results_of(courses(PLAIN, 100), HALF), results_of(courses(PLAIN, 100), HALF)
    )
