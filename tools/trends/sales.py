"""What was allowed for each code in each stretch of a trend: one query for all payers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple

import ibis

from knowledge.reference.settings_of_service import facility_places
from tools.lines.claim_totals import allowed_of, chosen, exact, records
from tools.practice import Practice
from tools.trends.periods import Trend
from tools.trends.price_and_mix import Sold


class Item(NamedTuple):
    """Lines that a contract prices alike: product, code, modifiers and setting."""

    product: str
    code: str
    modifiers: str
    facility: bool


@dataclass(frozen=True)
class Sales:
    """One payer's counting lines of one stretch: by item, and in all.

    visits are distinct claims and days; blank_lines give no allowed amount and are left out.
    """

    items: dict[Item, Sold]
    units: Decimal
    allowed: Decimal
    visits: int
    lines: int
    blank_lines: int


def sales(
    practice: Practice,
    trend: Trend,
    *,
    payers: Iterable[str] | None = None,
    codes: Sequence[str] | None = None,
    product: str | None = None,
) -> dict[str, dict[int, Sales]]:
    """Payer -> place of the stretch -> its sales; "" for lines without a payer.

    Telehealth is placed by the rule of the latest stretch in all of them, so that a change
    of the rule is no change of mix.
    """
    lines = chosen(practice, trend.whole, payers=payers, codes=codes, product=product)
    lines = lines.filter(lines.counts, lines.code.notnull())
    place = ibis.coalesce(lines.place_of_service, "").lpad(2, "0")
    keyed = lines.select(
        payer=ibis.coalesce(lines.payer, ""),
        stretch=trend.bucket(lines.service_date),
        product=ibis.coalesce(lines["product"], ""),
        code=lines.code,
        modifiers=ibis.coalesce(lines.modifiers, ""),
        facility=place.isin(sorted(facility_places(trend.last.end))),
        units=lines.units,
        allowed=allowed_of(lines),
        visit=lines.visit,
    )
    keyed = keyed.filter(keyed.stretch.notnull())
    known = keyed.allowed.notnull()
    grouped = keyed.group_by(
        ["payer", "stretch", "product", "code", "modifiers", "facility"]
    ).aggregate(
        units=keyed.units.sum(where=known),
        allowed=keyed.allowed.sum(where=known),
        lines=known.sum(),
        blank=(~known).sum(),
    )
    visits = _visits(practice, keyed)
    found: dict[str, dict[int, list[dict[str, Any]]]] = {}
    for row in records(practice, grouped):
        found.setdefault(row["payer"], {}).setdefault(int(row["stretch"]), []).append(row)
    return {
        payer: {at: _sales(rows, visits.get((payer, at), 0)) for at, rows in sorted(by.items())}
        for payer, by in found.items()
    }


def _visits(practice: Practice, keyed: Any) -> dict[tuple[str, int], int]:
    days = keyed.select("payer", "stretch", "visit").distinct()
    counted = days.group_by(["payer", "stretch"]).aggregate(visits=days.count())
    return {
        (row["payer"], int(row["stretch"])): int(row["visits"])
        for row in records(practice, counted)
    }


def _sales(rows: Sequence[dict[str, Any]], visits: int) -> Sales:
    items = {
        Item(row["product"], row["code"], row["modifiers"], bool(row["facility"])): Sold(
            exact(row["units"]), exact(row["allowed"])
        )
        for row in sorted(rows, key=lambda r: (r["code"], r["product"], r["modifiers"]))
        if row["lines"]
    }
    return Sales(
        items,
        sum((sold.units for sold in items.values()), Decimal(0)),
        sum((sold.allowed for sold in items.values()), Decimal(0)),
        visits,
        sum(int(row["lines"]) for row in rows),
        sum(int(row["blank"]) for row in rows),
    )
