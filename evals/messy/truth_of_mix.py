"""What each payer brings: payments, allowed, charges, visits, units, patients, codes."""

from __future__ import annotations

from decimal import Decimal

from evals.messy.truth import TENTH, ZERO, Expected, Truth, add, visits


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


def amount(
    truth: Truth, by: str, role: str | None = None, period: str | None = None
) -> list[Expected]:
    """What a payer brought in the period, or all of them, in the unit of the measure."""
    unit = "USD" if by in ("payments", "allowed", "charges") else "count"
    return [Expected(by, amount_of(truth, by, role, period), unit, truth.name(role))]


def share(truth: Truth, by: str, role: str, period: str | None = None) -> list[Expected]:
    """A payer's part of the total over all payers and self-pay, percent."""
    whole = sum((amount_of(truth, by, one, period) for one in truth.practice.payers), ZERO)
    part = 100 * amount_of(truth, by, role, period) / whole
    return [Expected(f"share of {by}", part, "percent", truth.name(role), Decimal("0.05"))]


def kind_share(truth: Truth, by: str, kind: str, period: str | None = None) -> list[Expected]:
    """The part of all payers of one line of business, percent."""
    payers = truth.practice.payers
    whole = sum((amount_of(truth, by, one, period) for one in payers), ZERO)
    own = [role for role, payer in payers.items() if payer.kind == kind]
    part = 100 * sum((amount_of(truth, by, one, period) for one in own), ZERO) / whole
    return [Expected(f"{kind} share of {by}", part, "percent", None, Decimal("0.05"))]


def first(truth: Truth, by: str, period: str | None = None) -> list[Expected]:
    """The payer with the most, and its amount."""
    roles = list(truth.practice.payers)
    best = max(roles, key=lambda role: amount_of(truth, by, role, period))
    return [
        Expected("payer with the most", truth.practice.payers[best].name, "name"),
        *amount(truth, by, best, period),
    ]


def product(truth: Truth, role: str, product: str, period: str | None = None) -> list[Expected]:
    """What was allowed on one product's counting lines, USD."""
    own = [line for line in truth.counting(role, period) if line.product == product]
    return [Expected(f"allowed, {product}", add(own, "allowed"), "USD", truth.name(role))]


def top(
    truth: Truth, by: str, count: int, role: str | None = None, period: str | None = None
) -> list[Expected]:
    """The leading codes with their units or allowed dollars."""
    found: dict[str, Decimal] = {}
    for line in truth.counting(role, period):
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


def out_of_network(truth: Truth) -> list[Expected]:
    """The payer that no contract is on file for."""
    return [Expected("no contract", truth.practice.payers["P6"].name, "name_in")]


def two_payers(
    truth: Truth, by: str, one: str, other: str, period: str | None = None
) -> list[Expected]:
    """What each of two payers brought in the same period."""
    return [*amount(truth, by, one, period), *amount(truth, by, other, period)]


def two_periods(truth: Truth, by: str, role: str | None, before: str, after: str) -> list[Expected]:
    """What a payer, or all of them, brought in each of two periods."""
    return [*amount(truth, by, role, before), *amount(truth, by, role, after)]


def ranking(truth: Truth, by: str, count: int, period: str | None = None) -> list[Expected]:
    """The leading payers in their order, and the amount of each."""
    roles = list(truth.practice.payers)
    roles.sort(key=lambda role: -amount_of(truth, by, role, period))
    best = roles[:count]
    names = "|".join(truth.practice.payers[role].name for role in best)
    amounts = [one for role in best for one in amount(truth, by, role, period)]
    return [Expected("order of payers", names, "order"), *amounts]


def share_without(
    truth: Truth, by: str, role: str, left_out: str, period: str | None = None
) -> list[Expected]:
    """A payer's part of the total once all payers of one line of business are left out."""
    kept = [r for r, payer in truth.practice.payers.items() if payer.kind != left_out]
    whole = sum((amount_of(truth, by, one, period) for one in kept), ZERO)
    part = 100 * amount_of(truth, by, role, period) / whole
    return [Expected(f"share without {left_out}", part, "percent", truth.name(role), TENTH)]


def amount_without(
    truth: Truth, by: str, left_out: str, period: str | None = None
) -> list[Expected]:
    """What all payers but those of one line of business brought."""
    kept = [r for r, payer in truth.practice.payers.items() if payer.kind != left_out]
    whole = sum((amount_of(truth, by, one, period) for one in kept), ZERO)
    unit = "USD" if by in ("payments", "allowed", "charges") else "count"
    return [Expected(f"{by} without {left_out}", whole, unit)]


def kind_amount(truth: Truth, by: str, kind: str, period: str | None = None) -> list[Expected]:
    """What all payers of one line of business brought."""
    own = [role for role, payer in truth.practice.payers.items() if payer.kind == kind]
    whole = sum((amount_of(truth, by, one, period) for one in own), ZERO)
    unit = "USD" if by in ("payments", "allowed", "charges") else "count"
    return [Expected(f"{kind} {by}", whole, unit)]


def products(truth: Truth, role: str, period: str | None = None) -> list[Expected]:
    """What was allowed on each product of a payer, USD."""
    names = truth.practice.payers[role].products
    return [one for name in names for one in product(truth, role, name, period)]
