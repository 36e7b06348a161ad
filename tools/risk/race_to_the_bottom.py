"""Whether a target that follows the practice's savings down meets the floor of necessary care."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tools.risk.arrangement import Arrangement
from tools.risk.settlement import settled
from tools.risk.simulation import Contract


@dataclass(frozen=True)
class RaceYear:
    """One year without luck, USD per member per month and USD: what the target is, what care
    costs, what it cannot fall below, what is earned, and the most that could be."""

    year: int
    target: float
    actual: float
    floor: float
    earned: float
    most: float


def race(contract: Contract, arrangement: Arrangement) -> tuple[RaceYear, ...]:
    """The contract's years at expected cost; year one is 1.

    `most` is what the arrangement would pay if cost lay on the floor at once: what is left to
    gain. The floor grows with trend; without one given it is zero and nothing is met.
    """
    months = contract.members * 12
    targets = [np.array(contract.target)]
    actuals: list[np.ndarray] = []
    cost, floor = contract.actual, contract.floor
    rows: list[RaceYear] = []
    for year in range(contract.years):
        if year:
            floor *= 1 + contract.trend / 100
            cost = max(cost * (1 + contract.trend / 100) * (1 - contract.reduction / 100), floor)
            targets.append(contract.rule.following(year, targets, actuals))
        actuals.append(np.array(cost))
        aim = float(targets[year])
        earned, most = (
            float(settled(aim * months, spent * months, arrangement)) for spent in (cost, floor)
        )
        rows.append(RaceYear(year + 1, aim, cost, floor, earned, most))
    return tuple(rows)


def bottom(rows: tuple[RaceYear, ...]) -> int | None:
    """The first year whose target has come down to the floor of necessary care, or None."""
    return next((row.year for row in rows if row.floor and row.target <= row.floor), None)
