"""Stretches of time as managers say them, on 23 November 2026."""

from __future__ import annotations

from datetime import date

import pytest

from copilot.planner.calendar_words import calendar_spans
from copilot.planner.spans import without_overlaps

TODAY = date(2026, 11, 23)


def said(text: str) -> list[tuple[str, str]]:
    return [(s.kind, str(s.value)) for s in without_overlaps(calendar_spans(text, TODAY))]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("between March and June 2025", "2025-03..2025-06"),
        ("since the merger in March", "2026-03..2026-11"),
        ("since May", "2026-05..2026-11"),
        ("the first half of last year", "2025-01..2025-06"),
        ("in the first six months of 2025", "2025-01..2025-06"),
        ("last 3 months of 2025", "2025-10..2025-12"),
        ("Q1 and Q2 2026", "2026-01..2026-06"),
        ("the second quarter of last year", "2025-Q2"),
        ("last quarter", "2026-Q3"),
        ("this year so far", "2026"),
        ("since the start of the year", "2026"),
        ("from 3/1/2025 to 6/30/2025", "2025-03-01..2025-06-30"),
        ("the last 30 days", "2026-10-25..2026-11-23"),
        ("FY25", "2025"),
        ("fiscal year 2025", "2025"),
        ("for the month of June", "2026-06..2026-06"),
        ("in December", "2025-12..2025-12"),
        ("past 6 mos", "last 6 months"),
    ],
)
def test_a_stretch_is_one_period(text: str, value: str) -> None:
    assert said(text) == [("period", value)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("did rates go up from 2024 to 2025", "2024 vs 2025"),
        ("collections 2024 versus 2025", "2024 vs 2025"),
        ("Q1 2025 vs Q1 2026", "2025-Q1 vs 2026-Q1"),
        ("visits this year against last year", "2026 vs 2025"),
    ],
)
def test_two_stretches_set_beside_each_other_stay_together(text: str, value: str) -> None:
    assert ("both", value) in said(text)


def test_a_medicare_year_beside_a_year_of_service_is_no_comparison_of_years() -> None:
    assert said("our 2025 payments against 2024 medicare") == [("year", "2025"), ("year", "2024")]


def test_a_verb_is_no_month() -> None:
    assert said("for what may be owed") == []
