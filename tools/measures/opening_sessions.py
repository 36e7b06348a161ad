"""Sessions a week in the evening and on Saturdays, and the wait for an appointment, by site."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from knowledge.evidence import Basis, Figure
from tools.measures.opening_hours import DAY_ENDS, WEEKEND, minutes_of
from tools.practice import Practice


@dataclass(frozen=True)
class Sessions:
    """What the opening hours on file give; None where there is none of a kind.

    evening: days a week and site that close after five. weekend: sessions on a Saturday or
    Sunday. waits: days to the third next available appointment, by site.
    """

    evening: Figure | None
    weekend: Figure | None
    waits: tuple[tuple[str, Figure], ...]


def opening_sessions(practice: Practice) -> Sessions:
    """Sessions beyond the office day and waits; all empty without opening hours on file."""
    if not practice.tables.has("access"):
        return Sessions(None, None, ())
    rows = practice.tables.frame(practice.tables.table("access")).to_dict("records")
    late = [r for r in rows if r["weekday"] not in WEEKEND
            and (minutes_of(r["closes"]) or 0) > DAY_ENDS]  # fmt: skip
    weekend = [r for r in rows if r["weekday"] in WEEKEND and minutes_of(r["opens"]) is not None]
    return Sessions(
        _count("Evening sessions a week", len(late), "weekdays and sites that close after 17:00"),
        _count("Weekend sessions a week", len(weekend), "Saturdays and Sundays with opening hours"),
        tuple(_waits(rows)),
    )


def _count(name: str, number: int, words: str) -> Figure | None:
    if not number:
        return None
    return Figure(name, Decimal(number), "count", Basis(words, (), "access", None, number))


def _waits(rows: Sequence[Mapping[Any, Any]]) -> list[tuple[str, Figure]]:
    """One wait a site; a site whose rows differ has its longest."""
    held: dict[str, Decimal] = {}
    for row in rows:
        days = row.get("third_next_available_days")
        if isinstance(days, Decimal) and days == days:
            site = str(row["site"] or "")
            held[site] = max(days, held.get(site, days))
    return [
        (site, Figure(f"Third next available appointment{f', {site}' if site else ''}",
                      days.normalize(), "days",
                      Basis("as given with the opening hours", (), "access", site or None, 1)))
        for site, days in sorted(held.items(), key=lambda pair: (pair[1], pair[0]))
    ]  # fmt: skip
