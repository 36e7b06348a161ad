"""What payers pay for codes, against Medicare and the contract, and what a change is worth."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from evals.messy.clean import Line
from evals.messy.prices import FACILITY, cents, contract_rate, medicare
from evals.messy.truth import BENCHMARK_YEAR, TENTH, ZERO, Expected, Truth, add


def _priced(lines: Iterable[Line], year: int) -> list[tuple[Line, Decimal]]:
    found = ((li, medicare(li.code, year)) for li in lines if li.place not in FACILITY)
    return [(line, price) for line, price in found if price is not None]


def percent_of_medicare(
    truth: Truth, role: str, code: str | None, period: str | None, year: int
) -> Decimal:
    """100 x allowed / (units x Medicare price), a ratio of sums over non-facility lines."""
    pairs = _priced(truth.counting(role, period, code), year)
    return 100 * add([li for li, _ in pairs], "allowed") / sum(li.units * p for li, p in pairs)


def medicare_percent(
    truth: Truth,
    role: str,
    code: str | None = None,
    period: str | None = None,
    year: int = BENCHMARK_YEAR,
) -> list[Expected]:
    """100 x allowed / Medicare over the same lines, percent."""
    value = percent_of_medicare(truth, role, code, period, year)
    return [Expected("percent of Medicare", value, "percent", truth.name(role), Decimal("0.05"))]


def extreme(truth: Truth, which: str, code: str | None = None) -> list[Expected]:
    """The commercial payer lowest or highest against Medicare, and its percent."""
    roles = [r for r, p in truth.practice.payers.items() if p.kind == "commercial"]
    values = {r: percent_of_medicare(truth, r, code, None, BENCHMARK_YEAR) for r in roles}
    pick = (min if which == "lowest" else max)(roles, key=lambda role: values[role])
    return [
        Expected(which, truth.practice.payers[pick].name, "name"),
        *medicare_percent(truth, pick, code),
    ]


def rate(truth: Truth, role: str, code: str, period: str | None = None) -> list[Expected]:
    """Allowed / units of one code over non-facility counting lines, USD to the cent."""
    own = [li for li in truth.counting(role, period, code) if li.place not in FACILITY]
    value = cents(add(own, "allowed") / sum(line.units for line in own))
    return [Expected(f"effective rate of {code}", value, "USD", truth.name(role))]


def medicare_price(truth: Truth, code: str, year: int = BENCHMARK_YEAR) -> list[Expected]:
    """The Medicare price of an office unit in Colorado, USD."""
    price = medicare(code, year)
    assert price is not None
    return [Expected(f"Medicare {year} for {code}", price, "USD")]


def contract(truth: Truth, role: str, code: str, day: str = "2026-09-15") -> list[Expected]:
    """The contract rate in the office on a day, USD, one for each amount that differs."""
    payer = truth.practice.payers[role]
    rates = {
        contract_rate(truth.practice.rates, role, product, code, "11", date.fromisoformat(day))
        for product in payer.products
    }
    return [
        Expected(f"contract rate of {code}", rate, "USD", payer.name)
        for rate in sorted(rate for rate in rates if rate is not None)
    ]


def gap(truth: Truth, role: str, code: str | None = None) -> list[Expected]:
    """Dollars between allowed and Medicare over the twelve months, without sign."""
    pairs = _priced(truth.counting(role, None, code), BENCHMARK_YEAR)
    value = add([li for li, _ in pairs], "allowed") - sum(li.units * p for li, p in pairs)
    return [Expected("dollars from Medicare", abs(value), "USD", truth.name(role))]


def underpaid(truth: Truth, role: str | None = None, code: str | None = None) -> list[Expected]:
    """Dollars below the contract without a stated reason, everything loaded."""
    own = [line for line in truth.counting(role, "all", code) if line.short]
    return [Expected("shortfall", add(own, "short"), "USD", truth.name(role))]


def underpaid_lines(
    truth: Truth, role: str | None = None, code: str | None = None
) -> list[Expected]:
    """How many lines were paid below the contract."""
    own = [line for line in truth.counting(role, "all", code) if line.short]
    return [Expected("underpaid lines", Decimal(len(own)), "count", truth.name(role))]


def overpaid(truth: Truth, role: str) -> list[Expected]:
    """Dollars allowed above the contract."""
    own = truth.counting(role, "all")
    return [Expected("overpaid", add(own, "over"), "USD", truth.name(role))]


def raised(truth: Truth, role: str, percent: int, code: str | None = None) -> list[Expected]:
    """What a percentage on the allowed of twelve months is worth, USD, without sign."""
    value = add(truth.counting(role, None, code), "allowed") * percent / 100
    near = max(Decimal("0.01"), abs(value) * Decimal("0.001"))
    return [Expected(f"worth of {percent}%", cents(abs(value)), "USD", truth.name(role), near)]


def at_medicare(
    truth: Truth, role: str, percent: int, year: int = BENCHMARK_YEAR, code: str | None = None
) -> list[Expected]:
    """New allowed at a percent of Medicare minus old, codes without a price untouched."""
    new, old = ZERO, ZERO
    for line in truth.counting(role, None, code):
        price = medicare(line.code, year, line.place in FACILITY)
        if price is not None:
            new += cents(price * percent / 100) * line.units
            old += line.allowed
    near = max(Decimal("0.01"), abs(new - old) * Decimal("0.001"))
    unrounded = abs(new - old)
    return [Expected(f"worth of {percent}%", unrounded, "USD", truth.name(role), near)]


def flat(truth: Truth, role: str, code: str, amount: str) -> list[Expected]:
    """New flat rate x units minus allowed over the twelve months, USD."""
    own = truth.counting(role, None, code)
    value = sum((Decimal(amount) * li.units - li.allowed for li in own), ZERO)
    return [Expected("worth of a new rate", abs(value), "USD", truth.name(role))]


def rate_then_now(truth: Truth, role: str, code: str, before: str, after: str) -> list[Expected]:
    """The effective rate of one code in each of two periods, USD."""
    return [*rate(truth, role, code, before), *rate(truth, role, code, after)]


def rates_of_two(truth: Truth, code: str, one: str, other: str) -> list[Expected]:
    """The effective rate of one code at each of two payers, USD."""
    return [*rate(truth, one, code), *rate(truth, other, code)]


def medicare_percents(truth: Truth, one: str, other: str) -> list[Expected]:
    """Percent of Medicare of each of two payers."""
    return [*medicare_percent(truth, one), *medicare_percent(truth, other)]


def product_percent(truth: Truth, role: str, product: str) -> list[Expected]:
    """100 x allowed / Medicare over one product's lines, percent."""
    lines = [line for line in truth.counting(role) if line.product == product]
    pairs = _priced(lines, BENCHMARK_YEAR)
    value = 100 * add([li for li, _ in pairs], "allowed") / sum(li.units * p for li, p in pairs)
    return [Expected(f"percent of Medicare, {product}", value, "percent", truth.name(role), TENTH)]


def top_gap(truth: Truth, role: str) -> list[Expected]:
    """The code with most dollars below Medicare over the twelve months, and those dollars."""
    gaps: dict[str, Decimal] = {}
    for line, price in _priced(truth.counting(role), BENCHMARK_YEAR):
        gaps[line.code] = gaps.get(line.code, ZERO) + line.units * price - line.allowed
    code = max(gaps, key=lambda one: gaps[one])
    return [
        Expected("code", code, "code"),
        Expected(f"below Medicare on {code}", gaps[code], "USD", truth.name(role)),
    ]


def underpaid_in(truth: Truth, role: str, period: str) -> list[Expected]:
    """Dollars below the contract without a stated reason, of one period of service."""
    own = [line for line in truth.counting(role, period) if line.short]
    return [Expected("shortfall", add(own, "short"), "USD", truth.name(role))]


def most_underpaid(truth: Truth) -> list[Expected]:
    """The payer with most dollars below its contract, everything loaded, and those dollars."""
    roles = list(truth.practice.payers)
    worst = max(roles, key=lambda role: add(truth.counting(role, "all"), "short"))
    return [Expected("most short", truth.name(worst) or "", "name"), *underpaid(truth, worst)]
