"""What a year settles to under an arrangement, for one pair of amounts or a hundred thousand.

The exact single result of a published formula is tools/savings/shared_savings_formula.py;
this one is its vectorised form, with caps on gains, corridors and a discount beside it.
Corridors are read as CMS's ACO REACH model published them (2023 to 2026): the share of each
band applies to the part of the saving or loss that lies within it.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from tools.risk.arrangement import Arrangement


def settled(target: ArrayLike, actual: ArrayLike, arrangement: Arrangement) -> NDArray[np.float64]:
    """What the practice receives (above zero) or owes (below), USD, element by element.

    target and actual are total dollars of a year, broadcast against each other.
    """
    aim = np.asarray(target, dtype=np.float64) * (1 - arrangement.discount / 100)
    gross = aim - np.asarray(actual, dtype=np.float64)
    gain, loss = np.maximum(gross, 0.0), np.maximum(-gross, 0.0)
    if arrangement.bands:
        earned, owed = _banded(gain, aim, arrangement), _banded(loss, aim, arrangement)
    else:
        earned = gain * arrangement.gain_share / 100
        owed = loss * arrangement.loss_share / 100
    earned = np.where(gain >= aim * arrangement.least_gain / 100, earned, 0.0)
    owed = np.where(loss >= aim * arrangement.least_loss / 100, owed, 0.0)
    earned = earned * arrangement.quality
    if arrangement.most_gain is not None:
        earned = np.minimum(earned, aim * arrangement.most_gain / 100)
    if arrangement.most_loss is not None:
        owed = np.minimum(owed, aim * arrangement.most_loss / 100)
    kept: NDArray[np.float64] = earned - owed
    return kept


def _banded(
    size: NDArray[np.float64], aim: NDArray[np.float64], arrangement: Arrangement
) -> NDArray[np.float64]:
    """The practice's part of a saving or a loss, band by band."""
    part = np.zeros(np.broadcast(size, aim).shape)
    below = np.zeros_like(part)
    for edge, share in arrangement.bands:
        above = size if edge is None else np.minimum(size, aim * edge / 100)
        part += np.maximum(above - below, 0.0) * share / 100
        below = np.maximum(above, below)
    return part
