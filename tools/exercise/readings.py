"""What our own review reads in a copy of the exercise, position by position."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from knowledge.documents.document import Document
from knowledge.exercise.paper import PAYER
from knowledge.exercise.paper_text import exercise_document
from tools.exercise.bench import on_the_bench
from tools.review_contract import review_contract

_ORDER = {"fail": 0, "silent": 1, "unsure": 1, "partial": 2, "pass": 3}
_PAPER = ("blank", "exhibit_missing")  # positions with a finding only where something is wrong


@dataclass(frozen=True)
class Reading:
    """One position in one copy. status: the review's, and "pass" for silence that is no gap;
    value: as the review shows it ("60 days"), "" for none; reason: in a few words."""

    status: str
    value: str
    reason: str

    @property
    def rank(self) -> int:
        """How good it is: 0 fail, 1 silent or unsure, 2 partial, 3 pass."""
        return _ORDER[self.status]


Readings = dict[str, Reading]


def readings_of(document: Document, today: date) -> Readings:
    """The worst reading of each position in a document."""
    with on_the_bench(document, today) as practice:
        issues = review_contract(practice, payers=[PAYER]).details["issues"]
    return _worst(issues)


@lru_cache(maxsize=2)
def sample_readings(today: date) -> Readings:
    """Those of the sample contract as it was handed out."""
    return readings_of(exercise_document(), today)


def reading(found: Readings, position: str) -> Reading:
    """One position's reading; one that stands for a flaw passes where the flaw is not."""
    fallback = "pass" if position in _PAPER else "silent"
    return found.get(position, Reading(fallback, "", "nothing was found"))


def _worst(issues: Sequence[dict[str, Any]]) -> Readings:
    worst: Readings = {}
    for issue in issues:
        quiet = issue["status"] == "silent" and issue["severity"] == "none"
        status = "pass" if quiet else str(issue["status"])
        made = Reading(status, str(issue["value"] or ""), str(issue["reason"]))
        known = worst.get(issue["position"])
        if known is None or made.rank < known.rank:
            worst[issue["position"]] = made
    return worst
