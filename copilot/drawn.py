"""A risk contract's futures as the model draws them, for whoever measures the model."""

from __future__ import annotations

import numpy as np

from tools.risk.arrangement import Arrangement
from tools.risk.simulation import Contract, courses, results_of
from tools.risk.target_rule import TargetRule


def two_sided(
    draws: int, *, target: float, cost: float, members: float, years: int, trend: float,
    doubt: float, spread: float, share: float, least: float, cap: float,
) -> tuple[float, float]:  # fmt: skip
    """Mean of all years together over the draws, USD, and the standard error of that mean.

    target and cost are USD per member per month of year one; percents are of a hundred;
    doubt in points; spread times the mean; share of gains and losses alike.
    """
    contract = Contract(
        target, cost, members, years, trend, doubt, spread=spread, rule=TargetRule(growth=trend)
    )
    terms = Arrangement("two-sided", share, share, least, least, most_loss=cap)
    whole = results_of(courses(contract, draws), terms).sum(axis=1)
    return float(whole.mean()), float(whole.std(ddof=1) / np.sqrt(draws))
