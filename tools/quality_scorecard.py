"""The practice's quality measures against the national marks of their performance year."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Any

from knowledge.evidence import Basis, Figure, Finding, Sentence, Table, long_date, says
from knowledge.money import percent_of
from knowledge.problems import NotKnown
from knowledge.reference.quality_benchmarks import Benchmark, measure_words, quality_benchmark
from tools.claim_totals import records
from tools.practice import Practice
from tools.registry import tool

MEDIAN, BEST = 50, 90
SOURCE = "CMS, Quality Payment Program benchmarks, submitted from the health record"


@dataclass(frozen=True)
class Score:
    """One measure of one payer (or all): its rate, the marks, and what is missing to the next.

    points and patients are None once the mark of the best tenth is reached. `ahead` says
    whether the median is reached, with the measure's direction in mind.
    """

    measure: str
    whose: str
    rate: Figure
    median: Figure
    best: Figure
    ahead: bool
    points: Figure | None
    patients: Figure | None


@tool(
    label="Quality scorecard",
    needs=["quality"],
    asks=[
        "how good is our quality",
        "quality scores against the national benchmark",
        "how do our measures compare",
        "are we above the median on quality",
        "which quality measures are we behind on",
        "how many patients short of the target are we",
        "our HEDIS and MIPS measures",
        "quality scorecard",
        "can we prove our quality to the payer",
        "blood pressure and diabetes results against others",
        "where would a quality bonus come from",
    ],
    examples=["How do our quality measures compare nationally?"],
)
def quality_scorecard(
    practice: Practice, *, payers: list[str] | None = None, year: int | None = None
) -> Finding:
    """Quality rates against the national median and best tenth of their performance year.

    Rate is numerator / denominator in percent; for inverse measures lower is better. The
    gap to the next mark is told in points and in patients, the smallest whole number that
    reaches it. Measures without a benchmark of that year are named, not judged.
    """
    if not practice.tables.has("quality"):
        raise NotKnown(
            what="no quality results are on file",
            why="measures cannot be compared without numerator and denominator",
            do="add your quality report (measure, period, numerator, denominator)",
        )
    rows = _latest(practice, payers or None, year)
    scores: list[Score] = []
    unjudged: list[str] = []
    for row in rows:
        try:
            mark = quality_benchmark(row["measure"] or "", year or row["period_end"].year)
        except NotKnown:
            unjudged.append(row["measure"] or row["measure_as_given"] or "a measure without a name")
            continue
        scores.append(_score(practice, row, mark))
    if not scores:
        raise NotKnown(
            what="none of the quality results on file has a national benchmark in the tables",
            why=f"on file: {', '.join(dict.fromkeys(unjudged)) or 'nothing for this question'}",
        )
    scores.sort(key=lambda s: (s.points.number if s.points else Decimal(0), s.measure))
    return _finding(scores, unjudged, rows)


def _latest(
    practice: Practice, payers: Sequence[str] | None, year: int | None
) -> list[dict[str, Any]]:
    """The latest period of each measure and payer, with a denominator above zero."""
    table = practice.tables.table("quality")
    if payers is not None:
        table = table.filter(table.payer.isin(list(payers)))
    newest: dict[tuple[str, str], dict[str, Any]] = {}
    for row in sorted(records(practice, table), key=lambda r: r["period_end"] or date.min):
        if not row["denominator"] or row["period_end"] is None:
            continue
        if year is None or row["period_end"].year == year:
            name = row["measure"] or row["measure_as_given"] or ""
            newest[(name, row["payer"] or "")] = row
    return list(newest.values())


def _score(practice: Practice, row: Mapping[str, Any], mark: Benchmark) -> Score:
    payer = practice.payers.short_name(row["payer"]) if row["payer"] else "all payers"
    hits, people = Decimal(int(row["numerator"])), Decimal(int(row["denominator"]))
    where = f"{mark.measure}, {payer}, period ending {long_date(row['period_end'])}"
    parts = tuple(
        Figure(f"{mark.measure} {payer}: {name}", value, "count",
               Basis(f"{name} as reported", (), "quality", where))
        for name, value in (("numerator", hits), ("denominator", people))
    )  # fmt: skip
    rate = Figure(
        f"{mark.measure} {payer}: rate", percent_of(hits, people), "percent",
        Basis("100 x numerator / denominator", parts, "quality", where),
    )  # fmt: skip
    median, best = (_mark(mark, percentile) for percentile in (MEDIAN, BEST))
    ahead = _reaches(rate.number, median.number, mark.inverse)
    goal = best if ahead else median
    if _reaches(rate.number, goal.number, mark.inverse):
        return Score(mark.measure, payer, rate, median, best, ahead, None, None)
    points = Figure(
        f"{mark.measure} {payer}: gap to the next mark", abs(goal.number - rate.number), "points",
        Basis("distance between rate and mark", (rate, goal)),
    )  # fmt: skip
    needed = _patients(hits, people, goal.number, mark.inverse)
    patients = Figure(
        f"{mark.measure} {payer}: patients to the next mark", needed, "count",
        Basis("smallest whole number of patients that reaches the mark", (*parts, goal)),
    )  # fmt: skip
    return Score(mark.measure, payer, rate, median, best, ahead, points, patients)


def _mark(mark: Benchmark, percentile: int) -> Figure:
    name = "national median" if percentile == MEDIAN else "mark of the best tenth"
    return Figure(
        f"{mark.measure} {mark.year}: {name}", mark.mark(percentile), "percent",
        Basis("benchmark of the performance year"
              + (", lower is better" if mark.inverse else ""), source=SOURCE),
    )  # fmt: skip


def _reaches(rate: Decimal, goal: Decimal, inverse: bool) -> bool:
    return rate <= goal if inverse else rate >= goal


def _patients(hits: Decimal, people: Decimal, goal: Decimal, inverse: bool) -> Decimal:
    wanted = people * goal / 100
    if inverse:
        return hits - wanted.to_integral_value(ROUND_FLOOR)
    return wanted.to_integral_value(ROUND_CEILING) - hits


def _finding(
    scores: Sequence[Score], unjudged: Sequence[str], rows: Sequence[Mapping[str, Any]]
) -> Finding:
    ahead = Figure(
        "Measures at the national median or better",
        Decimal(sum(score.ahead for score in scores)), "count",
        Basis("measures whose rate reaches the median, inverse ones turned", (), "quality"),
    )  # fmt: skip
    judged = Figure("Measures compared", Decimal(len(scores)), "count",
                    Basis("measures with a benchmark of their year", (), "quality"))  # fmt: skip
    days = [row["period_end"] for row in rows]
    return Finding(
        headline=says(
            "You are at the national median or better on {ahead} of {judged} quality measures.",
            ahead=ahead,
            judged=judged,
        ),
        sentences=(*_nearest(scores), *_strongest(scores)),
        figures=(ahead, judged),
        table=Table(
            "Quality measures against the nation, nearest gap first",
            ("Measure", "About", "Payer", "Your rate", "Median", "Best tenth",
             "Gap to the next mark", "Patients to get there"),
            tuple((s.measure, measure_words(s.measure), s.whose, s.rate, s.median, s.best,
                   s.points or "reached", s.patients) for s in scores),
        ),
        caveats=tuple(
            says("Not judged, no benchmark of that year in the tables: {names}.",
                 names=", ".join(dict.fromkeys(unjudged)))
            for _ in unjudged[:1]
        ),
        next_steps=(
            "What does the guide say about using quality results in a negotiation?",
            "Draft talking points that use our quality results",
        ),
        details={
            "measures": [score.measure for score in scores],
            "period_end": max(days).isoformat(),
            "rates": {score.measure: score.rate.id for score in scores},
            "medians": {score.measure: score.median.id for score in scores},
            "ahead": [score.measure for score in scores if score.ahead],
        },
        done=f"Compared {len(scores)} quality measures",
    )  # fmt: skip


def _nearest(scores: Sequence[Score]) -> list[Sentence]:
    behind = [score for score in scores if not score.ahead and score.patients]
    if not behind:
        return []
    near = behind[0]
    assert near.patients is not None and near.points is not None
    return [
        says(
            "The nearest to win is {measure} ({about}): {rate} against {median}, {points} or"
            " {patients} patients away.",
            measure=near.measure,
            about=measure_words(near.measure),
            rate=near.rate,
            median=near.median,
            points=near.points,
            patients=near.patients,
        )
    ]


def _strongest(scores: Sequence[Score]) -> list[Sentence]:
    ahead = [score for score in scores if score.ahead]
    if not ahead:
        return []
    best = max(ahead, key=lambda score: abs(score.rate.number - score.median.number))
    return [
        says(
            "The strongest to show a payer is {measure} ({about}): {rate} against a median of"
            " {median}.",
            measure=best.measure,
            about=measure_words(best.measure),
            rate=best.rate,
            median=best.median,
        )
    ]
