"""What is due and where it stands, over the months of a negotiation; days worked by hand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from copilot.exports.calendar import as_calendar
from copilot.tracker.board import board_of
from copilot.tracker.due import due_items
from copilot.tracker.stages import stage_of
from knowledge.business_days import is_business_day

KESTREL = "Kestrel National Health"


def due(room: Any) -> list[tuple[str, str, str]]:
    return [
        (each.act.isoformat(), each.what, each.ask) for each in due_items(room.talks, [KESTREL])
    ]


def test_the_follow_ups_come_in_time_and_each_after_the_other(room: Any) -> None:
    room.tell("Emailed Kestrel our proposal of 8% today")
    # ten working days after Tuesday, Nov 24, without the 26th and 27th
    assert due(room) == [
        ("2026-12-10", "Send Kestrel the first follow-up", "Draft the first follow-up to Kestrel")
    ]
    room.on(date(2026, 12, 10))
    room.tell("Emailed Kestrel a follow-up today")
    assert due(room)[0][:2] == ("2026-12-17", "Send Kestrel the second follow-up")
    room.on(date(2026, 12, 21))  # a Monday; it is past its day and is due at once
    assert due(room)[0][:2] == ("2026-12-21", "Send Kestrel the second follow-up")
    for number in ("second", "third", "fourth"):
        room.tell(f"Emailed Kestrel the {number} follow-up today")
    assert due(room)[0][1] == "Go above the contact at Kestrel"
    room.tell("Kestrel called back today")
    assert due(room) == []


def test_a_running_promise_of_theirs_holds_the_follow_up_back_until_its_day(room: Any) -> None:
    room.tell("Emailed Kestrel our proposal of 8% on Nov 2")
    room.tell("Spoke with Kestrel on Nov 16, they promised a counter by Dec 5")
    assert [each[:2] for each in due(room)] == [("2026-12-05", "Kestrel promised: a counter")]
    assert stage_of(room.talks, KESTREL).name == "waiting"
    room.on(date(2026, 12, 8))
    ((act, what, ask),) = due(room)
    assert (act, what) == ("2026-12-08", "Remind Kestrel: a counter")
    assert "follow-up" in ask


def test_days_to_act_on_are_working_days_and_the_calendar_holds_them(room: Any) -> None:
    room.tell("We promised Kestrel to send our report by Jan 2, 2027")  # a Saturday
    room.tell("Kestrel offered 4%, good until Nov 29")  # a Sunday after Thanksgiving
    items = due_items(room.talks, [KESTREL])
    assert [each.act.isoformat() for each in items] == ["2026-11-25", "2026-12-31"]
    assert all(is_business_day(each.act) for each in items if each.ours)
    finding = room.ask("next_steps", "what is due next with Kestrel?", KESTREL)
    file = as_calendar(finding.details["calendar"], room.copilot.today).decode()
    assert file.count("BEGIN:VEVENT") == 2 and "DTSTART;VALUE=DATE:20261125" in file
    assert "BEGIN:VALARM" in file


STORY = [
    ("2026-11-24", "Spoke with Kestrel today, introduced ourselves", "preparing"),
    ("2026-11-25", "Emailed Kestrel our proposal of 8% today", "asked"),
    ("2026-12-31", None, "waiting"),
    ("2027-01-04", "Kestrel offered 3% from April", "offer on the table"),
    ("2027-01-11", "We countered Kestrel at 6% today", "countered"),
    ("2027-01-31", "Kestrel offered 5% from April", "offer on the table"),
    ("2027-02-26", "We accepted Kestrel's 5% today", "agreed"),
    ("2027-03-31", "Got the amendment from Kestrel today", "amendment in hand"),
    ("2027-04-30", "mark Kestrel as in force", "in force"),
]


def test_the_stage_follows_the_story_through_restarts(room: Any) -> None:
    assert stage_of(room.talks, KESTREL).name == "not begun"
    for day, words, stage in STORY:
        room.on(date.fromisoformat(day))
        if words:
            room.tell(words)
        assert stage_of(room.talks, KESTREL).name == stage, (day, words)
    offers = [(o.by, str(o.percent)) for _, o in room.log.offers(KESTREL)]
    assert offers == [
        ("practice", "8"), ("payer", "3"), ("practice", "6"), ("payer", "5"), ("payer", "5"),
    ]  # fmt: skip


def test_the_users_word_on_a_stage_stands_until_something_happens(room: Any) -> None:
    room.tell("Granite Peak offered 4% from January")
    room.tell("mark Granite Peak as waiting")
    assert stage_of(room.talks, "Granite Peak Health Plan").name == "waiting"
    room.on(date(2026, 12, 1))
    room.tell("We countered Granite Peak at 7% today")
    assert stage_of(room.talks, "Granite Peak Health Plan").name == "countered"


def test_dollars_are_on_the_table_until_they_are_won(room: Any) -> None:
    room.tell("Kestrel offered $24,000 a year")
    board = board_of(room.talks)
    assert (str(board.table.value), str(board.won.value)) == ("24000", "0")
    room.on(date(2026, 12, 1))
    room.tell("We accepted Kestrel's offer today")
    board = board_of(room.talks)
    assert (str(board.table.value), str(board.won.value)) == ("0", "24000")


@pytest.mark.parametrize(
    ("question", "payer", "said"),
    [
        ("where do all negotiations stand?", None, "1 of 3 negotiations have begun"),
        ("what have we asked Kestrel for and what did they offer?", KESTREL,
         "Kestrel offered 4%"),
        ("who is our contact at Kestrel?", KESTREL, "Contact at Kestrel: Dana Wu"),
        ("what did Kestrel promise us?", KESTREL, "1 promises with Kestrel are in the log"),
        ("show me the Kestrel log", KESTREL, "News from Kestrel, Dana Wu"),
        ("what is due next with Kestrel?", KESTREL, "due with Kestrel"),
        ("who has not answered us?", KESTREL, "1 thing is due; next: Kestrel promised"),
        ("how much is on the table and how much is won?", KESTREL, "1 of 3 negotiations"),
    ],
)  # fmt: skip
def test_the_log_answers_from_every_side(
    room: Any, reading: Callable[[Any], str], question: str, payer: str | None, said: str
) -> None:
    room.tell("Dana Wu at Kestrel offered 4% from January, they will send the schedule by Dec 4")
    assert said in reading(room.ask("next_steps", question, payer))


def test_a_question_that_reaches_the_log_tool_is_answered_and_not_logged(
    room: Any, reading: Callable[[Any], str]
) -> None:
    room.tell("Kestrel offered 4% from January")
    finding = room.ask("log_interaction", "show me the log with Kestrel", KESTREL)
    assert "The last entry with Kestrel" in reading(finding)
    assert room.log.pending() == ()


def test_what_waits_is_not_counted_and_that_is_said(
    room: Any, reading: Callable[[Any], str]
) -> None:
    room.ask("log_interaction", "Kestrel offered 4% from January")
    told = reading(room.ask("next_steps", "where do all negotiations stand?"))
    assert "0 of 3 negotiations have begun" in told
    assert "Not counted: 1 in the tracker" in told


def test_an_offer_that_lapses_is_told_of_though_it_was_countered(room: Any) -> None:
    room.tell("Kestrel offered 4%, good until Dec 12")  # a Saturday
    room.tell("We countered Kestrel at 7% today")
    answers = [each for each in due_items(room.talks, [KESTREL]) if each.kind == "offer"]
    assert [each.act.isoformat() for each in answers] == ["2026-12-11"]
    room.on(date(2026, 12, 14))
    assert not [each for each in due_items(room.talks, [KESTREL]) if each.kind == "offer"]
