"""What a writer is given: a checked draft in plain words, with what it stands on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from copilot.tracker.entries import Contact
from knowledge.worksheet import Worksheet


@dataclass(frozen=True)
class Page:
    """One draft ready to be written to a file.

    body: Markdown without tokens. figures: those it stands on as plain data, in order.
    reply_by: the day it asks for, where it names one. letter: whether it goes to the payer
    (the subject then stands apart from the body) or stays in the practice. head: how the
    practice is reached, for a letterhead. to: the person it goes to, as kept in the
    log. attached: files that go with it. exhibit: the rates it
    asks for, as a worksheet.
    """

    subject: str
    body: str
    payer: str | None
    practice: str
    letter: bool
    figures: Sequence[Mapping[str, Any]] = ()
    reply_by: date | None = None
    today: date = field(default_factory=date.today)
    key: str = ""
    head: tuple[str, ...] = ()
    to: Contact | None = None
    attached: tuple[Attached, ...] = ()
    exhibit: Worksheet | None = None


@dataclass(frozen=True)
class Attached:
    """A file that goes with a letter: its name and content; words: all that stands in it."""

    name: str
    content: bytes
    words: str


def one_line(words: str) -> str:
    """Words without line breaks and control signs, as a header or a file's title needs them."""
    return " ".join("".join(c if c.isprintable() else " " for c in words).split())
