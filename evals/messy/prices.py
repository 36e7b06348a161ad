"""Medicare prices and contract rates, worked apart from the product from CMS's figures.

(work RVU x work GPCI + practice-expense RVU of the setting x PE GPCI + malpractice RVU x
MP GPCI) x conversion factor, to the cent, halves up; Colorado, contractor 04112.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from importlib.resources import files

from evals.messy.clean import Rate

FACTORS = {  # CMS, USD per RVU; 2024 from 9 March
    2020: "36.0896",
    2021: "34.8931",
    2022: "34.6062",
    2023: "33.8872",
    2024: "33.2875",
    2025: "32.3465",
}
FACILITY = frozenset(
    ["02", "19", "21", "22", "23", "24", "26", "31", "34", "51", "52", "53", "56", "61"]
)


def cents(amount: Decimal) -> Decimal:
    """USD to the cent, halves up."""
    return amount.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)


@cache
def _rows(name: str) -> tuple[dict[str, str], ...]:
    text = files("knowledge").joinpath("reference", name).read_text(encoding="utf-8")
    return tuple(csv.DictReader(text.splitlines()))


@cache
def medicare(code: str, year: int, facility: bool = False) -> Decimal | None:
    """What Medicare publishes for one unit in Colorado, USD; None where it has no price."""
    found = [
        r
        for r in _rows("mpfs.csv")
        if r["code"] == code and int(r["year"]) == year and not r["modifier"]
    ]
    if not found or found[0]["status"] not in "ARTN":
        return None
    work, pe, mp = (
        Decimal(found[0][name])
        for name in ("work", "facility_pe" if facility else "office_pe", "malpractice")
    )
    if not work + pe + mp:
        return None
    place = next(r for r in _rows("gpci_colorado.csv") if r["from"].startswith(str(year)))
    units = work * Decimal(place["work"]) + pe * Decimal(place["pe"])
    units += mp * Decimal(place["malpractice"])
    return cents(units * Decimal(FACTORS[year]))


def benchmark(measure: str, year: int) -> dict[str, str]:
    """The EHR benchmark row of a quality measure in a performance year."""
    return next(
        r
        for r in _rows("ecqm_benchmarks.csv")
        if r["measure"] == measure
        and int(r["performance_year"]) == year
        and r["method"] == "electronicHealthRecord"
    )


def contract_rate(
    rates: Iterable[Rate], payer: str, product: str, code: str, place: str, day: date
) -> Decimal | None:
    """USD per unit that the contract in force on the day pays; None where it names none.

    A row that lists the code goes before a row for all others. A rule is the Medicare price
    to the cent x percent, to the cent again.
    """
    own = [
        r
        for r in rates
        if r.payer == payer
        and r.product in (None, product)
        and r.start <= day
        and (r.end is None or day <= r.end)
    ]
    named = [r for r in own if code in r.codes] or [r for r in own if not r.codes]
    for rate in named:
        if rate.office is not None:
            facility = rate.facility if rate.facility is not None else rate.office
            return facility if place in FACILITY else rate.office
        assert rate.percent is not None and rate.year is not None
        price = medicare(code, rate.year, place in FACILITY)
        return None if price is None else cents(price * rate.percent / 100)
    return None
