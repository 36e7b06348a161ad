"""The invented contracts' fee schedules, as rows of rates."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from random import Random

from evals.messy.clean import E_M, Rate
from evals.messy.plan import Plan
from evals.messy.prices import cents, medicare

PREVENTIVE = [str(code) for code in (*range(99381, 99388), *range(99391, 99398))]
LISTED = (
    "99202 99203 99204 99205 99211 99212 99213 99214 99215 99385 99391 99393 99395 99396 "
    "G0438 G0439 90791 90834 99490 99497 96127 90471 93000 G2211 99406 17110 20610 96372 94640"
)
SIMPLE = {"36415": "6.40", "87880": "15.90", "90686": "21.75"}  # USD, no Medicare price


def fee_rules(plan: Plan, rng: Random) -> list[Rate]:
    """All contracts' rates. P1 and P4 are rules, P2 and P5 lists, P3 a list and a rule."""
    rules = plan.rules
    start = date(2024, 1, 1)
    rates = [
        Rate("P1", (), start, None, percent=Decimal(rules["P1"]), year=rules["P1_year"]),
        Rate(
            "P1",
            tuple(PREVENTIVE),
            start,
            None,
            percent=Decimal(rules["P1_preventive"]),
            year=rules["P1_year"],
        ),
        Rate("P4", (), start, None, percent=Decimal(rules["P4"]), year=2025),
    ]
    for product, level in zip(plan.products["P2"], ("1.18", "1.09"), strict=True):
        for code in LISTED.split():
            office, facility = _flat(code, level, rng)
            first = Rate("P2", (code,), date(2025, 1, 1), date(2025, 12, 31), product, office)
            later = cents(office * Decimal("1.03"))
            rates.append(_with_facility(first, facility))
            after = Rate("P2", (code,), date(2026, 1, 1), None, product, later)
            rates.append(_with_facility(after, cents(facility * Decimal("1.03"))))
    for code in (*E_M, *SIMPLE):
        flat = Decimal(SIMPLE[code]) if code in SIMPLE else _flat(code, "1.07", rng)[0]
        rates.append(Rate("P3", (code,), date(2024, 7, 1), None, office=flat))
    rates.append(Rate("P3", (), date(2024, 7, 1), None, percent=Decimal(rules["P3"]), year=2025))
    for code in (*LISTED.split(), *SIMPLE):
        flat = Decimal(SIMPLE[code]) if code in SIMPLE else _flat(code, "0.81", rng)[0]
        rates.append(Rate("P5", (code,), date(2024, 7, 1), None, office=flat))
    return rates


def _flat(code: str, level: str, rng: Random) -> tuple[Decimal, Decimal]:
    """A negotiated amount for the office and for a facility, USD, near a level of Medicare."""
    price, inside = medicare(code, 2024), medicare(code, 2024, facility=True)
    assert price is not None and inside is not None
    wobble = Decimal(rng.randint(-40, 40)) / 1000
    return cents(price * (Decimal(level) + wobble)), cents(inside * (Decimal(level) + wobble))


def _with_facility(rate: Rate, facility: Decimal) -> Rate:
    return replace(rate, facility=facility)
