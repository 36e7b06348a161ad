"""`python -m evals.benchmarks`: how soon the page and the answers come, as one small table.

Everything runs on two cores, on the sample practice, in fresh processes; wall seconds depend
on the machine and on what else it does, so each time has its processor seconds or a ratio
within the same run beside it.
"""

from __future__ import annotations

from copilot.secure_env import secure_env

secure_env()

import argparse  # noqa: E402  (the process is made safe before anything else is imported)
import json  # noqa: E402
import os  # noqa: E402
import subprocess  # noqa: E402
import sys  # noqa: E402
import tempfile  # noqa: E402
from collections.abc import Iterator, Sequence  # noqa: E402
from dataclasses import asdict, dataclass  # noqa: E402
from pathlib import Path  # noqa: E402
from statistics import median  # noqa: E402
from typing import Any  # noqa: E402

from evals.benchmark_ingest import ingested  # noqa: E402
from evals.benchmark_models import DRAWS, drawn  # noqa: E402
from evals.benchmark_start import started  # noqa: E402

CORES = 2
STARTS = 3
PAGE_WITHIN, FIRST_EVENT_WITHIN = 3.0, 1.5
DRAWN_WITHIN = 2.0


@dataclass(frozen=True)
class Row:
    """One line of the table: the middle and the worst of several, and what was aimed for."""

    name: str
    middle: float
    worst: float
    unit: str
    target: float | None = None
    note: str = ""

    def shown(self) -> str:
        """The line as printed."""
        met = "" if self.target is None else ("met" if self.worst < self.target else "missed")
        aim = "" if self.target is None else f"{self.target:g}"
        size = f"{self.middle:8.2f} {self.worst:8.2f} {self.unit:<6}"
        return f"{self.name:<46}{size} {aim:>5} {met:<7}{self.note}"


def measured(workspace: Path | None = None) -> Iterator[Row]:
    """The rows as they come; a workspace given is used as it is, and import not measured."""
    with tempfile.TemporaryDirectory() as made:
        if workspace is None:
            yield from _import_rows(Path(made))
        root = workspace or Path(made) / "workspace"
        yield from _start_rows(root)
        yield from _answer_rows(root)
    yield from _model_rows()


def _model_rows() -> Iterator[Row]:
    found = drawn()
    note = f"{DRAWS:,} draws; mean {found.mean:,.0f} USD, the loop's {found.loop_mean:,.0f}"
    yield Row("five two-sided years drawn", found.seconds, found.seconds, "s", DRAWN_WITHIN, note)
    yield Row("  a plain Python loop to it", found.ratio, found.ratio, "times")


def _import_rows(folder: Path) -> Iterator[Row]:
    read = ingested(folder)
    note = f"{read.files} files; plain read {read.plain:.2f} s"
    yield Row("sample read in", read.whole, read.whole, "s", note=note)
    yield Row("  to a plain read of the same files", read.ratio, read.ratio, "times")


def _start_rows(workspace: Path) -> Iterator[Row]:
    starts = [started(workspace) for _ in range(STARTS)]
    note = f"processor {median(s.cpu for s in starts):.2f} s"
    yield _row("start to sign-in link", [s.link for s in starts])
    yield _row("start to a page a browser can paint", [s.seen for s in starts], PAGE_WITHIN, note)
    yield _row("start to the chat page built", [s.ready for s in starts])


def _answer_rows(workspace: Path) -> Iterator[Row]:
    starting = [_asked(workspace, "starting") for _ in range(STARTS)]
    first = [run["asked"][0] for run in starting]
    waited = sum(one["by_meaning"] for one in first)
    note = f"{_right(first)}; {waited} of {len(first)} waited for the model"
    yield _row("asked at once after start: first event", [one["event"] for one in first])
    yield _row(
        "asked at once after start: whole answer", [one["whole"] for one in first], note=note
    )
    lexical, warm = (_asked(workspace, how)["asked"] for how in ("lexical", "warm"))
    assert not any(one["by_meaning"] for one in lexical)
    assert all(one["by_meaning"] for one in warm)
    cpu = f"processor {median(one['cpu'] for one in warm):.2f} s a question"
    yield _row("warm: first event", [one["event"] for one in warm], FIRST_EVENT_WITHIN, cpu)
    yield _row("warm: first text", [one["text"] for one in warm])
    yield _row("warm: whole answer", [one["whole"] for one in warm], note=_right(warm))
    later = lexical[1:]  # the first one builds the planner and imports the agent
    yield _row("without the model: whole answer", [o["whole"] for o in later], note=_right(lexical))
    ratios = [a["cpu"] / b["cpu"] for a, b in zip(later, warm[1:], strict=True)]
    yield _row("  to warm, processor seconds", ratios, unit="times")


def _asked(workspace: Path, how: str) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-m", "evals.benchmark_answers", str(workspace), how],
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def _right(answers: Sequence[dict[str, Any]]) -> str:
    return f"{sum(a['right'] for a in answers)} of {len(answers)} called the right tools"


def _row(
    name: str, values: Sequence[float], target: float | None = None, note: str = "", unit: str = "s"
) -> Row:
    return Row(name, median(values), max(values), unit, target, note)


def main() -> int:
    """Print the table, or with --json one object."""
    parser = argparse.ArgumentParser(prog="python -m evals.benchmarks", description=__doc__)
    parser.add_argument("--workspace", type=Path, help="use this one; import is not measured")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:CORES])
    load = os.getloadavg()[0]
    rows = []
    if not options.json:
        print(f"{CORES} cores; {load:.1f} processes were running beside this at its start")
        print(f"{'':<46}{'median':>8} {'worst':>8} {'':<6} {'aim':>5}")
    for row in measured(options.workspace):
        rows.append(row)
        if not options.json:
            print(row.shown(), flush=True)
    if options.json:
        print(json.dumps({"cores": CORES, "load": load, "rows": [asdict(row) for row in rows]}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
