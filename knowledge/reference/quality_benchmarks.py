"""MIPS benchmark percentiles of a quality measure, by performance year and submission method."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from knowledge.problems import NotKnown
from knowledge.reference.dated import read_csv, read_toml

PERCENTILES = (1, 10, 20, 30, 40, 50, 60, 70, 80, 90, 99)
ELECTRONIC = "electronicHealthRecord"


@dataclass(frozen=True)
class Benchmark:
    """A measure's marks in percent; `inverse` means that lower is better."""

    measure: str
    year: int
    method: str
    inverse: bool
    topped_out: bool
    average: Decimal | None
    ascending: Mapping[int, Decimal]

    def mark(self, percentile: int) -> Decimal:
        """The rate that this share of participants does not surpass in goodness, in percent.

        For an inverse measure the good end is the low one: its mark for the best tenth is
        the tenth percentile of the ascending table.
        """
        return self.ascending[100 - percentile if self.inverse else percentile]


def quality_benchmark(measure: str, year: int, method: str = ELECTRONIC) -> Benchmark:
    """The benchmark of a measure, e.g. CMS165, by performance year; NotKnown where none is."""
    found = _table().get((measure.upper(), year, method))
    if found is None:
        years = sorted(y for m, y, how in _table() if m == measure.upper() and how == method)
        raise NotKnown(
            what=f"no {year} benchmark of {measure} is in the tables",
            why=f"they hold {', '.join(map(str, years))} for it" if years else "",
        )
    return found


def benchmark_years(measure: str, method: str = ELECTRONIC) -> list[int]:
    """The performance years for which a measure has a benchmark, oldest first."""
    return sorted(y for m, y, how in _table() if m == measure.upper() and how == method)


@cache
def _table() -> Mapping[tuple[str, int, str], Benchmark]:
    made = [_benchmark(row) for row in read_csv("ecqm_benchmarks.csv")]
    return {(each.measure, each.year, each.method): each for each in made}


def _benchmark(row: Mapping[str, str]) -> Benchmark:
    return Benchmark(
        measure=row["measure"],
        year=int(row["performance_year"]),
        method=row["method"],
        inverse=row["inverse"] == "True",
        topped_out=row["topped_out"] == "True",
        average=Decimal(row["average"]) if row["average"] else None,
        ascending={p: Decimal(row[f"p{p}"]) for p in PERCENTILES},
    )


def measure_words(measure: str) -> str:
    """What a measure is about in a few words; "" for one we have no words for."""
    return str(read_toml("quality_measures.toml")["measures"].get(measure.upper(), ""))


@cache
def inverse_measure(measure: str) -> bool:
    """Whether lower is better for a measure, by any of its benchmarks; False where none is."""
    return any(each.inverse for each in _table().values() if each.measure == measure.upper())
