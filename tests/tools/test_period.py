"""Periods in a user's words; the hand-worked claims reach to Friday, October 30, 2026."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from knowledge.problems import BadInput, NotKnown
from tests.fixtures.hand_worked import CLAIMS, KESTREL, hand_worked, line
from tools.period import period_of
from tools.practice import Practice

READ = [
    pytest.param(None, "2025-11-01", "2026-10-31", "November 2025 to October 2026", id="default"),
    pytest.param("last 12 months", "2025-11-01", "2026-10-31", None, id="last 12 months"),
    pytest.param("the past year", "2025-11-01", "2026-10-31", None, id="past year"),
    pytest.param("last 6 months", "2026-05-01", "2026-10-31", "May to October 2026", id="six"),
    pytest.param("past three months", "2026-08-01", "2026-10-31", None, id="three in words"),
    pytest.param("last two quarters", "2026-05-01", "2026-10-31", None, id="two quarters"),
    pytest.param("last year", "2025-01-01", "2025-12-31", "2025", id="last year"),
    pytest.param("2025", "2025-01-01", "2025-12-31", "2025", id="year"),
    pytest.param("in 2024", "2024-01-01", "2024-12-31", "2024", id="in a year"),
    pytest.param("Q1 2026", "2026-01-01", "2026-03-31", "January to March 2026", id="quarter"),
    pytest.param("2026-Q1", "2026-01-01", "2026-03-31", None, id="quarter, ISO way"),
    pytest.param("the second quarter of 2026", "2026-04-01", "2026-06-30", None, id="ordinal"),
    pytest.param("first half of 2026", "2026-01-01", "2026-06-30", None, id="half"),
    pytest.param("2025-07..2026-06", "2025-07-01", "2026-06-30", "July 2025 to June 2026", id=".."),
    pytest.param("July 2025 to June 2026", "2025-07-01", "2026-06-30", None, id="months to"),
    pytest.param("from jan to mar 2026", "2026-01-01", "2026-03-31", None, id="year once"),
    pytest.param("nov to feb 2026", "2025-11-01", "2026-02-28", None, id="over new year"),
    pytest.param("between 2025-07-15 and 2026-06-30", "2025-07-15", "2026-06-30", None, id="days"),
    pytest.param("July 1, 2025 - June 30, 2026", "2025-07-01", "2026-06-30", None, id="long days"),
    pytest.param("since July 2025", "2025-07-01", "2026-10-30", None, id="since"),
    pytest.param("since 2026", "2026-01-01", "2026-10-30", None, id="since a year"),
    pytest.param("year to date", "2026-01-01", "2026-10-30", None, id="year to date"),
    pytest.param("July 2025", "2025-07-01", "2025-07-31", "July 2025", id="month"),
    pytest.param("2024-02", "2024-02-01", "2024-02-29", "February 2024", id="leap month"),
    pytest.param("03/2026", "2026-03-01", "2026-03-31", "March 2026", id="month with slash"),
    pytest.param("last month", "2026-10-01", "2026-10-31", "October 2026", id="last month"),
    pytest.param("last quarter", "2026-07-01", "2026-09-30", "July to September 2026", id="lastq"),
    pytest.param("fiscal year 2025", "2025-01-01", "2025-12-31", "2025", id="fiscal year"),
    pytest.param("FY25", "2025-01-01", "2025-12-31", "2025", id="fiscal year, short"),
    pytest.param("Q1 and Q2 2026", "2026-01-01", "2026-06-30", None, id="two quarters named"),
    pytest.param("first six months of 2025", "2025-01-01", "2025-06-30", None, id="six of a year"),
    pytest.param("the second half of last year", "2025-07-01", "2025-12-31", None, id="its half"),
    pytest.param("Q3", "2026-07-01", "2026-09-30", None, id="a quarter without its year"),
    pytest.param("last 30 days", "2026-10-25", "2026-11-23", None, id="days back"),
    pytest.param("this month", "2026-11-01", "2026-11-30", None, id="this month"),
    pytest.param("through March 2026", "2026-01-01", "2026-03-31", None, id="through"),
    pytest.param("everything", "2025-10-31", "2026-10-30", None, id="everything"),
]


@pytest.fixture(scope="module")
def practice(tmp_path_factory: pytest.TempPathFactory) -> Practice:
    return hand_worked(tmp_path_factory.mktemp("practice"))


@pytest.mark.parametrize(("words", "start", "end", "label"), READ)
def test_words_are_read(
    practice: Practice, words: str | None, start: str, end: str, label: str | None
) -> None:
    period = period_of(words, practice)
    assert (period.start.isoformat(), period.end.isoformat()) == (start, end)
    assert label is None or period.label == label


def test_a_part_month_at_the_end_of_the_claims_is_left_out(tmp_path: Path) -> None:
    more = [*CLAIMS, line(KESTREL, "k3", date(2026, 11, 12), "99213", 1, "100", "100")]
    period = period_of(None, hand_worked(tmp_path, claim_lines=more))
    assert (period.start, period.end) == (date(2025, 11, 1), date(2026, 10, 31))


def test_a_service_date_in_the_future_moves_nothing(tmp_path: Path) -> None:
    more = [*CLAIMS, line(KESTREL, "k3", date(2062, 1, 5), "99213", 1, "100", "100")]
    assert period_of(None, hand_worked(tmp_path, claim_lines=more)).end == date(2026, 10, 31)


@pytest.mark.parametrize("words", ["the good old days", "2025-13", "Q5 2026", "last zero months"])
def test_other_words_are_refused(practice: Practice, words: str) -> None:
    with pytest.raises(BadInput, match="period"):
        period_of(words, practice)


def test_a_period_that_ends_before_it_begins_is_refused(practice: Practice) -> None:
    with pytest.raises(BadInput, match="before it begins"):
        period_of("2026 to 2024", practice)


def test_without_claims_the_default_is_not_known_but_a_year_is(tmp_path: Path) -> None:
    practice = hand_worked(tmp_path, claim_lines=[])
    with pytest.raises(NotKnown, match="835"):
        period_of(None, practice)
    assert period_of("2025", practice).label == "2025"
