"""The questions put to a messy workspace, with the payers' names in them."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from evals.messy.clean import CleanPractice
from evals.messy.measures import expected
from evals.messy.naming import spoken
from evals.messy.plan import Part
from evals.messy.truth import Expected, Truth


@dataclass(frozen=True)
class Question:
    """One question in a practice's words and what its answer must hold."""

    id: str
    practice: str
    measure: str
    text: str
    expected: tuple[Expected, ...]


def cases(part: Part) -> list[dict[str, Any]]:
    """The wordings of a part: id, practice, measure, args, question."""
    text = files("evals").joinpath("messy", f"{part}_questions.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines() if line.strip()]


def questions_for(practice: CleanPractice, key: str, part: Part) -> list[Question]:
    """The part's questions that go to the workspace of a key, with their truth."""
    truth = Truth(practice)
    words = names_in_words(practice)
    found = []
    for case in cases(part):
        if case["practice"] != key:
            continue
        args = [_filled(arg, words) if isinstance(arg, str) else arg for arg in case["args"]]
        wanted = expected(truth, case["measure"], *args)
        text = _filled(case["question"], words)
        found.append(Question(case["id"], key, case["measure"], text, tuple(wanted)))
    return found


def names_in_words(practice: CleanPractice) -> dict[str, str]:
    """What {P1}, {P1s} (as people say it) and {P2a}, {P2b} (products) stand for."""
    words = {}
    names = [payer.name for payer in practice.payers.values()]
    for role, payer in practice.payers.items():
        words[role] = payer.name
        words[f"{role}s"] = spoken(payer.name, names)
    words["P2a"], words["P2b"] = practice.payers["P2"].products
    return words


def _filled(text: str, words: Mapping[str, str]) -> str:
    return re.sub(r"\{(\w+)\}", lambda found: words[found.group(1)], text)
