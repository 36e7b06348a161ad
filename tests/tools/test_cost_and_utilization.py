"""Use, cost per visit, attribution and the story, each worked by hand."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from knowledge.evidence import Finding, plain
from knowledge.problems import NotKnown
from knowledge.reference.utilization_metrics import utilization_metric
from tests.fixtures.hand_worked import GRANITE, hand_worked, line
from tools.cost_and_utilization import cost_and_utilization

JAN = (date(2026, 1, 1), date(2026, 1, 31))


def used(metric: str, ours: str, theirs: str | None, year: int = 2025, **more: Any) -> Any:
    return {
        "payer": GRANITE, "metric": metric, "period_start": date(year, 1, 1),
        "period_end": date(year, 12, 31), "practice_value": Decimal(ours),
        "comparison_value": None if theirs is None else Decimal(theirs), **more,
    }  # fmt: skip


def cost(category: str, amount: str, span: tuple[date, date] = JAN) -> Any:
    return {"category": category, "amount": Decimal(amount), "period_start": span[0],
            "period_end": span[1]}  # fmt: skip


def member(key: str, month: date = date(2026, 10, 1), **more: Any) -> Any:
    return {"payer": GRANITE, "month": month, "member_key": key, **more}


def measured(hits: int, year: int, measure: str = "CMS165") -> Any:
    return {"measure": measure, "measure_as_given": measure, "period_start": date(year, 1, 1),
            "period_end": date(year, 12, 31), "numerator": hits, "denominator": 100}  # fmt: skip


def told(finding: Finding) -> str:
    return plain(" ".join(s.text for s in (finding.headline, *finding.sentences)))


def test_the_better_side_depends_on_the_metric(tmp_path: Path) -> None:
    rows = [used("ED visits per 1,000", "150", "200"), used("Generic prescribing", "80", "90")]
    finding = cost_and_utilization(hand_worked(tmp_path, utilization=rows))
    assert "better than the comparison on 1 of 2 metrics" in told(finding)
    # 200 - 150 = 50 of 200: 25%
    assert "25.0% apart" in told(finding)
    assert "Behind: Granite Peak's Generic prescribing" in told(finding)


@pytest.mark.parametrize(
    ("name", "key"),
    [
        pytest.param("ED visits / 1,000", "emergency", id="emergency"),
        pytest.param("Avoidable ED visits", "avoidable_emergency", id="avoidable"),
        pytest.param("30-day readmission rate", "readmissions", id="readmissions"),
        pytest.param("Inpatient PMPM", "inpatient_cost", id="inpatient cost"),
        pytest.param("Total cost of care PMPM", "total_cost", id="total"),
        pytest.param("Generic dispensing rate", "generic", id="generic"),
        pytest.param("Members managed", None, id="no direction"),
        pytest.param("Credited visits", None, id="ed inside a word"),
    ],
)
def test_metrics_are_told_by_their_words(name: str, key: str | None) -> None:
    found = utilization_metric(name)
    assert (found.key if found else None) == key


def test_a_visit_s_cost_is_costs_over_visits_of_the_same_months(tmp_path: Path) -> None:
    # January: 300 + 100 over two visits = 200.00; February's visit has no costs on file
    lines = [
        line(GRANITE, "a", date(2026, 1, 5), "99213", 1, "80", "80"),
        line(GRANITE, "a", date(2026, 1, 5), "83036", 1, "10", "10", line_number="2"),
        line(GRANITE, "b", date(2026, 1, 6), "99213", 1, "80", "80"),
        line(GRANITE, "c", date(2026, 1, 7), "99213", 1, "0", "0", status="denied"),
        line(GRANITE, "d", date(2026, 2, 5), "99213", 1, "80", "80"),
    ]
    practice = hand_worked(tmp_path, claim_lines=lines, practice_costs=[
        cost("Salaries", "300"), cost("Rent", "100"),
        cost("Rent", "1200", (date(2026, 1, 1), date(2026, 12, 31))),
    ])  # fmt: skip
    finding = cost_and_utilization(practice, topic="cost per visit")
    assert "A visit costs you $200.00 in January 2026: $400.00 of costs over 2 visits" in told(
        finding
    )
    assert any("$1,200 of longer periods left out" in plain(c.text) for c in finding.caveats)


def test_attribution_is_held_against_patients_seen(tmp_path: Path) -> None:
    # roster of October: m1, m2, m3; m4 had left. Seen in the twelve months: m1, m5, m6, of whom
    # m6 stood on the roster of May. Not seen: m2, m3 (66.7%). Seen and never listed: m5.
    roster = [member("m1"), member("m2"), member("m3"), member("m4", term_date=date(2026, 9, 30)),
              member("m6", date(2026, 5, 1))]  # fmt: skip
    day = date(2026, 3, 2)
    lines = [line(GRANITE, key, day, "99213", 1, "80", "80", member_key=key)
             for key in ("m1", "m5", "m6")]  # fmt: skip
    early = date(2025, 10, 30)
    lines += [
        line(GRANITE, "m2", day, "99213", 1, "0", "0", member_key="m2", status="denied"),
        line(GRANITE, "m3", early, "99213", 1, "80", "80", member_key="m3"),
    ]
    practice = hand_worked(tmp_path, claim_lines=lines, membership=roster)
    finding = cost_and_utilization(practice, topic="attribution")
    assert told(finding) == (
        "Granite Peak attributes 3 members to you; 2 of them (66.7%) you have not seen, and 1"
        " patients you saw are not on the list."
    )


STORIES = [
    pytest.param([measured(60, 2024), measured(70, 2025)],
                 [used("ED visits", "200", None, 2024), used("ED visits", "150", None, 2025)],
                 "no total cost of theirs is on file", id="both halves, by use"),
    pytest.param([measured(60, 2024), measured(70, 2025)],
                 [used("Total cost PMPM", "400", None, 2024),
                  used("Total cost PMPM", "390", None, 2025)],
                 "Your data show it", id="both halves"),
    pytest.param([measured(60, 2024), measured(70, 2025)],
                 [used("ED visits", "150", None, 2024), used("ED visits", "200", None, 2025)],
                 "cost and use did not fall", id="cost rose"),
    pytest.param([measured(70, 2025)],
                 [used("ED visits", "200", None, 2024), used("ED visits", "150", None, 2025)],
                 "quality results stand in one period only", id="one period of quality"),
    pytest.param([measured(20, 2024, "CMS122"), measured(30, 2025, "CMS122")],
                 [used("ED visits", "200", None, 2024), used("ED visits", "150", None, 2025)],
                 "quality did not improve", id="an inverse measure rose"),
    pytest.param([measured(60, 2024), measured(70, 2025)],
                 [used("ED visits", "200", None, 2024), used("ED visits", "150", None, 2025),
                  used("Total cost PMPM", "400", None, 2024),
                  used("Total cost PMPM", "420", None, 2025)],
                 "cost and use did not fall", id="cost decides over use"),
]  # fmt: skip


@pytest.mark.parametrize(("quality", "use", "said"), STORIES)
def test_the_story_is_told_only_where_both_halves_hold(
    tmp_path: Path, quality: list[Any], use: list[Any], said: str
) -> None:
    practice = hand_worked(tmp_path, quality=quality, utilization=use)
    finding = cost_and_utilization(practice, topic="story")
    assert said in told(finding)
    assert finding.details["holds"] is (
        said in ("Your data show it", "no total cost of theirs is on file")
    )


def test_without_any_file_it_says_which_would_help(tmp_path: Path) -> None:
    with pytest.raises(NotKnown, match="utilization report"):
        cost_and_utilization(hand_worked(tmp_path))
