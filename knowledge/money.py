"""The one rounding rule for money, and how amounts are said."""

from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")


def to_cents(amount: Decimal) -> Decimal:
    """The amount in USD rounded to the cent, halves away from zero."""
    return amount.quantize(CENT, rounding=ROUND_HALF_UP)


def rounded(value: Decimal, places: int) -> Decimal:
    """The value rounded to a number of decimal places, halves away from zero."""
    return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def percent_of(part: Decimal, whole: Decimal) -> Decimal:
    """100 x part / whole, unrounded; the caller makes sure that whole is not zero."""
    return Decimal(100) * part / whole
