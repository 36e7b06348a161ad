"""The scorers fail what they should fail: planted mistakes, one each."""

from decimal import Decimal
from typing import Any

import pytest

from evals import grounding, retrieval, routing
from evals.scoring import measure

CASE = {
    "id": "x",
    "question": "compare and write",
    "calls": [
        {"name": "compare_rates", "args": {"payers": ["A"], "top_n": 10}},
        {"name": "draft_email", "args": {"payer": "A", "percent": 8}, "free": ["purpose"]},
    ],
}
RIGHT: dict[str, Any] = {
    "calls": [
        {"name": "compare_rates", "args": {"payers": ["A"], "top_n": 10, "codes": None}},
        {"name": "draft_email", "args": {"payer": "A", "percent": Decimal("8.0"), "purpose": "x"}},
    ],
    "clarify": False,
    "reply": False,
}


def _with(position: int, **args: Any) -> dict[str, Any]:
    calls = [{"name": c["name"], "args": {**c["args"]}} for c in RIGHT["calls"]]
    calls[position]["args"].update(args)
    return {**RIGHT, "calls": calls}


def test_the_right_calls_score_one() -> None:
    assert routing.score(CASE, RIGHT).value == 1


@pytest.mark.parametrize(
    "planted",
    [
        pytest.param(_with(0, payers=["B"]), id="wrong payer"),
        pytest.param(_with(0, top_n=20), id="wrong number"),
        pytest.param(_with(0, codes=["99214"]), id="argument nobody asked for"),
        pytest.param(_with(1, percent=Decimal(9)), id="wrong percent"),
        pytest.param({**RIGHT, "calls": RIGHT["calls"][:1]}, id="second call missing"),
        pytest.param({**RIGHT, "calls": RIGHT["calls"][::-1]}, id="order turned"),
        pytest.param({"calls": [], "clarify": True, "reply": False}, id="asked back"),
    ],
)
def test_a_planted_routing_mistake_scores_zero(planted: dict[str, Any]) -> None:
    assert routing.score(CASE, planted).value == 0


def test_a_call_where_a_question_back_was_due_scores_zero() -> None:
    assert routing.score({"id": "x", "question": "?", "clarify": True}, RIGHT).value == 0


TEXT = "One. Claims must be filed within ninety (90) days of service. Three. Four."
LABEL = {"id": "r", "query": "q", "quotes": ["filed within ninety (90)\ndays of service"]}


def _result(start: int, end: int, source: str = "a.pdf") -> dict[str, Any]:
    return {"source": source, "section": "", "start": start, "end": end}


def test_the_answering_passage_first_is_a_hit() -> None:
    scored = retrieval.score(LABEL, [_result(5, 60)], {"a.pdf": TEXT})
    assert (scored.value, scored.parts["contracts, hit at 5"]) == (1, 1)


@pytest.mark.parametrize(
    ("results", "at_5"),
    [
        pytest.param([_result(62, 74), _result(5, 60)], 1, id="second"),
        pytest.param([_result(5, 60, "b.pdf")], 0, id="same place in another document"),
        pytest.param([_result(0, 25)], 0, id="only the edge of the answer"),
        pytest.param([], 0, id="nothing found"),
    ],
)
def test_a_planted_retrieval_miss_is_no_hit_at_one(results: list[Any], at_5: float) -> None:
    scored = retrieval.score(LABEL, results, {"a.pdf": TEXT})
    assert (scored.value, scored.parts["contracts, hit at 5"]) == (0, at_5)


def test_a_label_that_stands_nowhere_is_an_error_not_a_miss() -> None:
    with pytest.raises(ValueError, match="stand in no document"):
        retrieval.score({**LABEL, "quotes": ["not there"]}, [], {"a.pdf": TEXT})


ANSWER: dict[str, Any] = {
    "figures": [{"exact": "63434.27", "unit": "USD"}],
    "citations": [{"document": "d", "start": 5, "end": 29, "quote": TEXT[5:29], "label": "a.pdf"}],
    "unsupported": [],
}
GROUND = {"id": "g", "question": "q", "cited": True}
WANTED = {"worth": Decimal("63434.27")}


def test_a_supported_answer_scores_one() -> None:
    assert grounding.score(GROUND, ANSWER, WANTED, {"d": TEXT}).value == 1


@pytest.mark.parametrize(
    "planted",
    [
        pytest.param({"figures": [{"exact": "63434.29", "unit": "USD"}]}, id="two cents off"),
        pytest.param({"figures": []}, id="figure missing"),
        pytest.param({"unsupported": ["400%"]}, id="loose number"),
        pytest.param({"citations": []}, id="nothing cited"),
        pytest.param(
            {"citations": [{**ANSWER["citations"][0], "quote": "Claims may be filed"}]},
            id="quote bent",
        ),
    ],
)
def test_a_planted_grounding_mistake_scores_zero(planted: dict[str, Any]) -> None:
    assert grounding.score(GROUND, {**ANSWER, **planted}, WANTED, {"d": TEXT}).value == 0


def test_the_interval_is_wilsons() -> None:
    # 80 of 100, z = 1.96: published examples give 71.1 to 86.7
    m = measure([1.0] * 80 + [0.0] * 20)
    assert (round(m.low, 1), round(m.high, 1)) == (71.1, 86.7)
