"""Days to keep as a calendar file: one all-day entry each, with reminders before it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

from copilot.exports.ics import escaped, folded
from knowledge.evidence import long_date
from knowledge.problems import BadInput

DAYS_AHEAD = (14, 3)
RULES = {"yearly": "RRULE:FREQ=YEARLY", "monthly": "RRULE:FREQ=MONTHLY"}


def as_calendar(entries: Sequence[Mapping[str, Any]], today: date) -> bytes:
    """The entries (date, due, label, note, repeats) as iCalendar; BadInput without any.

    `date` is the day to act, `due` the day itself where that is another. Reminders ring at
    nine in the morning of the day, and three and fourteen days before it.
    """
    if not entries:
        raise BadInput("ics", "this answer names no day to put in a calendar", "save it as xlsx")
    stamp = datetime(today.year, today.month, today.day, tzinfo=UTC)
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//payer-copilot//days//EN"]
    for entry in entries:
        lines += _event(entry, f"{stamp:%Y%m%dT%H%M%SZ}")
    lines.append("END:VCALENDAR")
    return "".join(folded(line) + "\r\n" for line in lines).encode()


def _event(entry: Mapping[str, Any], stamp: str) -> list[str]:
    day, due = date.fromisoformat(entry["date"]), date.fromisoformat(entry["due"])
    label = str(entry["label"])
    moved = f"Due on {long_date(due)}, no working day: act before it. " if due != day else ""
    key = hashlib.sha256(f"{day} {label} {entry['note']}".encode()).hexdigest()[:16]
    made = [
        "BEGIN:VEVENT",
        f"UID:{key}@payer-copilot",
        f"DTSTAMP:{stamp}",
        f"DTSTART;VALUE=DATE:{day:%Y%m%d}",
        f"DTEND;VALUE=DATE:{day + timedelta(1):%Y%m%d}",
        f"SUMMARY:{escaped(label)}",
        f"DESCRIPTION:{escaped(moved + str(entry['note']))}",
    ]
    if entry["repeats"] in RULES and due == day:
        made.append(RULES[entry["repeats"]])
    for trigger in (*(f"-P{days - 1}DT15H" for days in DAYS_AHEAD), "PT9H"):
        made += ["BEGIN:VALARM", "ACTION:DISPLAY", f"DESCRIPTION:{escaped(label)}",
                 f"TRIGGER:{trigger}", "END:VALARM"]  # fmt: skip
    return [*made, "END:VEVENT"]
