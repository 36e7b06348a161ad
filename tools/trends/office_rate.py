"""The effective rate of single codes in the oldest and the latest stretch of a trend."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from knowledge.evidence import Basis, Figure, Sentence, says
from knowledge.money import to_cents
from tools.lines.claim_totals import code_totals
from tools.period import Period
from tools.practice import Practice
from tools.trends.periods import Trend

MOST = 3


def office_rates(
    practice: Practice, payer: str, codes: Sequence[str] | None, trend: Trend, product: str | None
) -> list[Sentence]:
    """A sentence for each of a few codes: USD a unit then and now.

    Allowed / units over counting lines outside facilities, all products and modifiers unless
    a product is named; nothing for a code not billed in both stretches.
    """
    said = []
    for code in list(codes or ())[:MOST] if len(codes or ()) <= MOST else []:
        then, now = (_rate(practice, payer, code, at, product) for at in (trend.first, trend.last))
        if then and now:
            said.append(
                says("{code} paid {then} a unit in the office in {first} and {now} in {last}.",
                     code=code, then=then, now=now, first=trend.first.label,
                     last=trend.last.label)
            )  # fmt: skip
    return said


def _rate(
    practice: Practice, payer: str, code: str, span: Period, product: str | None
) -> Figure | None:
    held = [
        total
        for total in code_totals(
            practice, span, payers=[payer], codes=[code.upper()], product=product
        )
        if total.setting == "office"
    ]
    units = sum((total.units for total in held), Decimal(0))
    if not units:
        return None
    allowed = sum((total.allowed for total in held), Decimal(0))
    return Figure(
        f"{payer} {code}: effective rate, {span.label}",
        to_cents(allowed / units),
        "USD",
        Basis("allowed / units over counting lines outside facilities", (), "claim_lines",
              f"{payer}, {code}, {span.label}"),
    )  # fmt: skip
