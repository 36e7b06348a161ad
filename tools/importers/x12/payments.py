"""The payments of an 835 beside those that are already in: stated once, whatever file repeats.

A payment met before, by its trace number, day and payer, adds what is new in it alone, so
that stated, paid and adjusted amounts add up the same for one file and for its pieces.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

_ZERO = Decimal("0.00")
Key = tuple[str, str, date | None]


@dataclass
class PaymentRead:
    """One payment of the file. rows and cents: each claim's first accepted segment (0 where it
    has none) and its payment; adjustments: (segment, reason, USD)."""

    number: int
    payer_as_given: str
    trace: str
    day: date | None
    stated: Decimal
    rows: array[int] = field(default_factory=lambda: array("q"))
    cents: array[int] = field(default_factory=lambda: array("q"))
    adjustments: list[tuple[int, str, Decimal]] = field(default_factory=list)

    def claims_paid(self) -> Decimal:
        """USD of all its claims."""
        return _dollars(sum(self.cents))

    def adjusted(self) -> Decimal:
        """USD that the payer takes off beside its claims."""
        return sum((amount for _, _, amount in self.adjustments), _ZERO)


@dataclass
class Known:
    """What is in already of one payment."""

    stated: Decimal = _ZERO
    difference: Decimal = _ZERO
    adjustments: Counter[tuple[str, Decimal]] = field(default_factory=Counter)


def known_payments(
    remittances: Iterable[Path], adjustments: Iterable[Path], named: Callable[[str], str]
) -> dict[Key, Known]:
    """The payments of parts that are in, by payer, trace number and day.

    named: a payer's present name.
    """
    known: dict[Key, Known] = {}
    for path in remittances:
        for row in pq.read_table(path).to_pylist():
            held = known.setdefault(_key(row, named), Known())
            held.stated += row["stated"] or _ZERO
            held.difference += row["difference"] or _ZERO
    for path in adjustments:
        for row in pq.read_table(path).to_pylist():
            held = known.setdefault(_key(row, named), Known())
            held.adjustments[row["reason"], row["amount"]] += 1
    return known


def new_rows(
    payments: Sequence[PaymentRead],
    known: dict[Key, Known],
    repeated: set[int],
    payer_of: Callable[[str], str | None],
) -> tuple[list[dict[str, Any]], list[dict[str, Any]], list[int]]:
    """Rows of remittances and of provider_adjustments that are not yet in, and the segments
    of payments that are in already as a whole.

    repeated: segment numbers of service lines that repeat known ones.
    """
    remittances: list[dict[str, Any]] = []
    adjustments: list[dict[str, Any]] = []
    whole: list[int] = []
    for each in payments:
        payer = payer_of(each.payer_as_given)
        key = (payer or "", each.trace, each.day)
        held = known.get(key) if each.trace else None
        paid = _new_paid(each, held, repeated)
        fresh = _new_adjustments(each, held)
        stated = _new_stated(each, held, repeated)
        if held is not None and not (paid or fresh or stated):
            whole.append(each.number)
            continue
        taken = sum((amount for _, _, amount in fresh), _ZERO)
        shared = {
            "source_row": each.number,
            "payer": payer,
            "trace_number": each.trace or None,
            "payment_date": each.day,
        }
        remittances.append(
            {
                **shared,
                "payer_as_given": each.payer_as_given or None,
                "stated": stated,
                "claims_paid": paid,
                "provider_adjustments": taken,
                "difference": stated - (paid - taken),
            }
        )
        adjustments += [
            {**shared, "source_row": row, "reason": reason, "amount": amount}
            for row, reason, amount in fresh
        ]
        own = known.setdefault(key, Known()) if each.trace else Known()
        own.stated += stated
        own.difference += stated - (paid - taken)
        own.adjustments.update((reason, amount) for _, reason, amount in fresh)
    return remittances, adjustments, whole


def _new_paid(each: PaymentRead, held: Known | None, repeated: set[int]) -> Decimal:
    """USD of its claims that are not in yet. A claim without lines goes with the others of its
    piece, or fills by itself what the payment still lacks."""
    if held is None:
        return each.claims_paid()
    unmet = held.difference == each.claims_paid() or any(
        row and row not in repeated for row in each.rows
    )
    unmet = unmet and bool(held.difference)
    return _dollars(
        sum(
            cents
            for row, cents in zip(each.rows, each.cents, strict=True)
            if (row and row not in repeated) or (not row and unmet)
        )
    )


def _new_adjustments(each: PaymentRead, held: Known | None) -> list[tuple[int, str, Decimal]]:
    left = Counter(held.adjustments) if held else Counter()
    fresh = []
    for row, reason, amount in each.adjustments:
        if left[reason, amount]:
            left[reason, amount] -= 1
        else:
            fresh.append((row, reason, amount))
    return fresh


def _new_stated(each: PaymentRead, held: Known | None, repeated: set[int]) -> Decimal:
    """All of it for a payment not met before and for a further piece that states its own sum;
    nothing where the whole sum is stated again; the rest where a piece was met."""
    if held is None:
        return each.stated
    if each.stated == held.stated:
        return _ZERO
    lines = [row for row in each.rows if row]
    if not any(row in repeated for row in lines):
        return each.stated
    if all(row in repeated for row in lines):
        return _ZERO
    return each.stated - held.stated


def _key(row: dict[str, Any], named: Callable[[str], str]) -> Key:
    return (named(row["payer"] or ""), row["trace_number"] or "", row["payment_date"])


def _dollars(cents: int) -> Decimal:
    return Decimal(cents).scaleb(-2).quantize(Decimal("0.01"))
