"""What a search for underpayments compared and found, with its sums as figures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from knowledge.evidence import Basis, Figure
from tools.lines.left_out import listed, period_where
from tools.period import Period
from tools.practice import Practice
from tools.schedules.expected_rates import Expected
from tools.schedules.schedule_row import ScheduleRow
from tools.underpayments.causes import Blamed
from tools.underpayments.underpaid_lines import Sums

COMPARED = "counting lines with a contract rate in force on their date of service"


@dataclass(frozen=True)
class Compared:
    """What was asked and what came of it; `weights` are lines and allowed USD by kind."""

    practice: Practice
    span: Period
    payers: tuple[str, ...]
    codes: Sequence[str] | None
    product: str | None
    tolerance: Decimal
    expected: Sequence[Expected]
    weights: Sequence[tuple[int, Decimal]]
    sums: Mapping[int, Sums]
    short: Sequence[Blamed]
    rows: Sequence[ScheduleRow]

    @cached_property
    def owed(self) -> list[Blamed]:
        """Groups below the rate without a stated reason."""
        return [each for each in self.short if not each.cause.explained]

    @cached_property
    def explained(self) -> list[Blamed]:
        """Groups below the rate for a stated reason."""
        return [each for each in self.short if each.cause.explained]

    @cached_property
    def where(self) -> str:
        """The filter on claim lines in words."""
        product = f", product {self.product}" if self.product else ""
        narrowed = f", codes {listed(self.codes)}" if self.codes else ""
        return f"{', '.join(self.payers)}{product}{narrowed}, {period_where(self.span)}"

    def short_name(self, payer: str) -> str:
        """The payer as sentences say it."""
        return self._short_names.get(payer) or self.practice.payers.short_name(payer)

    @cached_property
    def _short_names(self) -> dict[str, str]:
        return {payer: self.practice.payers.short_name(payer) for payer in self.payers}

    @property
    def whose(self) -> str:
        """The payers as sentences say them."""
        names = [self.short_name(payer) for payer in self.payers]
        return names[0] if len(names) == 1 else "your payers"


def of_payer(groups: Iterable[Blamed], payer: str) -> list[Blamed]:
    """The groups of one payer."""
    return [each for each in groups if each.expected.kind.payer == payer]


def short_of(groups: Iterable[Blamed]) -> Decimal:
    """What all lines of the groups fall short, USD."""
    return sum((each.group.short for each in groups), Decimal(0))


def lines_of(groups: Iterable[Blamed]) -> int:
    """How many lines the groups hold."""
    return sum(each.group.lines for each in groups)


def usd(name: str, amount: Decimal, found: Compared, formula: str) -> Figure:
    """An amount over the lines looked at, in USD."""
    return Figure(name, amount, "USD", Basis(formula, (), "claim_lines", found.where))


def count_of(name: str, number: int, found: Compared, formula: str) -> Figure:
    """A number of lines looked at."""
    return Figure(name, Decimal(number), "count", Basis(formula, (), "claim_lines", found.where))
