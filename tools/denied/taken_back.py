"""How many lines and claims were reversed: originals that a payer's void or negative took back."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from knowledge.evidence import Basis, Figure, Sentence, says
from tools.lines.claim_totals import chosen, records
from tools.lines.left_out import period_where
from tools.period import Period
from tools.practice import Practice

_FORMULA = "original and reversing rows paired by claim, line and code; neither counts"


def taken_back_said(
    practice: Practice,
    span: Period,
    payers: Sequence[str] | None,
    codes: Sequence[str] | None,
) -> list[Sentence]:
    """One sentence with the rows and the claims taken back; none where nothing was."""
    lines = chosen(practice, span, payers=payers or None, codes=codes or None)
    taken = lines.filter(lines.why_not == "taken back")
    found = records(practice, taken.aggregate(rows=taken.count(), claims=taken.claim_id.nunique()))
    if not found or not int(found[0]["rows"]):
        return []
    where = f"taken back, {period_where(span)}"
    rows = Figure("Rows taken back", Decimal(int(found[0]["rows"])), "count",
                  Basis(_FORMULA, (), "claim_lines", where))  # fmt: skip
    claims = Figure("Claims with a reversal", Decimal(int(found[0]["claims"])), "count",
                    Basis("distinct claims with such a row", (), "claim_lines",
                          where))  # fmt: skip
    return [says("Reversed: {claims} claims ({rows} rows, originals and reversals together).",
                 claims=claims, rows=rows)]  # fmt: skip
