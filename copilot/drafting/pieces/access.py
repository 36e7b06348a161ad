"""Hours beyond the usual office day, and how soon an appointment is to be had."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from copilot.drafting.pieces.piece import Piece, bounded
from copilot.drafting.pieces.volume import weekend_share
from knowledge.evidence import Basis, Figure
from tools.period import Period
from tools.practice import Practice

DAY_STARTS, DAY_ENDS = 8 * 60, 17 * 60
WEEKEND = ("Saturday", "Sunday")


def access(practice: Practice, payer: str, span: Period | None) -> Piece | None:
    """Weekly hours before eight, after five and at weekends; None without opening hours.

    With claims, the share of this payer's visits that fell on a weekend stands beside it.
    """
    if not practice.tables.has("access"):
        return None
    rows = practice.tables.frame(practice.tables.table("access")).to_dict("records")
    hours = extended_hours(rows)
    if hours <= 0:
        return None
    sites = len({row["site"] for row in rows})
    where = f"{sites} sites" if sites != 1 else "one site"
    basis = Basis(
        "hours before 8:00, after 17:00 and on Saturday and Sunday, all sites added up",
        (), "access", where, len(rows),
    )  # fmt: skip
    values: dict[str, Figure | str] = {
        "hours": Figure("Evening, early and weekend hours a week", hours, "count", basis),
        "when": _when(rows),
    }
    share = weekend_share(practice, payer, span) if span else None
    if share is not None and _open_at_weekend(rows):
        values["weekend"] = share
    shown = values["hours"]
    assert isinstance(shown, Figure)
    return Piece(
        id="access",
        what=f"{shown.shown()} hours a week {values['when']}",
        pain="access",
        strength=bounded(Decimal("0.35") + hours / 40),
        because="hours when the other choice is urgent care or the emergency room",
        values=values,
        topics=("access", "hours", "evening", "saturday", "weekend", "open", "late"),
    )


def extended_hours(rows: Iterable[Mapping[Any, Any]]) -> Decimal:
    """Hours a week outside Monday to Friday, eight to five, over all rows."""
    minutes = 0
    for row in rows:
        opens, closes = minutes_of(row["opens"]), minutes_of(row["closes"])
        if opens is None or closes is None or closes <= opens:
            continue
        if row["weekday"] in WEEKEND:
            minutes += closes - opens
        else:
            minutes += max(0, min(closes, DAY_STARTS) - opens)
            minutes += max(0, closes - max(opens, DAY_ENDS))
    return Decimal(minutes) / 60


def minutes_of(clock: Any) -> int | None:
    """Minutes since midnight of "17:30"; None where nothing is given."""
    if not isinstance(clock, str) or ":" not in clock:
        return None
    hours, minutes = clock.split(":")[:2]
    return int(hours) * 60 + int(minutes)


def _open_at_weekend(rows: Iterable[Mapping[Any, Any]]) -> bool:
    return any(row["weekday"] in WEEKEND and minutes_of(row["opens"]) is not None for row in rows)


def _when(rows: list[dict[Any, Any]]) -> str:
    """The evening and on Saturdays, as the hours are."""
    late = any(
        row["weekday"] not in WEEKEND and (minutes_of(row["closes"]) or 0) > DAY_ENDS
        for row in rows
    )
    days = [d for d in WEEKEND if any(r["weekday"] == d and minutes_of(r["opens"]) for r in rows)]
    weekend = " and ".join(f"{day}s" for day in days)
    if late and weekend:
        return f"in the evening and on {weekend}"
    if weekend:
        return f"on {weekend}"
    return "in the evening" if late else "before eight in the morning"
