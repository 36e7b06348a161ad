"""The Medicare price of one unit of a code in Colorado, from CMS's published figures."""

from __future__ import annotations

import tomllib
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from pathlib import Path
from typing import Any

_TABLE = Path(__file__).parent / "medicare.toml"
_FACILITY = frozenset(  # 02 as Medicare has priced it since 2024: telehealth outside the home
    ["02", "19", "21", "22", "23", "24", "26", "31", "34", "51", "52", "53", "56", "61"]
)


def cents(amount: Decimal) -> Decimal:
    """The amount in USD rounded to the cent, halves up."""
    return amount.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)


def is_facility(place_of_service: str) -> bool:
    """Whether Medicare prices this place of service at its facility level."""
    return place_of_service in _FACILITY


@cache
def _figures() -> dict[str, Any]:
    return tomllib.loads(_TABLE.read_text(encoding="utf-8"))


@cache
def medicare_price(code: str, year: int, facility: bool = False) -> Decimal | None:
    """What Medicare publishes for one unit in USD, or None where the year has no price.

    (work x work GPCI + practice expense of the setting x PE GPCI + malpractice x MP GPCI)
    x conversion factor, rounded to the cent. Source and place: medicare.toml.
    """
    values = _figures()["rvu"].get(code, {}).get(str(year))
    if values is None:
        return None
    work, office, hospital, malpractice = map(Decimal, values)
    factor, on_work, on_practice, on_malpractice = map(Decimal, _figures()["year"][str(year)])
    units = work * on_work + malpractice * on_malpractice
    units += (hospital if facility else office) * on_practice
    return cents(units * factor)
