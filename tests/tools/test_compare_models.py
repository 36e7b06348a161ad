"""Payment models side by side: hand-worked averages, whose price counts, who bears the work."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import numpy as np
import pytest

from knowledge.evidence import Finding, plain
from tests.fixtures.hand_worked import KESTREL, hand_worked
from tools.compare_models import compare_models
from tools.practice import Practice
from tools.risk.arrangement import Arrangement
from tools.risk.models_side_by_side import Terms, after_risk, side_by_side
from tools.risk.simulation import Contract


@pytest.fixture(scope="module")
def practice(tmp_path_factory: pytest.TempPathFactory) -> Practice:
    return hand_worked(tmp_path_factory.mktemp("practice"))


def row(finding: Finding, start: str) -> list[str]:
    assert finding.table is not None
    found = next(r for r in finding.table.rows if str(r[0]).startswith(start))
    return [c if isinstance(c, str) else c.shown() if c else "" for c in found]


# 1,000 members, 12,000 member months, 240,000 in fees: 20.00 per member per month. Work swings
# evenly by 10,000 up and down. A target of 410 against 400: 10 x 12,000 = 120,000, half 60,000.
TERMS: dict[str, Any] = {
    "fees": 240_000.0, "months": 12_000.0, "care": 4.0, "fixed": 21.0, "prepaid": 50.0,
    "total": Contract(410, 400, 1000, spread=0.0),
    "upside": Arrangement("up", 50), "both": Arrangement("both", 50, 50),
}  # fmt: skip
WORK = np.tile([230_000.0, 250_000.0], 10_000)


def test_each_model_is_its_sum() -> None:
    found = side_by_side(Terms(**TERMS), WORK)
    averages = {name: round(each.expected) for name, each in found.items()}
    assert averages == {
        "fee_for_service": 240_000,
        "care_management": 288_000,  # + 4 x 12,000
        "capitation": 252_000,  # 21 x 12,000
        "shared_savings": 300_000,
        "two_sided": 300_000,
        "hybrid": 300_000,
    }


def test_a_busy_year_costs_only_where_the_pay_is_fixed() -> None:
    found = side_by_side(Terms(**{**TERMS, "total": None}), WORK)
    assert found["fee_for_service"].low == found["fee_for_service"].high == 240_000
    assert (found["capitation"].low, found["capitation"].high) == (242_000, 262_000)
    # half of it is paid monthly: half of the swing
    assert (found["hybrid"].low, found["hybrid"].high) == (235_000, 245_000)
    # 252,000 less half of the way down to 242,000
    assert after_risk(found["capitation"]) == pytest.approx(247_000)


def test_a_price_of_ours_recommends_nothing(practice: Practice) -> None:
    finding = compare_models(practice, payer=KESTREL, members=100)
    assert "no other model has a price yet" in plain(finding.headline.text)
    assert row(finding, "Shared savings (upside")[1:5] == ["", "", "", ""]
    assert any("are not priced" in plain(s.text) for s in finding.sentences)


def test_break_even_capitation_brings_what_fees_bring(practice: Practice) -> None:
    finding = compare_models(practice, payer=KESTREL, members=100)
    fees = next(f for f in finding.figures if f.name.endswith("Fee for service: average year"))
    even = finding.details["pmpm"]
    # to the cent a month: 1,200 member months x half a cent
    again = compare_models(practice, payer=KESTREL, members=100, pmpm=Decimal(even))
    fixed = next(f for f in again.figures if "Capitation (primary care): average" in f.name)
    assert abs(fixed.number - fees.number) <= 6


def test_a_price_that_was_told_is_weighed(practice: Practice) -> None:
    finding = compare_models(
        practice, payer=KESTREL, members=100, pmpm=Decimal(5000), care_pmpm=Decimal(1)
    )
    assert "Capitation (primary care) suits you best" in plain(finding.headline.text)
