"""Cells are read strictly: what is certain, and what is refused."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tools.importers.cell_values import clock, day, money, number, whole

AMOUNTS = [
    ("127.92", "127.92"),
    ("$1,234.50", "1234.50"),
    ("(85.00)", "-85.00"),
    ("($85)", "-85.00"),
    ("-$85.10", "-85.10"),
    ("85.10-", "-85.10"),
    (" $ 0.125 ", "0.13"),
    ("-0.125", "-0.13"),
    ("1,234,567", "1234567.00"),
    ("$ -", "0.00"),
    ("+5", "5.00"),
    (".5", "0.50"),
]


@pytest.mark.parametrize(("text", "usd"), AMOUNTS)
def test_an_amount_is_read_to_the_cent(text: str, usd: str) -> None:
    assert money(text) == Decimal(usd)


@pytest.mark.parametrize("text", ["", "  ", "N/A", "null", "$"])
def test_a_blank_is_no_amount(text: str) -> None:
    assert money(text) is None


NO_AMOUNTS = ["1,5", "1,23,456", "12,34", "1e5", "NaN x", "inf", "1.2.3", "--5", "(-5)", "5$",
              "$$5",
              "12 34", "1 000", "٣", "=1+1", "0x10", "1_000", "99213-25", "1" * 30]  # fmt: skip


@pytest.mark.parametrize("text", NO_AMOUNTS)
def test_what_is_no_plain_amount_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        money(text)


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=2, allow_nan=False))
def test_every_way_to_write_an_amount_gives_it_back(amount: Decimal) -> None:
    size = abs(amount)
    minus = amount < 0
    ways = [f"{amount:f}", f"{amount:,f}"]
    ways += (
        [f"(${size:,f})", f"-${size:f}", f"{size:f}-"] if minus else [f"${size:,f}", f" +{size:f} "]
    )
    assert {money(way) for way in ways} == {amount}


@given(st.text(max_size=20))
def test_any_text_gives_a_finite_amount_nothing_or_a_refusal(text: str) -> None:
    try:
        amount = money(text)
    except ValueError as refusal:
        assert text not in str(refusal) or len(text) < 3
    else:
        assert amount is None or (amount.is_finite() and amount.as_tuple().exponent == -2)


DAYS = ["2025-07-04", "07/04/2025", "7/4/25", "20250704", "07-04-2025", "4-Jul-2025",
        "July 4, 2025", "2025-07-04 00:00:00", "7/4/2025 12:00:00 AM", "45842", "45842.5",
        "7/4/2025-7/4/2025", "Friday, July 4, 2025", "2025-07-04T09:30:00"]  # fmt: skip


@pytest.mark.parametrize("text", DAYS)
def test_a_day_is_read_however_it_is_written(text: str) -> None:
    assert day(text) == date(2025, 7, 4)


@pytest.mark.parametrize(
    "text", ["25/12/2025", "2025-02-30", "02/30/2025", "yesterday", "13", "1/1/1875", "1234567"]
)
def test_what_is_no_day_for_certain_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        day(text)


@given(st.dates(date(1990, 1, 1), date(2099, 12, 31)))
def test_a_spreadsheets_serial_is_its_day(when: date) -> None:
    serial = (when - date(1899, 12, 30)) / timedelta(days=1)
    assert day(str(int(serial))) == when == day(f"{when:%m/%d/%Y}") == day(when.isoformat())


@pytest.mark.parametrize(
    ("text", "said"),
    [("7:00 AM", "07:00"), ("7pm", "19:00"), ("19:30", "19:30"), ("12:00 AM", "00:00"),
     ("12 p.m.", "12:00"), ("noon", "12:00"), ("closed?", None)],
)  # fmt: skip
def test_a_time_of_day_is_read_to_the_minute(text: str, said: str | None) -> None:
    if said is None:
        with pytest.raises(ValueError):
            clock(text)
    else:
        assert clock(text) == said


def test_a_bare_hour_is_not_guessed() -> None:
    with pytest.raises(ValueError, match="morning or afternoon"):
        clock("8")


def test_a_whole_number_has_no_fraction() -> None:
    assert whole("1,024") == 1024
    assert number("-3.50") == Decimal("-3.5")
    with pytest.raises(ValueError):
        whole("3.5")
