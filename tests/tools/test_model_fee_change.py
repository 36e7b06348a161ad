"""The worth of a change on the hand-worked practice (tests/fixtures/hand_worked.py)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from knowledge.evidence import Figure, Finding, plain
from knowledge.problems import BadInput, NotKnown
from tests.fixtures.hand_worked import GRANITE, KESTREL, hand_worked, line
from tools.model_fee_change import model_fee_change
from tools.practice import Practice


@pytest.fixture(scope="module")
def practice(tmp_path_factory: pytest.TempPathFactory) -> Practice:
    return hand_worked(tmp_path_factory.mktemp("practice"))


def worth(finding: Finding, key: str = "worth") -> Figure:
    return next(each for each in finding.all_figures() if each.id == finding.details[key])


def test_a_raise_is_taken_on_all_counting_lines_in_all_settings(practice: Practice) -> None:
    # 935 + 730 + 260 + 30 lab + 100 facility = 2,055; 10% of it
    finding = model_fee_change(practice, payer=GRANITE, percent=Decimal(10))
    assert worth(finding, "allowed").number == Decimal("2055.00")
    assert worth(finding).number == Decimal("205.50")
    assert plain(finding.headline.text) == "10% more from Granite Peak is worth $205.50 a year."


def test_a_raise_on_some_codes_leaves_the_others_as_they_are(practice: Practice) -> None:
    # 99214: 730 office + 100 facility = 830; 8% of it 66.40; 1,225.00 untouched
    finding = model_fee_change(practice, payer=GRANITE, percent=Decimal(8), codes=["99214"])
    assert worth(finding).number == Decimal("66.40")
    assert "Unchanged: $1,225 on codes not asked about" in plain(finding.caveats[0].text)


def test_a_target_prices_each_line_in_its_own_setting_and_to_the_cent(practice: Practice) -> None:
    # 115%: 91.04 -> 104.70 x 11 = 1,151.70; 127.92 -> 147.11 x 6 = 882.66; facility
    # 94.89 -> 109.12; 123.67 -> 142.22 x 2 = 284.44; the lab stays at 30.00: 2,457.92 in all
    finding = model_fee_change(practice, payer=GRANITE, percent_of_medicare=Decimal(115))
    assert worth(finding, "new_allowed").number == Decimal("2457.92")
    assert worth(finding).number == Decimal("402.92")
    assert plain(finding.headline.text) == (
        "Granite Peak at 115% of 2025 Medicare, Colorado is worth $402.92 a year."
    )


def test_codes_without_a_price_stay_and_are_named_with_their_dollars(practice: Practice) -> None:
    finding = model_fee_change(practice, payer=GRANITE, percent_of_medicare=Decimal(115))
    assert "$30.00 on codes without a Medicare price (83036)" in plain(finding.caveats[0].text)


def test_a_target_below_todays_rates_is_said_as_a_loss(practice: Practice) -> None:
    # 4 x 91.04 + 127.92 = 492.08 against 550
    finding = model_fee_change(practice, payer=KESTREL, percent_of_medicare=Decimal(100))
    assert worth(finding).number == Decimal("-57.92")
    assert "is a loss of $57.92 a year" in plain(finding.headline.text)


def test_the_level_before_and_after_is_told(practice: Practice) -> None:
    # office lines with a price: 1,925 / 2,016.30 = 95.5%, and 10% more is 105.0%
    finding = model_fee_change(practice, payer=GRANITE, percent=Decimal(10))
    said = " ".join(plain(each.text) for each in finding.sentences)
    assert "now stands at 95.5% of 2025 Medicare, Colorado, office rate" in said
    assert "would stand at 105.0%" in said


def test_another_medicare_year_can_be_named(practice: Practice) -> None:
    # 2024 Colorado, later factor: 99213 (1.30 x 1.008 + 1.33 x 1.053 + 0.10 x 0.827) x 33.2875
    # = 2.79359 x 33.2875 = 92.99; 4 x 92.99 = 371.96, from 400
    finding = model_fee_change(
        practice, payer=KESTREL, percent_of_medicare=Decimal(100), year=2024, codes=["99213"]
    )
    assert worth(finding).number == Decimal("-28.04")


def test_neither_or_both_percents_are_refused(practice: Practice) -> None:
    for given in ({}, {"percent": Decimal(5), "percent_of_medicare": Decimal(110)}):
        with pytest.raises(BadInput, match="8% more"):
            model_fee_change(practice, payer=GRANITE, **given)


def test_without_a_payer_it_names_those_there_are(practice: Practice) -> None:
    with pytest.raises(NotKnown, match=f"{GRANITE}, {KESTREL}"):
        model_fee_change(practice, percent=Decimal(5))


def test_a_target_on_a_code_without_a_price_is_not_known(practice: Practice) -> None:
    with pytest.raises(NotKnown, match="clinical laboratory"):
        model_fee_change(practice, payer=GRANITE, percent_of_medicare=Decimal(110), codes=["83036"])


def test_what_passes_the_charges_is_named_for_a_lesser_of_clause(tmp_path: Path) -> None:
    # Charge 105, allowed 100: at 110 a line 5 of the 10 gained lie above the charge; two such
    # lines make 10. A charge of 200 caps nothing.
    day = date(2026, 10, 30)
    claims = [
        line(KESTREL, key, day, "99213", 1, "100", "100", billed=Decimal(charge))
        for key, charge in (("a", 105), ("b", 105), ("c", 200))
    ]
    finding = model_fee_change(
        hand_worked(tmp_path, claim_lines=claims), payer=KESTREL, percent=Decimal(10)
    )
    assert worth(finding).number == Decimal("30.00")
    assert "$10.00 of this is lost" in " ".join(plain(each.text) for each in finding.caveats)


def test_details_hold_what_a_letter_needs(practice: Practice) -> None:
    details = model_fee_change(practice, payer=GRANITE, percent=Decimal(10)).details
    assert details["payer"] == GRANITE
    assert details["period"] == "November 2025 to October 2026"
    assert details["benchmark"] == "2025 Medicare, Colorado, office rate"
    assert details["percent_of_medicare"] and details["allowed"] and details["worth"]
    assert [each["code"] for each in details["top_codes"]][:2] == ["99213", "99214"]


def test_new_rates_by_code_replace_todays_on_those_codes(tmp_path: Path) -> None:
    # 99213: 11 units at 90.00 = 990 against 935: 55.00; 99214: 7 units, one in a facility, at
    # 125.00 = 875 against 830: 45.00; 100.00 in all
    practice = hand_worked(tmp_path)
    finding = model_fee_change(practice, payer=GRANITE, rates=["99213=90", "99214: $125.00"])
    assert worth(finding).number == Decimal("100.00")
    assert plain(finding.headline.text) == (
        "The new rates on 99213, 99214 at Granite Peak are worth $100.00 a year."
    )


def test_a_family_may_stand_for_its_codes(practice: Practice) -> None:
    # 10% of the two preventive visits' 260.00
    finding = model_fee_change(
        practice, payer=GRANITE, percent=Decimal(10), codes=["preventive visits"]
    )
    assert worth(finding).number == Decimal("26.00")


@pytest.mark.parametrize("said", ["ninety", "99213=", "99213=0", "blue=4"])
def test_a_pair_that_is_no_rate_is_sent_back(practice: Practice, said: str) -> None:
    with pytest.raises(BadInput, match="rates"):
        model_fee_change(practice, payer=GRANITE, rates=[said])


def test_codes_billed_below_the_contract_rate_are_named_with_what_they_lose(
    tmp_path: Path,
) -> None:
    # the contract pays 110.00; the charge of 90.00 was allowed on two lines: 2 x 20.00
    claims = [
        line(GRANITE, "a", date(2026, 5, 4), "99213", 1, "90", "90", billed=Decimal(90)),
        line(GRANITE, "b", date(2026, 6, 4), "99213", 1, "90", "90", billed=Decimal(90)),
        line(GRANITE, "c", date(2026, 6, 30), "99214", 1, "130", "130"),
    ]
    rates = [
        {"payer": GRANITE, "code": "99213", "rate": Decimal(110)},
        {"payer": GRANITE, "code": "99214", "rate": Decimal(130)},
    ]
    practice = hand_worked(tmp_path, claim_lines=claims, fee_schedules=rates)
    finding = model_fee_change(practice, payer=GRANITE, percent=Decimal(5))
    said = " ".join(plain(each.text) for each in finding.caveats)
    assert "Charge check: 99213 is billed below today's contract rate; $40.00 was lost" in said
