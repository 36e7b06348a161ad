"""A ranking of codes as it was asked, and the order it puts them in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tools.period import Period
from tools.practice import Practice
from tools.rates.benchmark import Benchmark, Compared
from tools.rates.rate_comparison import service

WAYS = {"volume": "units", "allowed": "allowed dollars", "gap": "dollars below Medicare"}


@dataclass(frozen=True)
class Ranking:
    """One ranking as it was asked: by what, for whom, and the lines it reads in words.

    payers: those named, () for all.
    """

    practice: Practice
    span: Period
    benchmark: Benchmark
    by: str
    whose: str
    where: str
    payers: tuple[str, ...] = ()


def ranked(rows: Sequence[Compared], way: str) -> list[Compared]:
    """Codes in the order of the ranking; by gap only those paid below Medicare. Ties by code."""
    if way == "gap":
        below = [row for row in rows if row.priced and row.gap > 0]
        return sorted(below, key=lambda row: (-row.gap, row.code))
    if way == "allowed":
        return sorted(rows, key=lambda row: (-row.allowed, row.code))
    return sorted(rows, key=lambda row: (-row.units, row.code))


def bracketed(code: str) -> str:
    """The code's words in brackets, with a space before; "" where we have none."""
    return f" ({service(code)})" if service(code) else ""


def next_steps(asked: Ranking) -> tuple[str, ...]:
    """What a user may ask next."""
    other = "allowed dollars" if asked.by == "volume" else "volume"
    return (
        "How do our rates on these codes compare with Medicare?",
        "Which codes lose us the most against Medicare?"
        if asked.by != "gap"
        else "What would it be worth if we were paid 100% of Medicare?",
        f"Rank our codes by {other}",
    )


def details_of(asked: Ranking, shown: Sequence[Compared]) -> dict[str, object]:
    """The resolved arguments, for the next tool and for drafts."""
    return {
        "by": asked.by,
        "codes": [row.code for row in shown],
        "period": asked.span.label,
        "period_start": asked.span.start.isoformat(),
        "period_end": asked.span.end.isoformat(),
        "year": asked.benchmark.year,
        "locality": asked.benchmark.locality,
        "benchmark": asked.benchmark.label("office"),
        "whose": asked.whose,
    }
