"""The contract rate of every kind of line in the claims, looked up once a kind.

A kind of line is a payer, product, code, modifiers, setting and era: thousands at most,
whatever the number of lines, so that rates are joined to lines in the engine.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import ibis
import pyarrow as pa

from knowledge.evidence import Citation
from knowledge.problems import NotKnown
from knowledge.reference.medicare_book import MedicareBook
from knowledge.reference.settings_of_service import Setting
from tools.schedules.contract_rate import ContractRate, NoPrice, rule_in_force
from tools.schedules.rate_eras import Eras
from tools.schedules.schedule_row import Schedule

KEY = ("k_payer", "k_product", "k_code", "k_modifiers", "k_facility", "k_era")
_LEVELS = (("99202", "99203", "99204", "99205"), ("99211", "99212", "99213", "99214", "99215"))


@dataclass(frozen=True)
class Kind:
    """One kind of line; `product` is "" where the claims name none."""

    payer: str
    product: str
    code: str
    modifiers: str
    setting: Setting
    on: date


@dataclass(frozen=True)
class Expected:
    """What the contract pays for a kind of line; rate None with the reason where unknown.

    other_table: it is priced by a table that is not held here, named in the citation.
    lowest: the claims name no product, and the rate is the lowest of the products'.
    """

    kind: Kind
    rate: ContractRate | None
    why_none: str = ""
    lowest: bool = False
    other_table: bool = False
    citation: Citation | None = None


@dataclass(frozen=True)
class Other:
    """Another amount a line may have been paid by: USD for one unit, the cause, its words."""

    amount: Decimal
    cause: str
    words: str


def keyed(lines: Any, eras: Eras) -> Any:
    """Claim lines (an Ibis table) with the columns of KEY."""
    return lines.mutate(
        k_payer=ibis.coalesce(lines.payer, ""),
        k_product=ibis.coalesce(lines["product"], "").lower(),
        k_code=lines.code,
        k_modifiers=ibis.coalesce(lines.modifiers, ""),
        k_facility=eras.facility(lines.place_of_service, lines.service_date),
        k_era=eras.of(lines.service_date).cast("int64"),
    )


def kind_of(row: Mapping[str, Any], eras: Eras) -> Kind:
    """The kind that a row of keys stands for."""
    setting: Setting = "facility" if row["k_facility"] else "office"
    return Kind(row["k_payer"], row["k_product"], row["k_code"], row["k_modifiers"], setting,
                eras.starts[int(row["k_era"])])  # fmt: skip


@dataclass(frozen=True)
class RateLookup:
    """The schedules of the payers asked about, with the prices their rules stand on."""

    schedule: Schedule
    locality: str
    medicare: MedicareBook

    def expected(self, kind: Kind) -> Expected:
        """The rate in force for a kind of line, or why there is none."""
        try:
            return Expected(kind, self._rate(kind, kind.product or None, kind.on))
        except NoPrice as none:
            if none.by_other_table:
                return Expected(kind, None, none.what, other_table=True, citation=none.citation)
            reason = none.what
        except NotKnown as unknown:
            reason = unknown.what
        products = () if kind.product else self._products(kind)
        held = [rate for each in products if (rate := self._or_none(kind, each, kind.on))]
        if held and all(rate.of_charges is None for rate in held):
            return Expected(kind, min(held, key=lambda rate: rate.amount), lowest=True)
        return Expected(kind, None, reason)

    def others(self, kind: Kind, rate: ContractRate) -> list[Other]:
        """Amounts below the rate that a payer's slip would explain, the surest first."""
        made: list[Other] = []
        own = kind.product or None
        for day in self._earlier(kind):
            if older := self._or_none(kind, own, day):
                made.append(Other(older.amount, "older schedule", f"the rate of {day:%B %Y}"))
        for product in self._products(kind):
            if product.lower() != kind.product and (else_ := self._or_none(kind, product, kind.on)):
                made.append(Other(else_.amount, "another product", f"the {product} rate"))
        if kind.setting == "office":
            there = Kind(kind.payer, kind.product, kind.code, kind.modifiers, "facility", kind.on)
            if facility := self._or_none(there, own, kind.on):
                made.append(Other(facility.amount, "facility price", "the facility rate"))
        for code in _lower_levels(kind.code):
            lower = Kind(kind.payer, kind.product, code, kind.modifiers, kind.setting, kind.on)
            if down := self._or_none(lower, own, kind.on):
                made.append(Other(down.amount, "down-coded", f"the rate of {code}"))
        try:
            price = self.medicare.price(kind.code, kind.on, self.locality, kind.setting)
            made.append(Other(price, "Medicare's price", f"Medicare's own price of {kind.on.year}"))
        except NotKnown:
            pass
        seen: dict[Decimal, Other] = {}
        for each in made:
            if Decimal(0) < each.amount < rate.amount:
                seen.setdefault(each.amount, each)
        return list(seen.values())

    def _rate(self, kind: Kind, product: str | None, on: date) -> ContractRate:
        return rule_in_force(
            self.schedule, payer=kind.payer, code=kind.code, on=on, product=product,
            modifiers=kind.modifiers, setting=kind.setting, locality=self.locality,
            medicare=self.medicare,
        )  # fmt: skip

    def _or_none(self, kind: Kind, product: str | None, on: date) -> ContractRate | None:
        try:
            rate = self._rate(kind, product, on)
        except NotKnown:
            return None
        return rate if rate.of_charges is None else None

    def _products(self, kind: Kind) -> list[str]:
        rows = self.schedule.of(kind.payer, kind.code)
        return sorted({row.product for row in rows if row.product and row.holds_on(kind.on)})

    def _earlier(self, kind: Kind) -> list[date]:
        """Days at which an earlier rate of the kind held, the latest first."""
        days = set()
        for row in self.schedule.of(kind.payer, kind.code):
            if row.effective_from and row.effective_from <= kind.on:
                days.add(row.effective_from - timedelta(1))
            moves = row.percent is not None or row.conversion_factor is not None
            if moves and row.medicare_year is None:
                days.add(date(kind.on.year - 1, 12, 31))
        return sorted(days, reverse=True)


def rate_table(expected: Iterable[Expected], eras: Eras) -> Any:
    """The rates as an Ibis table: KEY, kind (a number), rate, of_charges (a ratio)."""
    rows = []
    for number, each in enumerate(expected):
        kind, rate = each.kind, each.rate
        if rate is None:
            continue
        rows.append(
            {
                "k_payer": kind.payer,
                "k_product": kind.product,
                "k_code": kind.code,
                "k_modifiers": kind.modifiers,
                "k_facility": kind.setting == "facility",
                "k_era": eras.at(kind.on),
                "kind": number,
                "rate": rate.amount,
                "of_charges": None if rate.of_charges is None else rate.of_charges / 100,
            }
        )
    return ibis.memtable(pa.Table.from_pylist(rows, _RATES))


_RATES = pa.schema(
    [
        ("k_payer", pa.string()),
        ("k_product", pa.string()),
        ("k_code", pa.string()),
        ("k_modifiers", pa.string()),
        ("k_facility", pa.bool_()),
        ("k_era", pa.int64()),
        ("kind", pa.int64()),
        ("rate", pa.decimal128(14, 2)),
        ("of_charges", pa.decimal128(14, 6)),
    ]
)


def _lower_levels(code: str) -> Sequence[str]:
    for levels in _LEVELS:
        if code in levels:
            return tuple(reversed(levels[: levels.index(code)]))
    return ()
