"""Lines that belong to no payer yet: how many, and how much, an answer over all payers lacks.

A payer's name that could not be resolved waits for the user's word, and a line without any
name has no payer. Such lines are in totals over everything and in no payer's part.
"""

from __future__ import annotations

from collections.abc import Collection
from decimal import Decimal

from knowledge.evidence import Basis, Figure, Sentence, says
from knowledge.selection import COUNTS, Selection, among, between
from tools.lines.claim_totals import allowed_of, chosen, exact, records
from tools.lines.left_out import period_where
from tools.period import Period
from tools.practice import Practice
from tools.rates.rate_figures import words


def lines_waiting(
    practice: Practice, period: Period, payers: Collection[str] | None = None
) -> list[Sentence]:
    """One sentence on the counting lines of a period whose payer is not settled; [] without
    any, and where the question named its payers."""
    if payers:
        return []
    lines = chosen(practice, period)
    lines = lines.filter(lines.counts, lines.payer.isnull())
    dollars = allowed_of(lines)
    (held,) = records(practice, lines.aggregate(
        lines=lines.count(),
        spelled=lines.payer_as_given.notnull().sum(),
        allowed=dollars.sum(),
    ))  # fmt: skip
    number, spelled = int(held["lines"]), int(exact(held["spelled"]))
    if not number:
        return []
    rows = Selection(
        "claim_lines",
        (COUNTS, among("payer", [""]), *between("service_date", period.start, period.end)),
    )
    where = f"payer not settled, {period_where(period)}"
    count = Figure("Lines without a settled payer", Decimal(number), "count",
                   Basis("counting lines without a payer", (), "claim_lines", where, number,
                         select=rows))  # fmt: skip
    amount = Figure("Lines without a settled payer: allowed", exact(held["allowed"]), "USD",
                    Basis("sum of allowed over counting lines without a payer", (), "claim_lines",
                          where, number, select=rows))  # fmt: skip
    what = (
        "wait for your word on the payer's name" if spelled == number
        else "name no payer" if not spelled
        else "name no payer, or one that waits for your word"
    )  # fmt: skip
    return [
        says(
            "{lines} {noun} with {amount} allowed {what}: no payer's figures hold them until"
            " then." if spelled else "{lines} {noun} with {amount} allowed {what}: no payer's"
            " figures hold them.",
            lines=count,
            noun=words(count, "line"),
            amount=amount,
            what=what if number > 1 else what.replace("wait ", "waits ").replace("name ", "names "),
        )
    ]  # fmt: skip
