"""Lines whose modifiers lower or raise a payment, which a price for the whole service misses."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import ibis

from knowledge.evidence import Basis, Figure, Sentence, says
from tools.lines.claim_totals import chosen, exact, records
from tools.lines.left_out import period_where
from tools.period import Period
from tools.practice import Practice
from tools.rates.rate_figures import words

ALTERING = ("50", "51", "52", "53", "62", "80", "81", "82", "AS")


def altered_payments(
    practice: Practice,
    span: Period,
    payers: Sequence[str] | None,
    codes: Sequence[str] | None,
    product: str | None,
) -> list[Sentence]:
    """A sentence on counting lines with such modifiers, with their dollars; [] without any.

    They stay in the comparison at the price of the whole service, because the reduction is
    the payer's own rule; said so that a low percent is not laid to the rates alone.
    """
    lines = chosen(practice, span, payers=payers, codes=codes, product=product)
    lines = lines.filter(lines.counts, lines.allowed.notnull())
    padded = ibis.literal(" ") + ibis.coalesce(lines.modifiers, "") + " "
    altered = padded.contains(f" {ALTERING[0]} ")
    for modifier in ALTERING[1:]:
        altered = altered | padded.contains(f" {modifier} ")
    held = lines.filter(altered)
    (row,) = records(practice, held.aggregate(n=held.count(), allowed=held.allowed.sum()))
    if not int(row["n"]):
        return []
    where = f"modifiers {', '.join(ALTERING)}; {period_where(span)}"
    amount = Figure("Lines with altering modifiers: allowed", exact(row["allowed"]), "USD",
                    Basis("sum of allowed over the lines", (), "claim_lines", where))  # fmt: skip
    formula = Basis("counting lines with such a modifier", (), "claim_lines", where)
    count = Figure("Lines with altering modifiers", Decimal(int(row["n"])), "count", formula)
    return [
        says(
            "Included at the full price: {amount} on {count} {noun} whose modifier lowers or"
            " raises a payment (second or reduced procedure, both sides, assistant).",
            amount=amount,
            count=count,
            noun=words(count, "line"),
        )
    ]
