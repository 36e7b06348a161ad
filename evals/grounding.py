"""Grounding: do the numbers and quotes of answers survive an independent second look?

Each case asks a question on the sample practice. Its expected amounts are computed here by
SQL over the workspace's Parquet files, written apart from the tools; every citation must
stand word for word at its offsets in the stored text; nothing may be left unsupported.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from evals.independent import amount, database
from evals.routing import TODAY
from evals.scoring import Report, Score, cases, report


def run() -> Report:
    """The grounding task over a freshly made sample practice."""
    from evals.sample_workspace import sample_workspace

    with tempfile.TemporaryDirectory() as folder, sample_workspace(Path(folder), TODAY) as copilot:
        copilot.wait_until_warm()
        copilot.finish_index()
        root = copilot.workspace.root
        scores = []
        for case in cases("grounding"):
            answer = copilot.answer(case["question"]).model_dump()
            scores.append(score(case, answer, expected(case, root), texts_of(root)))
    return report("grounding", scores, "answers fully supported")


def expected(case: Mapping[str, Any], root: Path) -> dict[str, Decimal]:
    """The case's amounts by name, from its SQL over the workspace's own files."""
    db = database(root, *case.get("period", ()))
    return {name: amount(db, sql) for name, sql in case.get("sql", {}).items()}


def texts_of(root: Path) -> dict[str, str]:
    """The stored text of each document by its id."""
    return {f.stem: json.loads(f.read_text())["text"] for f in (root / "texts").glob("*.json")}


def score(
    case: Mapping[str, Any],
    answer: Mapping[str, Any],
    wanted: Mapping[str, Decimal],
    texts: Mapping[str, str],
) -> Score:
    """1 where every expected amount is among the figures, every quote is verbatim, and
    nothing is unsupported; parts tell each of the three."""
    values = [Decimal(str(f["exact"])) for f in answer["figures"] if f["unit"] != "date"]
    cents = Decimal("0.01") if case.get("unit") != "percent" else Decimal("0.05")
    missing = [
        name for name, value in wanted.items() if not any(abs(v - value) <= cents for v in values)
    ]
    loose = list(answer["unsupported"])
    bent = [
        c["label"]
        for c in answer["citations"]
        if c["document"] and texts[c["document"]][c["start"] : c["end"]] != c["quote"]
    ]
    uncited = bool(case.get("cited")) and not answer["citations"]
    parts = {
        "amounts": float(not missing),
        "quotes": float(not bent and not uncited),
        "owned": float(not loose),
    }
    problems = [
        *(f"{name} ({wanted[name]}) is not among the figures" for name in missing),
        *(f"not word for word: {label}" for label in bent),
        *(["nothing is cited"] if uncited else []),
        *(f"unsupported: {words}" for words in loose),
    ]
    right = float(not problems)
    return Score(str(case["id"]), right, f"{case['question']!r}: {'; '.join(problems)}", parts)
