"""Stretches to compare; the claims reach from November 1, 2024 to October 30, 2026."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest

from knowledge.problems import BadInput
from tests.fixtures.hand_worked import KESTREL, hand_worked, line
from tools.period import period_of
from tools.practice import Practice
from tools.trends.periods import trend_of

YEARS = ["November 2024 to October 2025", "November 2025 to October 2026"]
READ = [
    pytest.param(None, YEARS, id="nothing said"),
    pytest.param("year over year", YEARS, id="year over year"),
    pytest.param("this year vs last year", ["January to October 2025", "January to October 2026"],
                 id="this year vs last"),
    pytest.param("2025 compared to 2026", ["January to October 2025", "January to October 2026"],
                 id="an unfinished year is cut to its months"),
    pytest.param("Q1 2026", ["January to March 2025", "January to March 2026"], id="a quarter"),
    pytest.param("2025 by quarter", ["January to March 2025", "April to June 2025",
                 "July to September 2025", "October to December 2025"], id="quarters of a year"),
    pytest.param("since 2025", ["2025", "January to October 2026"], id="since"),
]  # fmt: skip


@pytest.fixture(scope="module")
def practice(tmp_path_factory: pytest.TempPathFactory) -> Practice:
    ends = [line(KESTREL, str(day), day, "99213", 1, "1", "1")
            for day in (date(2024, 11, 1), date(2026, 10, 30))]  # fmt: skip
    return hand_worked(tmp_path_factory.mktemp("practice"), claim_lines=ends)


@pytest.mark.parametrize(("words", "labels"), READ)
def test_words_are_read(practice: Practice, words: str | None, labels: list[str]) -> None:
    assert [period.label for period in trend_of(words, practice).periods] == labels


def test_stretches_do_not_overlap_and_end_with_full_months(practice: Practice) -> None:
    periods = trend_of("by quarter", practice).periods
    assert all(a.end < b.start for a, b in pairwise(periods))
    assert periods[-1].label == "July to September 2026"


def test_two_stretches_that_overlap_are_refused(practice: Practice) -> None:
    with pytest.raises(BadInput, match="overlap"):
        trend_of("2025 vs Q1 2025", practice)


def test_tools_of_one_period_take_the_later_of_two(practice: Practice) -> None:
    assert period_of("2025 vs 2026", practice).label == "2026"
    assert period_of("2025 by quarter", practice).label == "2025"
