"""The writer of each kind of document, for a fresh one and for a change of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from copilot.desk import Desk
from copilot.drafting.documents.agenda import write_agenda
from copilot.drafting.documents.briefing import write_briefing
from copilot.drafting.documents.memo import write_memo
from copilot.drafting.documents.practice_profile import write_profile
from copilot.drafting.documents.proposal import write_proposal
from copilot.drafting.facts import Facts
from copilot.drafting.letter import Written

WRITERS: Mapping[str, Callable[[Desk, Facts], Written]] = {
    "agenda": write_agenda,
    "briefing": write_briefing,
    "memo": write_memo,
    "profile": write_profile,
    "proposal": write_proposal,
}
