"""Which claim lines count, as one Ibis expression that any order of files leaves the same.

A line counts when its payer is primary, it was not denied, not taken back, and its units
are above zero. Taken back: an original and its reversal, paired by payer, claim, line and
code wherever they came from; neither counts, a corrected line does. Allowed is as given,
else paid + patient responsibility (MEASURES: Line, Counting line, Allowed).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import ibis

ROW = ("source_id", "source_sheet", "source_row")
_MONEY = ("billed", "allowed", "paid", "patient_responsibility")
_CLAIM = ("payer", "payer_order", "claim_key")
# The surest likeness first; a reversal that states amounts is never paired against them, so
# that a small clawback does not take back the whole line.
_LIKENESS: tuple[tuple[str, ...], ...] = (
    ("line_number", "size_of_billed", "size_of_allowed", "size_of_paid"),
    ("line_or_none", "size_of_billed", "size_of_allowed", "size_of_paid", "was_paid"),
    ("line_number", "size_of_billed", "charged"),
    ("line_number", "size_of_paid", "was_paid"),
    ("line_number", "may_be_any"),
    ("line_or_none", "size_of_billed", "charged"),
)


def taken_back(lines: ibis.Table) -> ibis.Table:
    """Reversals and the originals they take back: ROW columns, `paired` and `as_given`.

    `lines` are claim lines with a canonical payer. A reversal without an original (an
    orphan) is listed with paired false. `as_given`: both sides of the pair say reversal,
    so the amounts add up as they stand. Only claims that hold a reversal are looked at.
    """
    keyed = lines.mutate(
        claim_key=ibis.coalesce(
            lines.claim_id,
            ibis.literal("day ")
            + lines.service_date.cast("string")
            + ibis.literal(" ")
            + ibis.coalesce(lines.member_key, ibis.literal("")),
        ),
        payer=ibis.coalesce(lines.payer, ibis.literal("")),
        line_number=ibis.coalesce(lines.line_number, ibis.literal("")),
        reverses=lines.status == "reversal",
    )
    claims = keyed.filter(keyed.reverses).select(*_CLAIM).distinct()
    rows = keyed.semi_join(claims, list(_CLAIM))
    rows = rows.mutate(
        size_of_billed=ibis.coalesce(rows.billed.abs(), 0),
        size_of_allowed=ibis.coalesce(rows.allowed.abs(), 0),
        size_of_paid=ibis.coalesce(rows.paid.abs(), 0),
        line_or_none=_one_line_unnumbered(rows),
        paired=ibis.literal(False),
    )
    charged, was_paid = rows.size_of_billed > 0, rows.size_of_paid > 0
    rows = rows.mutate(
        charged=charged, was_paid=was_paid, may_be_any=~(rows.reverses & (charged | was_paid))
    )
    # A line marked as reversed in place and its negative first: both say reversal.
    negative = [rows[name] < 0 for name in (*_MONEY, "units")]
    below = ibis.coalesce(negative[0], False)
    for each in negative[1:]:
        below = below | ibis.coalesce(each, False)
    rows = rows.mutate(stated=rows.reverses, reverses=rows.reverses & below)
    rows = _paired_by(rows, ("stated", *_LIKENESS[0]))
    rows = rows.mutate(as_given=rows.paired, reverses=rows.stated)
    for likeness in _LIKENESS:
        rows = _paired_by(rows, likeness)
    return rows.filter(rows.reverses | rows.paired).select(*ROW, "paired", "as_given")


def _one_line_unnumbered(rows: ibis.Table) -> Any:
    """ "" for a whole claim and code of which some row has no line number, else the number."""
    unnumbered = (rows.line_number == "").any()
    within = ibis.window(group_by=[*_CLAIM, "code"])
    return ibis.ifelse(unnumbered.over(within), "", rows.line_number)


def _paired_by(rows: ibis.Table, likeness: Sequence[str]) -> ibis.Table:
    """Rows with `paired` set where the nth reversal meets the nth original of one likeness."""
    alike = [*_CLAIM, "code", *likeness, "paired"]
    order = [rows.posting_date.asc(nulls_first=True), rows.paid_date.asc(nulls_first=True)]
    place = ibis.row_number().over(
        ibis.window(group_by=[*alike, "reverses"], order_by=[*order, rows.row_hash])
    )
    within = ibis.window(group_by=alike)
    reversals = rows.reverses.cast("int64").sum().over(within)
    everyone = rows.count().over(within)
    ranked = rows.mutate(place=place, reversals=reversals, everyone=everyone)
    others = ibis.ifelse(ranked.reverses, ranked.everyone - ranked.reversals, ranked.reversals)
    return ranked.mutate(paired=ranked.paired | (ranked.place < others)).drop(
        "place", "reversals", "everyone"
    )


def counted(lines: ibis.Table, taken: ibis.Table) -> ibis.Table:
    """The lines with `allowed` completed and two more columns: `counts` and `why_not`.

    A reversal whose amounts stand positive in its file is turned negative when it has
    an original, and carries no amounts when it has none, so that paid amounts add up net.
    """
    met = taken.rename({f"met_{name}": name for name in ROW})
    joined = lines.left_join(
        met,
        [
            lines.source_id == met.met_source_id,
            lines.source_row == met.met_source_row,
            ibis.coalesce(lines.source_sheet, "") == ibis.coalesce(met.met_source_sheet, ""),
        ],
    )
    joined = joined.mutate(
        paired=ibis.coalesce(joined.paired, False), as_given=ibis.coalesce(joined.as_given, False)
    )
    joined = joined.mutate(
        allowed=ibis.coalesce(joined.allowed, joined.paid + joined.patient_responsibility).cast(
            "decimal(14, 2)"
        )
    )
    reverses = joined.status == "reversal"
    joined = joined.mutate(
        **{
            name: _net(joined, joined[name], reverses & ~joined.as_given)
            for name in (*_MONEY, "units")
        },
        why_not=ibis.cases(
            (joined.payer_order != "primary", "secondary payer"),
            (reverses | joined.paired, "taken back"),
            (joined.status == "denied", "denied"),
            (ibis.coalesce(joined.units, 0) <= 0, "no units"),
            else_=ibis.null("string"),
        ),
    )
    names = [*lines.columns]
    return joined.mutate(counts=joined.why_not.isnull()).select(*names, "counts", "why_not")


def _net(rows: ibis.Table, amount: Any, reverses: Any) -> Any:
    turned = ibis.ifelse(rows.paired, -amount, amount * 0)
    return ibis.ifelse(reverses & (amount > 0), turned, amount).cast(amount.type())
