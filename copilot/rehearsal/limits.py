"""How far a rep can go and where it begins: from the payer's data, the temperament and a seed."""

from __future__ import annotations

import zlib
from decimal import Decimal

from copilot.rehearsal.ground import Ground
from copilot.rehearsal.temper import Temper

STEP = Decimal("0.5")
LEAST, MOST = Decimal("1.7"), Decimal("9.7")
BASE = Decimal("2.5")
PER_POINT_BELOW_MEDICARE = Decimal("0.2")
PER_YEAR_FLAT = Decimal("0.25")
YEARS_COUNTED = Decimal(6)
BELOW_COUNTED = Decimal(20)
BETWEEN_STEPS = Decimal("0.2")


def seed_of(payer: str, temper: str, rounds: int) -> int:
    """The same payer, temperament and round give the same rehearsal."""
    return zlib.crc32(f"{payer}|{temper}|{rounds}".encode())


def reserve(ground: Ground, temper: Temper, seed: int) -> tuple[Decimal, Decimal]:
    """Opening and limit in percent.

    An invention for practice: 2.5 points, a fifth of a point for each point the rates lie
    below Medicare, a quarter for each year they stood, times the temperament's share, within
    a point of chance. The limit lies between two half points, so that a number on the table is
    never the limit itself.
    """
    now = ground.number("rates", "now") or ground.number_paid()
    below = min(BELOW_COUNTED, max(Decimal(0), 100 - now)) if now is not None else Decimal(5)
    years = min(YEARS_COUNTED, ground.number("age", "years") or Decimal(1))
    earned = BASE + below * PER_POINT_BELOW_MEDICARE + years * PER_YEAR_FLAT
    chance = Decimal(seed % 5) / 4 - Decimal("0.5")
    limit = on_grid(min(MOST, max(LEAST, earned * temper.share + chance))) + BETWEEN_STEPS
    return on_grid(limit * temper.opening), limit


def on_grid(percent: Decimal) -> Decimal:
    """The half point at or below a percent."""
    return (percent / STEP).to_integral_value(rounding="ROUND_FLOOR") * STEP
