"""The Colorado clock of a notice of material change: C.R.S. 25-37-104 (2023 text).

A material change needs 90 days' written notice titled as such; the provider may object in
writing within 15 days; unresolved, either may terminate on notice at least 60 days before
the effective date. Information for a negotiator, to be confirmed with counsel.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from knowledge.business_days import last_business_day

OBJECT_WITHIN = 15
NOTICE_DAYS = 90
TERMINATE_BEFORE = 60
STATUTE = "C.R.S. 25-37-104 (2023 text; confirm with counsel)"


@dataclass(frozen=True)
class Clock:
    """The days that follow from a receipt and an effective date.

    object_by: the fifteenth day after receipt; send_by: the last working day on or before it,
    federal holidays left out. earliest: the first day on which the change may take effect.
    terminate_by: the last working day for a notice to terminate; None without an effective
    date. short_by: how many days of the ninety are missing, 0 where none.
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
    leave = last_business_day(effective - timedelta(TERMINATE_BEFORE)) if effective else None
    return Clock(
        received=received,
        object_by=object_by,
        send_by=last_business_day(object_by),
        earliest=earliest,
        terminate_by=leave,
        short_by=max(0, (earliest - effective).days) if effective else 0,
    )
