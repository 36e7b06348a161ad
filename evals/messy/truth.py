"""What a right answer must hold, computed from the clean records alone.

Payers are roles (P1 ... SELF), None means all. Amounts are Decimals: USD to the cent,
percents and rates unrounded. The measures stand in the modules truth_of_*, by name in
measures.py.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from evals.messy.clean import E_M, CleanPractice, Line

BENCHMARK_YEAR = 2025
ZERO = Decimal(0)
TENTH = Decimal("0.05")  # of a percent or point that is shown to the tenth


@dataclass(frozen=True)
class Expected:
    """One thing the answer must hold. value: a number, or a name or code as text.

    unit: USD, percent, count, points, ratio, name, code, order (names joined by "|") or unknown
    (what no file tells: the answer has to say so). payer: the name that must go with
    a number, None where any may. within: how far a figure may stand from it. also: values of other
    readings that the definitions leave open.
    """

    name: str
    value: Decimal | str
    unit: str
    payer: str | None = None
    within: Decimal = Decimal("0.005")
    also: tuple[Decimal, ...] = ()


class Truth:
    """A practice's measures; periods are (first, last) days, None for the default twelve
    full months that end with the last full month of claims."""

    def __init__(self, practice: CleanPractice) -> None:
        self.practice = practice
        after = (practice.end + timedelta(days=1)).replace(day=1)
        self.last = after - timedelta(days=1)
        self.first = date(after.year - 1, after.month, 1)

    def name(self, role: str | None) -> str | None:
        """The payer's canonical name."""
        return None if role is None else self.practice.payers[role].name

    def lines(
        self, role: str | None = None, period: str | None = None, code: str | None = None
    ) -> list[Line]:
        """All lines of a payer, period and code, counting or not."""
        first, last = self.days(period)
        wanted = codes_of(code)
        return [
            line
            for line in self.practice.lines
            if (role is None or line.payer.role == role)
            and first <= line.served <= last
            and (wanted is None or line.code in wanted)
        ]

    def counting(
        self, role: str | None = None, period: str | None = None, code: str | None = None
    ) -> list[Line]:
        """The counting lines among them."""
        return [line for line in self.lines(role, period, code) if line.counts]

    def days(self, period: str | None) -> tuple[date, date]:
        """First and last day of "2025", "2026-Q1", "2026-03", "all" or the default (None)."""
        if period is None:
            return self.first, self.last
        if period == "all":
            return date.min, date.max
        year = int(period[:4])
        if "Q" in period:
            start = 3 * int(period[-1]) - 2
            return date(year, start, 1), _month_end(year, start + 2)
        if "H" in period:
            start = 6 * int(period[-1]) - 5
            return date(year, start, 1), _month_end(year, start + 5)
        if "-" in period:
            month = int(period[5:])
            return date(year, month, 1), _month_end(year, month)
        return date(year, 1, 1), date(year, 12, 31)


def codes_of(code: str | None) -> frozenset[str] | None:
    """The codes a question means: E/M, preventive visits, or one code; None for all."""
    if code is None:
        return None
    if code == "E/M":
        return frozenset(E_M)
    if code == "preventive":
        return frozenset(str(number) for number in range(99381, 99398))
    return frozenset([code])


def _month_end(year: int, month: int) -> date:
    following = date(year + month // 12, month % 12 + 1, 1)
    return following - timedelta(days=1)


def add(lines: Iterable[Line], name: str) -> Decimal:
    """The sum of one amount over lines, USD."""
    return sum((getattr(line, name) for line in lines), Decimal("0.00"))


def visits(lines: Iterable[Line]) -> Decimal:
    """Distinct pairs of claim and date of service among counting lines."""
    return Decimal(len({(line.claim, line.served) for line in lines}))
