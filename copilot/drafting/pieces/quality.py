"""Quality measures on which the practice stands better than half of those who report."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any

from copilot.drafting.pieces.piece import Piece, bounded
from knowledge.evidence import Basis, Figure
from knowledge.money import percent_of
from knowledge.problems import NotKnown
from knowledge.reference.quality_benchmarks import Benchmark, quality_benchmark
from tools.practice import Practice

FEWEST_PATIENTS = 20
SOURCE = "CMS, MIPS benchmarks, electronic reporting"


@cache
def measures() -> Mapping[str, Any]:
    """Measure id -> name in plain words and the topics it answers."""
    text = files("copilot.drafting").joinpath("measures.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def quality(practice: Practice, payer: str) -> list[Piece]:
    """A piece for each measure better than the median of its year, the widest lead first.

    The payer's own members where the report has them apart, else all patients. A measure
    of fewer than twenty patients, without a name or a benchmark, is left out.
    """
    if not practice.tables.has("quality"):
        return []
    rows = practice.tables.frame(practice.tables.table("quality")).to_dict("records")
    chosen: dict[str, dict[Any, Any]] = {}
    for row in rows:
        if row["payer"] not in (payer, None) or row["measure"] not in measures():
            continue
        held = chosen.get(row["measure"])
        if held is None or _rank(row, payer) > _rank(held, payer):
            chosen[row["measure"]] = row
    made = [_piece(row, payer) for row in chosen.values()]
    return sorted((p for p in made if p), key=lambda piece: (-piece.strength, piece.id))


def _rank(row: Mapping[Any, Any], payer: str) -> tuple[bool, date]:
    return row["payer"] == payer, row["period_end"] or date.min


def _piece(row: Mapping[Any, Any], payer: str) -> Piece | None:
    denominator = int(row["denominator"] or 0)
    end: date | None = row["period_end"]
    if denominator < FEWEST_PATIENTS or row["numerator"] is None or end is None:
        return None
    try:
        benchmark = quality_benchmark(row["measure"], end.year)
    except NotKnown:
        return None
    return _against(row, benchmark, payer, denominator)


def _against(
    row: Mapping[Any, Any], benchmark: Benchmark, payer: str, denominator: int
) -> Piece | None:
    ours = percent_of(Decimal(int(row["numerator"])), Decimal(denominator))
    median = benchmark.mark(50)
    lead = median - ours if benchmark.inverse else ours - median
    if lead <= 0:
        return None
    named = measures()[row["measure"]]
    whose = "your members" if row["payer"] == payer else "our patients"
    where = f"{row['measure']}, {whose}, {row['period_start']} to {row['period_end']}"
    good, every = (
        Figure(f"{named['name']}: {which}", Decimal(int(row[which])), "count",
               Basis(f"{which} as reported", (), "quality", where, 1))
        for which in ("numerator", "denominator")
    )  # fmt: skip
    value = Figure(
        f"{named['name']}, {where}", ours, "percent",
        Basis("100 x numerator / denominator", (good, every), "quality", where, 1), places=0,
    )  # fmt: skip
    mark = Figure(
        f"{named['name']}, {benchmark.year} median", median, "percent",
        Basis(
            f"half of those who report {row['measure']} do better, half worse",
            where=f"{benchmark.year} benchmark", source=SOURCE,
        ),
        places=0 if value.number.quantize(Decimal(1)) != median.quantize(Decimal(1)) else 1,
    )  # fmt: skip
    better = "lower is better" if benchmark.inverse else "higher is better"
    return Piece(
        id=f"quality:{row['measure']}",
        what=f"{named['name']}: {value.shown()} against a median of {mark.shown()} ({better})",
        pain="quality",
        strength=bounded(
            Decimal("0.6" if row["payer"] == payer else "0.5")
            + Decimal(named["weight"]) * lead / 60
        ),
        because="a measure that plans report and are rated on",
        values={
            "measure": named["name"],
            "value": value,
            "median": mark,
            "year": str(benchmark.year),
            "whose": whose,
            "side": "below" if benchmark.inverse else "above",
            "better": "low" if benchmark.inverse else "high",
        },
        topics=("quality", "measure", "score", "scores", *named["topics"]),
    )
