"""Inputs of a model moved under its answer: the same numbers as if they had been said."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from copilot.core import Copilot
from copilot.results import Answer
from knowledge.problems import BadInput
from tests.fixtures.small_practice import TODAY, write_claims

ASKED = ("What would shared savings with Blue Juniper pay at a target of 410 and an actual of 395"
         " PMPM for 2,000 members with a 50% share?")  # fmt: skip


@pytest.fixture(scope="module")
def copilot(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Copilot]:
    folder = tmp_path_factory.mktemp("small")
    with Copilot(folder / "workspace", date.fromisoformat(TODAY)) as opened:
        opened.ingest([write_claims(folder / "claims.csv")])
        yield opened


def inputs(answer: Answer) -> dict[str, Any]:
    return next(block for block in answer.blocks if block["kind"] == "inputs")


def shown(answer: Answer, words: str) -> str:
    return next(str(f["shown"]) for f in answer.figures if words in f["name"])


def test_a_moved_share_pays_what_a_said_one_pays_and_the_next_question_sees_it(
    copilot: Copilot,
) -> None:
    # 15 x 24,000 = 360,000 saved: half is 180,000, 60% is 216,000, of which 2,500 members
    # (30,000 member months, 450,000 saved) make 270,000.
    asked = copilot.answer(ASKED, "moving")
    assert shown(asked, "earned") == "$180,000"
    held = inputs(asked)
    assert {each["name"] for each in held["inputs"]} >= {"share", "target_pmpm", "members"}
    moved = copilot.move_inputs("moving", 1, held["finding"], {"share": "60"})
    assert shown(moved, "earned") == "$216,000"
    assert moved.tool_calls[0].args["share"] == 60
    assert inputs(moved)["first"]["share"] == "50"
    again = copilot.move_inputs("moving", 1, inputs(moved)["finding"], {"members": "2500"})
    assert shown(again, "earned") == "$270,000"
    assert inputs(again)["first"]["share"] == "50"
    # the conversation is as long as it was, and goes on from what was moved
    assert [answer.answer for _, answer in copilot.threads.turns("moving")] == [again.answer]
    assert again.unsupported == []
    after = copilot.answer("What if the target is 420?", "moving")
    # (420 - 395) x 30,000 = 750,000, of which 60%
    assert shown(after, "earned") == "$450,000"


def test_an_older_answer_moved_is_what_the_next_question_means(copilot: Copilot) -> None:
    asked = copilot.answer(ASKED, "older")
    copilot.answer("What does the guide say about shared savings?", "older")
    copilot.move_inputs("older", 1, inputs(asked)["finding"], {"share": "40"})
    assert len(copilot.threads.turns("older")) == 2
    assert copilot.threads.state("older")["calls"][-1][0]["args"]["share"] == 40


@pytest.mark.parametrize(
    ("question", "change"),
    [
        pytest.param("What is our break-even PMPM with Blue Juniper for 300 members?",
                     {"pmpm": "14"}, id="capitation"),
        pytest.param("What could two-sided risk cost us with Blue Juniper at a target of 410 and"
                     " an actual of 400 PMPM for 1,500 members?", {"trend": "7"}, id="risk"),
        pytest.param("Which payment model suits us with Blue Juniper for 300 members?",
                     {"pmpm": "20"}, id="models"),
        pytest.param("What would it cost to add a therapist, and when does it pay?",
                     {"no_show": "25"}, id="behavioral health"),
        pytest.param("What would 8% more from Blue Juniper be worth?", {"percent": "5"}, id="fees"),
    ],
)  # fmt: skip
def test_every_model_has_inputs_and_follows_within_a_second(
    copilot: Copilot, question: str, change: dict[str, str]
) -> None:
    asked = copilot.answer(question)
    held = inputs(asked)
    for each in held["inputs"]:
        assert float(each["least"]) <= float(each["value"]) <= float(each["most"]), each
    began = time.process_time()
    moved = copilot.move_inputs(asked.thread, 1, held["finding"], change)
    assert time.process_time() - began < 1.5  # a second at rest; other work may run beside
    assert moved.answer != asked.answer


def test_what_is_no_input_is_refused_in_a_sentence(copilot: Copilot) -> None:
    asked = copilot.answer(ASKED, "refused")
    key = inputs(asked)["finding"]
    for finding, changes in ((key, {"payer": "x"}), ("r999", {"share": "5"})):
        with pytest.raises(BadInput):
            copilot.move_inputs("refused", 1, finding, changes)
    with pytest.raises(BadInput, match="no longer"):
        copilot.move_inputs("refused", 7, key, {"share": "5"})
    with pytest.raises(BadInput, match="more than 100"):
        copilot.move_inputs("refused", 1, key, {"share": "400"})
    assert copilot.threads.turns("refused")[0][1].answer == asked.answer
