"""Leading codes of the hand-worked practice (tests/fixtures/hand_worked.py)."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from knowledge.evidence import Figure, Finding, plain
from knowledge.problems import BadInput
from tests.fixtures.hand_worked import GRANITE, hand_worked, line
from tools.practice import Practice
from tools.top_codes import top_codes


@pytest.fixture(scope="module")
def practice(tmp_path_factory: pytest.TempPathFactory) -> Practice:
    return hand_worked(tmp_path_factory.mktemp("practice"))


def rows(finding: Finding) -> list[list[str]]:
    assert finding.table is not None
    return [
        [cell.shown() if isinstance(cell, Figure) else str(cell) for cell in row]
        for row in finding.table.rows
    ]


def test_by_default_codes_are_ranked_by_units_of_all_payers_and_settings(
    practice: Practice,
) -> None:
    # 99213: 11 + 4 + 2 self-pay = 17; 99214: 6 + 1 facility + 1 = 8; 83036: 3; 99396: 2; 30 in all
    finding = top_codes(practice)
    assert [(row[0], row[2]) for row in rows(finding)] == [
        ("99213", "17"),
        ("99214", "8"),
        ("83036", "3"),
        ("99396", "2"),
    ]
    assert "17, 56.7% of the total" in plain(finding.headline.text)


def test_by_allowed_dollars(practice: Practice) -> None:
    # 99213: 935 + 400 + 150 = 1,485 of 2,755; 99214: 730 + 100 + 150 = 980; 99396: 260; 83036: 30
    found = rows(top_codes(practice, by="allowed", top_n=3))
    assert [(row[0], row[3], row[5]) for row in found] == [
        ("99213", "$1,485", "53.9%"),
        ("99214", "$980.00", "35.6%"),
        ("99396", "$260.00", "9.4%"),
    ]


def test_by_dollars_below_medicare_for_one_payer(practice: Practice) -> None:
    # 99213: 1,001.44 - 935 = 66.44; 99214: 767.52 - 730 = 37.52; 99396 is above Medicare
    finding = top_codes(practice, by="gap", payers=[GRANITE])
    assert [(row[0], row[5]) for row in rows(finding)] == [("99213", "$66.44"), ("99214", "$37.52")]
    assert "$103.96 together" in plain(finding.sentences[0].text)


def test_ties_are_ranked_by_code(tmp_path: Path) -> None:
    day = date(2026, 10, 30)
    claims = [line(GRANITE, code, day, code, 2, "100", "100") for code in ("99215", "99212")]
    found = rows(top_codes(hand_worked(tmp_path, claim_lines=claims)))
    assert [row[0] for row in found] == ["99212", "99215"]


def test_another_ranking_is_refused_with_the_choices(practice: Practice) -> None:
    with pytest.raises(BadInput, match="volume, allowed, gap"):
        top_codes(practice, by="beauty")


def test_codes_asked_about_are_counted_with_their_visits_and_dollars(practice: Practice) -> None:
    # 99213: 11 + 4 + 2 self-pay = 17 units, 935 + 400 + 150 = 1,485 allowed, of 30 units in all
    finding = top_codes(practice, codes=["99213"])
    said = plain(finding.headline.text)
    assert "17 units of 99213" in said
    assert "$1,485 allowed" in said
    assert "56.7% of 30 units" in plain(finding.sentences[0].text)
