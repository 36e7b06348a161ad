"""The risk tool: hand-worked amounts without luck, what luck does, what is asked back."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from knowledge.evidence import Finding, plain
from knowledge.problems import BadInput, MoreNeeded
from tests.fixtures.hand_worked import KESTREL, hand_worked
from tools.model_risk import model_risk
from tools.practice import Practice

OFFER: dict[str, Any] = {
    "payer": KESTREL,
    "target_pmpm": Decimal(410),
    "actual_pmpm": Decimal(395),
    "members": 2000,
}


@pytest.fixture(scope="module")
def practice(tmp_path_factory: pytest.TempPathFactory) -> Practice:
    return hand_worked(tmp_path_factory.mktemp("practice"))


def shown(finding: Finding, row: int) -> list[str]:
    assert finding.table is not None
    return [c if isinstance(c, str) else c.shown() for c in finding.table.rows[row] if c]


def test_without_spread_each_arrangement_is_its_formula(practice: Practice) -> None:
    # 15 x 24,000 = 360,000 saved on 9,840,000; half is 180,000, all of it 360,000. With one
    # year and no spread nothing is left to chance.
    finding = model_risk(practice, **OFFER, years=1, spread=Decimal(0))
    assert shown(finding, 0)[:2] == ["Upside only", "$180,000"]
    assert shown(finding, 1)[:2] == ["Two-sided", "$180,000"]
    assert shown(finding, 2)[:2] == ["Global", "$360,000"]
    # A cost of 425: 15 x 24,000 overspent, half is owed, and the cap of 1% is 98,400.
    loss = {**OFFER, "actual_pmpm": Decimal(425), "cap": Decimal(1)}
    finding = model_risk(practice, **loss, years=1, spread=Decimal(0))
    assert shown(finding, 1)[1] == "-$98,400"
    assert shown(finding, 0)[1] == "$0.00" or shown(finding, 0)[1] == "$0"


def test_it_says_how_often_luck_makes_you_owe_and_what_to_hold(practice: Practice) -> None:
    finding = model_risk(practice, **OFFER)
    headline = plain(finding.headline.text)
    assert "you would owe" in headline and "hold $" in headline
    owes = next(f for f in finding.figures if f.id == finding.details["owes"])
    # 2,000 members at spread 3 sway by 6.7% of cost; the target lies 3.8% above it: a normal
    # curve would owe in 28.6% of years, the longer tail a little less often.
    assert 22 < owes.number < 30


def test_a_stop_loss_lowers_the_chance_to_owe_and_prices_the_cover(practice: Practice) -> None:
    bare, cut = model_risk(practice, **OFFER), model_risk(practice, **OFFER, stop_loss=50_000)
    share = [next(f.number for f in each.figures if f.id == each.details["owes"])
             for each in (bare, cut)]  # fmt: skip
    assert share[1] < share[0]
    assert any("you had to buy that cover" in plain(s.text) for s in cut.sentences)


def test_every_assumption_is_listed_and_a_given_one_is_not(practice: Practice) -> None:
    said = " ".join(plain(c.text) for c in model_risk(practice, **OFFER).caveats)
    assert "Cost and target grow a year: 5% (our assumption)" in said
    assert "Our share of losses: 50%" in said
    told = model_risk(practice, **OFFER, trend=Decimal(4), loss_share=Decimal(30))
    said = " ".join(plain(c.text) for c in told.caveats)
    assert "Cost and target grow" not in said and "Our share of losses" not in said


def test_a_public_programme_brings_its_own_corridors(practice: Practice) -> None:
    finding = model_risk(practice, **OFFER, arrangement="REACH professional", years=1,
                         spread=Decimal(0))  # fmt: skip
    # 3.66% saved lies in the first corridor: half of 360,000
    assert shown(finding, 3)[:2] == ["Reach professional", "$180,000"]
    assert any("ACO REACH" in plain(c.text) for c in finding.caveats)


def test_what_is_missing_is_asked_and_what_is_wrong_is_named(practice: Practice) -> None:
    with pytest.raises(MoreNeeded):
        model_risk(practice, payer=KESTREL, actual_pmpm=Decimal(395), members=2000)
    with pytest.raises(BadInput, match="share"):
        model_risk(practice, **OFFER, share=Decimal(150))
    with pytest.raises(BadInput, match="no arrangement known"):
        model_risk(practice, **OFFER, arrangement="moonshot")
