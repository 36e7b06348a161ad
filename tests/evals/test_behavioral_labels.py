"""The labels on the behavioral health questions are in the contracts, and the scorer can fail."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

import evals.sample_practice
from copilot.drafting.bank import questions
from evals.scenarios.bh_questions import answers_in, judge, report_of
from evals.scenarios.cases import data

LABELS: dict[str, Any] = data("bh_labels")
CONTRACTS = Path(str(evals.sample_practice.__file__)).parent / "contracts"
LABEL = {"unclear": ["three"], "answered": {"one": ["sixty days"], "four": ["thirty days"]}}
BODY = """### Coverage

- **One?** Why.
  - “decided in sixty days” [paper.pdf 2.1]
- **Two?** Why.
  - Answer: ______ (name, date)
- **Three?** Why.
  - “something” [paper.pdf 2.2]
- **Four?** Why.
  - Answer: ______ (name, date)
- **Five?** Why.
  - Our claims: units paid 3.
"""
ASKS = {f"{n}?": n.lower() for n in ("One", "Two", "Three", "Four", "Five")}


@pytest.mark.parametrize("contract", LABELS)
def test_each_labelled_answer_stands_in_its_contract(contract: str) -> None:
    text = re.sub(r"\s+", " ", (CONTRACTS / f"{contract}.txt").read_text(encoding="utf-8"))
    text = text.replace("**", "").casefold()
    for question, words in LABELS[contract]["answered"].items():
        missing = [w for w in words if w.casefold() not in text]
        assert not missing, f"{question}: {missing}"


@pytest.mark.parametrize("contract", LABELS)
def test_labels_name_questions_of_the_list_once(contract: str) -> None:
    known = {q.id for q in questions()}
    label = LABELS[contract]
    assert {*label["answered"], *label["unclear"]} <= known
    assert not set(label["answered"]) & set(label["unclear"])


def test_answers_are_read_off_the_list_below_their_questions() -> None:
    found = answers_in(BODY, ASKS)
    assert found["one"] == ("decided in sixty days",)
    assert found["five"] == () == found["two"]


def test_a_wrong_quote_a_missed_answer_and_a_needless_one_each_cost() -> None:
    # One right, four missed: precision 1 of 1, recall 1 of 2, two of two left open.
    report = report_of(list(judge("paper", LABEL, answers_in(BODY, ASKS))))
    values = {name: (m.percent, m.n) for name, m in report.measures.items()}
    assert values["answers right (precision)"] == (100, 1)
    assert values["answerable answered (recall)"] == (50, 2)
    assert values["unanswerable asked"] == (100, 2)
    # A quote that does not hold the words, and one where the contract is silent.
    wrong = BODY.replace("sixty days", "due course").replace(
        "- **Two?** Why.\n  - Answer: ______ (name, date)", "- **Two?** Why.\n  - “x” [paper.pdf 9]"
    )
    report = report_of(list(judge("paper", LABEL, answers_in(wrong, ASKS))))
    values = {name: (m.percent, m.n) for name, m in report.measures.items()}
    assert values["answers right (precision)"] == (0, 2)
    assert values["answerable answered (recall)"] == (0, 2)
    assert values["unanswerable asked"] == (50, 2)
    assert len(report.failures) == 3
