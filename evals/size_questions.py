"""One step of the measurement of size, in a process of its own: prints one JSON object.

`python -m evals.size_questions import|ask|pandas FOLDER [NAME]`. Peak memory is the most that
the process (and, for an import, its largest child) ever held resident, in MB.
"""

from __future__ import annotations

from copilot.secure_env import secure_env

secure_env()

import json  # noqa: E402  (the process is made safe before anything else is imported)
import resource  # noqa: E402
import sys  # noqa: E402
import time  # noqa: E402
from collections.abc import Callable  # noqa: E402
from datetime import date  # noqa: E402
from decimal import Decimal  # noqa: E402
from pathlib import Path  # noqa: E402
from typing import Any  # noqa: E402

PAYER = "Kestrel Mutual"
# What is asked -> the tool and its words; a period is named too unless they name one.
QUESTIONS: dict[str, tuple[str, dict[str, Any]]] = {
    "payer_mix": ("payer_mix", {}),
    "payer_mix by visits": ("payer_mix", {"by": "visits"}),
    "payer_mix by patients": ("payer_mix", {"by": "patients"}),
    "payer_mix by product": ("payer_mix", {"level": "product"}),
    "compare_rates": ("compare_rates", {}),
    "compare_rates, one payer": ("compare_rates", {"payers": [PAYER]}),
    "top_codes": ("top_codes", {}),
    "top_codes by gap": ("top_codes", {"by": "gap", "payers": [PAYER]}),
    "rate_trends": ("rate_trends", {"period": ""}),
    "rate_trends by quarter": ("rate_trends", {"period": "by quarter"}),
    "denials": ("denials", {}),
    "find_underpayments": ("find_underpayments", {}),
    "model_fee_change": ("model_fee_change", {"payer": PAYER, "percent": Decimal(8)}),
    "cost_and_utilization": ("cost_and_utilization", {}),
}
TODAY = date(2026, 11, 23)
FIRST, LAST = date(2025, 11, 1), date(2026, 10, 31)


def imported(folder: Path) -> dict[str, Any]:
    """Seconds and memory to read `lines.csv` of the folder into its `workspace`."""
    from copilot.core import Copilot
    from evals.size_papers import make_size_papers

    with Copilot(folder / "workspace", TODAY, "benchmark") as copilot:
        copilot.ingest(make_size_papers(folder))
        began = time.monotonic()
        (result,) = copilot.ingest([folder / "lines.csv"])
        seconds = time.monotonic() - began
    if result.status != "imported":
        raise SystemExit(f"the import was refused: {result.problem}")
    return {"seconds": seconds, "rows": result.rows, "rejected": len(result.rejected),
            "parent": _peak(resource.RUSAGE_SELF),
            "child": _peak(resource.RUSAGE_CHILDREN)}  # fmt: skip


def asked(folder: Path, name: str) -> dict[str, Any]:
    """Seconds of a question's first answer and of its next (another period), and peak memory.

    `by_hand` is the query that `in_pandas` also runs; everything else is one of QUESTIONS.
    """
    from copilot.core import Copilot

    with Copilot(folder / "workspace", TODAY, "benchmark") as copilot:
        practice, tools = copilot.practice, copilot.tools
        before = _peak(resource.RUSAGE_SELF)
        seconds = []
        for period in ("2025-11..2026-10", "2024-11..2025-10", "everything"):
            began = time.monotonic()
            if name == "by_hand":
                said = _by_hand(practice.tables)
            else:
                tool, words = QUESTIONS[name]
                words = {"period": period, **words}
                said = str(len(tools[tool].function(practice, **words).figures))
            seconds.append(time.monotonic() - began)
    return {"first": seconds[0], "next": seconds[1], "everything": seconds[2], "said": said,
            "peak": _peak(resource.RUSAGE_SELF), "before": before}  # fmt: skip


def _by_hand(tables: Any) -> str:
    lines = tables.table("claim_lines")
    lines = lines.filter(
        lines.service_date.between(FIRST, LAST), lines.payer_order == "primary",
        lines.status == "paid", lines.units > 0,
    )  # fmt: skip
    by = lines.group_by(["payer", "code"]).aggregate(
        units=lines.units.sum(), allowed=lines.allowed.sum(), paid=lines.paid.sum()
    )
    return str(len(tables.frame(by)))


def in_pandas(folder: Path) -> dict[str, Any]:
    """The same sums by payer and code with pandas over the stored parts, money as float."""
    import pandas as pd

    began = time.monotonic()
    paths = sorted((folder / "workspace" / "tables" / "claim_lines").glob("*.parquet"))
    columns = ["service_date", "payer_order", "status", "units", "payer", "code", "allowed", "paid"]
    frame = pd.concat(_as_floats(path, columns) for path in paths)
    day = pd.to_datetime(frame.service_date)
    frame = frame[
        (day >= pd.Timestamp(FIRST)) & (day <= pd.Timestamp(LAST))
        & (frame.payer_order == "primary") & (frame.status == "paid") & (frame.units > 0)
    ]  # fmt: skip
    found = frame.groupby(["payer", "code"])[["units", "allowed", "paid"]].sum()
    return {"first": time.monotonic() - began, "said": str(len(found)),
            "peak": _peak(resource.RUSAGE_SELF)}  # fmt: skip


def _as_floats(path: Path, columns: list[str]) -> Any:
    import pyarrow as pa
    import pyarrow.parquet as pq

    table = pq.read_table(path, columns=columns)
    for place, field in enumerate(table.schema):
        if pa.types.is_decimal(field.type):
            table = table.set_column(place, field.name, table.column(place).cast(pa.float64()))
    return table.to_pandas()


def _peak(whose: int) -> float:
    held = resource.getrusage(whose).ru_maxrss
    return held / (1024 * 1024 if sys.platform == "darwin" else 1024)


STEPS: dict[str, Callable[..., dict[str, Any]]] = {
    "import": imported,
    "ask": asked,
    "pandas": in_pandas,
}

if __name__ == "__main__":
    print(json.dumps(STEPS[sys.argv[1]](Path(sys.argv[2]), *sys.argv[3:])))
