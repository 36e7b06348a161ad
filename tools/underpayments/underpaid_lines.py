"""Claim lines beside their contract rate: which fall short, by how much, in groups alike.

The comparison runs in the engine over all lines; what comes back are groups of lines that
are alike in kind, units, allowed and reasons, which are few.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import ibis

from knowledge.money import to_cents
from tools.lines.claim_totals import exact, records
from tools.practice import Practice
from tools.schedules.contract_rate import ContractRate
from tools.schedules.expected_rates import KEY

CENT = Decimal("0.01")
_EXACT, _USD = "decimal(18, 6)", "decimal(18, 2)"
_ALIKE = ("kind", "units", "allowed", "expected", "code_59", "code_97", "at_charge")


@dataclass(frozen=True)
class ShortGroup:
    """Lines of one kind that were allowed the same too little: USD of one line, how many.

    multiple and bundled: reason codes 59 and 97 stand on them. at_charge: allowed equals a
    billed charge below the contract rate.
    """

    kind: int
    units: Decimal
    allowed: Decimal
    expected: Decimal
    multiple: bool
    bundled: bool
    at_charge: bool
    lines: int

    @property
    def short(self) -> Decimal:
        """USD that all lines of the group fall short."""
        return (self.expected - self.allowed) * self.lines


@dataclass(frozen=True)
class Sums:
    """Lines and USD of one kind: those at the rate, and those above it."""

    compared: int
    over_lines: int
    over: Decimal


def with_reasons(lines: Any) -> Any:
    """Claim lines (an Ibis table) with whether reason codes 59 and 97 stand on them."""
    reasons = ibis.literal(" ") + ibis.coalesce(lines.reason_codes, "") + " "
    return lines.mutate(code_59=_has(reasons, "59"), code_97=_has(reasons, "97"))


def alike(keyed: Any, most: int) -> Any:
    """At most so many rows of lines alike in kind, units, amounts and reasons, with `lines`."""
    by = [*KEY, "units", "allowed", "billed", "code_59", "code_97"]
    return keyed.group_by(by).aggregate(lines=keyed.count()).limit(most)


def compared_alike(
    rows: Sequence[Mapping[str, Any]],
    numbers: Sequence[int],
    rates: Sequence[ContractRate | None],
    tolerance: Decimal,
) -> tuple[list[ShortGroup], dict[int, Sums]]:
    """As `compared_lines`, of rows of `alike`; `numbers` is the kind of each row."""
    groups: list[ShortGroup] = []
    sums: dict[int, Sums] = {}
    for row, number in zip(rows, numbers, strict=True):
        rate, lines = rates[number], int(row["lines"])
        units, allowed = exact(row["units"]), exact(row["allowed"])
        billed = None if row["billed"] is None else exact(row["billed"])
        if rate is None or (rate.of_charges is not None and billed is None):
            continue
        expected = to_cents(rate.amount * units)
        if rate.of_charges is not None and billed is not None:
            expected = to_cents(billed * rate.of_charges / 100)
        above = allowed - expected if allowed - expected >= tolerance else Decimal(0)
        before = sums.get(number, Sums(0, 0, Decimal(0)))
        sums[number] = Sums(
            before.compared + lines,
            before.over_lines + (lines if above else 0),
            before.over + above * lines,
        )
        if expected - allowed >= tolerance:
            at_charge = billed is not None and 0 < billed < expected and allowed == billed
            groups.append(
                ShortGroup(number, units, allowed, expected, bool(row["code_59"]),
                           bool(row["code_97"]), at_charge, lines)
            )  # fmt: skip
    return groups, sums


def priced_lines(lines: Any, rates: Any) -> Any:
    """Keyed lines that have a rate, with `expected` (USD of the line), `kind` and reasons."""
    joined = lines.inner_join(rates, list(KEY))
    by_rate = _times(joined.rate, joined.units)
    by_charge = _times(joined.billed, joined.of_charges)
    expected = ibis.ifelse(joined.of_charges.isnull(), by_rate, by_charge)
    joined = joined.mutate(
        expected=expected,
        allowed=joined.allowed.cast(_USD),
        billed=joined.billed.cast(_USD),
    )
    joined = joined.filter(joined.expected.notnull())
    at_charge = (joined.billed < joined.expected) & (joined.allowed == joined.billed)
    return joined.mutate(
        at_charge=ibis.coalesce(at_charge & (joined.billed > 0), False),
    )


def compared_lines(
    practice: Practice, priced: Any, tolerance: Decimal
) -> tuple[list[ShortGroup], dict[int, Sums]]:
    """Groups of lines below the rate by at least the tolerance (USD), and the sums by kind.

    One pass over the lines: those at the rate or above are grouped by kind alone.
    """
    missing = priced.expected - priced.allowed
    short, over = missing >= tolerance, -missing >= tolerance
    state = ibis.cases((short, 1), (over, 2), else_=0)
    held = priced.select(
        "kind",
        state=state,
        missing=missing,
        **{name: ibis.ifelse(short, priced[name], ibis.null()) for name in _ALIKE[1:]},
    )
    grouped = held.group_by(["kind", "state", *_ALIKE[1:]]).aggregate(
        lines=held.count(), missing=held.missing.sum()
    )
    groups: list[ShortGroup] = []
    sums: dict[int, Sums] = {}
    for row in records(practice, grouped):
        kind, lines = int(row["kind"]), int(row["lines"])
        before = sums.get(kind, Sums(0, 0, Decimal(0)))
        above = lines if row["state"] == 2 else 0
        more = -exact(row["missing"]) if row["state"] == 2 else Decimal(0)
        sums[kind] = Sums(before.compared + lines, before.over_lines + above, before.over + more)
        if row["state"] == 1:
            groups.append(
                ShortGroup(
                    kind=kind,
                    units=exact(row["units"]),
                    allowed=exact(row["allowed"]),
                    expected=exact(row["expected"]),
                    multiple=bool(row["code_59"]),
                    bundled=bool(row["code_97"]),
                    at_charge=bool(row["at_charge"]),
                    lines=lines,
                )
            )
    return groups, sums


def likely(keyed: Any, groups: Sequence[ShortGroup], codes: Sequence[str], most: int) -> Any:
    """The lines among which the largest shortfalls are: those that look like their groups.

    codes: the code of each group. Enough groups are taken to hold `most` lines.
    """
    order = sorted(zip(groups, codes, strict=True), key=lambda each: -each[0].short / each[0].lines)
    taken, lines = [], 0
    for group, code in order:
        taken.append((group, code))
        lines += group.lines
        if lines >= most:
            break
    return keyed.filter(
        keyed.k_code.isin(sorted({code for _, code in taken})),
        keyed.allowed.isin(sorted({group.allowed for group, _ in taken})),
    )


def single_lines(
    practice: Practice, priced: Any, tolerance: Decimal, most: int
) -> list[dict[str, Any]]:
    """The lines themselves, the largest shortfall first: claim, day, code, units, amounts."""
    short = priced.filter(priced.expected - priced.allowed >= tolerance)
    picked = short.select(
        "claim_id", "line_number", "service_date", "product", *_ALIKE,
        missing=short.expected - short.allowed,
    )  # fmt: skip
    order = [picked.missing.desc(), picked.service_date, picked.claim_id, picked.line_number]
    return records(practice, picked.order_by(order).limit(most))


def _times(amount: Any, factor: Any) -> Any:
    """USD times a factor, exact in decimals, rounded to the cent, halves away from zero."""
    return (amount.cast(_EXACT) * factor.cast(_EXACT)).round(2).cast(_USD)


def _has(padded: Any, code: str) -> Any:
    return padded.contains(f"-{code} ") | padded.contains(f" {code} ")
