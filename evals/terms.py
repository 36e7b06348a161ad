"""Terms: is the value right, and is a term that is not there said to be not found?

The key comes from the author of the held-out contracts. Numbers must be equal (an exception
of the state addendum counts where the key names it); a textual term must be found and quote
words that stand in the document.
"""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from evals.scoring import Report, Score, cases, report


def run() -> Report:
    """The terms task over the held-out contracts."""
    from copilot.core import Copilot
    from copilot.review import review
    from evals.heldout.rendering import write_heldout

    with tempfile.TemporaryDirectory() as folder:
        files = Path(folder) / "files"
        files.mkdir()
        with Copilot(Path(folder) / "workspace", who="evaluation") as copilot:
            read: dict[str, list[dict[str, Any]]] = {}
            for file, payer in write_heldout(files):
                (result,) = copilot.ingest([file], payer)
                assert result.status == "imported", result.problem
                read[payer] = review(copilot, payer)["terms"]
            scores = [score(case, read[case["payer"]]) for case in cases("terms")]
    return report("terms", scores, "right")


def score(case: Mapping[str, Any], terms: Sequence[Mapping[str, Any]]) -> Score:
    """1 where the term reads as the key says; `wrong value` counts a value that is not so."""
    base = [t for t in terms if t["name"] == case["term"] and t["found"]]
    values = [t["value"] for t in base if not t.get("line_of_business")] or [
        t["value"] for t in base
    ]
    key = str(case["id"])
    if not case["found"]:
        right = float(not values)
        return Score(key, right, f"is not there, read {values}", {"absent said absent": right})
    if not values:
        return Score(key, 0.0, "not found", {"wrong value": 0.0, "found": 0.0})
    kind = case["unit"]
    if kind in ("days", "months"):
        wanted = {float(case["value"]), *(float(v) for v in case["also"])}
        right = float(any(_number(v) in wanted for v in values))
    elif case["term"] == "fee_schedule_basis":
        right = float(any(str(case["value"]) in str(v) for v in values))
    else:
        right = 1.0
    why = "" if right else f"should be {case['value']}, read {values}"
    return Score(key, right, why, {"wrong value": 1 - right, "found": 1.0})


def _number(value: Any) -> float | None:
    try:
        return float(value)
    except (TypeError, ValueError):
        return None
