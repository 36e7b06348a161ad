"""Payer mix of the hand-worked practice (tests/fixtures/hand_worked.py)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from knowledge.evidence import Figure, Finding, plain
from knowledge.problems import BadInput
from tests.fixtures.hand_worked import CLAIMS, GRANITE, KESTREL, SELF, hand_worked, line
from tools.payer_mix import payer_mix
from tools.practice import Practice


@pytest.fixture(scope="module")
def practice(tmp_path_factory: pytest.TempPathFactory) -> Practice:
    return hand_worked(tmp_path_factory.mktemp("practice"))


def amounts(finding: Finding) -> dict[str, Decimal]:
    known = {each.id: each for each in finding.all_figures()}
    return {payer: known[key].number for payer, key in finding.details["amounts"].items()}


def shares(finding: Finding) -> dict[str, str]:
    known = {each.id: each for each in finding.all_figures()}
    return {payer: known[key].shown() for payer, key in finding.details["shares"].items()}


def test_payments_hold_secondary_lines_and_are_net_of_reversals(practice: Practice) -> None:
    finding = payer_mix(practice)
    assert amounts(finding) == {
        GRANITE: Decimal(1790),
        KESTREL: Decimal(530),
        SELF: Decimal(150),
    }
    # of 2,470: 72.47, 21.46, 6.07
    assert shares(finding) == {GRANITE: "72.5%", KESTREL: "21.5%", SELF: "6.1%"}


def test_what_patients_owe_stands_apart(practice: Practice) -> None:
    # Granite Peak 285 + Kestrel 20
    said = " ".join(plain(each.text) for each in payer_mix(practice).sentences)
    assert "Patients' own part of the same claims, $305.00, stands apart" in said


@pytest.mark.parametrize(
    ("by", "granite", "kestrel", "self_pay"),
    [
        pytest.param("allowed", "2055", "550", "150", id="allowed, all settings"),
        pytest.param("charges", "1400", "400", "200", id="billed 200 a counting line"),
        pytest.param("volume", "23", "5", "2", id="units"),
        pytest.param("visits", "6", "2", "1", id="claims and days, two lines on one claim"),
        pytest.param("patients", "6", "2", "1", id="members"),
    ],
)
def test_other_ways_to_divide(
    practice: Practice, by: str, granite: str, kestrel: str, self_pay: str
) -> None:
    assert amounts(payer_mix(practice, by=by)) == {
        GRANITE: Decimal(granite),
        KESTREL: Decimal(kestrel),
        SELF: Decimal(self_pay),
    }


def test_one_payer_is_told_with_its_share_of_the_whole(practice: Practice) -> None:
    finding = payer_mix(practice, payers=[KESTREL])
    assert plain(finding.headline.text).startswith("Kestrel is 21.5% of your payments: $530.00")


def test_self_pay_has_a_row_even_when_there_is_none(tmp_path: Path) -> None:
    insured = [row for row in CLAIMS if row["payer"] != SELF]
    assert amounts(payer_mix(hand_worked(tmp_path, claim_lines=insured)))[SELF] == 0


def test_payers_without_a_contract_on_file_are_openings(practice: Practice) -> None:
    finding = payer_mix(practice)
    assert finding.details["openings"] == [GRANITE, KESTREL]
    assert any("No contract is on file for" in plain(each.text) for each in finding.sentences)


def test_a_void_that_gives_no_amounts_takes_its_payment_back(tmp_path: Path) -> None:
    day = date(2026, 8, 3)
    voided = line(KESTREL, "k9", day, "99213", 1, "100", "100")
    void = line(KESTREL, "k9", day, "99213", 1, None, "0", status="reversal")
    practice = hand_worked(tmp_path, claim_lines=[*CLAIMS, voided, void])
    assert amounts(payer_mix(practice))[KESTREL] == 530


def test_an_unknown_way_is_refused(practice: Practice) -> None:
    with pytest.raises(BadInput, match="payments, allowed, charges"):
        payer_mix(practice, by="love")


def test_every_share_opens_on_its_part_and_the_whole(practice: Practice) -> None:
    finding = payer_mix(practice)
    assert finding.chart is not None
    for share in finding.chart.series["Share"]:
        assert isinstance(share, Figure) and len(share.basis.inputs) == 2


def test_products_and_lines_of_business_are_levels_of_their_own(practice: Practice) -> None:
    # Granite Peak: PPO 700 + 400 = 1,100; HMO 60; no product 250 + 100 + 260 + 20 = 630
    by_product = amounts(payer_mix(practice, level="product"))
    assert by_product[f"{GRANITE}, PPO"] == 1100
    assert by_product[f"{GRANITE}, HMO"] == 60
    assert by_product[f"{GRANITE}, product not given"] == 630
    # Granite Peak 1,790 + Kestrel 530; self-pay 150
    assert amounts(payer_mix(practice, by="line of business")) == {
        "commercial": Decimal(2320),
        "self-pay": Decimal(150),
    }


def test_shares_of_every_level_and_way_add_up_to_a_hundred(practice: Practice) -> None:
    for level in ("payer", "product", "line_of_business"):
        for way in ("payments", "allowed", "charges", "volume", "visits", "patients"):
            finding = payer_mix(practice, by=way, level=level)
            known = {each.id: each for each in finding.all_figures()}
            total = sum(known[key].number for key in finding.details["shares"].values())
            assert abs(total - 100) < Decimal("0.000001"), (level, way)


def test_the_share_a_year_before_stands_beside_with_its_change(tmp_path: Path) -> None:
    # a year before: Granite Peak 300 of 400 (75.0%); now 100 of 400 (25.0%): 50 points less
    old, now, end = date(2024, 11, 1), date(2025, 11, 3), date(2026, 10, 30)
    lines = [
        line(GRANITE, "a", old, "99213", 1, "300", "300"),
        line(KESTREL, "b", old, "99213", 1, "100", "100"),
        line(GRANITE, "c", now, "99213", 1, "100", "100"),
        line(KESTREL, "d", end, "99213", 1, "300", "300"),
    ]
    finding = payer_mix(hand_worked(tmp_path, claim_lines=lines))
    said = " ".join(plain(each.text) for each in finding.sentences)
    assert "Its share was 25.0% from November 2024 to October 2025: up 50.0 points" in said
    assert finding.table is not None
    granite = next(row for row in finding.table.rows if row[0] == "Granite Peak")
    assert "-50.0 points" in [c.shown() for c in granite if isinstance(c, Figure)]


def test_public_programs_are_no_openings(tmp_path: Path) -> None:
    practice = hand_worked(tmp_path, claim_lines=[*CLAIMS, line("Medicare", "m", date(2026, 3, 2),
                           "99213", 1, "90", "72", "18")])  # fmt: skip
    practice.payers.learn("Medicare", [], line_of_business="medicare")
    assert payer_mix(practice).details["openings"] == [GRANITE, KESTREL]


def test_several_payers_asked_about_are_added_up(practice: Practice) -> None:
    # 1,790 + 530 = 2,320 of 2,470: 93.9 percent
    finding = payer_mix(practice, payers=[GRANITE, KESTREL])
    said = " ".join(plain(each.text) for each in finding.sentences)
    assert "together: $2,320, 93.9%" in said


def test_a_payer_left_out_is_in_no_part_of_the_whole(practice: Practice) -> None:
    # 1,790 + 150 = 1,940; Granite Peak 92.3 percent of it
    finding = payer_mix(practice, without=[KESTREL])
    assert amounts(finding) == {GRANITE: Decimal(1790), SELF: Decimal(150)}
    assert shares(finding)[GRANITE] == "92.3%"
    said = " ".join(plain(each.text) for each in finding.sentences)
    assert "left out: the whole is $1,940" in said
