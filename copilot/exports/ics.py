"""The day a draft asks an answer for, as a calendar entry."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from copilot.exports.page import Page, one_line
from knowledge.problems import BadInput

LINE = 75


def as_ics(page: Page) -> bytes:
    """An all-day entry on the reply-by date; BadInput for a draft without one.

    Reminders ring at nine in the morning, three days before it and on the day.
    """
    if page.reply_by is None:
        raise BadInput("ics", "this draft names no date to put in a calendar", "export it as docx")
    end = page.reply_by + timedelta(1)
    stamp = datetime(page.today.year, page.today.month, page.today.day, tzinfo=UTC)
    who = page.payer or "the payer"
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//payer-copilot//draft//EN",
        "BEGIN:VEVENT",
        f"UID:{page.key}@payer-copilot",
        f"DTSTAMP:{stamp:%Y%m%dT%H%M%SZ}",
        f"DTSTART;VALUE=DATE:{page.reply_by:%Y%m%d}",
        f"DTEND;VALUE=DATE:{end:%Y%m%d}",
        f"SUMMARY:{escaped(f'Answer due from {who}')}",
        f"DESCRIPTION:{escaped(page.subject)}",
    ]
    for trigger in ("-P2DT15H", "PT9H"):
        lines += ["BEGIN:VALARM", "ACTION:DISPLAY",
                  f"DESCRIPTION:{escaped(f'Answer due from {who}')}", f"TRIGGER:{trigger}",
                  "END:VALARM"]  # fmt: skip
    lines += ["END:VEVENT", "END:VCALENDAR"]
    return "".join(folded(line) + "\r\n" for line in lines).encode()


def escaped(words: str) -> str:
    """Words as a calendar file holds them: separators escaped, no line breaks."""
    clean = one_line(words).replace("\\", "\\\\")
    return clean.replace(";", "\\;").replace(",", "\\,")


def folded(line: str) -> str:
    """A line cut so that none is longer than 75 octets, never within a character."""
    parts: list[str] = []
    current = ""
    for character in line:
        if len((current + character).encode()) > LINE - (1 if parts else 0):
            parts.append(current)
            current = ""
        current += character
    return "\r\n ".join([*parts, current])
