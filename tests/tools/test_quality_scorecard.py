"""Quality against the marks of 2026: CMS165 68.98 and 84.04, CMS122 (inverse) 29.525 and 12.5."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from knowledge.evidence import Figure, plain
from knowledge.problems import NotKnown
from tests.fixtures.hand_worked import hand_worked
from tools.quality_scorecard import quality_scorecard


def result(measure: str, hits: int, people: int, year: int = 2026) -> dict[str, Any]:
    return {
        "measure": measure,
        "measure_as_given": measure,
        "period_start": date(year, 1, 1),
        "period_end": date(year, 9, 30),
        "numerator": hits,
        "denominator": people,
    }


def test_gap_is_told_in_points_and_in_whole_patients_by_direction(tmp_path: Path) -> None:
    # CMS165: 130 / 200 = 65.0; the median 68.98 asks for 137.96, so 138: 8 patients, 4.0 points.
    # CMS122: 70 / 200 = 35.0; the median 29.525 allows 59.05, so 59: 11 patients, 5.5 points.
    rows = [result("CMS165", 130, 200), result("CMS122", 70, 200), result("CMS2", 90, 100)]
    finding = quality_scorecard(hand_worked(tmp_path, quality=rows))
    assert finding.table is not None
    told = {
        str(row[0]): [cell.shown() for cell in row if isinstance(cell, Figure)][-2:]
        for row in finding.table.rows
    }
    assert told["CMS165"] == ["4.0 points", "8"]
    assert told["CMS122"] == ["5.5 points", "11"]
    # CMS2: 90.0 is over the median 42.685; the best tenth 93.44 asks for 94 of 100: 4 patients.
    assert told["CMS2"] == ["3.4 points", "4"]
    assert "on 1 of 3 quality measures" in plain(finding.headline.text)


def test_the_latest_period_counts_and_a_measure_without_a_mark_is_named(tmp_path: Path) -> None:
    rows = [result("CMS165", 1, 200, 2025), result("CMS165", 180, 200), result("CMS999", 1, 2)]
    finding = quality_scorecard(hand_worked(tmp_path, quality=rows))
    assert "on 1 of 1 quality measures" in plain(finding.headline.text)
    assert "CMS999" in plain(finding.caveats[0].text)


def test_without_results_it_says_which_file_would_help(tmp_path: Path) -> None:
    with pytest.raises(NotKnown, match="quality report"):
        quality_scorecard(hand_worked(tmp_path))
