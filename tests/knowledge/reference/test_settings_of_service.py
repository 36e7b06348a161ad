"""Office or facility, by place of service and day."""

from __future__ import annotations

from datetime import date

import pytest

from knowledge.problems import NotKnown
from knowledge.reference.settings_of_service import setting_of

DAY = date(2025, 7, 1)


@pytest.mark.parametrize(
    "place", ["02", "19", "21", "22", "23", "24", "26", "31", "34", "51", "52", "53", "56", "61"]
)
def test_facility_places(place: str) -> None:
    assert setting_of(place, DAY) == "facility"


@pytest.mark.parametrize("place", ["11", "10", "12", "20", "32", "50", "72", "", None])
def test_all_other_places_are_the_office(place: str | None) -> None:
    assert setting_of(place, DAY) == "office"


def test_a_place_without_its_leading_zero_is_the_same_place() -> None:
    assert setting_of("2", DAY) == "facility"


def test_a_year_without_a_telehealth_rule_is_not_known() -> None:
    with pytest.raises(NotKnown):
        setting_of("11", date(2019, 1, 1))
