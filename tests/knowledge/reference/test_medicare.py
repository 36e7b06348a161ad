"""Medicare prices against amounts computed by CMS or printed in checked sources."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from knowledge.problems import BadInput, NotKnown
from knowledge.reference.medicare import (
    benchmark_year,
    conversion_factors,
    medicare_price,
    priced_but_unpaid,
    qualifying_conversion_factors,
    rvus,
)

CHECK_VALUES = [
    pytest.param("99213", 2025, "national", "88.95", id="visit 2025, national"),
    pytest.param("99213", 2025, "Colorado", "91.04", id="visit 2025, Colorado"),
    pytest.param("99214", 2025, "national", "125.18", id="longer visit 2025, national"),
    pytest.param("99214", 2025, "Colorado", "127.92", id="longer visit 2025, Colorado"),
    pytest.param("G2211", 2025, "national", "15.53", id="add-on 2025, national"),
    pytest.param("G2211", 2025, "Colorado", "15.72", id="add-on 2025, Colorado"),
    pytest.param("G0439", 2025, "national", "126.47", id="wellness 2025, national"),
    pytest.param("G0439", 2025, "Colorado", "129.43", id="wellness 2025, Colorado"),
    pytest.param("99213", 2026, "national", "95.19", id="visit 2026, national"),
    pytest.param("99214", 2026, "national", "135.61", id="longer visit 2026, national"),
    pytest.param("99204", 2026, "national", "177.36", id="new patient 2026, national"),
    pytest.param("99490", 2026, "national", "66.13", id="chronic care 2026, national"),
    pytest.param("G0556", 2026, "national", "16.37", id="primary-care month 2026, national"),
    pytest.param("G0568", 2026, "national", "161.66", id="collaborative add-on 2026"),
    pytest.param("G0569", 2026, "national", "145.96", id="collaborative add-on later 2026"),
    pytest.param("G0570", 2026, "national", "57.78", id="integration add-on 2026"),
]


@pytest.mark.parametrize(("code", "year", "place", "usd"), CHECK_VALUES)
def test_price_meets_its_check_value(code: str, year: int, place: str, usd: str) -> None:
    assert medicare_price(code, year, place) == Decimal(usd)


def test_facility_units_of_a_visit_fell_in_2026_while_office_units_rose() -> None:
    before, after = rvus("99214", date(2025, 6, 1)), rvus("99214", date(2026, 6, 1))
    assert (before.practice["facility"], after.practice["facility"]) == (
        Decimal("0.83"),
        Decimal("0.47"),
    )
    assert (before.practice["office"], after.practice["office"]) == (
        Decimal("1.80"),
        Decimal("2.00"),
    )


@pytest.mark.parametrize(
    ("day", "factor"),
    [
        (date(2020, 1, 1), "36.0896"),
        (date(2021, 7, 1), "34.8931"),
        (date(2022, 12, 31), "34.6062"),
        (date(2023, 1, 1), "33.8872"),
        (date(2024, 3, 8), "32.7442"),
        (date(2024, 3, 9), "33.2875"),
        (date(2025, 1, 1), "32.3465"),
        (date(2026, 12, 31), "33.4009"),
    ],
    ids=str,
)
def test_conversion_factor_of_the_day(day: date, factor: str) -> None:
    assert conversion_factors().on(day) == Decimal(factor)


def test_a_qualifying_participant_has_a_factor_of_its_own_in_2026_only() -> None:
    assert qualifying_conversion_factors().on(date(2026, 5, 1)) == Decimal("33.5675")
    with pytest.raises(NotKnown):
        qualifying_conversion_factors().on(date(2025, 5, 1))


def test_2024_without_a_day_means_the_later_factor() -> None:
    # 99213 in 2024, national: work 1.30 + office 1.33 + malpractice 0.10 = 2.73 units;
    # 2.73 x 33.2875 = 90.874..., and 2.73 x 32.7442 = 89.391...
    assert medicare_price("99213", 2024, "national") == Decimal("90.87")
    assert medicare_price("99213", date(2024, 3, 8), "national") == Decimal("89.39")


def test_preventive_visits_have_values_though_medicare_does_not_pay_them() -> None:
    assert priced_but_unpaid("99396", 2025)
    assert not priced_but_unpaid("99214", 2025)
    assert medicare_price("99396", 2025) > 100


@pytest.mark.parametrize(
    ("code", "year", "reason"),
    [
        pytest.param("83036", 2025, "laboratory", id="lab test"),
        pytest.param("80053", 2025, "laboratory", id="lab test not in the table"),
        pytest.param("90686", 2025, "average sales price", id="vaccine product"),
        pytest.param("J3420", 2025, "average sales price", id="injected drug"),
        pytest.param("99417", 2025, "another code", id="status I"),
        pytest.param("99080", 2025, "bundles", id="status B"),
        pytest.param("90480", 2025, "outside", id="status X with units"),
        pytest.param("99455", 2025, "all zero", id="status R without units"),
        pytest.param("99441", 2025, "2020 to 2024", id="code that ended"),
        pytest.param("12345", 2025, "not in the stored table", id="unknown code"),
    ],
)
def test_a_code_without_a_price_says_why(code: str, year: int, reason: str) -> None:
    with pytest.raises(NotKnown, match=reason):
        medicare_price(code, year)


def test_colorado_2026_is_not_known_and_names_what_can_be_asked() -> None:
    with pytest.raises(NotKnown, match="2025 Colorado, or for 2026 national"):
        medicare_price("99214", 2026, "Colorado")


@pytest.mark.parametrize("year", [2019, 2027])
def test_a_year_outside_the_tables_is_not_known(year: int) -> None:
    with pytest.raises(NotKnown, match="2020 to 2026"):
        medicare_price("99214", year, "national")


def test_another_locality_is_refused_with_the_choices() -> None:
    with pytest.raises(BadInput, match="Colorado or national"):
        medicare_price("99214", 2025, "Wyoming")


def test_default_benchmark_year_is_the_latest_with_the_indices() -> None:
    assert benchmark_year("Colorado") == 2025
    assert benchmark_year("national") == 2026


def test_a_component_modifier_prices_the_component_and_others_the_whole() -> None:
    whole = medicare_price("94010", 2025)
    assert medicare_price("94010", 2025, modifier="26") < whole
    assert medicare_price("94010", 2025, modifier="25") == whole
