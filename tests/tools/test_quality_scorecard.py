"""Quality against the marks of 2026, submitted from the health record.

CMS165: 30th 61.54, 40th 65.61, median 68.98, 90th 84.04. CMS122 (lower is better), ascending:
50th 29.525, 60th 36.72. CMS2: median 42.685, 80th 80.72, 90th 93.44.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from knowledge.evidence import Figure, Finding, plain
from knowledge.problems import NotKnown
from tests.fixtures.hand_worked import GRANITE, KESTREL, hand_worked
from tools.measures.asked_measures import measures_named
from tools.quality_scorecard import quality_scorecard


def result(measure: str, hits: int, people: int, year: int = 2026, **more: Any) -> dict[str, Any]:
    return {
        "measure": measure,
        "measure_as_given": measure,
        "period_start": date(year, 1, 1),
        "period_end": date(year, 9, 30),
        "numerator": hits,
        "denominator": people,
        **more,
    }


def row_of(finding: Finding, measure: str) -> dict[str, str]:
    """Column -> what the first row of a measure shows."""
    assert finding.table is not None
    cells = next(row for row in finding.table.rows if row[0] == measure)
    shown = [cell.shown() if isinstance(cell, Figure) else cell or "" for cell in cells]
    return dict(zip(finding.table.columns, shown, strict=True))


def test_gap_to_the_next_decile_is_told_in_points_and_in_whole_patients(tmp_path: Path) -> None:
    # CMS165: 130 / 200 = 65.0 reaches the 30th; the 40th, 65.61, asks for 131.22: 132, 2 more.
    # CMS122: 70 / 200 = 35.0 is within 36.72, so it reaches the 40th from above; the median
    #   29.525 allows 59.05, so 59: 11 fewer, 5.5 points.
    # CMS2: 90 / 100 reaches the 80th; the 90th, 93.44, asks for 94: 4 more, 3.4 points.
    rows = [result("CMS165", 130, 200), result("CMS122", 70, 200), result("CMS2", 90, 100)]
    finding = quality_scorecard(hand_worked(tmp_path, quality=rows))
    columns = ("Reaches percentile", "Next decile at", "Points to it", "Patients to it")
    told = {m: [row_of(finding, m)[c] for c in columns] for m in ("CMS165", "CMS122", "CMS2")}
    assert told == {
        "CMS165": ["30", "65.6%", "0.6 points", "2"],
        "CMS122": ["40", "29.5%", "5.5 points", "11"],
        "CMS2": ["80", "93.4%", "3.4 points", "4"],
    }
    assert "on 1 of 3 quality measures" in plain(finding.headline.text)


def test_the_nearest_to_the_median_is_told_with_its_patients(tmp_path: Path) -> None:
    # CMS165 65.0 to 68.98: 137.96, so 138: 8 patients, 4.0 points
    finding = quality_scorecard(hand_worked(tmp_path, quality=[result("CMS165", 130, 200)]))
    said = " ".join(plain(each.text) for each in finding.sentences)
    assert "4.0 points or 8 patients away" in said


def test_periods_stand_side_by_side_and_a_fall_of_an_inverse_measure_is_a_gain(
    tmp_path: Path,
) -> None:
    # CMS122: 40.0 in 2025, 35.0 in 2026; CMS165: 70.0, then 65.0
    rows = [result("CMS122", 80, 200, 2025), result("CMS122", 70, 200),
            result("CMS165", 140, 200, 2025), result("CMS165", 130, 200)]  # fmt: skip
    finding = quality_scorecard(hand_worked(tmp_path, quality=rows))
    assert row_of(finding, "CMS122")["Change"] == "-5.0 points"
    assert row_of(finding, "CMS165")["Change"] == "-5.0 points"
    said = " ".join(plain(each.text) for each in finding.sentences)
    assert "1 of 2 results improved" in said


def test_the_latest_period_counts_and_a_measure_without_a_mark_is_named(tmp_path: Path) -> None:
    rows = [result("CMS165", 1, 200, 2025), result("CMS165", 180, 200), result("CMS999", 1, 2)]
    finding = quality_scorecard(hand_worked(tmp_path, quality=rows))
    assert "on 1 of 1 quality measures" in plain(finding.headline.text)
    assert "CMS999" in plain(finding.caveats[0].text)


def test_satisfaction_is_shown_and_not_judged(tmp_path: Path) -> None:
    row = result("", 182, 200, measure_as_given="Would recommend this practice") | {"measure": None}
    finding = quality_scorecard(hand_worked(tmp_path, quality=[row]))
    assert plain(finding.headline.text).startswith(
        "Would recommend this practice, all payers: 91.0%"
    )
    assert row_of(finding, "Would recommend this practice")["Reaches percentile"] == "not judged"


def test_one_payer_or_all_and_a_payer_without_results_is_named(tmp_path: Path) -> None:
    rows = [result("CMS165", 130, 200), result("CMS165", 90, 100, payer=GRANITE)]
    practice = hand_worked(tmp_path, quality=rows)
    assert row_of(quality_scorecard(practice, payers=[GRANITE]), "CMS165")["Your rate"] == "90.0%"
    other = quality_scorecard(practice, payers=[KESTREL])
    assert row_of(other, "CMS165")["Your rate"] == "65.0%"
    assert any("No quality results of Kestrel" in plain(each.text) for each in other.caveats)


def test_without_results_it_says_which_file_would_help(tmp_path: Path) -> None:
    with pytest.raises(NotKnown, match="quality report"):
        quality_scorecard(hand_worked(tmp_path))


def test_the_way_to_the_best_tenth_is_told_and_a_lead_on_the_median_in_points(
    tmp_path: Path,
) -> None:
    # CMS2: 80 / 100; the 90th, 93.44, asks for 94: 14 more, 13.4 points (hand-worked)
    finding = quality_scorecard(hand_worked(tmp_path, quality=[result("CMS2", 80, 100)]))
    row = row_of(finding, "CMS2")
    assert row["Points to the best tenth"] == "13.4 points"
    assert row["Patients to the best tenth"] == "14"


def test_a_measure_that_is_asked_for_leads_and_one_not_on_file_is_said(tmp_path: Path) -> None:
    rows = [result("CMS165", 130, 200), result("CMS122", 70, 200)]
    practice = hand_worked(tmp_path, quality=rows)
    asked = quality_scorecard(practice, topic="CMS165")
    # 130 / 200
    assert plain(asked.headline.text).startswith(
        "Blood pressure controlled (CMS165), all payers, to September 30, 2026: 65.0%"
    )
    assert asked.table is not None and asked.table.rows[0][0] == "CMS165"
    absent = quality_scorecard(practice, topic="CMS130")
    assert plain(absent.headline.text) == (
        "No result of colorectal cancer screened (CMS130) is on file."
    )


@pytest.mark.parametrize(
    ("words", "measures"),
    [
        ("how is our blood pressure control with Kestrel", ("CMS165",)),
        ("blood pressure screening rate", ("CMS22",)),
        ("mammograms and colonoscopies", ("CMS125", "CMS130")),
        ("our A1c results", ("CMS122",)),
        ("CMS 165v13 please", ("CMS165",)),
        ("are we any good", ()),
    ],
)
def test_measures_are_known_by_the_words_people_use(words: str, measures: tuple[str, ...]) -> None:
    assert measures_named(words) == measures
