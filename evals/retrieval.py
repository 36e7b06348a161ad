"""Retrieval: does the answering clause come first, or among the first five?

Questions are in a practice's words; each label is a quote from a contract that answers it.
Two sets: the sample practice's contracts, and held-out ones (evals/heldout/contracts) to
which nothing in the product was fitted.
"""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from evals.scoring import Report, Score, cases, measure, report

K = 5


def run() -> Report:
    """The retrieval task over both sets of contracts, rendered to files and read as such.

    The main measure is hit at 1 on the held-out set; the sample's contracts, whose structure
    was seen while building, stand beside it.
    """
    from copilot.core import Copilot

    with tempfile.TemporaryDirectory() as folder:
        files = _contracts(Path(folder) / "files")
        with Copilot(Path(folder) / "workspace", who="evaluation") as copilot:
            copilot.wait_until_warm()
            for file, payer in files:
                (result,) = copilot.ingest([file], payer)
                assert result.status == "imported", result.problem
            copilot.finish_index()
            texts = {name: copilot.stored_text_of(name) for name in copilot.document_names()}
            scores = []
            for case in cases("retrieval"):
                found = copilot.search(case["query"], case["payer"], K)
                scores.append(score(case, [r.model_dump() for r in found], texts))
    held_out = {case["id"] for case in cases("retrieval") if case["set"] == "heldout"}
    both = report("retrieval", scores, "all contracts, hit at 1")
    main = measure([s.value for s in scores if s.case in held_out])
    return Report(
        "retrieval", {"held-out contracts, hit at 1": main, **both.measures}, both.failures
    )


def _contracts(folder: Path) -> list[tuple[Path, str]]:
    from evals.heldout.rendering import write_heldout
    from evals.sample_practice.generate import write_sample

    for name in ("heldout", "sample"):
        (folder / name).mkdir(parents=True)
    sample = [f for f in write_sample(folder / "sample") if f.kind == "contract" and f.payer]
    return [*write_heldout(folder / "heldout"), *((f.path, str(f.payer)) for f in sample)]


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
    kind = {"heldout": "held-out contracts", "sample": "sample contracts"}.get(
        str(case.get("set")), "contracts"
    )
    parts = {f"{kind}, hit at {k}": float(first <= k) for k in (1, 3, 5)}
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
