"""A message during a rehearsal is for the rep, the coach or the copilot."""

import pytest

from copilot.rehearsal.running import for_rehearsal, is_running, leaves, wish_of

TO_REP = [
    "We ask for 8% on Exhibit B", "Could you put that in writing?", "Who decides?", "no", "...",
    "Please send us your full fee schedule", "What can you do?", "stop quoting the committee at me",
    "We'd like to end this year with a signed amendment", "Show me where the contract says that",
    "How did you arrive at that number?", "ok, deal", "I will draft it and send it to you",
]  # fmt: skip
TO_COACH = {
    "stop": "stop", "ok stop please": "stop", "end the rehearsal": "stop", "that's enough": "stop",
    "how did I do?": "debrief", "debrief": "debrief", "give me feedback": "debrief",
    "hint": "hint", "what should I say?": "hint", "I'm stuck": "hint", "help": "hint",
    "again": "again", "let's try again": "again", "once more with the same rep": "again",
}  # fmt: skip
TO_COPILOT = [
    "draft the email to Kestrel", "Draft an email asking for 8%", "compare our rates with Medicare",
    "show me our payer mix", "rehearse with Summit instead", "what does the guide say on silence",
    "what does Kestrel pay us for 99214", "model a 5% increase", "redline the contract",
    "Write talking points for the call", "copilot, what is our percent of Medicare",
]  # fmt: skip


@pytest.mark.parametrize("line", TO_REP)
def test_a_line_to_the_rep_stays_in_the_call(line: str) -> None:
    assert not leaves(line)
    assert wish_of(line) is None


@pytest.mark.parametrize(("line", "wish"), TO_COACH.items())
def test_a_word_to_the_coach_is_told(line: str, wish: str) -> None:
    assert wish_of(line) == wish
    assert not leaves(line)


@pytest.mark.parametrize("line", TO_COPILOT)
def test_a_request_to_the_copilot_leaves_the_call(line: str) -> None:
    assert leaves(line)


def test_a_call_runs_until_it_is_over() -> None:
    assert not is_running({})
    assert is_running({"rehearsal": {"steps": 0}})
    assert not is_running({"rehearsal": {"steps": 2}})


def test_a_call_that_is_over_can_be_asked_about_or_done_again() -> None:
    running, over = {"rehearsal": {"steps": 0}}, {"rehearsal": {"steps": 2}}
    assert for_rehearsal("We ask for 8%", running)
    assert not for_rehearsal("draft the email to Kestrel", running)
    assert not for_rehearsal("We ask for 8%", over)
    assert for_rehearsal("Once more with the same rep", over)
    assert for_rehearsal("how did I do", over)
    assert not for_rehearsal("once more", {})
