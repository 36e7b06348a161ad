"""Visits and patients told in short: no more and no fewer than there are, whatever the form."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import ibis
import pytest

from tests.fixtures.told_lines import Told, store_of, told
from tools.tables import stored_tables
from tools.tables.engine import DuckEngine

# Lines 1 and 2 stand on claims of their own, the third repeats the first's claim and day.
LINES = Told(
    "a.csv", "one",
    (told("1", line_number="1"), told("2", line_number="1"), told("1", line_number="2")),
)  # fmt: skip


def visits(folder: Path) -> int:
    held = store_of(folder, (LINES,))
    held.prepare()
    lines = held.table("claim_lines")
    return int(held.frame(lines.aggregate(n=lines.visit.nunique()))["n"][0])


@pytest.mark.parametrize("kept_from", [1, 1_000])
def test_two_claims_of_three_lines_are_two_visits(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kept_from: int
) -> None:
    monkeypatch.setattr(stored_tables, "KEPT_FROM", kept_from)
    assert visits(tmp_path) == 2


@pytest.mark.parametrize("kept_from", [1, 1_000])
def test_visits_that_share_a_short_form_by_chance_stay_two(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kept_from: int
) -> None:
    def always_one(engine: DuckEngine, *columns: Any) -> Any:
        return ibis.literal(1, "int64")

    monkeypatch.setattr(stored_tables, "KEPT_FROM", kept_from)
    monkeypatch.setattr(DuckEngine, "short", always_one)
    assert visits(tmp_path) == 2
