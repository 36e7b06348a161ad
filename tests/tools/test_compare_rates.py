"""Rates against Medicare on the hand-worked practice (tests/fixtures/hand_worked.py)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from knowledge.evidence import Figure, Finding, plain
from knowledge.money import rounded
from knowledge.problems import BadInput, NotKnown
from tests.fixtures.hand_worked import CLAIMS, GRANITE, KESTREL, TARN, hand_worked, line
from tools.compare_rates import compare_rates
from tools.practice import Practice


@pytest.fixture(scope="module")
def practice(tmp_path_factory: pytest.TempPathFactory) -> Practice:
    return hand_worked(tmp_path_factory.mktemp("practice"))


def figure(finding: Finding, key: str) -> Figure:
    return next(each for each in finding.all_figures() if each.id == key)


def row_of(finding: Finding, code: str) -> list[str]:
    assert finding.table is not None
    row = next(row for row in finding.table.rows if row[0] == code)
    return [cell.shown() if isinstance(cell, Figure) else str(cell) for cell in row]


def test_percent_of_medicare_is_a_ratio_of_sums(practice: Practice) -> None:
    finding = compare_rates(practice, payers=[GRANITE])
    # 935 + 730 + 260 = 1,925 allowed; 11 x 91.04 + 6 x 127.92 + 2 x 123.67 = 2,016.30 Medicare;
    # 100 x 1,925 / 2,016.30 = 95.47. A mean of the three codes would be 97.87.
    percent = figure(finding, finding.details["percent_of_medicare"])
    assert rounded(percent.number, 2) == Decimal("95.47")
    assert figure(finding, finding.details["worth"]).number == Decimal("2016.30")
    assert figure(finding, finding.details["gap"]).number == Decimal("91.30")
    assert plain(finding.headline.text) == (
        "Granite Peak pays you 95.5% of 2025 Medicare, Colorado, office rate."
    )


def test_each_code_shows_units_rate_price_and_percent(practice: Practice) -> None:
    finding = compare_rates(practice, payers=[GRANITE])
    assert row_of(finding, "99213")[2:] == ["11", "$85.00", "$91.04", "93.4%"]
    # 730 / 6 = 121.67; 730 / 767.52 = 95.1%
    assert row_of(finding, "99214")[2:] == ["6", "$121.67", "$127.92", "95.1%"]
    assert row_of(finding, "99396")[2:] == ["2", "$130.00", "$123.67", "105.1%"]


def test_a_code_without_a_price_stays_in_view_and_its_dollars_are_named(
    practice: Practice,
) -> None:
    finding = compare_rates(practice, payers=[GRANITE])
    assert row_of(finding, "83036")[2:] == ["3", "$10.00", "no price", "None"]
    left = " ".join(plain(each.text) for each in finding.caveats)
    assert "Left out: $30.00 on codes without a Medicare price (83036)" in left
    assert "clinical laboratory fee schedule" in left


def test_facility_lines_are_left_out_with_their_number_and_dollars(practice: Practice) -> None:
    left = " ".join(plain(each.text) for each in compare_rates(practice, payers=[GRANITE]).caveats)
    assert "Left out: $100.00 on 1 line at the facility rate; telehealth at home" in left


def test_preventive_visits_are_named_as_values_medicare_does_not_pay(practice: Practice) -> None:
    left = " ".join(plain(each.text) for each in compare_rates(practice, payers=[GRANITE]).caveats)
    assert "$260.00 on codes not paid by Medicare, values published (99396)" in left


def test_the_facility_rate_can_be_asked_for(practice: Practice) -> None:
    finding = compare_rates(practice, payers=[GRANITE], setting="facility")
    assert row_of(finding, "99214")[2:] == ["1", "$100.00", "$94.89", "105.4%"]


def test_one_code_can_be_asked_for_and_the_whole_is_said_too(practice: Practice) -> None:
    finding = compare_rates(practice, payers=[GRANITE], codes=["99214", "99205"])
    assert "95.1% of 2025 Medicare, Colorado, office rate on 99214, 99205" in plain(
        finding.headline.text
    )
    assert any("Over all codes it pays 95.5%" in plain(s.text) for s in finding.sentences)
    assert any("no office lines of 99205" in plain(s.text) for s in finding.caveats)


def test_top_codes_are_taken_by_allowed(practice: Practice) -> None:
    finding = compare_rates(practice, payers=[GRANITE], top_n=2)
    assert finding.details["codes"] == ["99213", "99214"]
    # (935 + 730) / (1,001.44 + 767.52) = 1,665 / 1,768.96
    assert "94.1%" in plain(finding.headline.text)


def test_a_product_narrows_the_lines(practice: Practice) -> None:
    finding = compare_rates(practice, payers=[GRANITE], product="ppo")
    # 850 / 910.40 and 480 / 511.68: 1,330 / 1,422.08 = 93.5%
    assert "93.5%" in plain(finding.headline.text)


def test_several_payers_are_ranked_lowest_first_without_self_pay(practice: Practice) -> None:
    finding = compare_rates(practice)
    assert finding.details["payers"] == [GRANITE, KESTREL]
    # Kestrel: 550 / (4 x 91.04 + 127.92 = 492.08) = 111.8%
    assert plain(finding.headline.text) == (
        "Granite Peak pays you least, 95.5% of 2025 Medicare, Colorado, office rate,"
        " and Kestrel most, 111.8%."
    )
    assert row_of(finding, "99213")[2:] == ["$91.04", "$85.00", "$100.00"]


def test_another_year_and_place_are_priced_there(practice: Practice) -> None:
    finding = compare_rates(
        practice, payers=[KESTREL], codes=["99213"], year=2026, locality="national"
    )
    # 400 / (4 x 95.19) = 105.05%
    assert "105.1% of 2026 Medicare, national, office rate" in plain(finding.headline.text)


def test_colorado_2026_is_not_known(practice: Practice) -> None:
    with pytest.raises(NotKnown, match="2025 Colorado"):
        compare_rates(practice, year=2026)


def test_a_period_without_lines_of_the_payer_is_not_known(practice: Practice) -> None:
    with pytest.raises(NotKnown, match="no counting claim lines"):
        compare_rates(practice, payers=[GRANITE], period="2024")


def test_an_unknown_setting_is_refused(practice: Practice) -> None:
    with pytest.raises(BadInput, match="office or facility"):
        compare_rates(practice, setting="hospice")


def test_every_number_in_the_table_is_a_figure_with_a_formula(practice: Practice) -> None:
    for finding in (compare_rates(practice), compare_rates(practice, payers=[GRANITE])):
        assert finding.table is not None
        cells = finding.table.figures()
        assert cells and all(each.basis.words for each in cells)
        words = [c for row in finding.table.rows for c in row[1:] if isinstance(c, str)]
        assert not [cell for cell in words if any(ch.isdigit() for ch in cell) and "-" not in cell]


def fees(payer: str, **row: object) -> dict[str, object]:
    return {"payer": payer, "effective_from": date(2025, 1, 1), **row}


def test_the_contract_rate_stands_beside_where_a_schedule_is_on_file(tmp_path: Path) -> None:
    rows = [fees(GRANITE, code="*", percent_of_medicare=Decimal(115), medicare_year=2025)]
    practice = hand_worked(tmp_path, claim_lines=CLAIMS, fee_schedules=rows)
    finding = compare_rates(practice, payers=[GRANITE])
    # 91.04 x 1.15 = 104.696, to the cent 104.70
    assert row_of(finding, "99213")[-1] == "$104.70"
    assert row_of(finding, "83036")[-1] == "None"


def test_without_claims_the_schedule_itself_is_compared(tmp_path: Path) -> None:
    rows = [fees(TARN, code="99213", rate=Decimal(80)), fees(TARN, code="99214", rate=Decimal(140))]
    practice = hand_worked(tmp_path, fee_schedules=rows)
    finding = compare_rates(practice)
    # 80 / 91.04 = 87.9%; 140 / 127.92 = 109.4%
    assert "from 87.9% (99213) to 109.4% (99214) of 2025 Medicare" in plain(finding.headline.text)
    assert "no overall percent is given" in plain(finding.caveats[0].text)


def test_a_payer_with_a_schedule_but_no_claims_is_compared_by_its_schedule(
    tmp_path: Path,
) -> None:
    rows = [fees(TARN, code="99213", rate=Decimal(80))]
    practice = hand_worked(tmp_path, claim_lines=CLAIMS, fee_schedules=rows)
    finding = compare_rates(practice, payers=[TARN])
    assert finding.details["from_schedule"]
    both = compare_rates(practice, payers=[GRANITE, TARN])
    assert any("its fee schedule is on file" in plain(each.text) for each in both.caveats)


def test_lines_without_a_payer_are_left_out_with_their_dollars(tmp_path: Path) -> None:
    stray = line("", "x1", date(2026, 8, 3), "99213", 1, "77", "77")
    practice = hand_worked(tmp_path, claim_lines=[*CLAIMS, {**stray, "payer": None}])
    said = [plain(each.text) for each in compare_rates(practice).caveats]
    assert "1 line with $77.00 allowed names no payer: no payer's figures hold them." in said


def test_with_nothing_on_file_it_says_what_would_help(tmp_path: Path) -> None:
    with pytest.raises(NotKnown, match="835"):
        compare_rates(hand_worked(tmp_path, claim_lines=[]))


def test_lines_with_altering_modifiers_are_named_with_their_dollars(tmp_path: Path) -> None:
    claims = [
        line(GRANITE, "a", date(2026, 5, 4), "20610", 1, "60", "60"),
        line(GRANITE, "b", date(2026, 5, 4), "20610", 1, "30", "30", modifiers="51"),
        line(GRANITE, "c", date(2026, 6, 30), "99213", 1, "90", "90", modifiers="25"),
    ]
    finding = compare_rates(hand_worked(tmp_path, claim_lines=claims), payers=[GRANITE])
    said = " ".join(plain(each.text) for each in finding.caveats)
    assert "Included at the full price: $30.00 on 1 line whose modifier lowers" in said


def test_asked_for_the_best_the_highest_is_named_first(practice: Practice) -> None:
    least = plain(compare_rates(practice).headline.text)
    best = plain(compare_rates(practice, order="highest").headline.text)
    assert least.split(" pays you least")[0] in best.split(" and ")[-1]
    assert best.split(" pays you most")[0] in least.split(" and ")[-1]


def test_the_contract_rate_leads_where_it_was_asked_by_product_where_they_differ(
    tmp_path: Path,
) -> None:
    rows = [
        {"payer": GRANITE, "code": "99213", "product": product, "rate": Decimal(rate)}
        for product, rate in (("HMO", "88.00"), ("PPO", "95.50"))
    ] + [{"payer": GRANITE, "code": "99214", "rate": Decimal("120.00")}]
    practice = hand_worked(tmp_path, claim_lines=CLAIMS, fee_schedules=rows)
    asked = compare_rates(practice, payers=[GRANITE], codes=["99213"], topic="contract rate")
    assert "HMO $88.00, PPO $95.50" in plain(asked.headline.text)
    one = compare_rates(practice, payers=[GRANITE], codes=["99214"], topic="contract rate")
    assert "contract rate for 99214 is $120.00" in plain(one.headline.text)
    none = compare_rates(practice, payers=[GRANITE], codes=["99215"], topic="contract rate")
    assert "contract rate for 99215 is not known" in plain(none.headline.text)
