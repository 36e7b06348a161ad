"""The first review of a contract against the playbook."""

from __future__ import annotations

from typing import Any

import pytest

from knowledge.evidence import plain
from knowledge.terms.names import TERM_NAMES
from tests.fixtures.two_contracts import JUNIPER, WREN, two_contracts
from tools.practice import Practice
from tools.review_contract import review_contract


@pytest.fixture(scope="module")
def practice(tmp_path_factory: pytest.TempPathFactory) -> Practice:
    return two_contracts(tmp_path_factory.mktemp("practice"))


def issue(practice: Practice, payer: str, position: str) -> dict[str, Any]:
    issues = review_contract(practice, payers=[payer]).details["issues"]
    found = [i for i in issues if i["position"] == position and i["line_of_business"] is None]
    assert len(found) == 1
    return dict(found[0])


VERDICTS = [
    pytest.param(JUNIPER, "timely_filing_days", "pass", id="130 days are more than 90"),
    pytest.param(WREN, "timely_filing_days", "fail", id="60 days are too few"),
    pytest.param(JUNIPER, "no_cause_termination_days", "pass", id="mutual, 60 days"),
    pytest.param(JUNIPER, "amendment", "fail", id="the payer alone, by posting"),
    pytest.param(JUNIPER, "most_favored_nation", "fail", id="lower rate elsewhere"),
    pytest.param(WREN, "most_favored_nation", "silent", id="none, and none is wanted"),
    pytest.param(JUNIPER, "fee_schedule_basis", "partial", id="2021 Medicare, in 2026"),
    pytest.param(JUNIPER, "recoupment_lookback_months", "pass", id="twelve months"),
    pytest.param(WREN, "medical_necessity", "silent", id="no standard at all"),
]


@pytest.mark.parametrize(("payer", "position", "status"), VERDICTS)
def test_a_position_is_judged(practice: Practice, payer: str, position: str, status: str) -> None:
    assert issue(practice, payer, position)["status"] == status


def test_silence_alarms_only_where_a_clause_is_needed(practice: Practice) -> None:
    assert issue(practice, WREN, "medical_necessity")["alarm"]
    assert not issue(practice, WREN, "most_favored_nation")["alarm"]
    # Notice of an amendment is needed where the payer alone amends, and only there.
    assert issue(practice, JUNIPER, "amendment_notice_days")["alarm"]
    assert not issue(practice, WREN, "amendment_notice_days")["alarm"]


def test_an_issue_has_the_fields_of_the_review(practice: Practice) -> None:
    fields = {
        "position", "status", "severity", "section", "page", "quote", "why", "ask", "worth",
        "basis",
    }  # fmt: skip
    issues = review_contract(practice, payers=[JUNIPER]).details["issues"]
    assert all(fields <= set(each) for each in issues)
    assert {each["position"] for each in issues} >= {*TERM_NAMES, "offset", "all_products"}
    failed = issue(practice, JUNIPER, "amendment")
    assert failed["section"] == "7.1"
    assert "posting the amendment" in failed["quote"]


def test_issues_come_worst_first(practice: Practice) -> None:
    ranks = {"high": 0, "medium": 1, "low": 2, "none": 3}
    issues = review_contract(practice, payers=[JUNIPER]).details["issues"]
    order = [ranks[each["severity"]] for each in issues]
    assert order == sorted(order)
    assert issues[0]["status"] == "fail"


def test_law_is_shown_with_its_date_and_counsel(practice: Practice) -> None:
    why = issue(practice, JUNIPER, "amendment")["why"]
    assert "C.R.S. 25-37-104 (2023 text)" in why
    assert why.endswith("confirm with counsel.")


def test_the_headline_counts_and_names_the_first_to_raise(practice: Practice) -> None:
    finding = review_contract(practice, payers=[JUNIPER])
    assert plain(finding.headline.text).startswith("Blue Juniper's contract fails ")
    assert "amendment: the payer alone can change the contract" in plain(finding.headline.text)
    assert finding.table is not None
