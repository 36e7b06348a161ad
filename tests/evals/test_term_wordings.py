"""The excerpts are well labelled, and their scorer fails a planted mistake."""

from collections import Counter
from decimal import Decimal
from typing import Any

import pytest

from copilot.excerpt_terms import terms_of_text
from evals.term_wordings import excerpts, score, share_cited

CASE: dict[str, Any] = {
    "term": "timely_filing_days",
    "id": "x",
    "text": "6.1 Group shall file a claim within ninety (90) days after the date of service.\n\n"
    "6.2 Group shall appeal a denial within sixty (60) days after the remittance.",
    "value": 90,
    "quote": "file a claim within ninety (90) days after the date of service",
}
READ: dict[str, Any] = {
    "name": "timely_filing_days",
    "value": Decimal(90),
    "unit": "days",
    "line_of_business": None,
    "found": True,
    "quote": "6.1 Group shall file a claim within ninety (90) days after the date of service.",
}


def test_what_the_reader_gives_for_a_plain_clause_is_right() -> None:
    assert score(CASE, terms_of_text(CASE["text"], [CASE["term"]])).value == 1


@pytest.mark.parametrize(
    ("planted", "value_right", "wrong"),
    [
        pytest.param({"value": Decimal(60)}, 0, 1, id="wrong value"),
        pytest.param({"quote": "6.2 Group shall appeal a denial"}, 1, 0, id="wrong quote"),
        pytest.param({"quote": None}, 1, 0, id="no quote"),
        pytest.param({"found": False}, 0, 0, id="not found"),
    ],
)
def test_a_planted_mistake_scores_zero(
    planted: dict[str, Any], value_right: int, wrong: int
) -> None:
    result = score(CASE, [{**READ, **planted}])
    assert result.value == 0
    assert result.parts == {"value right": value_right, "wrong value": wrong}


def test_a_value_for_a_term_that_is_not_there_scores_zero() -> None:
    absent = {"term": CASE["term"], "id": "y", "text": CASE["text"], "found": False}
    assert score(absent, [READ]).value == 0
    assert score(absent, [{**READ, "found": False}]).value == 1


def test_an_attachment_is_asked_for_its_own_number() -> None:
    advantage = {**CASE, "line_of_business": "medicare_advantage"}
    assert score(advantage, [READ]).value == 0
    assert score(advantage, [{**READ, "line_of_business": "medicare_advantage"}]).value == 1


def test_half_of_the_labelled_words_must_be_cited() -> None:
    assert share_cited("one two three four", "| one two | nothing") == 0.5
    assert share_cited("one two three four", "one five two") == 0


@pytest.mark.parametrize("name", ["dev", "heldout"])
def test_the_excerpts_are_labelled_with_words_that_stand_in_them(name: str) -> None:
    cases = excerpts(name)
    assert len({case["id"] for case in cases}) == len(cases)
    assert len(set(Counter(case["term"] for case in cases).values())) == 1
    for case in cases:
        assert case.get("found", True) is ("quote" in case), case["id"]
        assert case["text"].count(case.get("quote", case["text"])) == 1, case["id"]
