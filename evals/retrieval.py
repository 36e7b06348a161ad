"""Retrieval: does the answering clause come first, or among the first five?

Questions are in a practice's words; each label is a quote from a contract that answers it.
The contracts stand in evals/heldout/contracts; nothing in the product was fitted to them.
"""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from evals.scoring import Report, Score, cases, report

K = 5


def run() -> Report:
    """The retrieval task over the held-out contracts, rendered to files and read as such."""
    from copilot.core import Copilot
    from evals.heldout.contracts import write_heldout

    with tempfile.TemporaryDirectory() as folder:
        files = write_heldout(Path(folder) / "files")
        with Copilot(Path(folder) / "workspace", who="evaluation") as copilot:
            copilot.wait_until_warm()
            for file, payer in files:
                (result,) = copilot.ingest([file], payer)
                assert result.status == "imported", result.problem
            texts = {name: copilot.stored_text_of(name) for name in copilot.document_names()}
            scores = []
            for case in cases("retrieval"):
                found = copilot.search(case["query"], case["payer"], K)
                scores.append(score(case, [r.model_dump() for r in found], texts))
    return report("retrieval", scores, "hit at 1")


def score(
    case: Mapping[str, Any], results: Sequence[Mapping[str, Any]], texts: Mapping[str, str]
) -> Score:
    """1 where the first result holds a labelled answer; parts tell hit at 1, 3 and 5.

    A result holds an answer when the labelled words, found verbatim in the stored text
    (white space folded), share at least half of their length with the result's span.
    """
    spans = [
        (name, span)
        for quote in case["quotes"]
        for name, text in texts.items()
        for span in spans_of(quote, text)
    ]
    key = str(case["id"])
    if not spans:
        raise ValueError(f"{key}: the labelled words stand in no document")
    ranks = [
        rank
        for rank, result in enumerate(results, start=1)
        if any(
            result["source"] == name and _shared((result["start"], result["end"]), span) >= 0.5
            for name, span in spans
        )
    ]
    first = min(ranks, default=99)
    parts = {f"hit at {k}": float(first <= k) for k in (3, 5)}
    top = results[0]["section"] if results else "nothing"
    why = "" if first == 1 else f"{case['query']!r}: answer at {first}, first was {top}"
    return Score(key, float(first == 1), why, parts)


def spans_of(quote: str, text: str) -> list[tuple[int, int]]:
    """Where a quote stands in a text, white space folded on both sides; half-open offsets."""
    import re

    pattern = r"\s+".join(re.escape(word) for word in quote.split())
    return [match.span() for match in re.finditer(pattern, text)]


def _shared(one: tuple[int, int], label: tuple[int, int]) -> float:
    both = min(one[1], label[1]) - max(one[0], label[0])
    return max(0, both) / max(1, label[1] - label[0])
