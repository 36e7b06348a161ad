"""What is told waits for the user's word, is put right by a word, and asks back for the payer."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from copilot.results import Answer
from copilot.tracker.confirming import keep_all, settle, state_of
from knowledge.problems import BadInput, MoreNeeded

CALL = "Spoke with Kestrel today, they promised a counter by Dec 15"


def test_nothing_is_kept_before_the_users_word(room: Any, reading: Callable[[Any], str]) -> None:
    finding = room.ask("log_interaction", CALL)
    assert "This would be kept: Call with Kestrel, November 24, 2026." in reading(finding)
    assert "a counter, by December 15, 2026" in reading(finding)
    (waiting,) = finding.details["waiting"]
    assert room.log.entries() == ()
    answer = Answer(thread="t1", answer="", pending=[waiting])
    assert keep_all(room.copilot, answer) == ["Call with Kestrel"]
    assert answer.kept == [waiting["id"]] and state_of(room.copilot, waiting["id"]) == "kept"
    assert [entry.payer for entry in room.log.entries()] == ["Kestrel National Health"]


def test_a_word_puts_right_what_was_told(room: Any) -> None:
    room.ask("log_interaction", CALL)
    room.ask("log_interaction", "no, Dec 16")
    (waiting,) = room.log.pending()
    assert waiting.promises[0].due == date(2026, 12, 16) and waiting.on == date(2026, 11, 24)
    room.ask("log_interaction", "it was yesterday")
    (waiting,) = room.log.pending()
    assert waiting.on == date(2026, 11, 23) and waiting.promises[0].due == date(2026, 12, 16)
    room.ask("log_interaction", "sorry, it was an email")
    (waiting,) = room.log.pending()
    assert waiting.channel == "email"


def test_a_kept_entry_is_put_right_only_with_the_users_word_again(room: Any) -> None:
    finding = room.ask("log_interaction", "Granite Peak offered 4% from January")
    settle(room.copilot, finding.details["pending"][0], keep=True)
    room.ask("log_interaction", "actually 4.5%")
    assert [str(o.percent) for _, o in room.log.offers()] == ["4"]
    (waiting,) = room.log.pending()
    room.log.confirm(waiting.id)
    assert [str(o.percent) for _, o in room.log.offers()] == ["4.5"]


def test_told_twice_it_waits_once(room: Any) -> None:
    first, second = (room.ask("log_interaction", CALL).details["pending"] for _ in range(2))
    assert first == second and len(room.log.pending()) == 1


def test_only_the_payer_is_asked_back_and_the_words_are_held(room: Any) -> None:
    with pytest.raises(MoreNeeded, match="Which payer was it") as asked:
        room.ask("log_interaction", "left a voicemail")
    assert asked.value.held == {"words": "left a voicemail"}
    desk = room.desk("Kestrel")
    tool = room.copilot.tools["log_interaction"].function
    finding = tool(desk, payer="Kestrel National Health", words="left a voicemail")
    (entry,) = room.log.pending()
    assert entry.channel == "voicemail" and finding.details["payer"] == "Kestrel National Health"


def test_a_later_answer_settles_the_promise_it_fulfils(
    room: Any, reading: Callable[[Any], str]
) -> None:
    room.tell(CALL)
    finding = room.ask("log_interaction", "Kestrel offered 4% from January")
    assert "This settles Kestrel's promise of November 24, 2026: a counter." in reading(finding)
    assert len(room.log.open_promises()) == 1
    settle(room.copilot, finding.details["pending"][0], keep=True)
    assert room.log.open_promises() == ()


def test_our_promise_on_a_holiday_or_weekend_is_due_on_the_working_day_before(
    room: Any, reading: Callable[[Any], str]
) -> None:
    finding = room.ask("log_interaction", "We promised Kestrel to send our report by Nov 28")
    assert "act by November 25, 2026" in reading(finding)  # 26th and 27th: Thanksgiving


def test_a_discarded_entry_is_gone_and_a_kept_one_is_not_discarded_by_a_stale_button(
    room: Any,
) -> None:
    (key,) = room.ask("log_interaction", CALL).details["pending"]
    settle(room.copilot, key, keep=False)
    assert room.log.pending() == () and state_of(room.copilot, key) == "gone"
    (key,) = room.ask("log_interaction", CALL).details["pending"]
    settle(room.copilot, key, keep=True)
    with pytest.raises(BadInput, match="no longer waits"):
        settle(room.copilot, key, keep=False)
    assert len(room.log.entries()) == 1
