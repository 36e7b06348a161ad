"""What can be divided among payers, and the queries that add it up by stretch of time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import ibis

from knowledge.evidence import Unit
from tools.lines.business_lines import business_of, left_in
from tools.lines.claim_totals import allowed_of, chosen, exact, records
from tools.practice import Practice
from tools.rates.rate_figures import COUNTING
from tools.trends.periods import Trend


@dataclass(frozen=True)
class Way:
    """A way to divide the practice among its payers: its words, unit and formula."""

    words: str
    unit: Unit
    formula: str


WAYS = {
    "payments": Way(
        "payments", "USD",
        "sum of paid on primary and secondary lines, net of reversals; self-pay: what patients"
        " paid on lines without insurance",
    ),
    "allowed": Way("allowed dollars", "USD", f"sum of allowed over {COUNTING}"),
    "charges": Way("charges", "USD", f"sum of billed over {COUNTING}"),
    "volume": Way("units", "count", f"sum of units over {COUNTING}"),
    "visits": Way("visits", "count", f"distinct claims and dates of service over {COUNTING}"),
    "patients": Way("patients", "count", f"distinct patients over {COUNTING}"),
}  # fmt: skip
_APART = {"visits": "visit", "patients": "patient"}
LEVELS = {
    "payer": ("payer",),
    "product": ("payer", "product"),
    "line_of_business": ("line_of_business",),
}


@dataclass(frozen=True)
class Sum:
    """One group's amount: in USD or a count, what patients owe on it in USD, lines read.

    key: the group's values in the order of its level, "" where a line gives none.
    """

    key: tuple[str, ...]
    stretch: int
    amount: Decimal
    owed: Decimal
    lines: int


def payer_sums(
    practice: Practice,
    trend: Trend,
    level: str,
    way: str,
    product: str | None = None,
    without: Sequence[str] = (),
) -> list[Sum]:
    """The groups of each stretch; `level` and `way` are names of LEVELS and WAYS.

    without: payers or lines of business whose lines are left out.
    """
    lines = chosen(practice, trend.whole, product=product)
    if without:
        lines = lines.filter(left_in(lines, without))
    names = list(LEVELS[level])
    lines = lines.mutate(
        **{name: ibis.coalesce(_part(lines, name), "") for name in names},
        stretch=trend.bucket(lines.service_date),
    )
    lines = lines.filter(lines.stretch.notnull())
    keys = [*names, "stretch"]
    taken = lines.why_not.fill_null("") == "taken back"
    plain = lines.filter(~taken).mutate(allowed_whole=allowed_of(lines))
    amounts = {
        "payments": plain.paid.sum(),
        "allowed": plain.allowed_whole.sum(where=plain.counts),
        "charges": plain.billed.sum(where=plain.counts),
        "volume": plain.units.sum(where=plain.counts),
        "visits": ibis.literal(0),
        "patients": ibis.literal(0),
    }
    summed = plain.group_by(keys).aggregate(
        amount=amounts[way],
        owed=plain.patient_responsibility.sum(where=plain.counts),
        lines=plain.count(),
    )
    found: dict[tuple[Any, ...], list[Any]] = {}
    for row in records(practice, summed):
        found[_key(row, keys)] = [exact(row["amount"]), exact(row["owed"]), int(row["lines"])]
    if way in _APART:
        for row in records(practice, _apart(plain, keys, _APART[way])):
            found[_key(row, keys)][0] = exact(row["amount"])
    for row in records(practice, _taken(lines.filter(taken), keys)):
        held = found.setdefault(_key(row, keys), [Decimal(0), Decimal(0), 0])
        held[0] += exact(row["amount"]) if way == "payments" else Decimal(0)
        held[2] += int(row["lines"])
    return [
        Sum(tuple(map(str, key[:-1])), int(key[-1]), *held) for key, held in sorted(found.items())
    ]


def _part(lines: Any, name: str) -> Any:
    return business_of(lines) if name == "line_of_business" else lines[name]


def _apart(plain: Any, keys: Sequence[str], column: str) -> Any:
    counting = plain.filter(plain.counts, plain[column].notnull())
    found = counting.select(*keys, column).distinct()
    return found.group_by(list(keys)).aggregate(amount=found.count())


def _taken(taken: Any, keys: Sequence[str]) -> Any:
    """What was taken back, net by claim, code, day and person, and never above zero: a void
    may give no amounts, and its original can then not stay as a payment."""
    one = [*keys, "claim_id", "code", "service_date", "member_key"]
    net = taken.group_by(one).aggregate(net=taken.paid.sum(), read=taken.count())
    return net.group_by(list(keys)).aggregate(
        amount=ibis.least(net.net, 0).sum(), lines=net["read"].sum()
    )


def _key(row: dict[str, Any], keys: Sequence[str]) -> tuple[Any, ...]:
    return tuple(row[name] for name in keys)
