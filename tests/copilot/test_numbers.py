"""What counts as a number in a text, and what does not."""

from datetime import date
from decimal import Decimal

import pytest

from copilot.numbers import numbers_in

CLAIMS = [
    pytest.param("allowed $63,434 a year", "money", "63434", id="money with thousands"),
    pytest.param("worth $1.2 million", "money", "1200000", id="money in millions"),
    pytest.param("at 92.3% of Medicare", "percent", "92.3", id="percent sign"),
    pytest.param("ask for eight percent", "percent", "8", id="percent in words"),
    pytest.param("within ninety (90) days", "duration", "90", id="legal spelling"),
    pytest.param("a 120-day notice", "duration", "120", id="hyphenated duration"),
    pytest.param("4,685 units", "count", "4685", id="count"),
    pytest.param("148 per 1,000 members", "count", "148", id="rate per thousand"),
    pytest.param("between 10-20 visits", "count", "10", id="range"),
]


@pytest.mark.parametrize(("text", "kind", "value"), CLAIMS)
def test_a_claim_is_read_with_its_kind_and_size(text: str, kind: str, value: str) -> None:
    first = next(numbers_in(text))
    assert (first.kind, first.value) == (kind, Decimal(value))


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("99214 and G2211 with 99213-25", id="procedure codes"),
        pytest.param("two asks, three pieces of evidence", id="small words"),
        pytest.param("denied with CO-197", id="reason codes"),
    ],
)
def test_names_are_not_claims(text: str) -> None:
    assert list(numbers_in(text)) == []


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("from March 1, 2027", date(2027, 3, 1)),
        ("by 2026-12-18", date(2026, 12, 18)),
        ("since 7/1/2020", date(2020, 7, 1)),
    ],
)
def test_dates_are_read_whole(text: str, day: date) -> None:
    (only,) = numbers_in(text)
    assert (only.kind, only.day) == ("date", day)


def test_the_second_half_of_a_range_is_a_claim_of_its_own() -> None:
    assert [n.value for n in numbers_in("10-20 visits")] == [Decimal(10), Decimal(20)]
