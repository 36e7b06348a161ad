"""The negotiation room: the practice, its drafts and log, and the tools that price things."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING

from copilot.desk import Desk
from copilot.drafts import Draft, Drafts
from copilot.tracker.entries import Entry
from copilot.tracker.log import Log
from knowledge.evidence import Finding
from knowledge.problems import BadInput, NotKnown
from tools.mix.openings import paper_held
from tools.practice import Practice

if TYPE_CHECKING:
    from copilot.core import Copilot

PROGRAMS = ("medicaid", "medicare", "self-pay", "self pay", "tricare")


@dataclass(frozen=True)
class Talks:
    """What the tracker reads; one is made a turn or a visit to the room.

    run: calls another tool by name; what it raises is passed on.
    """

    practice: Practice
    drafts: Drafts
    run: Callable[..., Finding]

    @property
    def today(self) -> date:
        """The day that everything is counted from."""
        return self.practice.today

    @cached_property
    def log(self) -> Log:
        """The workspace's log."""
        return Log(self.practice.workspace)

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """All confirmed entries up to today, oldest first."""
        return tuple(each for each in self.log.entries() if each.on <= self.today)

    def of(self, payer: str) -> tuple[Entry, ...]:
        """The entries of one payer."""
        return tuple(each for each in self.entries if each.payer == payer)

    @cached_property
    def every_draft(self) -> tuple[Draft, ...]:
        """The latest version of every draft, latest change first."""
        return tuple(self.drafts.latest(key) for key in self.drafts.ids())

    def short(self, payer: str) -> str:
        """The payer's name as people say it."""
        return self.practice.payers.short_name(payer)

    @cached_property
    def payers(self) -> tuple[str, ...]:
        """The payers one negotiates with, and any the log speaks of, by name."""
        known = [
            payer
            for payer in self.practice.payers.known()
            if payer.lower() not in PROGRAMS and paper_held(self.practice, payer, ()) != "enrolled"
        ]
        return tuple(sorted({*known, *(each.payer for each in self.entries)}, key=str.casefold))

    def found(self, name: str, **args: object) -> Finding | None:
        """What a tool finds, or None where it knows nothing."""
        try:
            return self.run(name, **args)
        except (NotKnown, BadInput):
            return None


def talks_of(desk: Desk) -> Talks:
    """The room as a turn sees it; what is computed is kept in the thread's evidence."""
    return Talks(desk.practice, desk.drafts, desk.run)


def talks_in(copilot: Copilot) -> Talks:
    """The room as the page sees it, outside of any turn."""

    def run(name: str, **args: object) -> Finding:
        tool = copilot.tools[name]
        return tool.function(copilot.practice, **args)

    return Talks(copilot.practice, copilot.drafts, run)


def made_on(draft: Draft, today: date) -> date:
    """The day a draft was last written, never after today."""
    return min(datetime.fromisoformat(draft.made).date(), today)
