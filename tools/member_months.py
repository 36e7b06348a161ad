"""Member months from the rosters on file."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from knowledge.evidence import Basis, Figure
from tools.claim_totals import exact, records
from tools.practice import Practice


def roster_member_months(practice: Practice, payer: str | None) -> Figure | None:
    """Distinct members per payer and month, summed over the last twelve months on file.

    Where a payer gives only counts, its counts are summed. Rows whose term date lies before
    the month are dropped, and their number is said in the basis. None without a roster.
    """
    if not practice.tables.has("membership"):
        return None
    rows = practice.tables.table("membership")
    if payer is not None:
        rows = rows.filter(rows.payer == payer)
    latest = practice.tables.frame(rows.aggregate(last=rows.month.max()))["last"][0]
    if not isinstance(latest, date):
        return None
    first = date(latest.year - 1 + latest.month // 12, latest.month % 12 + 1, 1)
    recent = rows.filter(rows.month >= first)
    left = (recent.term_date < recent.month).fill_null(False)
    by_month = recent.group_by(["payer", "month"]).aggregate(
        people=recent.member_key.nunique(where=~left),
        told=recent.members.sum(where=~left & recent.member_key.isnull()),
        dropped=left.sum(),
        read=recent.count(),
    )
    held = records(practice, by_month)
    total = sum((exact(row["people"]) + exact(row["told"]) for row in held), Decimal(0))
    if not total:
        return None
    dropped = sum(int(row["dropped"]) for row in held)
    basis = Basis(
        "distinct members per payer and month, summed"
        + (f"; {dropped} rows of members who had left before the month dropped" if dropped else ""),
        (),
        "membership",
        f"{payer or 'all payers'}, months {first.isoformat()} to {latest.isoformat()}",
        sum(int(row["read"]) for row in held),
    )
    return Figure("Member months", total, "count", basis)
