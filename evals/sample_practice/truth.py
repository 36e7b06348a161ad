"""What a right reading of the sample practice gives, computed from its clean lines.

Payments: insurer paid on primary and secondary lines, net of reversals, by date of service.
Percent of Medicare: 100 x sum of allowed / sum of (units x 2025 Colorado Medicare price at
the non-facility level) over the same counting lines: primary, not denied, not taken back,
units above zero, in a place that Medicare prices as an office, with a price. Place 02 is
priced as a facility. Denials: denied lines among all adjudicated ones, secondary payers'
included, reversals left out. Amounts and shares are decimal strings, in USD and percent.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

from evals.sample_practice.business_files import cost_table
from evals.sample_practice.claim_lines import Line
from evals.sample_practice.claims import FIRST, LAST, claim_lines
from evals.sample_practice.medicare import is_facility, medicare_price

PERIODS = {
    "2025-11..2026-10": (date(2025, 11, 1), LAST),
    "2025-01..2025-12": (date(2025, 1, 1), date(2025, 12, 31)),
    "2024-11..2026-10": (FIRST, LAST),
}
BENCHMARK_YEAR = 2025
TWELVE_MONTHS = "2025-11..2026-10"


def truth(seed: int = 4471) -> dict[str, Any]:
    """The expected summary of the sample practice; keys are plain, values JSON."""
    lines = claim_lines(seed)
    counting = counting_lines(lines)
    recent = _within(counting, TWELVE_MONTHS)
    return {
        "seed": seed,
        "lines": len(lines),
        "counting_lines": len(counting),
        "payments": {period: _payments(_within(lines, period)) for period in PERIODS},
        "percent_of_medicare": _percent_of_medicare(recent),
        "top_codes_by_units": _top_codes(recent),
        "denials": _denials(_within(lines, TWELVE_MONTHS)),
        "underpaid": _underpaid(counting),
        "cost_per_visit": _cost_per_visit(recent, seed),
    }


def write_truth(path: Path, seed: int = 4471) -> None:
    """The expected summary as JSON."""
    path.write_text(json.dumps(truth(seed), indent=1) + "\n", encoding="utf-8")


def counting_lines(lines: Iterable[Line]) -> list[Line]:
    """Primary, not denied, not taken back: neither an original nor its reversal."""
    lines = list(lines)
    reversed_ones = {(line.claim, line.number) for line in lines if line.status == "Reversed"}
    return [
        line
        for line in lines
        if line.order == "P"
        and line.status == "Paid"
        and line.units > 0
        and (line.claim, line.number) not in reversed_ones
    ]


def _within(lines: Iterable[Line], period: str) -> list[Line]:
    start, end = PERIODS[period]
    return [line for line in lines if start <= line.served <= end]


def _payments(lines: list[Line]) -> dict[str, dict[str, str]]:
    total = sum((line.paid for line in lines), Decimal(0))
    by_payer: dict[str, Decimal] = {}
    for line in lines:
        by_payer[line.payer.name] = by_payer.get(line.payer.name, Decimal(0)) + line.paid
    return {
        payer: {"payments": str(paid), "share": _percent(paid, total)}
        for payer, paid in sorted(by_payer.items(), key=lambda pair: (-pair[1], pair[0]))
    }


def _percent_of_medicare(lines: list[Line]) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for payer in sorted({line.payer.name for line in lines}):
        own = [line for line in lines if line.payer.name == payer and not is_facility(line.place)]
        priced = [(line, medicare_price(line.code, BENCHMARK_YEAR)) for line in own]
        allowed = sum((line.allowed for line, price in priced if price), Decimal(0))
        benchmark = sum((price * line.units for line, price in priced if price), Decimal(0))
        unpriced = sum((line.allowed for line, price in priced if not price), Decimal(0))
        found[payer] = {
            "percent": _percent(allowed, benchmark),
            "allowed": str(allowed),
            "medicare": str(benchmark),
            "lines": sum(price is not None for _, price in priced),
            "allowed_without_price": str(unpriced),
        }
    return found


def _top_codes(lines: list[Line]) -> list[dict[str, Any]]:
    units: dict[str, int] = {}
    for line in lines:
        units[line.code] = units.get(line.code, 0) + line.units
    ranked = sorted(units.items(), key=lambda pair: (-pair[1], pair[0]))
    return [{"code": code, "units": count} for code, count in ranked[:20]]


def _denials(lines: list[Line]) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for payer in sorted({line.payer.name for line in lines}):
        own = [line for line in lines if line.payer.name == payer and line.status != "Reversed"]
        denied = [line for line in own if line.status == "Denied"]
        found[payer] = {
            "denied": len(denied),
            "adjudicated": len(own),
            "billed": str(sum((line.billed for line in denied), Decimal("0.00"))),
        }
    return found


def _underpaid(lines: list[Line]) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for line in lines:
        if line.short:
            entry = found.setdefault(line.payer.name, {"lines": 0, "short": "0.00"})
            entry["lines"] += 1
            entry["short"] = str(Decimal(entry["short"]) + line.short)
    return found


def _cost_per_visit(lines: list[Line], seed: int) -> dict[str, Any]:
    """Costs of the twelve months over distinct claims and days with a counting line."""
    spent = sum((amount for _, row in cost_table(seed) for amount in row), Decimal(0))
    visits = len({(line.claim, line.served) for line in lines})
    per_visit = (spent / visits).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
    return {"costs": str(spent), "visits": visits, "per_visit": str(per_visit)}


def _percent(part: Decimal, whole: Decimal) -> str:
    return str((100 * part / whole).quantize(Decimal("0.0001"), rounding=ROUND_HALF_UP))
