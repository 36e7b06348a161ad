"""What a contract's fee schedule pays for one unit of a code on a day.

A rate is found by payer, product, code, modifier, setting and date of service. The closer
row wins: a code over a range, a range over "*"; then a named product, modifier and setting
over none. A rule ("115% of 2024 Medicare") is the Medicare price rounded to the cent, times
the percent, rounded to the cent again; without a year it follows the year of service.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from knowledge.money import to_cents
from knowledge.problems import NotKnown
from knowledge.reference.medicare import COMPONENTS, medicare_price
from knowledge.reference.settings_of_service import Setting
from tools.practice import Practice


@dataclass(frozen=True)
class ScheduleRow:
    """One row of the fee schedules: a rate in USD, or a percent of a Medicare year."""

    payer: str
    product: str | None
    code: str
    modifier: str
    setting: str | None
    rate: Decimal | None
    percent: Decimal | None
    medicare_year: int | None
    locality: str | None
    effective_from: date | None
    effective_to: date | None

    def holds_on(self, day: date) -> bool:
        """Whether the row is in force on a day; open ends hold for ever."""
        return (self.effective_from or day) <= day <= (self.effective_to or day)

    def covers(self, code: str) -> bool:
        """Whether the row is for a code: itself, within its range, or all others."""
        first, dash, last = self.code.partition("-")
        if dash and len(first) == len(last) == len(code):
            return first <= code <= last
        return self.code in (code, "*")

    def closeness(self) -> tuple[int, int, int, int]:
        """How narrowly the row is drawn; the greatest wins."""
        code = 0 if self.code == "*" else 1 if "-" in self.code else 2
        return code, self.product is not None, bool(self.modifier), self.setting is not None


@dataclass(frozen=True)
class ContractRate:
    """USD for one unit, and the rule it came from in words."""

    amount: Decimal
    rule: str


def fee_schedules(practice: Practice, payers: Iterable[str] | None = None) -> list[ScheduleRow]:
    """All fee schedule rows on file, of some payers or all."""
    if not practice.tables.has("fee_schedules"):
        return []
    table = practice.tables.table("fee_schedules")
    if payers is not None:
        table = table.filter(table.payer.isin(list(payers)))
    return [_row(row) for row in practice.tables.frame(table).to_dict("records")]


def contract_rate(
    rows: Sequence[ScheduleRow],
    *,
    payer: str,
    code: str,
    on: date,
    product: str | None = None,
    modifiers: str = "",
    setting: Setting = "office",
    locality: str = "Colorado",
) -> ContractRate:
    """The rate in USD of a payer's schedules for one unit of a code.

    `modifiers` are the line's, joined by spaces. Raises NotKnown where no row is for the
    code and day, where a rule has no Medicare price, or where the rows disagree (products
    with different rates and none named, or one code with two rates).
    """
    held = set(modifiers.split())
    fitting = [
        row
        for row in rows
        if row.payer == payer
        and row.covers(code)
        and row.holds_on(on)
        and (product is None or row.product is None or row.product.lower() == product.lower())
        and (not row.modifier or set(row.modifier.split()) <= held)
        and row.setting in (None, setting)
    ]
    if not fitting:
        raise NotKnown(
            what=f"no contract rate of {payer} for {code} on {on.isoformat()} is on file",
            do=f"add {payer}'s fee schedule of that date",
        )
    component = next(iter(held & COMPONENTS), "")
    if product is not None:
        return _agreed(fitting, payer, code, on, setting, locality, component)
    by_product = [
        _agreed(
            [row for row in fitting if row.product in (None, each)],
            payer, code, on, setting, locality, component,
        )
        for each in sorted({row.product for row in fitting}, key=lambda name: name or "")
        if each or not any(row.product for row in fitting)
    ]  # fmt: skip
    if len({rate.amount for rate in by_product}) > 1:
        names = ", ".join(sorted({row.product for row in fitting if row.product}))
        raise NotKnown(
            what=f"the rate of {payer} for {code} differs by product",
            why=f"products on file: {names}",
            do="name the product",
        )
    return by_product[0]


def _agreed(
    rows: Sequence[ScheduleRow],
    payer: str,
    code: str,
    on: date,
    setting: Setting,
    locality: str,
    component: str,
) -> ContractRate:
    closest = max(row.closeness() for row in rows)
    latest = max((row.effective_from or date.min) for row in rows if row.closeness() == closest)
    chosen = [
        row
        for row in rows
        if row.closeness() == closest and (row.effective_from or date.min) == latest
    ]
    rates = {_priced(row, code, on, setting, locality, component) for row in chosen}
    if len({rate.amount for rate in rates}) > 1:
        raise NotKnown(
            what=f"{payer} has two rates for {code} on {on.isoformat()} on file",
            why="its fee schedules contradict each other",
            do="end one of them, or remove the outdated file",
        )
    return min(rates, key=lambda rate: rate.rule)


def _priced(
    row: ScheduleRow, code: str, on: date, setting: Setting, locality: str, component: str
) -> ContractRate:
    if row.rate is not None:
        return ContractRate(row.rate, "fee schedule on file")
    assert row.percent is not None, "a fee schedule row has a rate or a percent"
    year = row.medicare_year or on.year
    place = row.locality or locality
    price = medicare_price(code, row.medicare_year or on, place, setting, component)
    named = f"{row.percent.normalize():f}% of {year} Medicare, {place}"
    return ContractRate(at_percent(price, row.percent), named)


def at_percent(price: Decimal, percent: Decimal) -> Decimal:
    """A percent of a Medicare price in USD: the price is in cents, the result is again."""
    return to_cents(price * percent / 100)


def _row(row: Mapping[Any, Any]) -> ScheduleRow:
    def given(name: str) -> Any:
        value = row[name]
        return None if value is None or value != value else value

    year = given("medicare_year")
    return ScheduleRow(
        payer=given("payer") or "",
        product=given("product") or None,
        code=given("code") or "*",
        modifier=given("modifier") or "",
        setting=given("setting") or None,
        rate=given("rate"),
        percent=given("percent_of_medicare"),
        medicare_year=None if year is None else int(year),
        locality=given("locality") or None,
        effective_from=given("effective_from"),
        effective_to=given("effective_to"),
    )
