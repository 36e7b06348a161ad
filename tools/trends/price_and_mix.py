"""A change of an average split into price and mix, so that the two add up to the cent.

Average = sum of (share of units x price). Price effect: what the older period's basket
would cost more at the newer prices, a unit (Laspeyres: old shares, new prices). Mix effect:
the rest, which is the change of shares at the newer prices. Items billed in one of the two
periods only have no price in the other: they are all mix. The fixed-basket index is that of
the Consumer Price Index Manual (IMF, ILO and others, 2020).
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Generic, TypeVar

from knowledge.money import percent_of, to_cents

Item = TypeVar("Item", bound=Hashable)


@dataclass(frozen=True)
class Sold:
    """Units of one item, and what was allowed for them in USD."""

    units: Decimal
    allowed: Decimal


@dataclass(frozen=True)
class Split(Generic[Item]):
    """Averages in USD a unit, rounded to the cent; price + mix = after - before, exactly.

    index: percent by which the older basket's items that were billed in both periods cost
    more, None where no item was. basket: what those items were allowed in the older period;
    repriced: the same units at the newer prices, rounded to the cent. still: the part of
    `basket` whose price a unit is the same to the cent.
    """

    before: Decimal
    after: Decimal
    price: Decimal
    mix: Decimal
    index: Decimal | None
    basket: Decimal
    repriced: Decimal
    still: Decimal
    both: tuple[Item, ...]

    @property
    def change(self) -> Decimal:
        """After minus before, USD a unit."""
        return self.after - self.before


def price_and_mix(older: Mapping[Item, Sold], newer: Mapping[Item, Sold]) -> Split[Item]:
    """The split of two periods' sales; raises ValueError where one holds no units."""
    before_units = sum((sold.units for sold in older.values()), Decimal(0))
    after_units = sum((sold.units for sold in newer.values()), Decimal(0))
    if not before_units or not after_units:
        raise ValueError("a period without units has no average")
    before = to_cents(_allowed(older) / before_units)
    after = to_cents(_allowed(newer) / after_units)
    both = tuple(
        item for item in older if item in newer and older[item].units and newer[item].units
    )
    basket = sum((older[item].allowed for item in both), Decimal(0))
    exact = sum(
        (older[item].units * newer[item].allowed / newer[item].units for item in both), Decimal(0)
    )
    price = to_cents((exact - basket) / before_units)
    still = sum((older[item].allowed for item in both if _same(older[item], newer[item])),
                Decimal(0))  # fmt: skip
    return Split(
        before,
        after,
        price,
        after - before - price,
        percent_of(exact - basket, basket) if basket else None,
        basket,
        to_cents(exact),
        still,
        both,
    )


def _allowed(sales: Mapping[Item, Sold]) -> Decimal:
    return sum((sold.allowed for sold in sales.values()), Decimal(0))


def _same(one: Sold, other: Sold) -> bool:
    return to_cents(one.allowed / one.units) == to_cents(other.allowed / other.units)
