"""The Colorado clock of a notice of material change: C.R.S. 25-37-104 (2023 text).

A material change needs 90 days' written notice titled as such; the provider may object in
writing within 15 days; unresolved, either may terminate on notice at least 60 days before
the effective date. Information for a negotiator, to be confirmed with counsel.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

OBJECT_WITHIN = 15
NOTICE_DAYS = 90
TERMINATE_BEFORE = 60
STATUTE = "C.R.S. 25-37-104 (2023 text; confirm with counsel)"


@dataclass(frozen=True)
class Clock:
    """The days that follow from a receipt and an effective date.

    object_by: the fifteenth day after receipt; send_by: the last working day on or before
    it. earliest: the first day on which the change may take effect. terminate_by: the last
    day for a notice to terminate; None without an effective date. short_by: how many days
    of the ninety are missing, 0 where none.
    """

    received: date
    object_by: date
    send_by: date
    earliest: date
    terminate_by: date | None
    short_by: int


def clock(received: date, effective: date | None) -> Clock:
    """The clock of a notice received on a day; days are calendar days."""
    object_by = received + timedelta(OBJECT_WITHIN)
    earliest = received + timedelta(NOTICE_DAYS)
    return Clock(
        received=received,
        object_by=object_by,
        send_by=_working(object_by),
        earliest=earliest,
        terminate_by=_working(effective - timedelta(TERMINATE_BEFORE)) if effective else None,
        short_by=max(0, (earliest - effective).days) if effective else 0,
    )


def _working(day: date) -> date:
    """The day itself, or the Friday before where it falls on a weekend."""
    return day - timedelta(max(0, day.weekday() - 4))
