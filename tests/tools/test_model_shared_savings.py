"""The shared-savings tool: hand-worked amounts, rosters, and what it asks back."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from knowledge.evidence import Figure, Finding, plain
from knowledge.problems import BadInput
from tests.fixtures.hand_worked import KESTREL, hand_worked
from tools.model_shared_savings import model_shared_savings
from tools.practice import Practice

# Target 410, actual 395, 2,000 members: 15 x 24,000 = 360,000 saved on 9,840,000 = 3.66%.
OFFER: dict[str, Any] = {
    "target_pmpm": Decimal(410),
    "actual_pmpm": Decimal(395),
    "members": 2000,
    "share": Decimal(50),
}


@pytest.fixture(scope="module")
def practice(tmp_path_factory: pytest.TempPathFactory) -> Practice:
    return hand_worked(tmp_path_factory.mktemp("practice"))


def earned(finding: Finding) -> Decimal:
    held: Figure = next(e for e in finding.all_figures() if e.id == finding.details["worth"])
    return held.number


def test_savings_are_shared_from_the_first_dollar(practice: Practice) -> None:
    finding = model_shared_savings(practice, payer=KESTREL, **OFFER)
    assert earned(finding) == 180_000
    assert plain(finding.headline.text) == (
        "Kestrel would pay you $180,000: 50% of $360,000 saved."
    )


def test_quality_scales_what_is_earned(practice: Practice) -> None:
    assert earned(model_shared_savings(practice, **OFFER, quality_factor=Decimal("0.9"))) == 162_000
    assert earned(model_shared_savings(practice, **OFFER, quality_factor=Decimal(90))) == 162_000


def test_nothing_is_paid_below_the_minimum(practice: Practice) -> None:
    finding = model_shared_savings(practice, **OFFER, minimum_savings_rate=Decimal(4))
    assert earned(finding) == 0
    assert "3.66% saved is below the minimum of 4%" in plain(finding.headline.text)


def test_a_loss_costs_nothing_upside_only_and_is_capped_two_sided(practice: Practice) -> None:
    # Actual 450: loss 40 x 24,000 = 960,000; half is 480,000; cap 3% of 9,840,000 = 295,200
    loss = {**OFFER, "actual_pmpm": Decimal(450)}
    upside = model_shared_savings(practice, **loss)
    assert earned(upside) == 0
    assert any("no cap on losses was given" in plain(each.text) for each in upside.caveats)
    assert earned(model_shared_savings(practice, **loss, cap=Decimal(3))) == -295_200
    assert earned(model_shared_savings(practice, **loss, cap=Decimal(10))) == -480_000


@pytest.mark.parametrize("missing", ["target_pmpm", "actual_pmpm", "share", "members"])
def test_what_is_missing_is_asked(practice: Practice, missing: str) -> None:
    with pytest.raises(BadInput, match=missing):
        model_shared_savings(practice, **{**OFFER, missing: None})


def test_members_come_from_the_roster_without_those_who_left(tmp_path: Path) -> None:
    def member(key: str, month: date, term: date | None = None) -> dict[str, Any]:
        return {"payer": KESTREL, "month": month, "member_key": key, "term_date": term}

    september, october = date(2026, 9, 1), date(2026, 10, 1)
    roster = [
        member("a", september),
        member("a", september),
        member("b", september),
        member("a", october),
        member("b", october, term=date(2026, 9, 30)),
        member("c", date(2025, 10, 1)),
    ]
    practice = hand_worked(tmp_path, membership=roster)
    finding = model_shared_savings(practice, payer=KESTREL, **{**OFFER, "members": None})
    # a and b in September, a in October; October 2025 lies before the twelve months
    assert finding.details["member_months"] == "3"
    said = " ".join(plain(each.text) for each in finding.caveats)
    assert "roster on file" in said and "1 rows of members who had left" in said
