"""Results CMS published for accountable care organizations, to the dollar."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tools.savings.shared_savings_formula import shared_savings

# Medicare Shared Savings Program public-use files 2020: benchmark, spending, minimum rate,
# share, quality, published earned savings.
PUBLISHED = [
    pytest.param("956864945", "884436947", "2.00", "75", "1", "54320998", id="2020 A1001"),
    pytest.param("394704803", "385241750", "2.33", "50", "0.971875", "4598452", id="2020 A1026"),
    pytest.param("169667165", "162864173", "2.81", "50", "0.978125", "3327088", id="2020 A1027"),
    pytest.param("383064284", "384982008", "2.36", "50", "1", "0", id="2020 A1006, upside only"),
    pytest.param("685662600", "682107900", "2.00", "46.8", "1", "0", id="2016, below the minimum"),
]


@pytest.mark.parametrize(
    ("benchmark", "spent", "least", "share", "quality", "published"), PUBLISHED
)
def test_published_result_is_met_within_a_dollar(
    benchmark: str, spent: str, least: str, share: str, quality: str, published: str
) -> None:
    found = shared_savings(
        Decimal(benchmark), Decimal(spent), Decimal(share), Decimal(quality), Decimal(least)
    )
    assert abs(found.earned - Decimal(published)) <= 1


def test_sequestration_is_taken_off_what_is_earned() -> None:
    # 2016, Advocate: 60,680,999 saved, share 48.64%, 2% withheld, published 28,924,272;
    # the share is printed to four places, so the amount is met to a hundredth of a percent.
    target = Decimal(2_000_000_000)
    found = shared_savings(
        target, target - 60_680_999, Decimal("48.64"), minimum_rate=Decimal(2), withheld=Decimal(2)
    )
    assert abs(found.earned / 28_924_272 - 1) < Decimal("0.0001")


def test_a_two_sided_loss_is_shared() -> None:
    # 2016, Catholic Medical Partners: loss 6,330,283, loss share max(1 - 0.7226, 0.40),
    # minimum 0.5%, published -2,532,113.
    target = Decimal(500_000_000)
    found = shared_savings(
        target, target + 6_330_283, Decimal("72.26"), minimum_rate=Decimal("0.5"),
        loss_share=Decimal(40),
    )  # fmt: skip
    assert abs(found.earned - Decimal(-2_532_113)) <= 1


def test_a_loss_stops_at_the_cap() -> None:
    # A loss of 10 on 100 shared by half is 5; a cap of 3% of the target is 3.
    found = shared_savings(
        Decimal(100), Decimal(110), Decimal(50), loss_share=Decimal(50), loss_cap=Decimal(3)
    )
    assert found.earned == Decimal(-3)


def test_savings_just_at_the_minimum_are_shared_from_the_first_dollar() -> None:
    assert shared_savings(
        Decimal(100), Decimal(98), Decimal(50), minimum_rate=Decimal(2)
    ).earned == Decimal(1)
    assert not shared_savings(
        Decimal(100), Decimal("98.01"), Decimal(50), minimum_rate=Decimal(2)
    ).earned
