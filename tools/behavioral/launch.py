"""The months after behavioral health is added: ramp, break-even workload, break-even month.

Units kept in month m = units at full capacity x min(1, m / ramp) x (1 - missed). A month's
result = units kept x pay per unit - personnel - space. The start-up cost comes before month
one. All in USD; percents as numbers of a hundred.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

MONTHS_AT_MOST = 60


@dataclass(frozen=True)
class Launch:
    """Inputs: units a month at full capacity, percent missed, USD a unit, USD a month of cost,
    USD before the start, months until full."""

    units: Decimal
    missed: Decimal
    pay: Decimal
    monthly_cost: Decimal
    start_up: Decimal
    ramp: int

    def month(self, number: int) -> Decimal:
        """The result of a month, the first being 1."""
        full = min(Decimal(1), Decimal(number) / max(1, self.ramp))
        return self.units * full * (100 - self.missed) / 100 * self.pay - self.monthly_cost

    def year_at_full(self) -> Decimal:
        """Twelve months at full capacity."""
        return 12 * self.month(max(1, self.ramp))

    def units_to_break_even(self) -> Decimal | None:
        """Units kept a month that pay the month's cost; None where a unit pays nothing."""
        return self.monthly_cost / self.pay if self.pay > 0 else None

    def cash(self, months: int) -> list[Decimal]:
        """The running sum after each month, the start-up cost taken off."""
        made, held = [], -self.start_up
        for number in range(1, months + 1):
            held += self.month(number)
            made.append(held)
        return made

    def month_of_break_even(self) -> int | None:
        """The first month whose running sum is not below zero; None within five years."""
        held = self.cash(MONTHS_AT_MOST)
        return next((n for n, cash in enumerate(held, 1) if cash >= 0), None)
