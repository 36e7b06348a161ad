"""What a user's own words bring into an email: what was agreed, conditions, years, offers."""

from decimal import Decimal
from typing import Any

import pytest

from copilot.drafting.asked import medicare_year_in, offered_in
from copilot.drafting.situations.answer_to_offer import tied_in
from copilot.drafting.situations.credentialing import ROLE
from copilot.drafting.situations.said_points import agreed_in, also_in, to_payer
from knowledge.evidence import plain

LARKMOOR = "Larkmoor Health Plan"

AGREED = [
    pytest.param(
        "We just spoke with Larkmoor. They will send the code list by December 4 and look into"
        " the denials. Write the thank-you.",
        "They will send the code list by December 4 and look into the denials",
        id="sentences beside the command",
    ),
    pytest.param(
        "Thank them for the call: they promised an answer by Monday",
        "they promised an answer by Monday",
        id="behind a colon",
    ),
    pytest.param(
        "Thank Robin Vale for agreeing to send the manual by Friday.",
        "you will send the manual by Friday",
        id="as the reason of the thanks",
    ),
    pytest.param("Thank them for the call", "", id="nothing"),
]


@pytest.mark.parametrize(("question", "expected"), AGREED)
def test_what_was_agreed_is_found_in_the_users_words(question: str, expected: str) -> None:
    assert agreed_in(question) == expected


def test_what_was_agreed_is_turned_to_the_payer() -> None:
    said = "They will send their list; Larkmoor's analyst joins and we meet them"
    turned = "you will send your list; your analyst joins and we meet you"
    assert to_payer(said, "Larkmoor") == turned


def test_thanks_hold_the_users_words_and_no_rates(room: Any) -> None:
    question = "Good call with Larkmoor. They will send the code list by December 4. Thank them."
    finding = room.ask("draft_email", question, payer=LARKMOOR, purpose="thanks")
    first = room.words(finding).split("\n\n")[2]
    assert "you will send the code list by December 4" in first
    assert "Medicare" not in room.words(finding)
    assert room.loose(finding, question) == ()


COUNTERS = [
    ("they offered 3%, we want 8%, provided that the notice stays 90 days", "the notice stays 90"),
    ("Counter: 120% of 2026 Medicare on visits, and we stay out of their new network",
     "we stay out of their new network"),
    ("they offered 3%, counter at 8%", ""),
]  # fmt: skip


@pytest.mark.parametrize(("question", "expected"), COUNTERS)
def test_a_counter_carries_what_it_is_tied_to(question: str, expected: str) -> None:
    tied = tied_in(question)
    assert tied.startswith(expected) if expected else tied == ""


def test_a_target_of_medicare_is_no_percent_offered() -> None:
    assert offered_in("Counter their offer: 122% of 2026 Medicare") is None
    assert offered_in("they offered 3.5 percent") == Decimal("3.5")


def test_the_medicare_year_is_the_one_said() -> None:
    assert medicare_year_in("115% of 2026 Colorado Medicare") == 2026
    assert medicare_year_in("115% of Medicare's fee schedule for 2024") == 2024
    assert medicare_year_in("8% from January 2027") is None


def test_a_counter_measures_by_the_year_said(room: Any) -> None:
    question = "they offered 3%, counter with 110% of 2024 Medicare"
    finding = room.ask(
        "draft_email", question, payer=LARKMOOR, purpose="counter",
        percent_of_medicare=Decimal(110),
    )  # fmt: skip
    said = room.words(finding)
    assert "110% of 2024" in said
    assert "of 2025 Colorado Medicare" not in said


def test_a_reminder_says_what_else_it_is_to_say(room: Any) -> None:
    assert also_in("follow up and ask them again for the code table") == (
        "Please send the code table as well"
    )
    question = "follow up, we asked on October 5 for 6%, and mention that two doctors joined us"
    finding = room.ask("draft_email", question, payer=LARKMOOR)
    said = room.words(finding)
    assert "Two doctors joined us." in said
    assert "October 5, 2026" in said
    assert "6%" in said


def test_a_clinician_is_called_as_the_user_does() -> None:
    found = ROLE.search("Our new nurse practitioner has waited since June")
    assert found is not None
    assert found[1] == "new nurse practitioner"


def test_a_subject_is_shown_whole_by_an_inbox(room: Any) -> None:
    codes = ["99202", "99203", "99204", "99212", "99213", "99214", "99215", "99396"]
    for percent in range(4, 12):
        finding = room.ask("draft_email", payer=LARKMOOR, percent=Decimal(percent), codes=codes)
        assert len(plain(room.draft(finding).subject)) <= 100
