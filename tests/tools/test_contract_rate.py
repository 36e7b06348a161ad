"""Contract rates found by payer, product, code, modifier, setting and day."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from knowledge.problems import NotKnown
from tools.contract_rate import ScheduleRow, contract_rate

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
