"""Percentiles of a few amounts, exact in decimals."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from knowledge.money import to_cents

MARKS = (10, 25, 50, 75, 90)
LEAST_GROUPS = 5


def percentile(amounts: Sequence[Decimal], mark: int) -> Decimal:
    """The amount below which `mark` of a hundred lie, to the cent.

    Between two neighbours it is drawn straight, at place (n - 1) x mark / 100 of the ordered
    amounts (Hyndman and Fan 1996, definition 7: what spreadsheets call inclusive).
    """
    if len(amounts) == 1:
        return to_cents(amounts[0])
    ordered = sorted(amounts)
    place = Decimal(len(ordered) - 1) * mark / 100
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return to_cents(ordered[below] + (ordered[above] - ordered[below]) * (place - below))


def below_us(amounts: Sequence[Decimal], ours: Decimal) -> Decimal:
    """How many of a hundred amounts lie below ours, percent."""
    return Decimal(100 * sum(each < ours for each in amounts)) / len(amounts)
