"""What a contract obliges someone to do: the duty, its deadline, and the words that state it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from knowledge.evidence import Citation

Who = Literal["practice", "payer", "both", ""]
Kind = Literal["counted", "dated", "recurring", "lasting", "soon"]


@dataclass(frozen=True)
class Due:
    """When a duty is due, at [start, end) of the document's text.

    words: as the paper says it. kind: counted (so many days from an event), dated (a day of
    the calendar), recurring (each year, every 90 days), lasting (for seven years) or soon
    (promptly). count and unit: of a counted, lasting or recurring span, else None and "".
    day: the one day it names; month and on: the month and day of a yearly one.
    """

    words: str
    kind: Kind
    start: int
    end: int
    count: Decimal | None = None
    unit: str = ""
    day: date | None = None
    month: int | None = None
    on: int | None = None

    def next_day(self, today: date) -> date | None:
        """The next day from today on that the calendar gives it; None where it gives none."""
        if self.day is not None:
            return self.day if self.day >= today else None
        if self.on is None:
            return None
        if self.month is not None:
            here = _real(today.year, self.month, self.on)
            there = _real(today.year + 1, self.month, self.on)
            return here if here and here >= today else there
        here = _real(today.year, today.month, self.on)
        if here and here >= today:
            return here
        year, month = divmod(today.year * 12 + today.month, 12)
        return _real(year, month + 1, self.on)


def _real(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


@dataclass(frozen=True)
class Duty:
    """One duty of a contract.

    who: the practice, the payer, both, or "" where the paper names nobody. of: what it is done
    to, where the paper names that and not the party ("Claims shall"), else "". does: verb and
    object in the paper's words. forbids: it is a duty not to do. condition: the words on which
    it hangs, "" where it binds always. line_of_business: as in Term. citation: its sentence.
    """

    who: Who
    does: str
    forbids: bool
    due: Due | None
    condition: str
    topic: str
    line_of_business: str | None
    citation: Citation
    of: str = ""


@dataclass(frozen=True)
class Said:
    """A verb that puts a duty: where its clause and the verb begin in the folded statement.

    named: the subject before the verb is the party whose duty it is.
    """

    who: Who
    forbids: bool
    start: int
    verb: int
    named: bool = True
