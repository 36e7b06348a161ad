"""One quality result beside its benchmark: percentile reached, and what the next one takes."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from knowledge.evidence import Basis, Figure
from knowledge.reference.quality_benchmarks import Benchmark
from tools.measures.quality_rows import QualityRow, rate_figure

MEDIAN, BEST = 50, 90
DECILES = range(10, 100, 10)
SOURCE = "CMS, Quality Payment Program benchmarks, submitted from the health record"


@dataclass(frozen=True)
class Marks:
    """A rate against the percentiles of its year; gaps are None where nothing is missing.

    reached: the highest decile that the rate reaches, 0 below the first. Points are percent
    points, patients the smallest whole number that reaches the mark. from_median: rate minus
    median in points, above zero where it is better (an inverse measure turned).
    """

    reached: Figure
    median: Figure
    best: Figure
    next_mark: Figure | None
    next_points: Figure | None
    next_patients: Figure | None
    median_points: Figure | None
    median_patients: Figure | None
    from_median: Figure
    best_points: Figure | None
    best_patients: Figure | None


@dataclass(frozen=True)
class Score:
    """One result: its rate, the change since the period before, and its marks if any."""

    row: QualityRow
    whose: str
    rate: Figure
    change: Figure | None
    improved: bool
    marks: Marks | None

    @property
    def ahead(self) -> bool:
        """Whether the national median is reached, with the measure's direction in mind."""
        return self.marks is not None and self.marks.reached.number >= MEDIAN


def score(row: QualityRow, before: QualityRow | None, whose: str, mark: Benchmark | None) -> Score:
    """A result with its change and its marks."""
    rate = rate_figure(row, whose)
    change, improved = None, False
    if before is not None:
        then = rate_figure(before, whose)
        change = Figure(f"{rate.name}: change", rate.number - then.number, "points",
                        Basis("rate - rate of the period before", (rate, then)))  # fmt: skip
        improved = change.number < 0 if row.lower_is_better else change.number > 0
    return Score(
        row, whose, rate, change, improved, _marks(row, whose, rate, mark) if mark else None
    )


def _marks(row: QualityRow, whose: str, rate: Figure, mark: Benchmark) -> Marks:
    there = [p for p in DECILES if reaches(rate.number, mark.mark(p), mark.inverse)]
    reached = Figure(
        f"{mark.measure} {whose}: percentile reached", Decimal(max(there, default=0)), "count",
        Basis("highest decile of the year's benchmark that the rate reaches", (rate,),
              source=SOURCE),
    )  # fmt: skip
    ahead = next((p for p in DECILES if p not in there), None)
    following = _mark(mark, ahead) if ahead else None
    median = _mark(mark, MEDIAN)
    best = _mark(mark, BEST)
    behind = not reaches(rate.number, median.number, mark.inverse)
    below = not reaches(rate.number, best.number, mark.inverse)
    to_next = _gap(row, whose, rate, following, mark) if following else (None, None)
    to_median = _gap(row, whose, rate, median, mark) if behind else (None, None)
    to_best = _gap(row, whose, rate, best, mark) if below else (None, None)
    return Marks(
        reached=reached,
        median=median,
        best=best,
        next_mark=following,
        next_points=to_next[0],
        next_patients=to_next[1],
        median_points=to_median[0],
        median_patients=to_median[1],
        from_median=_from_median(rate, median, mark.inverse),
        best_points=to_best[0],
        best_patients=to_best[1],
    )


def _from_median(rate: Figure, median: Figure, inverse: bool) -> Figure:
    apart = median.number - rate.number if inverse else rate.number - median.number
    basis = Basis("rate - median, turned for an inverse measure", (rate, median))
    return Figure(f"{rate.name}: points from the median", apart, "points", basis)


def _mark(mark: Benchmark, percentile: int) -> Figure:
    name = {MEDIAN: "national median", BEST: "mark of the best tenth"}.get(
        percentile, f"mark of percentile {percentile}"
    )
    return Figure(
        f"{mark.measure} {mark.year}: {name}", mark.mark(percentile), "percent",
        Basis("benchmark of the performance year"
              + (", lower is better" if mark.inverse else ""), source=SOURCE),
    )  # fmt: skip


def _gap(
    row: QualityRow, whose: str, rate: Figure, goal: Figure, mark: Benchmark
) -> tuple[Figure, Figure]:
    """Points and patients from the rate to a mark it does not reach."""
    points = Figure(
        f"{rate.name}: points to the {goal.name}", abs(goal.number - rate.number), "points",
        Basis("distance between rate and mark", (rate, goal)),
    )  # fmt: skip
    needed = patients_to(row.numerator, row.denominator, goal.number, mark.inverse)
    patients = Figure(
        f"{rate.name}: patients to the {goal.name}", Decimal(needed), "count",
        Basis("smallest whole number of patients that reaches the mark", (rate, goal)),
    )  # fmt: skip
    return points, patients


def reaches(rate: Decimal, goal: Decimal, inverse: bool) -> bool:
    """Whether a rate reaches a mark; for an inverse measure from above."""
    return rate <= goal if inverse else rate >= goal


def patients_to(hits: int, people: int, goal: Decimal, inverse: bool) -> int:
    """How many patients more (fewer, for an inverse measure) reach the mark in percent."""
    wanted = people * goal / 100
    if inverse:
        return hits - int(wanted.to_integral_value(ROUND_FLOOR))
    return int(wanted.to_integral_value(ROUND_CEILING)) - hits
