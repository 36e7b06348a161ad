"""How fast the risk model draws, beside a plain Python loop over the same contract.

Five two-sided years for two thousand members, a hundred thousand times. The loop is written
anew from the contract's terms, so that its mean also checks the model's.
"""

from __future__ import annotations

import math
import random
import time
from dataclasses import dataclass
from typing import Any

from copilot.drawn import two_sided

DRAWS = 100_000
TERMS: dict[str, Any] = {
    "target": 410.0, "cost": 395.0, "members": 2000.0, "years": 5, "trend": 5.0, "doubt": 1.5,
    "spread": 3.0, "share": 50.0, "least": 2.0, "cap": 5.0,
}  # fmt: skip


@dataclass(frozen=True)
class Drawn:
    """Seconds and mean result (USD, all years) of the model and of the loop; error is the
    standard error of their difference."""

    seconds: float
    loop_seconds: float
    mean: float
    loop_mean: float
    error: float

    @property
    def ratio(self) -> float:
        """How many times longer the loop takes."""
        return self.loop_seconds / self.seconds


def drawn(draws: int = DRAWS) -> Drawn:
    """Both once, one after the other; the model is called before, so that imports are done."""
    two_sided(100, **TERMS)
    began = time.perf_counter()
    mean, error = two_sided(draws, **TERMS)
    between = time.perf_counter()
    loop_mean = plain_loop(draws)
    ended = time.perf_counter()
    return Drawn(between - began, ended - between, mean, loop_mean, error * math.sqrt(2))


def plain_loop(draws: int, seed: int = 5) -> float:
    """The same contract draw by draw and year by year in Python, mean USD of all years."""
    chance = random.Random(seed)
    members, spread = TERMS["members"], TERMS["spread"]
    deviation = spread / math.sqrt(members)
    skewness = spread * (spread**2 + 3) / math.sqrt(members)
    form, scale = 4 / skewness**2, deviation * skewness / 2
    months = members * 12
    total = 0.0
    for _ in range(draws):
        target, expected = TERMS["target"], TERMS["cost"]
        for year in range(int(TERMS["years"])):
            if year:
                target *= 1 + TERMS["trend"] / 100
                expected *= 1 + (TERMS["trend"] + chance.gauss(0, 1) * TERMS["doubt"]) / 100
            luck = max(0.0, chance.gammavariate(form, scale) + 1 - form * scale)
            gain = (target - expected * luck) * months
            if abs(gain) >= target * months * TERMS["least"] / 100:
                kept = gain * TERMS["share"] / 100
                total += max(kept, -target * months * TERMS["cap"] / 100)
    return total / draws
