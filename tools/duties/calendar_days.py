"""The days that belong in a calendar: those a duty names, with the safe day to act on."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from knowledge.business_days import last_business_day
from knowledge.obligations.duty import Duty


def calendar_day(duty: Duty, short: str, today: date) -> Mapping[str, Any] | None:
    """The calendar's entry of a duty with a day of its own; None for any other.

    One that comes once stands on the last working day on or before the day that the paper names.
    """
    day = duty.due.next_day(today) if duty.due and not duty.forbids else None
    if day is None or duty.due is None:
        return None
    yearly, monthly = duty.due.month is not None, duty.due.on is not None
    who = {"practice": "We", "payer": short, "both": f"We and {short}"}.get(duty.who, short)
    return entry(
        day,
        f"{who}: {duty.does[:110]}",
        f"{duty.due.words}. {duty.citation.label()}",
        "yearly" if yearly else "monthly" if monthly else "",
        today,
    )


def entry(
    day: date, label: str, note: str, repeats: str, today: date, ours: bool = True
) -> dict[str, Any]:
    """One entry as plain data: its safe day, the day itself, what, why, how it repeats.

    ours: something must be done by then; else it only happens on that day, and is not moved.
    """
    safe = day if repeats or not ours else max(last_business_day(day), min(day, today))
    return {
        "date": safe.isoformat(),
        "due": day.isoformat(),
        "label": label,
        "note": note,
        "repeats": repeats,
    }
