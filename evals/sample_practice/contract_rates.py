"""What a payer of the sample practice allows for one unit, by the rule of its contract."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from functools import cache

from evals.sample_practice.markup import Table, blocks_of
from evals.sample_practice.medicare import cents, is_facility, medicare_price
from evals.sample_practice.papers import papers
from evals.sample_practice.payers import SamplePayer

VACCINE_COST = {  # invented purchase prices, USD a dose
    "90656": Decimal("21.50"),
    "90677": Decimal("248.00"),
    "90700": Decimal("29.40"),
    "90707": Decimal("92.60"),
    "90715": Decimal("47.80"),
}
_OTHER_CHARGES = {  # the practice's charge where Medicare has no relative values
    "36415": Decimal(22),
    "81002": Decimal(18),
    "81003": Decimal(18),
    "83036": Decimal(42),
    "85018": Decimal(16),
    "87804": Decimal(48),
    "87811": Decimal(85),
    "87880": Decimal(46),
    "G0008": Decimal(58),
}


@cache
def charge(code: str) -> Decimal:
    """The practice's own charge for one unit in whole USD, the same to every payer."""
    if code in VACCINE_COST:
        return cents(VACCINE_COST[code] * Decimal("1.6")).quantize(Decimal(1))
    price = medicare_price(code, 2024)
    return _OTHER_CHARGES[code] if price is None else (price * 7 / 4).quantize(Decimal(1))


def unit_rate(payer: SamplePayer, code: str, on: date, place_of_service: str) -> Decimal | None:
    """The contract's amount for one unit in USD; None where the contract has no price.

    The price rounded to the cent x percent, rounded to the cent again.
    """
    if code in payer.fixed:
        return payer.fixed[code]
    if payer.rule["kind"] == "charge":
        return cents(charge(code) * int(payer.rule["percent"]) / 100)
    if code in VACCINE_COST:
        return cents(VACCINE_COST[code] * payer.vaccines / 100) if payer.vaccines else None
    if payer.rule["kind"] == "list":
        return {row[0]: row[2] for row in price_rows(payer.key)}.get(code)
    year = int(payer.rule["year"]) or on.year
    price = medicare_price(code, year, is_facility(place_of_service))
    return None if price is None else cents(price * _percent(payer, code) / 100)


def _percent(payer: SamplePayer, code: str) -> int:
    visit = "99202" <= code <= "99215" or "99381" <= code <= "99397"
    return int(payer.rule.get("visits", payer.rule["percent"]) if visit else payer.rule["percent"])


@cache
def price_rows(slug: str) -> tuple[tuple[str, str, Decimal], ...]:
    """Code, plain words and USD amount of each row of the price list in a contract."""
    paper = next(paper for paper in papers() if paper.slug == slug)
    found = []
    for block in blocks_of(paper.text()):
        for row in block.rows if isinstance(block, Table) else ():
            cells = ["".join(text for text, _ in cell) for cell in row]
            if re.fullmatch(r"[0-9G][0-9]{4}", cells[0]) and cells[-1].startswith("$"):
                amount = Decimal(cells[-1].removeprefix("$").replace(",", ""))
                found.append((cells[0], cells[1], amount))
    return tuple(found)
