"""A notice of change: its days across weekends, its changes, and what is not known."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from knowledge.evidence import plain
from knowledge.notices.clock import clock
from knowledge.notices.notice import days_in, is_notice, read
from knowledge.notices.received import received_day
from knowledge.problems import BadInput, NotKnown
from tests.fixtures.two_contracts import FOLDER, JUNIPER, WREN, paper, two_contracts
from tools.contract_terms import contract_terms
from tools.practice import Practice
from tools.read_notice import read_notice

NOTICE = "Juniper notice.md"


@pytest.fixture
def noticed(tmp_path: Path) -> Practice:
    """Blue Juniper's contract, and its notice of October 20, 2026, on file."""
    made = two_contracts(tmp_path)
    text = (FOLDER / "juniper_notice.md").read_text(encoding="utf-8")
    letter = paper(JUNIPER, "amendment", NOTICE, text)
    made.library.store(letter)
    held = made.workspace.read_json(made.workspace.manifest, {})
    held["sources"].append(
        {"id": letter.id, "file": NOTICE, "kind": "amendment", "payer": JUNIPER,
         "document": letter.id, "parts": {}}
    )  # fmt: skip
    made.workspace.write_json(made.workspace.manifest, held)
    return made


def test_days_are_counted_from_the_letter_where_nobody_said_when_it_came(noticed: Practice) -> None:
    found = read_notice(noticed, payers=[JUNIPER])
    # October 20 + 15 days = November 4, 2026, a Wednesday; + 90 days = January 18, 2027.
    assert found.details["object_by"] == "2026-11-04"
    assert found.details["send_by"] == "2026-11-04"
    assert found.details["earliest"] == "2027-01-18"
    # January 1, 2027 - 60 days = November 2, 2026, a Monday.
    assert found.details["terminate_by"] == "2026-11-02"
    # January 18 is 17 days after January 1.
    assert found.details["short_by"] == 17
    assert found.details["titled"]
    assert any("letter's date" in plain(each.text) for each in found.caveats)


def test_the_day_the_user_received_it_counts(noticed: Practice) -> None:
    found = read_notice(noticed, payers=[JUNIPER], topic="we received it October 30, 2026")
    # October 30 + 15 days = November 14, 2026, a Saturday: send it on Friday the 13th.
    assert found.details["object_by"] == "2026-11-14"
    assert found.details["send_by"] == "2026-11-13"
    assert not any("letter's date" in plain(each.text) for each in found.caveats)


def test_what_changes_is_cited_and_held_against_the_contract(noticed: Practice) -> None:
    found = read_notice(noticed, payers=[JUNIPER])
    said = " ".join(plain(each.text) for each in found.sentences)
    # The amendment of January 1, 2025 made it 130 days.
    assert "130 days" in said and "75 days" in said
    assert found.details["percent"] == "-4"


def test_an_amendment_to_come_is_not_in_force(noticed: Practice) -> None:
    found = contract_terms(noticed, payers=[JUNIPER], terms=["timely_filing_days"])
    assert "130 days" in plain(found.headline.text)
    assert any("January 1, 2027" in plain(each.text) for each in found.caveats)


def test_without_a_notice_the_file_that_is_needed_is_named(tmp_path: Path) -> None:
    with pytest.raises(NotKnown, match="no notice of change from Canyon Wren"):
        read_notice(two_contracts(tmp_path), payers=[WREN])


def test_a_notice_without_a_date_asks_when_it_came(noticed: Practice) -> None:
    undated = paper(
        WREN, "letter", "Undated.md",
        "# Notice of Material Change\n\nWe are changing our fee schedule for your clinic.",
    )  # fmt: skip
    assert is_notice(undated)
    assert read(undated).dated is None
    noticed.library.store(undated)
    held = noticed.workspace.read_json(noticed.workspace.manifest, {})
    held["sources"].append(
        {"id": undated.id, "file": undated.name, "kind": "letter", "payer": WREN,
         "document": undated.id, "parts": {}}
    )  # fmt: skip
    noticed.workspace.write_json(noticed.workspace.manifest, held)
    with pytest.raises(BadInput, match="bears no date"):
        read_notice(noticed, payers=[WREN])


@pytest.mark.parametrize(
    ("received", "effective", "object_by", "send_by", "terminate_by", "short_by"),
    [
        # Over a month's end and New Year: December 20 + 15 = January 4, 2027, a Monday.
        (date(2026, 12, 20), date(2027, 4, 1), date(2027, 1, 4), date(2027, 1, 4),
         date(2027, 1, 29), 0),
        # February 29, 2028 + 15 = March 15; May 29 is the ninetieth day.
        (date(2028, 2, 29), date(2028, 5, 29), date(2028, 3, 15), date(2028, 3, 15),
         date(2028, 3, 30), 0),
        # November 7 + 15 = Sunday, November 22: send it Friday the 20th.
        (date(2026, 11, 7), date(2026, 12, 7), date(2026, 11, 22), date(2026, 11, 20),
         date(2026, 10, 8), 60),
    ],
)  # fmt: skip
def test_the_clock_is_right_across_month_ends_and_weekends(
    received: date, effective: date, object_by: date, send_by: date, terminate_by: date,
    short_by: int,
) -> None:  # fmt: skip
    days = clock(received, effective)
    assert days.object_by == object_by
    assert days.send_by == send_by
    assert days.terminate_by == terminate_by
    assert days.short_by == short_by


def test_dates_are_read_in_three_forms_and_impossible_ones_left_out() -> None:
    assert days_in("on 11/3/2026, 2026-11-04 and November 5, 2026, not February 30, 2026") == [
        date(2026, 11, 3), date(2026, 11, 4), date(2026, 11, 5),
    ]  # fmt: skip


# Counted by hand from Monday, November 23, 2026.
RECEIVED = [
    pytest.param("we received it on March 3", date(2026, 3, 3), id="no year: the last one"),
    pytest.param("it came December 12", date(2025, 12, 12), id="no year, later in the year"),
    pytest.param("got it 11/12", date(2026, 11, 12), id="slashes"),
    pytest.param("received yesterday", date(2026, 11, 22), id="yesterday"),
    pytest.param("it arrived last Friday", date(2026, 11, 20), id="a weekday"),
    pytest.param("dated November 2, 2026, received November 9, 2026", date(2026, 11, 9),
                 id="of two days, the one of receipt"),
    pytest.param("effective January 15, 2027", None, id="a day to come is no day of receipt"),
    pytest.param("by when do we have to object?", None, id="none"),
]  # fmt: skip


@pytest.mark.parametrize(("words", "day"), RECEIVED)
def test_the_day_of_receipt_is_taken_from_the_users_words(words: str, day: date | None) -> None:
    assert received_day(words, date(2026, 11, 23)) == day


def test_a_safe_day_passes_over_a_holiday() -> None:
    # December 10 + 15 days is Christmas, a Friday: the safe day is Thursday.
    assert clock(date(2026, 12, 10), None).send_by == date(2026, 12, 24)


def test_the_days_go_to_the_calendar_where_they_are_to_come(noticed: Practice) -> None:
    found = read_notice(noticed, payers=[JUNIPER], topic="we received it on November 13, 2026")
    days = {each["label"].partition(",")[0]: each for each in found.details["calendar"]}
    # November 13 + 15 = Saturday the 28th, after Thanksgiving: the safe day is Wednesday 25.
    objection = days["Send the written objection to Blue Juniper"]
    assert (objection["date"], objection["due"]) == ("2026-11-25", "2026-11-28")
    # November 2 for a notice to terminate is past on November 23 and left out.
    assert not any("terminate" in label for label in days)


def test_a_day_that_is_past_is_said_to_be_past(noticed: Practice) -> None:
    found = read_notice(noticed, payers=[JUNIPER])
    assert "is past" in plain(found.headline.text)
