"""Contract rates found by payer, product, code, modifier, setting and day."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from knowledge.problems import NotKnown
from tools.schedules.contract_rate import ScheduleRow, contract_rate

DAY = date(2025, 7, 1)


def row(code: str, rate: str | None = None, **more: object) -> ScheduleRow:
    given: dict[str, object] = {
        "payer": "Kestrel",
        "product": None,
        "code": code,
        "modifier": "",
        "setting": None,
        "rate": None if rate is None else Decimal(rate),
        "percent": None,
        "medicare_year": None,
        "locality": None,
        "effective_from": None,
        "effective_to": None,
        **more,
    }
    return ScheduleRow(**given)  # type: ignore[arg-type]


def rate(rows: list[ScheduleRow], code: str, **more: object) -> Decimal:
    return contract_rate(rows, payer="Kestrel", code=code, **{"on": DAY, **more}).amount  # type: ignore[arg-type]


def test_a_code_wins_over_a_range_and_a_range_over_all_others() -> None:
    rows = [row("*", "10"), row("99202-99215", "20"), row("99214", "30")]
    assert [rate(rows, code) for code in ("99214", "99213", "20610")] == [30, 20, 10]


def test_a_rule_is_rounded_to_the_cent_twice() -> None:
    # 2025 Colorado 99213 is 91.04; 115% is 104.696
    rule = row("*", percent=Decimal(115), medicare_year=2025)
    assert rate([rule], "99213") == Decimal("104.70")


def test_then_current_follows_the_year_of_service() -> None:
    # 2024 from March 9, Colorado: 92.99; 2025: 91.04
    rule = row("*", percent=Decimal(100))
    assert rate([rule], "99213", on=date(2024, 6, 1)) == Decimal("92.99")
    assert rate([rule], "99213", on=date(2025, 6, 1)) == Decimal("91.04")


def test_a_rate_holds_only_between_its_days() -> None:
    old = row("99213", "80", effective_to=date(2025, 6, 30))
    new = row("99213", "90", effective_from=date(2025, 7, 1))
    assert rate([old, new], "99213", on=date(2025, 6, 30)) == 80
    assert rate([old, new], "99213", on=date(2025, 7, 1)) == 90
    with pytest.raises(NotKnown, match="no contract rate"):
        rate([old], "99213")


def test_modifier_setting_and_product_narrow_the_rate() -> None:
    rows = [
        row("99213", "80"),
        row("99213", "60", modifier="95"),
        row("99213", "50", setting="facility"),
        row("99213", "85", product="HMO"),
    ]
    assert rate(rows, "99213", product="PPO", modifiers="25 95") == 60
    assert rate(rows, "99213", product="PPO", setting="facility") == 50
    assert rate(rows, "99213", product="hmo") == 85


def test_products_that_differ_must_be_named() -> None:
    rows = [row("99213", "80", product="PPO"), row("99213", "70", product="HMO")]
    with pytest.raises(NotKnown, match="HMO, PPO"):
        rate(rows, "99213")


def test_two_rates_for_one_code_are_a_contradiction_not_a_choice() -> None:
    with pytest.raises(NotKnown, match="two rates"):
        rate([row("99213", "80"), row("99213", "81")], "99213")


def test_a_rule_without_a_medicare_price_has_no_rate() -> None:
    rule = row("*", percent=Decimal(115), medicare_year=2025)
    with pytest.raises(NotKnown, match="83036"):
        rate([rule], "83036")


def test_medicare_advantage_keeps_to_its_own_attachment() -> None:
    rows = [row("99213", "110"), row("*", percent=Decimal(100), medicare_year=2025,
                                     product="Medicare Advantage")]  # fmt: skip
    # 2025 Colorado 99213 is 91.04; the commercial 110.00 does not reach into that attachment
    assert rate(rows, "99213", product="MA HMO") == Decimal("91.04")
    assert rate(rows, "99213", product="PPO") == 110


def test_charges_come_last_and_only_where_medicare_surely_has_no_price() -> None:
    rows = [
        row("*", percent=Decimal(110), medicare_year=2025),
        row("*", percent_of_charges=Decimal(55)),
    ]
    assert rate(rows, "99213") == Decimal("100.14")  # 91.04 x 110% = 100.144
    with pytest.raises(NotKnown, match="55% of the billed charge"):
        rate(rows, "83036")
    # 27447 is not in the shipped table: whether Medicare prices it is not known here
    with pytest.raises(NotKnown, match="27447 has no price"):
        rate(rows, "27447")


def test_a_family_row_names_what_it_cannot_price_and_a_code_wins_over_it() -> None:
    rows = [row("lab", cannot_price="60% of the laboratory schedule"), row("83036", "9")]
    assert rate(rows, "83036") == 9
    with pytest.raises(NotKnown, match="60% of the laboratory schedule"):
        rate(rows, "87880")


def test_a_conversion_factor_pays_units_times_dollars() -> None:
    # 99213, 2025, nation: 1.30 + 1.35 + 0.10 = 2.75 units (88.95 / 32.3465); x 40 = 110.00
    rows = [row("*", conversion_factor=Decimal(40), medicare_year=2025, locality="national")]
    assert rate(rows, "99213") == Decimal("110.00")
