"""Codes that the practice bills below its contract rate, and what that costs it."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from knowledge.evidence import Basis, Figure, Sentence, says
from tools.lines.claim_totals import chosen, exact, records
from tools.lines.left_out import listed, period_where
from tools.period import Period
from tools.practice import Practice
from tools.schedules.contract_rate import fee_schedules
from tools.schedules.expected_rates import KEY, RateLookup, keyed, kind_of, rate_table
from tools.schedules.medicare_on_file import medicare_of
from tools.schedules.rate_eras import eras_of
from tools.schedules.schedule_row import Schedule
from tools.underpayments.underpaid_lines import priced_lines


def billed_below_contract(
    practice: Practice, span: Period, payer: str, codes: Sequence[str] | None
) -> list[Sentence]:
    """A sentence with the dollars lost on lines allowed at a charge below the contract rate.

    Lost are contract rate x units less the charge, on counting lines whose allowed is no
    more than the charge. Empty where no rate is on file or nothing is billed below it.
    """
    rows = fee_schedules(practice, [payer])
    if not rows:
        return []
    eras = eras_of(rows, span.start, span.end)
    lines = chosen(practice, span, payers=[payer], codes=codes)
    lines = lines.filter(lines.counts, lines.code.notnull(), lines.allowed.notnull())
    lines = keyed(lines.filter(lines.billed > 0), eras)
    kinds = records(practice, lines.group_by(list(KEY)).aggregate(n=lines.count()))
    lookup = RateLookup(Schedule(rows), practice.locality, medicare_of(practice))
    expected = [lookup.expected(kind_of(row, eras)) for row in kinds]
    if not any(each.rate for each in expected):
        return []
    priced = priced_lines(lines, rate_table(expected, eras))
    low = priced.filter(
        priced.of_charges.isnull(), priced.billed < priced.expected,
        priced.allowed <= priced.billed,
    )  # fmt: skip
    found = records(
        practice,
        low.group_by("k_code").aggregate(lost=(low.expected - low.billed).sum(), n=low.count()),
    )
    if not found:
        return []
    lost = {row["k_code"]: exact(row["lost"]) for row in found}
    amount = Figure(
        "Lost to charges below contract rates", sum(lost.values(), Decimal(0)), "USD",
        Basis("sum of (contract rate x units - charge) over lines billed below the rate and"
              " allowed no more than the charge", (), "claim_lines",
              f"{payer}, {period_where(span)}", sum(int(row["n"]) for row in found)),
    )  # fmt: skip
    return [
        says(
            "Charge check: {codes} {are} billed below today's contract rate; {amount} was lost to"
            " that {during}.",
            codes=listed(sorted(lost, key=lambda code: (-lost[code], code))),
            are="is" if len(lost) == 1 else "are",
            amount=amount,
            during=span.during,
        )
    ]
