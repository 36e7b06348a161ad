"""Hours a week beyond the usual office day, from the opening hours on file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from knowledge.evidence import Basis, Figure
from tools.practice import Practice

DAY_STARTS, DAY_ENDS = 8 * 60, 17 * 60
WEEKEND = ("Saturday", "Sunday")


def hours_beyond(practice: Practice) -> tuple[Figure, str, bool] | None:
    """Weekly hours before eight, after five and at weekends; when they are, in words; whether
    a weekend is among them. None without opening hours, or without such hours."""
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
    made = Figure("Evening, early and weekend hours a week", hours, "count", basis)
    return made, _when(rows), _open_at_weekend(rows)


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
