"""The words of the contracts on a topic."""

from __future__ import annotations

import pytest

from knowledge.evidence import plain
from knowledge.problems import BadInput, NotKnown
from tests.fixtures.two_contracts import JUNIPER, MARMOT, WREN, two_contracts
from tools.practice import Practice
from tools.search_contract import search_contract


@pytest.fixture(scope="module")
def practice(tmp_path_factory: pytest.TempPathFactory) -> Practice:
    return two_contracts(tmp_path_factory.mktemp("practice"))


def test_the_words_are_quoted_verbatim_with_their_section(practice: Practice) -> None:
    finding = search_contract(practice, topic="telehealth", payers=[JUNIPER])
    cited = finding.passages[0].citation
    assert cited.section == "7.3"
    assert "same rate as visits in the office" in cited.quote
    text = practice.library.document(cited.document).text
    assert text[cited.start : cited.end] == cited.quote
    assert finding.details["quotes"][0] == cited.id


def test_a_contract_that_is_silent_is_named(practice: Practice) -> None:
    finding = search_contract(practice, topic="telehealth")
    assert "not found in Canyon Wren" in plain(finding.headline.text)
    assert finding.details["silent"] == [WREN]


def test_nothing_is_made_up_where_no_contract_speaks_of_it(practice: Practice) -> None:
    finding = search_contract(practice, topic="parking spaces for patients")
    assert plain(finding.headline.text).startswith("Not found in")
    assert finding.passages == ()


def test_a_topic_that_is_a_term_opens_on_the_term_in_force(practice: Practice) -> None:
    finding = search_contract(practice, topic="timely filing", payers=[JUNIPER])
    assert "one hundred thirty (130) days" in finding.passages[0].citation.quote


def test_a_payer_that_has_an_offer_only_is_told_what_to_drop(practice: Practice) -> None:
    with pytest.raises(NotKnown, match="drop the Marmot agreement"):
        search_contract(practice, topic="telehealth", payers=[MARMOT])


def test_an_empty_topic_is_refused(practice: Practice) -> None:
    with pytest.raises(BadInput, match="nothing to look for"):
        search_contract(practice, topic=" ")


def test_words_that_only_come_near_are_said_to_be_near(practice: Practice) -> None:
    finding = search_contract(practice, topic="lower copayments", payers=[JUNIPER])
    assert plain(finding.headline.text).startswith(
        "No passage of Blue Juniper's contract names lower copayments; the nearest words are in"
    )
    assert finding.details["near"] == [JUNIPER]
    assert finding.passages[0].citation.section == "7.2"
