"""How a payer sets next year's target from this one: fixed growth, own history, a region.

The guide warns of the race to the bottom: a target that follows the practice's own savings
down leaves less to save each year, until it meets the cost of necessary care.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class TargetRule:
    """growth: percent a year added to a target. own: percent of next year's target that comes
    from the practice's own spending of the years since the last setting (0: the target only
    grows; 100: re-based wholly). every: years between settings. region: percent of the target
    that comes from a regional cost growing at `region_growth`, whatever the practice does.
    """

    growth: float = 0.0
    own: float = 0.0
    every: int = 1
    region: float = 0.0
    region_growth: float = 0.0

    def following(
        self,
        year: int,
        targets: list[NDArray[np.float64]],
        actuals: list[NDArray[np.float64]],
    ) -> NDArray[np.float64]:
        """The target of `year` (second year is 1) from all before it, per member per month."""
        grown = targets[-1] * (1 + self.growth / 100)
        if self.own and year % self.every == 0:
            since = actuals[max(0, year - self.every) : year]
            ages = range(len(since), 0, -1)
            past = sum(
                cost * (1 + self.growth / 100) ** age for cost, age in zip(since, ages, strict=True)
            ) / len(since)
            grown = grown * (1 - self.own / 100) + past * self.own / 100
        if not self.region:
            return grown
        regional = targets[0] * (1 + self.region_growth / 100) ** year
        return grown * (1 - self.region / 100) + regional * self.region / 100
