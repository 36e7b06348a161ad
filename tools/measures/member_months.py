"""Member months from the rosters on file."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from knowledge.evidence import Basis, Figure
from tools.lines.claim_totals import exact, records
from tools.period import Period, month_end, named
from tools.practice import Practice


def roster_member_months(
    practice: Practice, payer: str | None, span: Period | None = None
) -> Figure | None:
    """Distinct members per payer and month, summed over the months of a period, else over
    the last twelve months on file.

    Where a payer gives only counts, its counts are summed. Rows whose term date lies before
    the month are dropped, and their number is said in the basis. None without a roster.
    """
    if not practice.tables.has("membership"):
        return None
    rows = _rows(practice, payer)
    span = span or _latest_year(practice, rows)
    if span is None:
        return None
    recent = rows.filter(rows.month.between(span.start, span.end))
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
        f"{payer or 'all payers'}, months {span.start.isoformat()} to {span.end.isoformat()}",
        sum(int(row["read"]) for row in held),
    )
    return Figure("Member months", total, "count", basis)


def roster_months(practice: Practice, payer: str | None, span: Period) -> tuple[date, ...]:
    """The months of a period (their first days) for which a roster is on file, in order."""
    if not practice.tables.has("membership"):
        return ()
    rows = _rows(practice, payer)
    held = rows.filter(rows.month.between(span.start, span.end)).select("month").distinct()
    return tuple(sorted(row["month"] for row in records(practice, held)))


def payers_with_rosters(practice: Practice) -> list[str]:
    """The payers whose member lists or counts are on file, in order of name."""
    if not practice.tables.has("membership"):
        return []
    held = practice.tables.table("membership").select("payer").distinct()
    return sorted(str(row["payer"]) for row in records(practice, held) if row["payer"])


def _rows(practice: Practice, payer: str | None) -> Any:
    rows = practice.tables.table("membership")
    return rows if payer is None else rows.filter(rows.payer == payer)


def _latest_year(practice: Practice, rows: Any) -> Period | None:
    latest = practice.tables.frame(rows.aggregate(last=rows.month.max()))["last"][0]
    if not isinstance(latest, date):
        return None
    first = date(latest.year - 1 + latest.month // 12, latest.month % 12 + 1, 1)
    return named(first, month_end(latest))
