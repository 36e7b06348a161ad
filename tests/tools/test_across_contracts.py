"""Questions that hold each contract to a term: what is asked, and who answers how."""

from __future__ import annotations

from decimal import Decimal

import pytest

from knowledge.evidence import plain
from tests.fixtures.two_contracts import JUNIPER, WREN, two_contracts
from tools.across.asked import asked_across
from tools.practice import Practice
from tools.search_contract import search_contract


@pytest.fixture(scope="module")
def practice(tmp_path_factory: pytest.TempPathFactory) -> Practice:
    return two_contracts(tmp_path_factory.mktemp("practice"))


NUMBERS = [
    ("which contracts let them recoup more than a year back", "recoupment_lookback_months",
     "more than", "12"),
    ("where do we have less than 120 days to file", "timely_filing_days", "less than", "120"),
    ("which payers must pay clean claims within 30 days", "clean_claim_days", "at most", "30"),
    ("which contracts let us terminate without cause on 90 days or less",
     "no_cause_termination_days", "at most", "90"),
    ("who gives at least sixty days' notice of an amendment", "amendment_notice_days",
     "at least", "60"),
    ("does anyone take more than 60 days for credentialing", "credentialing_days",
     "more than", "60"),
]  # fmt: skip
WORDS = [
    ("who can amend by posting on the portal", "amendment", "unilateral by posting", False),
    ("which contracts have no escalator", "escalator", "rates rise every year", True),
    ("which payers can offset without notice", "offset", "without notice", False),
    ("do any of our contracts have a most favored nation clause", "most_favored_nation",
     "the provider gives its best price", False),
    ("which payers can change the fee schedule without our signature", "amendment",
     "unilateral by notice; takes effect despite an objection", False),
    ("which contracts follow current Medicare", "fee_schedule_basis",
     "percent of Medicare, then-current, 100%", False),
    ("which contracts say the provider manual wins", "policies_prevail",
     "the policies prevail", False),
    ("which contracts renew automatically", "renewal", "evergreen, 12-month periods", False),
    ("which contracts force us into arbitration", "dispute_resolution",
     "binding arbitration in Nebraska", False),
    ("may any affiliates use our current prices", "affiliate_access",
     "affiliates at these rates", False),
    ("which payers can take money out of our checks while we dispute it", "offset",
     "even while disputed", False),
]  # fmt: skip


@pytest.mark.parametrize(("question", "term", "way", "number"), NUMBERS)
def test_a_question_with_a_number_is_understood(
    question: str, term: str, way: str, number: str
) -> None:
    asked = asked_across(question)
    assert asked is not None
    assert (asked.term, asked.way, asked.number) == (term, way, Decimal(number))


@pytest.mark.parametrize(("question", "term", "value", "lacks"), WORDS)
def test_a_question_of_words_is_understood(
    question: str, term: str, value: str, lacks: bool
) -> None:
    import re

    asked = asked_across(question)
    assert asked is not None
    assert (asked.term, asked.lacks) == (term, lacks)
    assert re.search(asked.yes, value)


@pytest.mark.parametrize(
    "question",
    ["telehealth", "prior authorization", "parking spaces for patients", "who pays for copies of"
     " records", "which contracts mention nurse practitioners"],
)  # fmt: skip
def test_other_questions_stay_a_search(question: str) -> None:
    assert asked_across(question) is None


def test_each_contract_answers_by_its_value_with_its_words(practice: Practice) -> None:
    # Blue Juniper's base limit is 130 days since its amendment, Canyon Wren's 60.
    found = search_contract(practice, topic="where do we have less than 120 days to file")
    assert found.details["answers"] == {WREN: "yes", JUNIPER: "no"}
    assert plain(found.headline.text) == "1 of 2 contracts: Canyon Wren."
    said = " ".join(plain(each.text) for each in found.sentences)
    assert "Yes, Canyon Wren: 60 days" in said and "No, Blue Juniper: 130 days" in said
    for passage in found.passages:
        text = practice.library.document(passage.citation.document).text
        assert text[passage.citation.start : passage.citation.end] == passage.citation.quote


def test_a_contract_without_the_clause_is_not_found_rather_than_no(practice: Practice) -> None:
    found = search_contract(practice, topic="which contracts let them recoup more than a year back")
    # Blue Juniper: twelve months, which is not more than a year; Canyon Wren does not say.
    assert found.details["answers"] == {JUNIPER: "no", WREN: "not found"}
    assert "None of 2 contracts" in plain(found.headline.text)
    assert "not found in Canyon Wren" in plain(found.headline.text)
    assert any("does not prove" in plain(each.text) for each in found.caveats)


def test_who_amends_by_posting_is_told_by_the_value(practice: Practice) -> None:
    found = search_contract(practice, topic="who can amend by posting on the portal")
    assert found.details["answers"][JUNIPER] == "yes"
    assert "posting" in found.passages[0].citation.quote


def test_one_contract_is_answered_with_yes_or_no(practice: Practice) -> None:
    found = search_contract(
        practice, topic="does it give us more than 90 days to file", payers=[JUNIPER]
    )
    assert plain(found.headline.text).startswith("Yes: Blue Juniper's contract says 130 days")


def test_a_question_no_term_answers_gives_passages_and_says_so(practice: Practice) -> None:
    found = search_contract(
        practice, topic="which payers pay telehealth like a visit in the office"
    )
    assert found.passages and "telehealth" in found.passages[0].citation.quote
    assert "speak of the matter asked about" in plain(found.headline.text)
    assert any("no yes" in plain(each.text) for each in found.caveats)
