"""Capitation built up from use and price: textbook examples a reader can follow."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from knowledge.evidence import plain
from knowledge.problems import BadInput
from tests.fixtures.hand_worked import CLAIMS, GRANITE, practice_with
from tools.model_capitation import model_capitation
from tools.savings.built_up_rate import built_up, by_age_and_sex, cells_of

# A textbook panel: members of each age band, male and female, and the visits one makes a year.
PANEL = [
    "male 0-19: 285 members at 2.10 visits", "female 0-19: 325 members at 3.18 visits",
    "male 20-44: 96 members at 2.60 visits", "female 20-44: 100 members at 3.52 visits",
    "male 45-64: 53 members at 3.28 visits", "female 45-64: 57 members at 3.93 visits",
    "male 65-74: 36 members at 4.14 visits", "female 65-74: 36 members at 4.43 visits",
    "male 75+: 7 members at 4.98 visits", "female 75+: 5 members at 5.04 visits",
]  # fmt: skip


def test_a_rate_is_visits_per_thousand_times_the_cost_of_a_visit_over_twelve_thousand() -> None:
    # Secondary literature on primary-care capitation: 4,000 x 100 / 12,000 = 33.33; with a load
    # of 10% 33.33 x 1.10 = 36.67.
    assert round(built_up(Decimal(4000), Decimal(100)), 2) == Decimal("33.33")
    assert round(built_up(Decimal(4000), Decimal(100), Decimal(10)), 2) == Decimal("36.67")


def test_a_panel_by_age_and_sex_gives_the_textbook_rate() -> None:
    # 285 x 2.10 + 325 x 3.18 + 96 x 2.60 + 100 x 3.52 + 53 x 3.28 + 57 x 3.93 + 36 x 4.14
    # + 36 x 4.43 + 7 x 4.98 + 5 x 5.04 = 3,000.03 visits of 1,000 members; 180,000 dollars for
    # 3,000 visits are 60 a visit: 3,000.03 x 60 / 12,000 = 15.00.
    cells = cells_of(PANEL)
    assert sum(each.members for each in cells) == 1000
    visits, rate = by_age_and_sex(cells, Decimal(180_000) / 3000)
    assert visits == Decimal("3000.03")
    assert round(rate, 2) == Decimal("15.00")


def test_break_even_is_told_as_use_and_price_with_a_load(tmp_path: Path) -> None:
    # Granite: 2,055 allowed over 6 visits is 342.50 a visit; 6 visits over 60 member months are
    # 6 x 12,000 / 60 = 1,200 per 1,000; 34.25 with a load of 10% is 37.68 (37.675).
    roster = [{"payer": GRANITE, "month": date(2025 + n // 12, n % 12 + 1, 1), "member_key": who}
              for n in range(10, 22) for who in ("g1", "g2", "g3", "g4", "g5")]  # fmt: skip
    practice = practice_with(tmp_path, claim_lines=CLAIMS, membership=roster)
    finding = model_capitation(practice, payer=GRANITE, load=Decimal(10), panel=PANEL[:1])
    said = " ".join(plain(each.text) for each in finding.sentences)
    assert "1,200 per 1,000 members in visits a year, at $342.50 a visit" in said
    assert "With a load of 10.0% for risk and administration ask for $37.68" in said
    # 285 x 2.10 = 598.5 visits; 2.1 x 342.50 / 12 = 59.94
    assert "a rate of $59.94" in said
    with pytest.raises(BadInput, match="members and their visits"):
        model_capitation(practice, payer=GRANITE, panel=["all of them"])


def test_risk_scores_on_the_list_adjust_the_rate_and_are_settled(tmp_path: Path) -> None:
    # Scores 1.0, 1.2, 1.1, 1.3 and 1.4 over twelve months: 1.2. An offer of 30 set for 1.0 pays
    # 36.00 adjusted; unadjusted 6 x 60 member months = 360 wait for the reconciliation.
    scores = dict(zip(("g1", "g2", "g3", "g4", "g5"), ("1.0", "1.2", "1.1", "1.3", "1.4"),
                      strict=True))  # fmt: skip
    roster = [{"payer": GRANITE, "month": date(2025 + n // 12, n % 12 + 1, 1), "member_key": who,
               "risk_score": Decimal(score)}
              for n in range(10, 22) for who, score in scores.items()]  # fmt: skip
    practice = practice_with(tmp_path, claim_lines=CLAIMS, membership=roster)
    finding = model_capitation(practice, payer=GRANITE, pmpm=Decimal(30))
    said = " ".join(plain(each.text) for each in finding.sentences)
    assert "average risk score of 1.200 (5 members)" in said
    assert "(our assumption) and adjusted would pay $36.00" in said
    assert "$360.00 would come to you at reconciliation" in said
    # variance 0.025, error root of 0.025 / 5 = 0.071: twice that is less than 0.2
    assert "uncertain" not in said
    other = model_capitation(practice, payer=GRANITE, pmpm=Decimal(30), risk_score=Decimal("1.25"))
    assert "would pay $28.80" in " ".join(plain(each.text) for each in other.sentences)
