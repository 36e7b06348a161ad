"""The objection to a notice of change: its days, the notice's own words, its cost, the statute."""

from __future__ import annotations

from typing import Any

import pytest

from knowledge.evidence import plain
from knowledge.problems import BadInput
from tests.fixtures.two_contracts import paper

LARKMOOR = "Larkmoor Health Plan"
BITTERROOT = "Bitterroot Mutual"
LETTER = """Larkmoor Health Plan

November 12, 2026

Notice of contract change. Effective January 15, 2027, rates for covered services will be reduced by 4%.

Sincerely, Network Contracting
"""  # noqa: E501
QUESTION = "draft the objection to their notice"


@pytest.fixture
def noticed(room: Any) -> Any:
    """The practice with Larkmoor's letter of November 12, 2026, on file; today is the 23rd."""
    letter = paper(LARKMOOR, "letter", "larkmoor notice.md", LETTER)
    library, workspace = room.practice.library, room.practice.workspace
    library.store(letter)
    held = workspace.read_json(workspace.manifest, {})
    held["sources"].append(
        {"id": letter.id, "file": letter.name, "kind": "letter", "payer": LARKMOOR,
         "document": letter.id, "parts": {}}
    )  # fmt: skip
    workspace.write_json(workspace.manifest, held)
    return room


def test_the_objection_quotes_the_notice_and_says_what_it_costs(noticed: Any) -> None:
    finding = noticed.ask("draft_email", QUESTION, payer=LARKMOOR)
    said = noticed.words(finding)
    assert "rates for covered services will be reduced by 4%" in said
    # 4% of the 11,625.00 that Larkmoor allowed in twelve months is 465.00.
    assert "$465.00" in said
    assert "January 15, 2027" in said
    assert "C.R.S. 25-37-104" in said and "confirm with counsel" in said
    assert noticed.loose(finding, QUESTION) == ()


def test_the_day_to_send_it_stands_first_and_what_is_assumed_is_said(noticed: Any) -> None:
    finding = noticed.ask("draft_email", QUESTION, payer=LARKMOOR)
    # November 12 + 15 days is Friday the 27th, the day after Thanksgiving: send it on the 25th.
    assert "send it by November 25, 2026" in plain(finding.headline.text)
    notes = " ".join(plain(each.text) for each in finding.caveats)
    assert "Assumed: the notice arrived on its own date, November 12, 2026" in notes
    assert "reached us" not in noticed.words(finding)
    # January 15, 2027 - 60 days = November 16, 2026: past, so no word of terminating.
    assert "threatens nothing" not in notes


def test_the_day_of_receipt_told_before_is_used(noticed: Any) -> None:
    noticed.ask("read_notice", payers=[LARKMOOR], topic="we received it on November 17")
    finding = noticed.ask("draft_email", QUESTION, payer=LARKMOOR)
    # November 17 + 15 days = Wednesday, December 2.
    assert "send it by December 2, 2026" in plain(finding.headline.text)
    assert "November 17, 2026" in noticed.words(finding)
    assert "your notice of November 12, 2026" in noticed.words(finding)
    assert "Assumed" not in " ".join(plain(each.text) for each in finding.caveats)


def test_short_notice_and_a_missing_title_are_held_against_it(noticed: Any) -> None:
    said = noticed.words(noticed.ask("draft_email", QUESTION, payer=LARKMOOR))
    # November 12 + 90 days = February 10, 2027, 26 days after January 15.
    assert "26 days short" in said
    assert "titled as a notice of material change" in said


def test_a_shorter_objection_is_still_one(noticed: Any) -> None:
    long = noticed.words(noticed.ask("draft_email", QUESTION, payer=LARKMOOR))
    finding = noticed.ask("revise_draft", "shorter", change="shorter")
    assert "object" in noticed.words(finding) and "4%" in noticed.words(finding)
    assert len(noticed.words(finding)) < len(long)
    assert noticed.loose(finding, QUESTION) == ()


def test_without_a_notice_there_is_nothing_to_object_to(room: Any) -> None:
    with pytest.raises(BadInput, match="no notice of change"):
        room.ask("draft_email", QUESTION, payer=BITTERROOT)
