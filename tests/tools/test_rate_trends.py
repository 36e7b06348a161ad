"""Rates over time of a practice of one code mix, worked by hand.

Granite Peak, November 2024 to October 2025: 10 x 99213 at 80, 10 x 99214 at 120: 100.00 a unit.
November 2025 to October 2026: 5 x 99213 at 80, 15 x 99214 at 120: 110.00 a unit. No raise.
Kestrel, the same units in both years: 99213 at 100, then at 104: 4% more, all of it price.
"""

from __future__ import annotations

from datetime import date

import pytest

from knowledge.evidence import Figure, Finding, plain
from knowledge.problems import NotKnown
from tests.fixtures.hand_worked import GRANITE, KESTREL, hand_worked, line
from tools.practice import Practice
from tools.rate_trends import rate_trends

OLD, NEW, END = date(2024, 11, 1), date(2025, 11, 3), date(2026, 10, 30)
LINES = [
    line(GRANITE, "a1", OLD, "99213", 10, "800", "800"),
    line(GRANITE, "a2", OLD, "99214", 10, "1200", "1200"),
    line(GRANITE, "b1", NEW, "99213", 5, "400", "400"),
    line(GRANITE, "b2", END, "99214", 15, "1800", "1800"),
    line(GRANITE, "b3", END, "99214", 9, "1", "0", status="denied"),
    line(KESTREL, "c1", OLD, "99213", 10, "1000", "1000"),
    line(KESTREL, "c2", NEW, "99213", 10, "1040", "1040"),
]


@pytest.fixture(scope="module")
def practice(tmp_path_factory: pytest.TempPathFactory) -> Practice:
    return hand_worked(tmp_path_factory.mktemp("practice"), claim_lines=LINES)


def shown(finding: Finding, what: str) -> dict[str, str]:
    known = {each.id: each for each in finding.all_figures()}
    return {payer: known[key].shown() for payer, key in finding.details[what].items()}


def test_a_rise_by_mix_is_not_taken_for_a_raise(practice: Practice) -> None:
    finding = rate_trends(practice, payers=[GRANITE])
    assert plain(finding.headline.text).startswith(
        "Granite Peak's rates did not rise: same codes, same price. The average moved from"
        " $100.00 a unit (November 2024 to October 2025) to $110.00"
    )
    assert shown(finding, "mix") == {GRANITE: "$10.00"}
    assert shown(finding, "price") == {GRANITE: "$0.00"}


def test_a_raise_is_told_in_percent_of_the_same_codes(practice: Practice) -> None:
    finding = rate_trends(practice)
    assert shown(finding, "same_codes") == {KESTREL: "4.0%", GRANITE: "0.0%"}
    assert shown(finding, "price")[KESTREL] == "$4.00"
    assert "1 of 2 payers pay no more" in plain(finding.headline.text)
    assert finding.details["unmoved"] == [GRANITE]


def test_averages_a_visit_stand_beside_those_a_unit(practice: Practice) -> None:
    # two claims of 2,000 then: 1,000.00 a visit; two of 2,200 now: 1,100.00
    said = " ".join(plain(s.text) for s in rate_trends(practice, payers=[GRANITE]).sentences)
    assert "A visit brought $1,000.00 then and $1,100.00 now" in said


def test_every_code_is_a_question_of_its_own(practice: Practice) -> None:
    finding = rate_trends(practice, payers=[GRANITE], codes=["99214"])
    assert shown(finding, "change") == {GRANITE: "$0.00"}


def test_the_payer_s_codes_are_in_the_table(practice: Practice) -> None:
    table = rate_trends(practice, payers=[KESTREL]).table
    assert table is not None
    (row,) = table.rows
    assert [c.shown() for c in row if isinstance(c, Figure)] == ["10", "$100.00", "$104.00", "4.0%"]


def test_a_payer_without_both_periods_is_named(practice: Practice) -> None:
    with pytest.raises(NotKnown, match="both"):
        rate_trends(practice, payers=["Tarn Lake Insurance"])


def test_what_a_visit_brought_is_told_over_the_stretch_asked(practice: Practice) -> None:
    # November 2025 to October 2026: 400 + 1,800 allowed on two claims, so two visits: 1,100.00
    finding = rate_trends(practice, payers=[GRANITE])
    said = " ".join(plain(each.text) for each in finding.sentences)
    assert "Granite Peak allowed $1,100 a visit" in said


def test_a_code_asked_about_is_told_by_its_rate_then_and_now(practice: Practice) -> None:
    # Kestrel's 99213: 1,000 / 10 = 100.00, then 1,040 / 10 = 104.00
    finding = rate_trends(practice, payers=[KESTREL], codes=["99213"])
    said = " ".join(plain(each.text) for each in finding.sentences)
    assert "99213 paid $100.00 a unit in the office" in said
    assert "and $104.00 in November 2025 to October 2026" in said
