"""How long a payer has not answered, and which follow-up is due when.

Our rule, said wherever it is used: the first follow-up is due ten working days after what
was sent, each further one five working days after the last; after the fourth the matter
goes to who is above. Working days leave out weekends and federal holidays.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from copilot.drafting.working_days import REPLY_AFTER
from copilot.tracker.calendar_days import working_days_after
from copilot.tracker.entries import Entry

NEXT_AFTER = 5
ORDINALS = ("first", "second", "third", "fourth")


@dataclass(frozen=True)
class Silence:
    """What went out since they were last heard: `sent` times, the last on a day by `last`.

    due: the working day of the next follow-up; stage: 1 to 4, or 5 where the next step is an
    escalation.
    """

    first: Entry
    last: Entry
    sent: int
    due: date

    @property
    def stage(self) -> int:
        """Which follow-up comes next."""
        return min(self.sent, len(ORDINALS) + 1)


def silence_of(entries: Sequence[Entry]) -> Silence | None:
    """The silence at the end of one payer's entries, oldest first; None where they spoke last."""
    out: list[Entry] = []
    for entry in entries:
        if not entry.is_contact:
            continue
        if entry.direction == "out":
            out.append(entry)
        else:
            out = []
    if not out:
        return None
    wait = REPLY_AFTER if len(out) == 1 else NEXT_AFTER
    return Silence(out[0], out[-1], len(out), working_days_after(out[-1].on, wait))
