"""Scores, their intervals, and the report of one evaluation task."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from importlib.resources import files
from math import sqrt
from typing import Any


@dataclass(frozen=True)
class Score:
    """One case's result: 0 to 1, and why it is not 1."""

    case: str
    value: float
    why: str = ""
    parts: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Report:
    """One task's result over its cases.

    measures: each measure's share of 100 with its 95 % Wilson interval and n.
    failures: the cases below 1 with their reason.
    """

    task: str
    measures: dict[str, Measure]
    failures: tuple[Score, ...]

    def as_data(self) -> dict[str, Any]:
        """A plain dict for `--json`."""
        return {
            "task": self.task,
            "measures": {
                name: {"percent": m.percent, "low": m.low, "high": m.high, "n": m.n}
                for name, m in self.measures.items()
            },
            "failures": [{"case": s.case, "score": s.value, "why": s.why} for s in self.failures],
        }

    def lines(self, most: int = 40) -> list[str]:
        """The report for a reader."""
        out = [
            f"{self.task}: {name} {m.percent:.1f} (95 % {m.low:.1f} to {m.high:.1f}, n = {m.n})"
            for name, m in self.measures.items()
        ]
        return out + [f"    {s.case}: {s.why}" for s in self.failures[:most]]


@dataclass(frozen=True)
class Measure:
    """A share in percent with its 95 % Wilson interval."""

    percent: float
    low: float
    high: float
    n: int


def measure(values: Sequence[float]) -> Measure:
    """The mean of shares in percent, with the Wilson score interval for n cases (z = 1.96)."""
    n = len(values)
    if n == 0:
        return Measure(0.0, 0.0, 100.0, 0)
    p, z = sum(values) / n, 1.96
    middle = (p + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    return Measure(100 * p, 100 * max(0.0, middle - half), 100 * min(1.0, middle + half), n)


def report(task: str, scores: Sequence[Score], main: str) -> Report:
    """A task's report: the main measure over the scores, and one measure for each part."""
    parts = sorted({name for score in scores for name in score.parts})
    measures = {main: measure([score.value for score in scores])}
    measures |= {
        name: measure([s.parts[name] for s in scores if name in s.parts]) for name in parts
    }
    return Report(task, measures, tuple(s for s in scores if s.value < 1))


def cases(name: str) -> list[dict[str, Any]]:
    """The cases of a task, from evals/cases/<name>.jsonl."""
    text = files("evals").joinpath("cases", f"{name}.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines() if line.strip()]
