"""Days as people say them, against a calendar worked by hand and against what must always hold."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copilot.tracker.calendar_days import month_end
from copilot.tracker.said_days import days_said

TUESDAY = date(2026, 11, 24)
DAYS = st.dates(date(2024, 1, 1), date(2031, 12, 31))
NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

AHEAD = [  # the calendar: Nov 24, 2026 is a Tuesday, Dec 1 a Tuesday, Jan 1, 2027 a Friday
    ("by Dec 15", "2026-12-15"),
    ("by December 15th, 2027", "2027-12-15"),
    ("by the 15th", "2026-12-15"),
    ("by the 30th", "2026-11-30"),
    ("by the 31st", "2026-12-31"),
    ("on Friday", "2026-11-27"),
    ("next Friday", "2026-12-04"),
    ("Wednesday next week", "2026-12-02"),
    ("tomorrow", "2026-11-25"),
    ("by the end of the month", "2026-11-30"),
    ("by EOM", "2026-11-30"),
    ("by the end of next month", "2026-12-31"),
    ("by the end of January", "2027-01-31"),
    ("by the end of February", "2027-02-28"),
    ("in two weeks", "2026-12-08"),
    ("within 30 days", "2026-12-24"),
    ("in a month", "2026-12-24"),
    ("within 10 business days", "2026-12-10"),  # without Nov 26 and 27
    ("a week from Monday", "2026-12-07"),
    ("next week", "2026-12-04"),
    ("12/15", "2026-12-15"),
    ("1/5/27", "2027-01-05"),
    ("on Feb 29", "2028-02-29"),
]
BEHIND = [
    ("today", "2026-11-24"),
    ("last Tuesday", "2026-11-17"),
    ("on Monday", "2026-11-23"),
    ("yesterday", "2026-11-23"),
    ("two weeks ago", "2026-11-10"),
    ("on the 12th", "2026-11-12"),
    ("on the 30th", "2026-10-30"),
    ("Nov 2", "2026-11-02"),
    ("on 12/20", "2025-12-20"),
]
NO_DAY = [
    "soon", "by January", "early December", "they may offer 5 percent", "the 2nd follow-up",
    "by the 3rd week of January", "Nov 31", "we sat down", "a 1/2% raise", "he will decide",
]  # fmt: skip


@pytest.mark.parametrize(("words", "day"), AHEAD)
def test_what_is_promised_lies_ahead(words: str, day: str) -> None:
    (found,) = days_said(f"they will answer {words}", TUESDAY, ahead=True)
    assert found.day.isoformat() == day


@pytest.mark.parametrize(("words", "day"), BEHIND)
def test_what_happened_lies_behind(words: str, day: str) -> None:
    (found,) = days_said(f"we called them {words}", TUESDAY, ahead=False)
    assert found.day.isoformat() == day


@pytest.mark.parametrize("words", NO_DAY)
def test_words_that_name_no_day_give_none(words: str) -> None:
    assert days_said(words, TUESDAY, ahead=True) == ()


def test_a_stretch_of_time_is_no_exact_day() -> None:
    (week,) = days_said("sometime next week", TUESDAY, ahead=True)
    assert not week.exact and week.day == date(2026, 12, 4)


@given(DAYS, st.integers(1, 31))
def test_the_nth_is_the_first_such_day_that_there_is(today: date, number: int) -> None:
    (found,) = days_said(f"by the {number}th", today, ahead=True)
    assert found.day.day == number and found.day >= today
    between = (found.day - today).days
    assert all((today + timedelta(n)).day != number for n in range(between))


@given(DAYS)
def test_the_end_of_a_month_is_the_day_before_a_first(today: date) -> None:
    for words, months in (("end of the month", 0), ("end of next month", 1)):
        (found,) = days_said(f"by the {words}", today, ahead=True)
        assert (found.day + timedelta(1)).day == 1
        after = (found.day.year - today.year) * 12 + found.day.month - today.month
        assert after == months


@given(DAYS, st.sampled_from(range(7)))
def test_a_weekday_is_that_weekday_and_on_its_side_of_today(today: date, at: int) -> None:
    (soon,) = days_said(f"by {NAMES[at]}", today, ahead=True)
    (last,) = days_said(f"last {NAMES[at]}", today, ahead=False)
    (following,) = days_said(f"next {NAMES[at]}", today, ahead=True)
    assert {soon.day.weekday(), last.day.weekday(), following.day.weekday()} == {at}
    assert 1 <= (soon.day - today).days <= 7 and 1 <= (today - last.day).days <= 7
    monday = today - timedelta(today.weekday())
    assert following.day - timedelta(at) == monday + timedelta(7)


@given(DAYS, st.integers(1, 24))
def test_months_ahead_keep_the_day_or_end_with_their_month(today: date, count: int) -> None:
    (found,) = days_said(f"in {count} months", today, ahead=True)
    last = month_end(today.year, today.month + count)
    assert found.day == last.replace(day=min(today.day, last.day))


@given(DAYS, DAYS)
def test_a_written_date_is_that_date_whatever_today_is(today: date, day: date) -> None:
    for words in (day.isoformat(), f"{day:%B} {day.day}, {day.year}", f"{day:%m/%d/%Y}"):
        (found,) = days_said(f"on {words}.", today, ahead=False)
        assert found.day == day
