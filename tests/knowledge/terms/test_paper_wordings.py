"""The readers on clauses as long agreements state them: mostly right, seldom a wrong value.

The clauses stand in paper_wordings.toml; a reader may be unsure of one, and says so. What is
counted here was also fitted on: docs/evaluation.md gives the figures on clauses never seen.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from knowledge.documents import plain_text
from knowledge.documents.assembly import assembled
from knowledge.terms.names import TERM_NAMES
from knowledge.terms.readers import read_terms
from knowledge.terms.term import Term

WORDINGS: dict[str, Any] = tomllib.loads(
    (Path(__file__).parent / "paper_wordings.toml").read_text(encoding="utf-8")
)


def read(clause: str, term: str) -> list[Term]:
    made = assembled(plain_text.read(clause.encode(), "clause.md", "markdown"), "0" * 16, "clause")
    return read_terms(replace(made, kind="contract"), [term])


def verdict(wanted: int | str, terms: list[Term]) -> str:
    values = [each.value for each in terms if each.found]
    if wanted == "not found":
        return "found though absent" if values else "said absent"
    if not values:
        return "not read"
    if isinstance(wanted, int):
        return "right" if Decimal(wanted) in values else "wrong"
    return "right" if any(wanted in str(value) for value in values) else "wrong"


def test_nine_in_ten_clauses_are_right_and_few_values_wrong() -> None:
    told: list[str] = []
    counts: Counter[str] = Counter()
    for term, table in WORDINGS.items():
        for wanted, clause in table["cases"]:
            said = verdict(wanted, read(clause, term))
            counts[said] += 1
            if said not in ("right", "said absent"):
                told.append(f"{said}: {term} {wanted}: {clause[:80]}")
    stated = counts["right"] + counts["wrong"] + counts["not read"]
    absent = counts["said absent"] + counts["found though absent"]
    assert counts["right"] >= 0.9 * stated, told
    assert counts["wrong"] <= 0.03 * stated, told
    assert counts["said absent"] >= 0.95 * absent, told


def test_every_term_has_wordings() -> None:
    assert set(WORDINGS) == set(TERM_NAMES)


STRUCK = [
    pytest.param("Section 12.2 (Termination Without Cause, ninety days) is deleted.", id="struck"),
    pytest.param(
        "Whereas the Agreement lets either party terminate it without cause on 60 days' notice:",
        id="recital",
    ),
    pytest.param(
        "The former right to terminate without cause on 60 days' notice ended last year.",
        id="former",
    ),
]


@pytest.mark.parametrize("clause", STRUCK)
def test_words_that_no_longer_hold_give_no_value(clause: str) -> None:
    assert not any(each.found for each in read(clause, "no_cause_termination_days"))


def test_a_clause_in_other_words_is_surer_than_a_neighbour_of_its_matter() -> None:
    clear = "Either party may terminate this Agreement without cause on 60 days' written notice."
    near = "On any termination, with or without cause, Provider treats Members for 60 days more."
    term = "no_cause_termination_days"
    assert read(clear, term)[0].confidence > 0.8 > 0.6 > read(near, term)[0].confidence
