"""What a contract's fee schedule pays for one unit of a code on a day.

A rate is found by payer, product, code, modifier, setting and date of service. The closer
row wins: a code over a range, a range over a family, that over "*"; then a named product,
modifier and setting over none; of equals the later start. A schedule file on record wins
over the contract's own table, which fills what the file leaves open. A rule ("115% of 2024
Medicare") is the Medicare price rounded to the cent, times the percent, rounded to the cent
again; without a year it follows the year of service.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from knowledge.evidence import Citation
from knowledge.money import to_cents
from knowledge.problems import NotKnown
from knowledge.reference.medicare_book import SHIPPED, MedicareBook
from knowledge.reference.settings_of_service import Setting
from tools.practice import Practice
from tools.schedules.contract_fee_tables import MEDICARE_ADVANTAGE, contract_rows
from tools.schedules.schedule_row import Schedule, row_of
from tools.schedules.schedule_row import ScheduleRow as ScheduleRow

COMPONENTS = ("26", "TC")
_ADVANTAGE = re.compile(r"\bmedicare adv|\badvantage\b|\bma\b", re.I)
_OTHER_LINE = re.compile(r"\bmedicare\b|\badvantage\b|\bma\b|\bmedicaid\b|\bchp\b", re.I)


@dataclass(frozen=True)
class ContractRate:
    """USD for one unit, and the rule it came from in words.

    of_charges: a percent of the billed charge instead of an amount, which is then zero.
    lesser: the lower of charge and rate is paid. cut: percent off the payment.
    """

    amount: Decimal
    rule: str
    of_charges: Decimal | None = None
    lesser: bool = False
    cut: Decimal = Decimal(0)
    citation: Citation | None = None
    origin: str = "file"


class NoPrice(NotKnown):
    """No row prices the code; another schedule may.

    open: the price is not held here rather than known not to exist, so that a rule for
    codes without a Medicare price does not apply. by_other_table: the schedule names a table
    that is not held here; citation: where the contract does.
    """

    open = False
    by_other_table = False
    citation: Citation | None = None


def fee_schedules(practice: Practice, payers: Iterable[str] | None = None) -> list[ScheduleRow]:
    """All fee schedule rows on file, and those the contracts hold, of some payers or all."""
    named = None if payers is None else list(payers)
    return [*schedule_files(practice, named), *contract_rows(practice, named)]


def schedule_files(practice: Practice, payers: Sequence[str] | None = None) -> list[ScheduleRow]:
    """The rows of the schedule files alone."""
    if not practice.tables.has("fee_schedules"):
        return []
    table = practice.tables.table("fee_schedules")
    if payers is not None:
        table = table.filter(table.payer.isin(list(payers)))
    return [row_of(row) for row in practice.tables.frame(table).to_dict("records")]


def contract_rate(
    rows: Sequence[ScheduleRow] | Schedule,
    *,
    payer: str,
    code: str,
    on: date,
    product: str | None = None,
    modifiers: str = "",
    setting: Setting = "office",
    locality: str = "Colorado",
    medicare: MedicareBook = SHIPPED,
) -> ContractRate:
    """The rate in USD of a payer's schedules for one unit of a code.

    `modifiers` are the line's, joined by spaces. Raises NotKnown where no row is for the
    code and day, where a rule has no price (no Medicare price, a percent of charges), or
    where the rows disagree (products with different rates and none named, or one code with
    two rates).
    """
    found = rule_in_force(
        rows, payer=payer, code=code, on=on, product=product, modifiers=modifiers,
        setting=setting, locality=locality, medicare=medicare,
    )  # fmt: skip
    if found.of_charges is not None:
        raise NotKnown(
            what=f"{payer} pays {code} at {found.rule}",
            why="that is an amount for each charge, not a rate for the code",
        )
    return found


def rule_in_force(
    rows: Sequence[ScheduleRow] | Schedule,
    *,
    payer: str,
    code: str,
    on: date,
    product: str | None = None,
    modifiers: str = "",
    setting: Setting = "office",
    locality: str = "Colorado",
    medicare: MedicareBook = SHIPPED,
) -> ContractRate:
    """As `contract_rate`, with a percent of charges given back as such."""
    held = set(modifiers.split())
    schedule = rows if isinstance(rows, Schedule) else Schedule(rows)
    fitting = [
        row
        for row in schedule.of(payer, code)
        if row.holds_on(on)
        and (product is None or row.product is None or _fits(row.product, product))
        and (not row.modifier or set(row.modifier.split()) <= held)
        and row.setting in (None, setting)
    ]
    if product is not None and _OTHER_LINE.search(product):
        # Medicare Advantage and Medicaid have attachments of their own.
        fitting = [row for row in fitting if row.product is not None] or fitting
    component = next((each for each in COMPONENTS if each in held), "")
    asked = _Asked(payer, code, on, setting, locality, component, medicare)
    unpriced: NotKnown | None = None
    for origin in ("file", "contract"):
        own = [row for row in fitting if row.origin == origin]
        if not own:
            continue
        try:
            return asked.agreed(own) if product is not None else asked.of_any_product(own)
        except NoPrice as none:
            unpriced = unpriced or none
    raise unpriced or NoPrice(
        what=f"no contract rate of {payer} for {code} on {on.isoformat()} is on file",
        do=f"add {payer}'s fee schedule of that date",
    )


def _fits(named: str, product: str) -> bool:
    """Whether a row's product is the line's; an attachment for Medicare Advantage is for each
    product of it."""
    whole = named == MEDICARE_ADVANTAGE and _ADVANTAGE.search(product) is not None
    return whole or named.lower() == product.lower()


@dataclass(frozen=True)
class _Asked:
    payer: str
    code: str
    on: date
    setting: Setting
    locality: str
    component: str
    medicare: MedicareBook

    def of_any_product(self, rows: Sequence[ScheduleRow]) -> ContractRate:
        """The rate that all products share; NotKnown naming the products where they differ."""
        named = sorted({row.product for row in rows if row.product})
        if not named:
            return self.agreed(rows)
        by_product = [
            self.agreed([row for row in rows if row.product in (None, each)]) for each in named
        ]
        if len({(rate.amount, rate.of_charges) for rate in by_product}) > 1:
            raise NotKnown(
                what=f"the rate of {self.payer} for {self.code} differs by product",
                why=f"products on file: {', '.join(named)}",
                do="name the product",
            )
        return by_product[0]

    def agreed(self, rows: Sequence[ScheduleRow]) -> ContractRate:
        """The rate of the closest rows that have a price, the latest of equals."""
        missing: NoPrice | None = None
        for closest in sorted({row.closeness() for row in rows}, reverse=True):
            near = [row for row in rows if row.closeness() == closest]
            latest = max(row.effective_from or date.min for row in near)
            chosen = [row for row in near if (row.effective_from or date.min) == latest]
            try:
                rates = [self._priced(row) for row in chosen]
            except NoPrice as none:
                missing = missing or none
                if none.open or any(row.cannot_price for row in chosen):
                    break
                continue
            if len({(rate.amount, rate.of_charges) for rate in rates}) > 1:
                raise NotKnown(
                    what=f"{self.payer} has two rates for {self.code} on {self.on.isoformat()}"
                    " on file",
                    why="its fee schedules contradict each other",
                    do="end one of them, or remove the outdated file",
                )
            return min(rates, key=lambda rate: rate.rule)
        assert missing is not None
        raise missing

    def _priced(self, row: ScheduleRow) -> ContractRate:
        words = "fee schedule on file"
        if row.origin == "contract" and row.citation:
            words = f"the contract's own words, {row.citation.label()}"
        if row.cannot_price:
            other = NoPrice(
                what=f"{self.payer} pays {self.code} by {row.cannot_price}",
                why="no table of that is held here, so it is not priced",
            )
            other.by_other_table, other.citation = True, row.citation
            raise other
        if row.rate is not None:
            if self.component and self.component not in row.modifier.split():
                raise NoPrice(
                    what=f"{self.payer}'s schedule gives no rate for {self.code} with modifier"
                    f" {self.component}",
                    why="its rate is for the whole service",
                )
            return self._told(row, row.rate, words)
        if row.percent_of_charges is not None:
            said = f"{row.percent_of_charges.normalize():f}% of the billed charge ({words})"
            return self._told(row, Decimal(0), said, row.percent_of_charges)
        year, when = row.medicare_year or self.on.year, row.medicare_year or self.on
        place = row.locality or self.locality
        try:
            if row.conversion_factor is not None:
                units = self.medicare.units(self.code, when, place, self.setting, self.component)
                amount = to_cents(units * row.conversion_factor)
                said = f"${row.conversion_factor.normalize():f} per unit of {year} Medicare"
                return self._told(row, amount, f"{said}, {place} ({words})")
            assert row.percent is not None, "a fee schedule row has a rate or a rule"
            price = self.medicare.price(self.code, when, place, self.setting, self.component)
        except NotKnown as unknown:
            none = NoPrice(unknown.what, unknown.why, unknown.do)
            day = date(when, 12, 31) if isinstance(when, int) else when
            none.open = not self.medicare.surely_unpriced(self.code, day)
            raise none from None
        said = f"{row.percent.normalize():f}% of {year} Medicare, {place}"
        said += f" ({words})" if row.origin == "contract" else ""
        return self._told(row, at_percent(price, row.percent), said)

    def _told(
        self, row: ScheduleRow, amount: Decimal, rule: str, of_charges: Decimal | None = None
    ) -> ContractRate:
        return ContractRate(amount, rule, of_charges, row.lesser_of_charges,
                            row.payment_cut or Decimal(0), row.citation, row.origin)  # fmt: skip


def at_percent(price: Decimal, percent: Decimal) -> Decimal:
    """A percent of a Medicare price in USD: the price is in cents, the result is again."""
    return to_cents(price * percent / 100)
