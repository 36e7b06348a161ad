"""The obligations register as a finding: whose duties, on what, by when, and as files."""

from __future__ import annotations

import io
from datetime import date

import openpyxl
import pytest

from copilot.exports.calendar import as_calendar
from copilot.exports.formats import formats_of
from copilot.exports.register import as_register
from knowledge.documents.document import Document
from knowledge.evidence import plain
from knowledge.problems import BadInput
from tests.fixtures.two_contracts import JUNIPER, WREN, paper, two_contracts
from tools.duties.calendar_days import entry
from tools.duties.renewal_days import renewal_day
from tools.obligations import obligations
from tools.practice import Practice

TODAY = date(2026, 11, 23)


@pytest.fixture(scope="module")
def practice(tmp_path_factory: pytest.TempPathFactory) -> Practice:
    return two_contracts(tmp_path_factory.mktemp("practice"))


def test_each_duty_opens_on_its_words(practice: Practice) -> None:
    found = obligations(practice, payers=[JUNIPER])
    assert found.passages
    for passage in found.passages:
        text = practice.library.document(passage.citation.document).text
        assert text[passage.citation.start : passage.citation.end] == passage.citation.quote


def test_whose_duties_and_on_what_can_be_asked(practice: Practice) -> None:
    ours = obligations(practice, payers=[JUNIPER], who="we", topic="claims")
    assert {each["who"] for each in ours.details["duties"]} == {"practice"}
    assert {each["topic"] for each in ours.details["duties"]} == {"Claims"}
    assert any("claim" in each["does"].lower() for each in ours.details["duties"])


def test_deadlines_alone_can_be_asked(practice: Practice) -> None:
    found = obligations(practice, payers=[JUNIPER], due="counted")
    assert found.details["duties"]
    assert all(each["due_kind"] == "counted" for each in found.details["duties"])


def test_several_contracts_stand_side_by_side(practice: Practice) -> None:
    found = obligations(practice)
    assert {each["payer"] for each in found.details["duties"]} == {JUNIPER, WREN}
    assert found.table is not None and found.table.columns[0].startswith("Contract")


def test_a_matter_that_is_not_there_is_said_not_to_be_found(practice: Practice) -> None:
    found = obligations(practice, payers=[WREN], topic="helicopter landing pads")
    assert plain(found.headline.text).startswith("Our reading found no such duty")
    assert found.table is None and not formats_of(found.details)


def test_another_name_than_practice_or_payer_is_refused(practice: Practice) -> None:
    with pytest.raises(BadInput, match="say practice or payer"):
        obligations(practice, who="the regulator")


def test_the_workbook_holds_every_duty_with_its_quote(practice: Practice) -> None:
    found = obligations(practice, payers=[JUNIPER])
    duties = found.details["duties"]
    book = openpyxl.load_workbook(io.BytesIO(as_register(duties, (), "Obligations")))
    rows = list(book["Obligations"].iter_rows(values_only=True))
    assert len(rows) == len(duties) + 1
    assert rows[1][-1] == duties[0]["quote"]


def test_the_calendar_acts_on_the_last_working_day_before_and_rings_ahead() -> None:
    # December 26, 2026 is a Saturday; the 25th is Christmas, so the safe day is Thursday 24.
    made = entry(date(2026, 12, 26), "Send the objection", "Section 9", "", TODAY)
    text = as_calendar([made], TODAY).decode().replace("\r\n ", "")
    assert "DTSTART;VALUE=DATE:20261224" in text
    assert "Due on December 26\\, 2026\\, no working day" in text
    assert text.count("BEGIN:VALARM") == 3
    assert all(len(line) <= 75 for line in as_calendar([made], TODAY).split(b"\r\n"))


def test_a_yearly_day_repeats_on_its_own_day() -> None:
    made = entry(date(2027, 1, 31), "Report", "Section 2", "yearly", TODAY)  # a Sunday
    text = as_calendar([made], TODAY).decode()
    assert "DTSTART;VALUE=DATE:20270131" in text and "RRULE:FREQ=YEARLY" in text


def _contract(text: str) -> Document:
    return paper("Any Payer", "contract", "any.md", text)


OPENS = "# Agreement\n\nThis Agreement is effective as of April 1, 2022.\n\n## 2. Term\n\n"
RENEWS = (
    "2.1 The initial term is two (2) years from the Effective Date. It then renews automatically"
    " for successive periods of one (1) year unless either party gives notice of non-renewal at"
    " least one hundred twenty (120) days before the end of the then-current term."
)


def test_the_day_for_a_notice_of_not_renewing_is_reckoned() -> None:
    # Terms end on March 31 of 2024, 2025, 2026 and 2027; March 31, 2027 - 120 days is December
    # 1, 2026.
    day = renewal_day([_contract(OPENS + RENEWS)], TODAY)
    assert day is not None
    assert (day.until, day.ends, day.notice) == (date(2026, 12, 1), date(2027, 4, 1), 120)
    # A day later than that it is the next year's.
    later = renewal_day([_contract(OPENS + RENEWS)], date(2026, 12, 2))
    assert later is not None and later.until == date(2027, 12, 2)


def test_a_term_that_names_its_last_day_needs_no_first_day() -> None:
    text = RENEWS.replace("from the Effective Date.", "and ends on March 31, 2024.")
    day = renewal_day([_contract("# Agreement\n\n## 2. Term\n\n" + text)], TODAY)
    assert day is not None and day.until == date(2026, 12, 1)


def test_without_a_first_day_no_renewal_is_reckoned() -> None:
    assert renewal_day([_contract("# Agreement\n\n## 2. Term\n\n" + RENEWS)], TODAY) is None
