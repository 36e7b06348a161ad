"""What a right answer must hold, computed from the clean records alone.

Each function is one measure of the definitions, by name; `expected` looks it up. Payers are
roles (P1 ... SELF), None means all. Amounts are Decimals: USD to the cent, percents and
rates unrounded. `also` lists values of other readings that the definitions leave open.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from statistics import median
from typing import Any

from evals.messy.clean import E_M, CleanPractice, Line
from evals.messy.prices import FACILITY, benchmark, cents, contract_rate, medicare

BENCHMARK_YEAR = 2025
ZERO = Decimal(0)


@dataclass(frozen=True)
class Expected:
    """One thing the answer must hold. value: a number, or a name or code as text.

    unit: USD, percent, count, points, ratio, name or code. payer: the name that must go with
    a number, None where any may. within: how far a figure may stand from it.
    """

    name: str
    value: Decimal | str
    unit: str
    payer: str | None = None
    within: Decimal = Decimal("0.005")
    also: tuple[Decimal, ...] = ()


class Truth:
    """A practice's measures; periods are (first, last) days, None for the default twelve
    full months that end with the last full month of claims."""

    def __init__(self, practice: CleanPractice) -> None:
        self.practice = practice
        after = (practice.end + timedelta(days=1)).replace(day=1)
        self.last = after - timedelta(days=1)
        self.first = date(after.year - 1, after.month, 1)

    def expected(self, name: str, *args: Any) -> list[Expected]:
        """The expectation of one measure, by its name in MEASURES below."""
        return MEASURES[name](self, *args)

    def name(self, role: str | None) -> str | None:
        """The payer's canonical name."""
        return None if role is None else self.practice.payers[role].name

    def lines(
        self, role: str | None = None, period: str | None = None, code: str | None = None
    ) -> list[Line]:
        """All lines of a payer, period and code, counting or not."""
        first, last = self.days(period)
        wanted = codes_of(code)
        return [
            line
            for line in self.practice.lines
            if (role is None or line.payer.role == role)
            and first <= line.served <= last
            and (wanted is None or line.code in wanted)
        ]

    def counting(
        self, role: str | None = None, period: str | None = None, code: str | None = None
    ) -> list[Line]:
        """The counting lines among them."""
        return [line for line in self.lines(role, period, code) if line.counts]

    def days(self, period: str | None) -> tuple[date, date]:
        """First and last day of "2025", "2026-Q1", "2026-03", "all" or the default (None)."""
        if period is None:
            return self.first, self.last
        if period == "all":
            return date.min, date.max
        year = int(period[:4])
        if "Q" in period:
            start = 3 * int(period[-1]) - 2
            return date(year, start, 1), _month_end(year, start + 2)
        if "H" in period:
            start = 6 * int(period[-1]) - 5
            return date(year, start, 1), _month_end(year, start + 5)
        if "-" in period:
            month = int(period[5:])
            return date(year, month, 1), _month_end(year, month)
        return date(year, 1, 1), date(year, 12, 31)


def codes_of(code: str | None) -> frozenset[str] | None:
    """The codes a question means: E/M, preventive visits, or one code; None for all."""
    if code is None:
        return None
    if code == "E/M":
        return frozenset(E_M)
    if code == "preventive":
        return frozenset(str(number) for number in range(99381, 99398))
    return frozenset([code])


def _month_end(year: int, month: int) -> date:
    following = date(year + month // 12, month % 12 + 1, 1)
    return following - timedelta(days=1)


def add(lines: Iterable[Line], name: str) -> Decimal:
    """The sum of one amount over lines, USD."""
    return sum((getattr(line, name) for line in lines), Decimal("0.00"))


def visits(lines: Iterable[Line]) -> Decimal:
    """Distinct pairs of claim and date of service among counting lines."""
    return Decimal(len({(line.claim, line.served) for line in lines}))


def amount_of(truth: Truth, by: str, role: str | None, period: str | None) -> Decimal:
    """A payer's part of a mix: payments, allowed, charges, visits, volume or patients."""
    own = truth.counting(role, period)
    if by == "payments":
        return add(truth.lines(role, period), "paid")
    if by == "visits":
        return visits(own)
    if by == "volume":
        return Decimal(sum(line.units for line in own))
    if by == "patients":
        return Decimal(len({line.patient.member for line in own}))
    return add(own, {"allowed": "allowed", "charges": "billed"}[by])


def _amount(truth: Truth, by: str, role: str | None = None, period: str | None = None) -> Any:
    unit = "USD" if by in ("payments", "allowed", "charges") else "count"
    return [Expected(by, amount_of(truth, by, role, period), unit, truth.name(role))]


def _share(truth: Truth, by: str, role: str, period: str | None = None) -> Any:
    whole = sum((amount_of(truth, by, one, period) for one in truth.practice.payers), ZERO)
    part = 100 * amount_of(truth, by, role, period) / whole
    return [Expected(f"share of {by}", part, "percent", truth.name(role), Decimal("0.05"))]


def _kind_share(truth: Truth, by: str, kind: str, period: str | None = None) -> Any:
    payers = truth.practice.payers
    whole = sum((amount_of(truth, by, one, period) for one in payers), ZERO)
    own = [role for role, payer in payers.items() if payer.kind == kind]
    part = 100 * sum((amount_of(truth, by, one, period) for one in own), ZERO) / whole
    return [Expected(f"{kind} share of {by}", part, "percent", None, Decimal("0.05"))]


def _first(truth: Truth, by: str, period: str | None = None) -> Any:
    roles = list(truth.practice.payers)
    best = max(roles, key=lambda role: amount_of(truth, by, role, period))
    return [
        Expected("payer with the most", truth.practice.payers[best].name, "name"),
        *_amount(truth, by, best, period),
    ]


def _product(truth: Truth, role: str, product: str, period: str | None = None) -> Any:
    own = [line for line in truth.counting(role, period) if line.product == product]
    return [Expected(f"allowed, {product}", add(own, "allowed"), "USD", truth.name(role))]


def _priced(lines: Iterable[Line], year: int) -> list[tuple[Line, Decimal]]:
    found = ((li, medicare(li.code, year)) for li in lines if li.place not in FACILITY)
    return [(line, price) for line, price in found if price is not None]


def percent_of_medicare(
    truth: Truth, role: str, code: str | None, period: str | None, year: int
) -> Decimal:
    """100 x allowed / (units x Medicare price), a ratio of sums over non-facility lines."""
    pairs = _priced(truth.counting(role, period, code), year)
    return 100 * add([li for li, _ in pairs], "allowed") / sum(li.units * p for li, p in pairs)


def _medicare_percent(
    truth: Truth,
    role: str,
    code: str | None = None,
    period: str | None = None,
    year: int = BENCHMARK_YEAR,
) -> Any:
    value = percent_of_medicare(truth, role, code, period, year)
    return [Expected("percent of Medicare", value, "percent", truth.name(role), Decimal("0.05"))]


def _extreme(truth: Truth, which: str, code: str | None = None) -> Any:
    roles = [r for r, p in truth.practice.payers.items() if p.kind == "commercial"]
    values = {r: percent_of_medicare(truth, r, code, None, BENCHMARK_YEAR) for r in roles}
    pick = (min if which == "lowest" else max)(roles, key=lambda role: values[role])
    return [
        Expected(which, truth.practice.payers[pick].name, "name"),
        *_medicare_percent(truth, pick, code),
    ]


def _rate(truth: Truth, role: str, code: str, period: str | None = None) -> Any:
    own = [li for li in truth.counting(role, period, code) if li.place not in FACILITY]
    value = cents(add(own, "allowed") / sum(line.units for line in own))
    return [Expected(f"effective rate of {code}", value, "USD", truth.name(role))]


def _medicare(truth: Truth, code: str, year: int = BENCHMARK_YEAR) -> Any:
    price = medicare(code, year)
    assert price is not None
    return [Expected(f"Medicare {year} for {code}", price, "USD")]


def _contract(truth: Truth, role: str, code: str, day: str = "2026-09-15") -> Any:
    payer = truth.practice.payers[role]
    rates = {
        contract_rate(truth.practice.rates, role, product, code, "11", date.fromisoformat(day))
        for product in payer.products
    }
    return [
        Expected(f"contract rate of {code}", rate, "USD", payer.name)
        for rate in sorted(rate for rate in rates if rate is not None)
    ]


def _gap(truth: Truth, role: str, code: str | None = None) -> Any:
    pairs = _priced(truth.counting(role, None, code), BENCHMARK_YEAR)
    value = add([li for li, _ in pairs], "allowed") - sum(li.units * p for li, p in pairs)
    return [Expected("dollars from Medicare", abs(value), "USD", truth.name(role))]


def _top(truth: Truth, by: str, count: int, role: str | None = None) -> Any:
    found: dict[str, Decimal] = {}
    for line in truth.counting(role):
        found[line.code] = found.get(line.code, ZERO) + (
            line.units if by == "volume" else line.allowed
        )
    ranked = sorted(found, key=lambda code: (-found[code], code))[:count]
    unit = "count" if by == "volume" else "USD"
    return [
        e
        for code in ranked
        for e in (
            Expected("code", code, "code"),
            Expected(f"{by} of {code}", found[code], unit, truth.name(role)),
        )
    ]


def _underpaid(truth: Truth, role: str | None = None, code: str | None = None) -> Any:
    own = [line for line in truth.counting(role, "all", code) if line.short]
    return [Expected("shortfall", add(own, "short"), "USD", truth.name(role))]


def _underpaid_lines(truth: Truth, role: str | None = None, code: str | None = None) -> Any:
    own = [line for line in truth.counting(role, "all", code) if line.short]
    return [Expected("underpaid lines", Decimal(len(own)), "count", truth.name(role))]


def _overpaid(truth: Truth, role: str) -> Any:
    own = truth.counting(role, "all")
    return [Expected("overpaid", add(own, "over"), "USD", truth.name(role))]


def _raise(truth: Truth, role: str, percent: int, code: str | None = None) -> Any:
    value = add(truth.counting(role, None, code), "allowed") * percent / 100
    near = max(Decimal("0.01"), abs(value) * Decimal("0.001"))
    return [Expected(f"worth of {percent}%", cents(abs(value)), "USD", truth.name(role), near)]


def _at_medicare(
    truth: Truth, role: str, percent: int, year: int = BENCHMARK_YEAR, code: str | None = None
) -> Any:
    new, old = ZERO, ZERO
    for line in truth.counting(role, None, code):
        price = medicare(line.code, year, line.place in FACILITY)
        if price is not None:
            new += cents(price * percent / 100) * line.units
            old += line.allowed
    near = max(Decimal("0.01"), abs(new - old) * Decimal("0.001"))
    unrounded = abs(new - old)
    return [Expected(f"worth of {percent}%", unrounded, "USD", truth.name(role), near)]


def _flat(truth: Truth, role: str, code: str, amount: str) -> Any:
    own = truth.counting(role, None, code)
    value = sum((Decimal(amount) * li.units - li.allowed for li in own), ZERO)
    return [Expected("worth of a new rate", abs(value), "USD", truth.name(role))]


def _quality_row(truth: Truth, measure: str, role: str, year: int) -> tuple[int, int]:
    row = next(
        r for r in truth.practice.quality if (r.payer, r.measure, r.year) == (role, measure, year)
    )
    return row.numerator, row.denominator


def _quality(truth: Truth, measure: str, role: str, year: int = 2025) -> Any:
    above, below = _quality_row(truth, measure, role, year)
    value = Decimal(100 * above) / below
    return [Expected(measure, value, "percent", truth.name(role), Decimal("0.05"))]


def _quality_gap(truth: Truth, measure: str, role: str, mark: str, year: int = 2025) -> Any:
    above, below = _quality_row(truth, measure, role, year)
    goal = Decimal(benchmark(measure, year)[mark])
    value = abs(Decimal(100 * above) / below - goal)
    return [Expected("gap in points", value, "points", truth.name(role), Decimal("0.05"))]


def _quality_patients(truth: Truth, measure: str, role: str, mark: str, year: int = 2025) -> Any:
    """The smallest whole number of patients that reaches the mark; none where it is reached."""
    above, below = _quality_row(truth, measure, role, year)
    row = benchmark(measure, year)
    goal = Decimal(row[mark]) * below / 100
    if row["inverse"] == "True":
        need = above - int(goal.to_integral_value(ROUND_FLOOR))
    else:
        need = int(goal.to_integral_value(ROUND_CEILING)) - above
    value = Decimal(max(0, need))
    return [Expected("patients to the mark", value, "count", truth.name(role))]


def _utilization(truth: Truth, metric: str, role: str, year: int = 2025) -> Any:
    row = next(
        r for r in truth.practice.utilization if (r.metric, r.payer, r.year) == (metric, role, year)
    )
    return [
        Expected(f"{metric}, practice", row.practice, "rate", truth.name(role)),
        Expected(f"{metric}, comparison", row.comparison, "rate", truth.name(role)),
    ]


def _cost_per_visit(truth: Truth) -> Any:
    spent = sum((row.amount for row in truth.practice.costs), ZERO)
    return [Expected("cost per visit", cents(spent / visits(truth.counting())), "USD")]


def _costs(truth: Truth) -> Any:
    return [Expected("costs", sum((row.amount for row in truth.practice.costs), ZERO), "USD")]


def member_months(truth: Truth, role: str, period: str | None = None) -> int:
    """Distinct members of each month, summed; rows with an earlier term date dropped."""
    first, last = truth.days(period)
    return len(
        {
            (row.member, row.month)
            for row in truth.practice.roster
            if row.payer == role
            and first <= row.month <= last
            and (row.ended is None or row.ended >= row.month)
        }
    )


def _member_months(truth: Truth, role: str, period: str | None = None) -> Any:
    value = Decimal(member_months(truth, role, period))
    return [Expected("member months", value, "count", truth.name(role))]


def _break_even(truth: Truth, role: str) -> Any:
    value = cents(add(truth.counting(role), "allowed") / member_months(truth, role))
    return [Expected("break-even", value, "USD", truth.name(role))]


def _unseen(truth: Truth, role: str) -> Any:
    seen = {line.patient.member for line in truth.counting(role)}
    listed = {r.member for r in truth.practice.roster if r.payer == role and r.ended is None}
    return [Expected("not seen", Decimal(len(listed - seen)), "count", truth.name(role))]


def _shared(
    truth: Truth,
    target: str,
    actual: str,
    months: int | str,
    share: int,
    minimum: str = "0",
    factor: str = "1",
) -> Any:
    """First dollar once the minimum savings rate is met. months: a number or a payer's role."""
    counted = member_months(truth, months) if isinstance(months, str) else months
    saved = (Decimal(target) - Decimal(actual)) * counted
    rate = 100 * (Decimal(target) - Decimal(actual)) / Decimal(target)
    earned = saved * share / 100 * Decimal(factor) if rate >= Decimal(minimum) else ZERO
    return [Expected("shared savings", cents(earned), "USD")]


def adjudicated(truth: Truth, role: str | None, period: str | None) -> list[Line]:
    """Lines decided, reversals left out."""
    return [line for line in truth.lines(role, period) if line.status != "reversal"]


def _denial_rate(truth: Truth, role: str | None = None, period: str | None = None) -> Any:
    """Denied / adjudicated; open in the definitions: secondary lines, taken-back originals
    and self-pay."""
    whole = adjudicated(truth, role, period)
    readings = []
    for second in (True, False):
        for back in (True, False):
            for own_money in (True, False):
                some = [
                    li
                    for li in whole
                    if (second or li.order == "P")
                    and (back or not li.taken)
                    and (own_money or li.payer.role != "SELF")
                ]
                denied = sum(line.status == "denied" for line in some)
                readings.append(Decimal(100 * denied) / len(some))
    return [
        Expected(
            "denial rate",
            readings[0],
            "percent",
            truth.name(role),
            Decimal("0.05"),
            tuple(readings[1:]),
        )
    ]


def _denied(truth: Truth, role: str | None = None, reason: str | None = None) -> Any:
    own = [
        line
        for line in truth.lines(role)
        if line.status == "denied" and (reason is None or line.reason == f"CO-{reason}")
    ]
    return [Expected("denied lines", Decimal(len(own)), "count", truth.name(role))]


def _denied_billed(truth: Truth, role: str | None = None) -> Any:
    own = [line for line in truth.lines(role) if line.status == "denied"]
    return [Expected("billed and denied", add(own, "billed"), "USD", truth.name(role))]


def _days(truth: Truth, role: str) -> Any:
    """Median days from service to payment; open: denied, reversed and fixed lines, zero paid."""
    own = truth.lines(role)
    filters: Sequence[Callable[[Line], bool]] = (
        lambda li: li.counts,
        lambda li: li.status == "paid",
        lambda li: True,
        lambda li: li.status != "reversal",
        lambda li: li.counts and li.paid > 0,
        lambda li: li.status == "paid" and li.paid > 0,
    )
    readings = [
        Decimal(str(median((li.posted - li.served).days for li in own if keep(li))))
        for keep in filters
    ]
    return [
        Expected("median days", readings[0], "days", truth.name(role), also=tuple(readings[1:]))
    ]


def _out_of_network(truth: Truth) -> Any:
    return [Expected("no contract", truth.practice.payers["P6"].name, "name_in")]


MEASURES: dict[str, Callable[..., list[Expected]]] = {
    "amount": _amount,
    "share": _share,
    "kind_share": _kind_share,
    "first": _first,
    "product": _product,
    "medicare_percent": _medicare_percent,
    "extreme": _extreme,
    "rate": _rate,
    "medicare": _medicare,
    "contract": _contract,
    "gap": _gap,
    "top": _top,
    "underpaid": _underpaid,
    "underpaid_lines": _underpaid_lines,
    "overpaid": _overpaid,
    "raise": _raise,
    "at_medicare": _at_medicare,
    "flat": _flat,
    "quality": _quality,
    "quality_gap": _quality_gap,
    "quality_patients": _quality_patients,
    "utilization": _utilization,
    "cost_per_visit": _cost_per_visit,
    "costs": _costs,
    "member_months": _member_months,
    "break_even": _break_even,
    "unseen": _unseen,
    "shared": _shared,
    "denial_rate": _denial_rate,
    "denied": _denied,
    "denied_billed": _denied_billed,
    "days": _days,
    "out_of_network": _out_of_network,
}
