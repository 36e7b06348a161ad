"""A strategy as a draft: owned numbers, days from the contract, and the drafts that follow it."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from copilot.drafting.kept_paper import opening_of
from knowledge.problems import MoreNeeded
from tests.copilot.drafting.conftest import LARKMOOR

# Larkmoor allows 116.25 on 99214, 90.88% of Medicare's 127.92; Bitterroot 99.00 on 99213,
# 108.74% of 91.04: 19.7% apart, so the target is the most we aim for, 15%. 15% of 11,625.00 is
# 1,743.75. No-cause notice is 90 days, reopening Exhibit B takes 120.


def test_the_answer_comes_with_a_paper_whose_numbers_are_owned(room: Any) -> None:
    finding = room.ask("set_strategy", payer=LARKMOOR)
    said = room.words(finding)
    assert room.draft(finding).kind == "strategy"
    assert "- Open at: 22.5% more on rates" in said.replace("**", "")
    assert "- Aim for: 15% more on rates, worth $1,744 a year" in said.replace("**", "")
    assert "If we leave" in said
    assert room.loose(finding) == ()


def test_the_whole_book_comes_as_a_paper_of_no_one_payer(room: Any) -> None:
    finding = room.ask("set_strategy")
    said = room.words(finding).replace("**", "")
    assert (room.draft(finding).kind, room.draft(finding).payer) == ("strategy", None)
    assert "Open at 22.5% on rates, aim for 15%, worth $1,744 a year" in said
    assert "in no letter to another" in said
    assert room.loose(finding) == ()


def test_the_days_are_those_of_the_contract(room: Any) -> None:
    finding = room.ask("set_strategy", payer=LARKMOOR)
    said = room.words(finding)
    # ninety days from November 23, 2026
    assert "February 21, 2027" in said
    # 120 days from today is March 23, 2027; the first of a month after it
    assert {"date": "2027-04-01", "due": "2027-04-01"}.items() <= finding.details["calendar"][
        -1
    ].items()
    assert "larkmoor.txt 11.2" in " ".join(day["note"] for day in finding.details["calendar"])


def test_an_email_without_a_percent_asks_for_the_opening_of_the_strategy(room: Any) -> None:
    question = "Draft an email to Larkmoor asking for a raise"
    with pytest.raises(MoreNeeded):
        room.ask("draft_email", question, payer=LARKMOOR, purpose="rate request")
    room.ask("set_strategy", payer=LARKMOOR, percent=Decimal(6))
    email = room.ask("draft_email", question, payer=LARKMOOR, purpose="rate request")
    assert email.details["percent"] == "9"
    assert "9%" in room.words(email)
    assert "Bitterroot" not in room.words(email)


def test_the_user_s_own_opening_counts(room: Any) -> None:
    finding = room.ask("set_strategy", payer=LARKMOOR)
    draft = room.draft(finding)
    edited = draft.body.replace("Open at:**", "Open at:** 11%, first it was")
    room.drafts.keep(replace(draft, body=edited))
    desk = type("D", (), {"drafts": room.drafts})
    assert opening_of(desk, LARKMOOR) == 11  # type: ignore[arg-type]


def test_another_target_is_written_as_the_next_version(room: Any) -> None:
    finding = room.ask("set_strategy", payer=LARKMOOR)
    changed = room.ask("revise_draft", "make it 8%", change="make it 8%", percent=Decimal(8))
    assert changed.details["draft"] == finding.details["draft"]
    assert changed.details["version"] == 2
    assert "Aim for:** 8% more" in room.words(changed)
    assert room.loose(changed) == ()


def test_a_shorter_one_keeps_the_levels_and_two_asks_and_notes_are_the_user_s(room: Any) -> None:
    full = room.words(room.ask("set_strategy", payer=LARKMOOR))
    brief = room.words(room.ask("revise_draft", "shorter", change="shorter"))
    assert len(brief) < len(full)
    assert "What we bring" in full
    assert "What we bring" not in brief
    assert "Open at:" in brief
    assert brief.count("If refused:") == 2
    noted = room.ask("revise_draft", "add that x", change="add that Dr. Ames knows their director")
    assert "Our own notes" in room.words(noted)
    assert "Ames knows their director" in room.words(noted)
