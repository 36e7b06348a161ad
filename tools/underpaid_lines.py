"""Claim lines beside their contract rate: which fall short, by how much, in groups alike.

The comparison runs in the engine over all lines; what comes back are groups of lines that
are alike in kind, units, allowed and reasons, which are few.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import ibis

from tools.claim_totals import exact, records
from tools.expected_rates import KEY
from tools.practice import Practice

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
    reasons = ibis.literal(" ") + ibis.coalesce(joined.reason_codes, "") + " "
    at_charge = (joined.billed < joined.expected) & (joined.allowed == joined.billed)
    return joined.mutate(
        code_59=_has(reasons, "59"),
        code_97=_has(reasons, "97"),
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


def single_lines(
    practice: Practice, priced: Any, kinds: Sequence[int], tolerance: Decimal, most: int
) -> list[dict[str, Any]]:
    """The lines themselves, the largest shortfall first: claim, day, code, units, amounts."""
    short = priced.filter(
        priced.expected - priced.allowed >= tolerance, priced.kind.isin(list(kinds))
    )
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
