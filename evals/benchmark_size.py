"""`python -m evals.benchmark_size`: import and answers at 0.1, 1 and (with --ten) 10 million lines.

Prints rows, seconds and peak memory, the tools beside plain pandas on one and the same query
in the same run. Every step runs in a fresh process on two cores; the files are made from a
fixed seed below a temporary folder and removed. --write FILE.md keeps table and curve.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evals.claim_line_maker import make_claim_lines
from evals.size_page import page, svg
from evals.size_questions import QUESTIONS

CORES = 2
IMPORT_MB, ANSWER_S, ANSWER_MB = 1500, 3.0, 1000


@dataclass(frozen=True)
class Measured:
    """One step at one size: seconds, peak MB (None: not measured), and a remark."""

    lines: int
    step: str
    seconds: float
    peak: float | None
    remark: str = ""

    def shown(self) -> str:
        """The step as one printed line."""
        held = "" if self.peak is None else f"{self.peak:8.0f} MB"
        return f"{self.lines:>12,}  {self.step:<34}{self.seconds:9.2f} s {held:>11}  {self.remark}"


def measured(lines: int, folder: Path) -> Iterator[Measured]:
    """All steps at one size, in a folder of its own, as they are done."""
    began = time.monotonic()
    made = make_claim_lines(folder / "lines.csv", lines)
    size = made.path.stat().st_size / 1e6
    yield Measured(lines, "file made", time.monotonic() - began, None, f"{size:,.0f} MB of CSV")
    found = _step("import", folder)
    told = f"{lines / found['seconds']:,.0f} rows/s; {found['rejected']:,} repeats listed"
    if (found["rows"], found["rejected"]) != (lines - made.repeats, made.repeats):
        raise SystemExit(f"{found['rows']:,} rows came in where {lines - made.repeats:,} were told")
    yield Measured(lines, "import, the reading process", found["seconds"], found["child"], told)
    yield Measured(lines, "import, the process that asked", found["seconds"], found["parent"])
    made.path.unlink()
    for name in QUESTIONS:
        said = _step("ask", folder, name)
        more = f"next period {said['next']:.2f} s, everything {said['everything']:.2f} s"
        yield Measured(lines, f"{name}, first answer", said["first"], said["peak"], more)
    ours, pandas = _step("ask", folder, "by_hand"), _step("pandas", folder)
    if ours["said"] != pandas["said"]:
        raise SystemExit("the engine and pandas found different numbers of groups")
    ratio = f"{ours['first'] / pandas['first']:.2f} of pandas's time, "
    ratio += f"{ours['peak'] / pandas['peak']:.2f} of its memory"
    yield Measured(lines, "sums by payer and code, ours", ours["first"], ours["peak"], ratio)
    yield Measured(lines, "sums by payer and code, pandas", pandas["first"], pandas["peak"])


def _step(*words: str | Path) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "evals.size_questions", *map(str, words)],
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def measure(sizes: Sequence[int], below: Path | None = None) -> list[Measured]:
    """Every step at every size, printed as it is done; working files below a folder."""
    rows: list[Measured] = []
    for lines in sizes:
        with tempfile.TemporaryDirectory(dir=below) as folder:
            for row in measured(lines, Path(folder)):
                rows.append(row)
                print(row.shown(), flush=True)
    return rows


def main() -> int:
    """Measure, print, and where asked write the page and its curve."""
    parser = argparse.ArgumentParser(prog="python -m evals.benchmark_size", description=__doc__)
    parser.add_argument("millions", nargs="*", type=float, help="sizes in million lines")
    parser.add_argument("--ten", action="store_true", help="ten million lines too")
    parser.add_argument("--below", type=Path, help="where working files may stand")
    parser.add_argument("--write", type=Path, help="a .md file to write, its .svg beside it")
    options = parser.parse_args()
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:CORES])
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0
    print(f"{CORES} cores; {load:.1f} processes were running beside this at its start")
    sizes = [round(each * 1e6) for each in options.millions or (0.1, 1, *(10,) * options.ten)]
    rows = measure(sizes, options.below)
    if options.write:
        options.write.with_suffix(".svg").write_text(svg(rows), encoding="utf-8")
        options.write.write_text(page(rows, load, options.write.stem), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
