"""Emails besides the opening one: follow-ups, counters, documents, meetings, clauses, thanks."""

from decimal import Decimal
from typing import Any

import pytest

from knowledge.evidence import plain
from knowledge.problems import BadInput

LARKMOOR = "Larkmoor Health Plan"


def test_a_request_for_documents_names_the_statute_its_date_and_counsel(room: Any) -> None:
    finding = room.ask("draft_email", "ask for our full fee schedule", payer=LARKMOOR)
    said = room.words(finding)
    assert "full fee schedule" in said
    assert "Exhibit B" in said
    assert "C.R.S. 25-37-103, as read in November 2026" in said
    assert "confirm with counsel" in said
    assert room.loose(finding) == ()
    assert "confirm with counsel" in " ".join(plain(s.text) for s in finding.caveats)


def test_a_follow_up_repeats_the_ask_of_the_request(room: Any) -> None:
    room.ask("draft_email", payer=LARKMOOR, percent=Decimal(8))
    finding = room.ask("draft_email", "follow up, they never answered", payer=LARKMOOR)
    said = room.words(finding)
    assert "8%" in said
    assert "$930.00" in said
    assert len(said.split()) < 200
    assert room.loose(finding) == ()


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        pytest.param("follow up", "December 9, 2026", id="first"),
        pytest.param("second follow up", "manager|name of the person", id="second"),
        pytest.param("third follow up", "director|whoever signs", id="third"),
    ],
)
def test_follow_ups_climb_the_ladder(room: Any, words: str, expected: str) -> None:
    import re

    finding = room.ask("draft_email", words, payer=LARKMOOR)
    assert re.search(expected, room.words(finding))
    assert room.loose(finding) == ()


def test_a_counter_sets_the_offer_beside_the_ask(room: Any) -> None:
    question = "they offered 3%, answer with 8%"
    finding = room.ask("draft_email", question, payer=LARKMOOR, percent=Decimal(8))
    said = room.words(finding)
    # 3% of 11,625.00 is 348.75; 930.00 - 348.75 = 581.25.
    assert "$348.75" in said
    assert "$930.00" in said
    assert "$581.25" in said
    assert room.loose(finding, question) == ()


def test_a_counter_with_the_offer_taken_for_the_ask_finds_the_other_number(room: Any) -> None:
    question = "they offered 3%, counter at 9%"
    finding = room.ask("draft_email", question, payer=LARKMOOR, percent=Decimal(3))
    assert room.draft(finding).facts["percent"] == "9"


def test_a_meeting_needs_no_number(room: Any) -> None:
    finding = room.ask("draft_email", "tell them we want to renegotiate", payer=LARKMOOR)
    said = room.words(finding)
    assert "December 9, 2026" in said
    assert "Section 11.2" in said
    assert room.loose(finding) == ()


def test_an_email_about_a_clause_quotes_it(room: Any) -> None:
    finding = room.ask("draft_email", "", payer=LARKMOOR, topic="prior authorization")
    said = room.words(finding)
    assert "No prior authorization is required for outpatient mental health visits." in said
    assert "6.2" in said
    assert room.loose(finding) == ()


def test_thanks_hold_what_the_user_noted(room: Any) -> None:
    noted = "you will send the code table by Friday"
    finding = room.ask("draft_email", "thank them for the call", payer=LARKMOOR, topic=noted)
    assert noted in room.words(finding)
    assert room.loose(finding) == ()


def test_a_dispute_without_underpaid_lines_is_refused(room: Any) -> None:
    with pytest.raises(BadInput, match="no line"):
        room.ask("draft_email", "they underpaid us, dispute it", payer=LARKMOOR)
