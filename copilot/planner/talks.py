"""Messages that belong to the negotiation itself: a line of a rehearsed call, a mail pasted in,
an objection to be answered, what happened with a payer, and a word that puts right what was
just told.

They are not weighed against example phrases: a line to the rep may sound like any job, and
what is told of a call may name rates and codes. Only the user's own message is looked at.
"""

from __future__ import annotations

from collections.abc import Container, Mapping
from typing import Any

from copilot.drafting.heard import asks_for_answer
from copilot.mail.pasted import is_pasted_thread
from copilot.planner.next_letter import weighs_offer
from copilot.planner.plan import Call
from copilot.planner.reading import Reading
from copilot.rehearsal.running import for_rehearsal
from copilot.tracker.tells import belongs_to_log

DUE = "next_steps"
LOG, REHEARSAL, MAIL, OBJECTION = (
    "log_interaction", "rehearse", "read_email", "answer_objection",
)  # fmt: skip


def talk_call(
    words: str, reading: Reading, state: Mapping[str, Any], known: Container[str]
) -> Call | None:
    """The call for such a message; None where it is one of the ordinary kind.

    known: the names of the tools there are.
    """
    text = words.strip()
    if REHEARSAL in known and for_rehearsal(text, state):
        return Call(REHEARSAL, {"said": text})
    if MAIL in known and is_pasted_thread(text):
        return Call(MAIL, {})
    turns = [turn for turn in state.get("calls") or () if turn]
    after_log = bool(turns) and str(turns[-1][-1]["name"]) == LOG
    if LOG in known and belongs_to_log(text, after_log):
        return Call(LOG, {"words": text})
    if DUE in known and weighs_offer(text) and not reading.values("percent", "medicare"):
        named = list(reading.values("payer"))
        return Call(DUE, {"topic": "offers", **({"payer": named[0]} if named else {})})
    if OBJECTION in known and asks_for_answer(text):
        named = list(reading.values("payer"))
        return Call(OBJECTION, {"topic": text, **({"payer": named[0]} if named else {})})
    return None
