"""How far a panel's cost of a year strays from its mean by chance alone.

Cost per member is taken as lognormal, cut off where a stop loss or an outlier truncation ends
it; the panel is the sum of independent members. A sum of some hundreds of members is drawn
from the shifted gamma with the sum's own mean, variance and skewness, which keeps the long
upper tail that a normal curve loses (Johnson, Kotz, Balakrishnan: Continuous Univariate
Distributions, the three-parameter gamma).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class PanelCost:
    """A panel's cost of one year in units of its mean.

    members: people counted for the year. spread: standard deviation over mean of one member's
    yearly cost, before any cut. cut: where a member's cost stops counting, in units of the
    mean cost per member (None: never).
    """

    members: float
    spread: float
    cut: float | None = None

    def moments(self) -> tuple[float, float, float]:
        """Mean (1 by construction), standard deviation and skewness of the panel's cost."""
        first, second, third = (self._member_moment(k) for k in (1, 2, 3))
        variance = second - first**2
        central = third - 3 * first * second + 2 * first**3
        deviation = math.sqrt(variance)
        skewness = central / deviation**3 if deviation else 0.0
        return 1.0, deviation / first / math.sqrt(self.members), skewness / math.sqrt(self.members)

    def excess(self) -> float:
        """What lies above the cut, as a part of the mean cost; 0 without a cut."""
        return 0.0 if self.cut is None else 1 - self._member_moment(1)

    def draws(self, chance: np.random.Generator, shape: tuple[int, ...]) -> NDArray[np.float64]:
        """Panel cost over its mean, drawn `shape` times; never below zero."""
        mean, deviation, skewness = self.moments()
        if deviation < 1e-12:
            return np.ones(shape)
        if skewness < 1e-6:
            return np.asarray(chance.normal(mean, deviation, shape))
        form = 4 / skewness**2
        scale = deviation * skewness / 2
        drawn = chance.gamma(form, scale, shape) + (mean - form * scale)
        return np.maximum(drawn, 0.0)

    def _member_moment(self, power: int) -> float:
        """E[min(X, cut)^power] of a lognormal with mean 1 and the given spread."""
        if self.spread <= 0:
            return min(1.0, self.cut or 1.0) ** power
        wide = math.log1p(self.spread**2)
        middle, deviation = -wide / 2, math.sqrt(wide)
        whole = math.exp(power * middle + power**2 * wide / 2)
        if self.cut is None:
            return whole
        edge = math.log(self.cut)
        under = _normal((edge - middle - power * wide) / deviation)
        over = 1 - _normal((edge - middle) / deviation)
        return whole * under + self.cut**power * over


def _normal(z: float) -> float:
    return 0.5 * (1 + math.erf(z / math.sqrt(2)))
