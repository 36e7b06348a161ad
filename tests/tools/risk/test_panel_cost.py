"""A panel's luck: closed forms, and the exact convolution of its members' costs."""

from __future__ import annotations

import math

import numpy as np
import pytest

from tools.risk.panel_cost import PanelCost


def test_spread_of_a_panel_falls_with_the_root_of_its_members() -> None:
    # One member strays by 3 times the mean; 900 members by 3 / 30 = a tenth.
    mean, deviation, _ = PanelCost(900, 3.0).moments()
    assert mean == 1
    assert deviation == pytest.approx(0.1)


def test_skewness_is_that_of_a_sum_of_lognormals() -> None:
    # Lognormal with spread c has skewness c (c^2 + 3): 2 x 7 = 14; over the root of 400 it is 0.7
    assert PanelCost(400, 2.0).moments()[2] == pytest.approx(0.7)


def test_a_cut_narrows_the_panel() -> None:
    wide, narrow = PanelCost(500, 3.0).moments()[1], PanelCost(500, 3.0, cut=10.0).moments()[1]
    assert narrow < wide * 0.75


@pytest.mark.parametrize("cut", [8.0, 25.0])
def test_draws_agree_with_the_exact_convolution(cut: float) -> None:
    members, spread = 600, 2.5
    # The cost of one member on a fine grid, folded with itself 600 times by Fourier transform.
    wide = math.log1p(spread**2)
    step, size = cut / 400, 2**18
    edges = (np.arange(401) + 0.5) * step
    below = np.array([0.5 * (1 + math.erf((math.log(e) + wide / 2) / math.sqrt(2 * wide)))
                      for e in edges])  # fmt: skip
    single = np.zeros(size)
    single[0] = below[0]
    single[1:400] = np.diff(below)[:399]
    single[400] = 1 - below[399]
    folded = np.fft.irfft(np.fft.rfft(single) ** members, size)
    costs = np.arange(size) * step
    mean = float(folded @ costs)
    total = np.cumsum(folded)
    drawn = PanelCost(members, spread, cut).draws(np.random.default_rng(7), (200_000,))
    for level in (0.05, 0.25, 0.5, 0.75, 0.95, 0.99):
        exact = costs[int(np.searchsorted(total, level))] / mean
        assert float(np.quantile(drawn, level)) == pytest.approx(exact, abs=0.01)


def test_without_spread_there_is_no_luck() -> None:
    drawn = PanelCost(100, 0.0).draws(np.random.default_rng(1), (10,))
    assert np.all(drawn == 1)
