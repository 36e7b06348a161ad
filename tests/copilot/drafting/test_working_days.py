"""Days that a draft names, counted by hand on the calendars of 2026 and 2027."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copilot.drafting.spoken_days import day_said
from copilot.drafting.working_days import first_day, reply_day
from knowledge.business_days import is_business_day

REPLIES = [
    # Nov 24, 25, 30, Dec 1 to 4, 7, 8, 9: Thanksgiving and the day after are left out.
    pytest.param(date(2026, 11, 23), date(2026, 12, 9), id="over Thanksgiving"),
    pytest.param(date(2026, 8, 3), date(2026, 8, 17), id="two plain weeks"),
    # Dec 22, 23, 24, 28 to 31, Jan 4, 5, 6: Christmas and New Year's Day are Fridays.
    pytest.param(date(2026, 12, 21), date(2027, 1, 6), id="over the year's end"),
]


@pytest.mark.parametrize(("today", "day"), REPLIES)
def test_an_answer_is_asked_for_after_ten_working_days(today: date, day: date) -> None:
    assert reply_day(today).value == day


STARTS = [
    pytest.param(date(2026, 11, 23), 0, date(2027, 3, 1), id="ninety days reach February 21"),
    pytest.param(date(2026, 11, 23), 120, date(2027, 4, 1), id="a longer notice"),
    pytest.param(date(2026, 12, 1), 0, date(2027, 3, 1), id="ninety days to the day"),
    pytest.param(date(2026, 10, 2), 30, date(2027, 1, 1), id="a shorter notice changes nothing"),
]


@pytest.mark.parametrize(("today", "notice", "day"), STARTS)
def test_new_rates_start_on_a_first_of_a_month_at_least_ninety_days_out(
    today: date, notice: int, day: date
) -> None:
    assert first_day(today, notice).value == day


@given(st.dates(date(2024, 1, 1), date(2035, 12, 31)))
def test_the_day_asked_for_is_always_a_working_day(today: date) -> None:
    day = reply_day(today).value
    assert isinstance(day, date)
    assert is_business_day(day)
    assert 12 <= (day - today).days <= 24


SAID = [
    pytest.param("friday", date(2026, 11, 27), id="weekday"),
    pytest.param("next Friday", date(2026, 12, 4), id="the one after"),
    pytest.param("December 15", date(2026, 12, 15), id="month and day"),
    pytest.param("jan 8", date(2027, 1, 8), id="past this year"),
    pytest.param("12/15", date(2026, 12, 15), id="in figures"),
    pytest.param("2027-02-01", date(2027, 2, 1), id="iso"),
    pytest.param("soon", None, id="no day"),
    pytest.param("february 30", None, id="no such day"),
]


@pytest.mark.parametrize(("words", "day"), SAID)
def test_a_spoken_day_is_the_next_one(words: str, day: date | None) -> None:
    assert day_said(words, date(2026, 11, 23)) == day


def test_a_day_that_the_user_set_stands() -> None:
    assert reply_day(date(2026, 11, 23), on="2026-12-01").value == date(2026, 12, 1)
