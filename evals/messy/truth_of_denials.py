"""Denials and the wait for payment."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from decimal import Decimal
from statistics import median

from evals.messy.clean import Line
from evals.messy.truth import Expected, Truth, add


def adjudicated(truth: Truth, role: str | None, period: str | None) -> list[Line]:
    """Lines decided, reversals left out."""
    return [line for line in truth.lines(role, period) if line.status != "reversal"]


def denial_rate(truth: Truth, role: str | None = None, period: str | None = None) -> list[Expected]:
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


def denied(
    truth: Truth, role: str | None = None, reason: str | None = None, period: str | None = None
) -> list[Expected]:
    """Denied lines of the twelve months or a period, for one reason where named."""
    own = [
        line
        for line in truth.lines(role, period)
        if line.status == "denied" and (reason is None or line.reason == f"CO-{reason}")
    ]
    return [Expected("denied lines", Decimal(len(own)), "count", truth.name(role))]


def denied_billed(truth: Truth, role: str | None = None) -> list[Expected]:
    """Billed dollars of the denied lines."""
    own = [line for line in truth.lines(role) if line.status == "denied"]
    return [Expected("billed and denied", add(own, "billed"), "USD", truth.name(role))]


def top_reason(truth: Truth, role: str | None = None) -> list[Expected]:
    """The reason code on most denied lines of the twelve months, and how many they are."""
    counts = Counter(line.reason for line in truth.lines(role) if line.status == "denied")
    [(reason, count), (_, following)] = counts.most_common(2)
    assert count > following, "two reasons lead"
    return [
        Expected("reason", reason.removeprefix("CO-"), "code"),
        Expected("denied lines", Decimal(count), "count", truth.name(role)),
    ]


def most_denied(truth: Truth) -> list[Expected]:
    """The insurer with the highest denial rate in the twelve months, and its rate."""
    roles = [role for role in truth.practice.payers if role != "SELF"]
    worst = max(roles, key=lambda role: denial_rate(truth, role)[0].value)
    return [Expected("denies most", truth.name(worst) or "", "name"), *denial_rate(truth, worst)]


def slowest(truth: Truth) -> list[Expected]:
    """The insurer with the longest median from service to payment, and its days."""
    roles = [role for role in truth.practice.payers if role != "SELF"]
    last = max(roles, key=lambda role: days(truth, role)[0].value)
    return [Expected("slowest payer", truth.name(last) or "", "name"), *days(truth, last)]


def days(truth: Truth, role: str) -> list[Expected]:
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
