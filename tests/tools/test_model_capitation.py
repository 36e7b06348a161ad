"""Break-even per member per month of the hand-worked practice (tests/fixtures/hand_worked.py)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from knowledge.evidence import Figure, Finding, plain
from knowledge.problems import BadInput, MoreNeeded
from tests.fixtures.hand_worked import CLAIMS, GRANITE, KESTREL, practice_with
from tools.cost_and_utilization import cost_and_utilization
from tools.model_capitation import model_capitation
from tools.practice import Practice

MONTHS = [date(2025, 11, 1), date(2025, 12, 1), *(date(2026, n, 1) for n in range(1, 11))]


def roster(months: Sequence[date], *members: str) -> list[Mapping[str, Any]]:
    return [{"payer": GRANITE, "month": m, "member_key": who} for m in months for who in members]


def practice_of(folder: Path, rows: Sequence[Mapping[str, Any]]) -> Practice:
    return practice_with(folder, claim_lines=CLAIMS, membership=rows)


def figure(finding: Finding, words: str) -> Figure:
    return next(each for each in finding.all_figures() if words in each.name)


@pytest.fixture(scope="module")
def practice(tmp_path_factory: pytest.TempPathFactory) -> Practice:
    # Five members in each of the twelve months: 60 member months.
    rows = roster(MONTHS, "g1", "g2", "g3", "g4", "g5")
    return practice_of(tmp_path_factory.mktemp("practice"), rows)


def test_break_even_is_all_that_was_allowed_over_the_member_months(practice: Practice) -> None:
    # Granite allowed 935 + 730 + 260 + 30 at the office and 100 in a facility = 2,055;
    # over 60 member months that is 34.25.
    finding = model_capitation(practice, payer=GRANITE)
    assert figure(finding, "break-even").number == Decimal("34.25")
    assert plain(finding.headline.text).startswith("$34.25 per member per month")


def test_an_offer_is_told_as_a_gain_or_loss_a_year(practice: Practice) -> None:
    # 30 x 60 = 1,800 against 2,055: a loss of 255; 40 x 60 = 2,400: a gain of 345.
    low = model_capitation(practice, payer=GRANITE, pmpm=Decimal(30))
    assert figure(low, "gain or loss").number == Decimal(-255)
    assert "you would lose $255" in plain(low.headline.text)
    high = model_capitation(practice, payer=GRANITE, pmpm=Decimal(40))
    assert "you would gain $345" in plain(high.headline.text)


def test_break_even_put_back_in_gains_and_loses_nothing(practice: Practice) -> None:
    even = figure(model_capitation(practice, payer=GRANITE), "break-even").number
    again = model_capitation(practice, payer=GRANITE, pmpm=even)
    assert figure(again, "gain or loss").number == 0


def test_members_or_member_months_given_stand_in_for_a_list(practice: Practice) -> None:
    # Kestrel allowed 400 + 150 = 550: over 10 members x 12 months 4.58, over 100 months 5.50.
    by_members = model_capitation(practice, payer=KESTREL, members=10)
    assert figure(by_members, "break-even").shown() == "$4.58"
    by_months = model_capitation(practice, payer=KESTREL, member_months=100)
    assert figure(by_months, "break-even").number == Decimal("5.5")


def test_without_a_list_it_asks_for_the_members(practice: Practice) -> None:
    with pytest.raises(MoreNeeded, match="How many members"):
        model_capitation(practice, payer=KESTREL)


def test_codes_keep_the_payment_to_some_services(practice: Practice) -> None:
    # 99396 alone: 260 over 60 member months = 4.333...
    finding = model_capitation(practice, payer=GRANITE, codes=["99396"])
    assert figure(finding, "break-even").shown() == "$4.33"


def test_dollars_and_members_are_of_the_same_months(tmp_path: Path) -> None:
    # A list for February to April 2026 only, two members: 6 member months; the lines of
    # those months allow 480 + 30 + 250 + 100 + 260 = 1,120, and 1,120 / 6 = 186.67. A year of
    # an offer of 200: (200 x 6 - 1,120) x 4 = 320.
    practice = practice_of(tmp_path, roster(MONTHS[3:6], "g3", "g4"))
    finding = model_capitation(practice, payer=GRANITE, pmpm=Decimal(200))
    assert figure(finding, "break-even").shown() == "$186.67"
    assert figure(finding, "gain or loss").number == Decimal(320)


def test_what_the_numbers_lack_is_named(practice: Practice) -> None:
    said = " ".join(plain(each.text) for each in model_capitation(practice, payer=GRANITE).caveats)
    for word in ("carved out", "risk", "not on the list", "without a margin"):
        assert word in said


def test_an_offer_of_nothing_is_refused(practice: Practice) -> None:
    with pytest.raises(BadInput, match="zero or less"):
        model_capitation(practice, payer=GRANITE, pmpm=Decimal(0))


def test_member_months_leave_out_who_had_left_before_the_month(tmp_path: Path) -> None:
    # January to March 2026: two members each month, of whom one left at the end of January,
    # so 2 + 1 + 1 = 4; April is outside the quarter.
    rows = [
        {**row, "term_date": date(2026, 1, 31)} if row["member_key"] == "g2" else row
        for row in roster(MONTHS[2:6], "g1", "g2")
    ]
    finding = cost_and_utilization(
        practice_of(tmp_path, rows), payers=[GRANITE], period="Q1 2026", topic="member months"
    )
    assert figure(finding, "member months").number == 4
    assert "lists 4 member months" in plain(finding.headline.text)
