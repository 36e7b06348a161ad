"""What leaving a payer costs, and what must happen for income not to fall.

Our own arithmetic, November 2026; the practice's costs are taken to stay as they are. Once a
contract has ended, the same chairs bring what those who stay pay, and what others pay for the
visits that were freed and filled again:

    income after = stay x pays x lost + refill x (1 - stay) x visits x others

lost: USD the payer allows in twelve months, income before. visits: its visits in them.
others: USD the other payers allow a visit. stay: share of its visits that stay; pays: what
they bring of today's allowed; refill: share of the freed visits filled. All shares 0 to 1.
"""

from __future__ import annotations

from decimal import Decimal

ONE = Decimal(1)


def income_after(
    lost: Decimal, visits: Decimal, others: Decimal, stay: Decimal, pays: Decimal, refill: Decimal
) -> Decimal:
    """USD in twelve months from the same chairs."""
    return stay * pays * lost + refill * (ONE - stay) * visits * others


def break_even_refill(
    lost: Decimal, visits: Decimal, others: Decimal, stay: Decimal, pays: Decimal
) -> Decimal | None:
    """The share of freed visits to be filled so that income does not fall; above 1: never.

    lost x (1 - stay x pays) / ((1 - stay) x visits x others). None where no visit is freed or
    nobody else pays anything.
    """
    freed = (ONE - stay) * visits * others
    return None if freed <= 0 else lost * (ONE - stay * pays) / freed


def break_even_stay(
    lost: Decimal, visits: Decimal, others: Decimal, pays: Decimal, refill: Decimal
) -> Decimal | None:
    """The share of visits that must stay where a share of the freed ones is filled.

    (lost - refill x visits x others) / (pays x lost - refill x visits x others). Zero where
    filling alone makes up for it; None where no share does.
    """
    filled = refill * visits * others
    if filled >= lost:
        return Decimal(0)
    if pays * lost <= filled:
        return None
    share = (lost - filled) / (pays * lost - filled)
    return share if share <= ONE else None


def cost_of_filling(lost: Decimal, after: Decimal, months: Decimal) -> Decimal:
    """USD lost while income climbs in a straight line from nothing to `after` USD a year.

    lost x months / 12 less what comes in meanwhile, after x months / 24.
    """
    return lost * months / 12 - after * months / 24
