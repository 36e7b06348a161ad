"""What a set of futures comes to: expected, a bad and a good year, chance of owing, reserve."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

BAD, GOOD = 5, 95
RESERVES = (90, 95, 99)


@dataclass(frozen=True)
class Outlook:
    """USD, and percents of the draws.

    expected: mean; error: its standard error. low, middle, high: the 5th, 50th and 95th of a
    hundred. owes: percent of draws below zero; beyond: percent that lose more than can be
    borne (None where no limit was given). earns: percent above zero. reserves: what covers
    90, 95 and 99 of a hundred draws, zero at least.
    """

    expected: float
    error: float
    low: float
    middle: float
    high: float
    owes: float
    earns: float
    beyond: float | None
    reserves: tuple[float, float, float]


def outlook(results: NDArray[np.float64], bearable: float | None = None) -> Outlook:
    """The outlook of one-dimensional results, USD; `bearable` is a loss in USD, above zero."""
    marks = (BAD, 50, GOOD, *(100 - level for level in RESERVES))
    low, middle, high, *worst = (float(q) for q in np.percentile(results, marks))
    held = [max(0.0, -each) for each in worst]
    return Outlook(
        expected=float(results.mean()),
        error=float(results.std(ddof=1) / np.sqrt(results.size)),
        low=low,
        middle=middle,
        high=high,
        owes=100 * float(np.mean(results < 0)),
        earns=100 * float(np.mean(results > 0)),
        beyond=None if bearable is None else 100 * float(np.mean(results < -bearable)),
        reserves=(held[0], held[1], held[2]),
    )


def deepest(results: NDArray[np.float64]) -> NDArray[np.float64]:
    """For each draw the lowest running sum over its years: what the practice must be able to
    lay out before better years pay it back. results: draws x years; below or at zero."""
    lowest: NDArray[np.float64] = np.minimum(np.cumsum(results, axis=1).min(axis=1), 0.0)
    return lowest
