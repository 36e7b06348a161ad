"""Quality marks against the values CMS published for 2026."""

from __future__ import annotations

from decimal import Decimal

import pytest

from knowledge.problems import NotKnown
from knowledge.reference.quality_benchmarks import quality_benchmark


@pytest.mark.parametrize(
    ("measure", "median", "ninetieth"),
    [("CMS165", "68.98", "84.04"), ("CMS2", "42.685", "93.44")],
)
def test_marks_of_2026_by_health_record(measure: str, median: str, ninetieth: str) -> None:
    found = quality_benchmark(measure, 2026)
    assert (found.mark(50), found.mark(90)) == (Decimal(median), Decimal(ninetieth))


def test_an_inverse_measure_is_best_at_its_low_end() -> None:
    diabetes = quality_benchmark("CMS122", 2026)
    assert diabetes.inverse
    assert diabetes.mark(90) == Decimal("12.5")
    assert diabetes.mark(50) == Decimal("29.525")
    assert diabetes.mark(90) < diabetes.mark(50)


def test_a_measure_or_year_without_a_benchmark_is_not_known() -> None:
    with pytest.raises(NotKnown):
        quality_benchmark("CMS1173", 2026)
    with pytest.raises(NotKnown):
        quality_benchmark("CMS165", 2022)
