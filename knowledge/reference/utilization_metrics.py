"""Metrics of payers' reports on use and cost: what they are, and which way is better."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, Literal

from knowledge.reference.dated import read_toml


@dataclass(frozen=True)
class Metric:
    """A metric by its key, words for a sentence, direction, and kind (use or cost)."""

    key: str
    said: str
    better: Literal["lower", "higher"]
    kind: Literal["use", "cost"]

    def improved(self, before: Any, after: Any) -> bool:
        """Whether the later value is the better one; equal values are not."""
        return bool(after < before if self.better == "lower" else after > before)


@lru_cache(maxsize=1_000)
def utilization_metric(name: str) -> Metric | None:
    """The metric that a report's words mean, or None for one without a known direction."""
    plain = " ".join(re.sub(r"[_]+", " ", name.casefold()).split())
    for row in _rows():
        if any(all(_stands(word, plain) for word in words) for words in row["words"]):
            return Metric(row["key"], row["said"], row["better"], row["kind"])
    return None


def _stands(word: str, text: str) -> bool:
    """Whether a word begins a word of the text; a two-letter one must be whole."""
    end = r"\b" if len(word) <= 3 else ""
    return re.search(rf"\b{re.escape(word)}{end}", text) is not None


@cache
def _rows() -> tuple[Mapping[str, Any], ...]:
    return tuple(read_toml("utilization_metrics.toml")["metric"])
