"""Many possible futures of one contract: what it pays or costs, year by year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from tools.risk.arrangement import Arrangement
from tools.risk.panel_cost import PanelCost
from tools.risk.settlement import settled
from tools.risk.target_rule import TargetRule

DRAWS, SEED = 100_000, 20_260_101


@dataclass(frozen=True)
class Contract:
    """What is simulated.

    target, actual: USD per member per month in year one; `actual` is the expected cost.
    trend: percent a year by which cost grows; `trend_doubt`: standard deviation of that
    trend in points, the same for all members. reduction: percent a year by which the practice
    lowers cost. floor: USD per member per month of necessary care in year one, growing with
    trend; cost does not fall below it. members: counted for a whole year.
    """

    target: float
    actual: float
    members: float
    years: int = 1
    trend: float = 0.0
    trend_doubt: float = 0.0
    reduction: float = 0.0
    floor: float = 0.0
    spread: float = 3.0
    cut: float | None = None
    rule: TargetRule = field(default_factory=TargetRule)


@dataclass(frozen=True)
class Courses:
    """What targets and cost become, whatever is shared: arrays of draws x years, USD per
    member per month; `months` are the member months of a year."""

    targets: NDArray[np.float64]
    actuals: NDArray[np.float64]
    months: float


def courses(contract: Contract, draws: int = DRAWS, seed: int = SEED) -> Courses:
    """The contract's years, `draws` times over; the same seed gives the same draws.

    `cut` is USD per member and year at which a member's cost stops counting; target and cost
    are both taken as what remains below it.
    """
    chance = np.random.default_rng(seed)
    cut = contract.cut / (contract.actual * 12) if contract.cut else None
    luck = PanelCost(contract.members, contract.spread, cut).draws(chance, (contract.years, draws))
    drift = chance.normal(0.0, 1.0, (contract.years, draws)) * contract.trend_doubt / 100
    targets: list[NDArray[np.float64]] = [np.full(draws, contract.target)]
    actuals: list[NDArray[np.float64]] = []
    expected = np.full(draws, contract.actual)
    least = contract.floor
    for year in range(contract.years):
        if year:
            expected = expected * (1 + contract.trend / 100 + drift[year])
            least *= 1 + contract.trend / 100
            expected = np.maximum(expected * (1 - contract.reduction / 100), least)
            targets.append(contract.rule.following(year, targets, actuals))
        actuals.append(expected * luck[year])
    return Courses(np.stack(targets, 1), np.stack(actuals, 1), contract.members * 12)


def results_of(
    held: Courses, arrangement: Arrangement | Sequence[Arrangement]
) -> NDArray[np.float64]:
    """What every year of every draw settles to, USD, draws x years.

    Arrangements settled on the same courses see the same luck, so that two can be compared
    draw by draw. Several are the years' one after another (a glide path), the last holding on.
    """
    path = (arrangement,) if isinstance(arrangement, Arrangement) else tuple(arrangement)
    years = [
        settled(
            held.targets[:, year] * held.months,
            held.actuals[:, year] * held.months,
            path[min(year, len(path) - 1)],
        )
        for year in range(held.targets.shape[1])
    ]
    return np.stack(years, 1)
