"""Questions about the practice's data: measure, period, ranking, filter, what is left out."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from copilot.planner.plan import Plan
from copilot.planner.planner import Planner
from copilot.planner.tolerance import tolerance

TODAY = date(2026, 11, 23)
EMPTY: dict[str, Any] = {"calls": [], "clarify": None, "draft": None, "payers": []}
Bench = SimpleNamespace


@pytest.fixture(scope="module")
def planners(bench: Bench) -> dict[str, Planner]:
    """A planner for each workspace, with words alone."""
    return {name: Planner(bench.tools, world, None) for name, world in bench.worlds.items()}


@pytest.fixture(scope="module")
def ask(planners: dict[str, Planner]) -> Any:
    def plan(question: str, world: str = "sample") -> Plan:
        return planners[world].plan(question, EMPTY, TODAY)

    return plan


def test_nineteen_in_twenty_data_questions_reach_their_tool_with_every_argument(
    bench: Bench, planners: dict[str, Planner]
) -> None:
    text = Path(__file__).with_name("data_questions.jsonl").read_text(encoding="utf-8")
    cases = [json.loads(line) for line in text.splitlines()]
    wrong = []
    for case in cases:
        plan = planners[case["world"]].plan(case["question"], EMPTY, TODAY)
        if not bench.marks(plan, case)[1]:
            wrong.append(case["question"])
    assert len(wrong) <= 0.05 * len(cases), wrong


@pytest.mark.parametrize(
    "question",
    [
        "payments by location",
        "which of our doctors collects the most",
        "visits by day of the week",
        "how much do we collect by diagnosis",
        "denials by zip code",
        "how many no-shows did we have last month",
    ],
)
def test_what_no_table_holds_is_said_and_not_answered_by_another_figure(
    ask: Any, question: str
) -> None:
    plan = ask(question)
    assert plan.calls == ()
    assert plan.reply is not None and (
        "cannot split" in plan.reply or "Nothing on file" in plan.reply
    )


def test_office_visits_are_a_code_group_and_no_site(ask: Any) -> None:
    plan = ask("how many office visits did wolf creek patients have in 2025")
    assert [call.name for call in plan.calls] == ["top_codes"]
    assert plan.calls[0].args["codes"][0] == "99202"


def test_everyone_but_one_payer_is_everyone_else(ask: Any) -> None:
    plan = ask("denial rate of everyone but cigna", "colorado")
    assert "Cigna Healthcare" not in plan.calls[0].args["payers"]
    assert {"Aetna", "Humana"} <= set(plan.calls[0].args["payers"])


def test_two_years_of_a_measure_without_a_trend_are_two_calls(ask: Any) -> None:
    plan = ask("did kestrel's denial rate go up from 2024 to 2025")
    assert [(call.name, call.args["period"]) for call in plan.calls] == [
        ("denials", "2024"),
        ("denials", "2025"),
    ]


def test_a_sentence_s_frame_is_no_question_of_its_own(ask: Any) -> None:
    plan = ask("By allowed amount in 2025, who is our largest payer?")
    assert [(call.name, call.args) for call in plan.calls] == [
        ("payer_mix", {"by": "allowed", "period": "2025"})
    ]


@pytest.mark.parametrize(
    ("words", "usd"),
    [
        ("ignore differences under 2 dollars", "2"),
        ("only lines short by at least $5.50", "5.50"),
        ("leave out anything below a dollar", "1"),
        ("skip shortfalls under 50 cents", "0.50"),
        ("anything over ten bucks a line", "10"),
    ],
)
def test_the_least_difference_is_read_in_dollars(words: str, usd: str) -> None:
    assert tolerance(words) == Decimal(usd)


@pytest.mark.parametrize("words", ["paid under the 2025 schedule", "short on 99214", "5% below"])
def test_no_difference_is_read_where_none_is_said(words: str) -> None:
    assert tolerance(words) is None


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("which contracts let them recoup more than a year back?", "search_contract"),
        ("where do we have less than 120 days to file", "search_contract"),
        ("which payer takes more than 30 days to pay", "denials"),
    ],
)
def test_contracts_held_to_a_number_are_searched_and_claims_tell_how_fast_they_pay(
    ask: Any, question: str, name: str
) -> None:
    assert [call.name for call in ask(question).calls] == [name]


@pytest.mark.parametrize(
    ("question", "args"),
    [
        ("who must do what by when under the kestrel contract", {}),
        ("what are our obligations to kestrel", {"who": "practice"}),
        (
            "what are kestrel's duties about records",
            {"who": "payer", "topic": "Records and audits"},
        ),
        ("put the kestrel contract deadlines in a calendar", {"due": "dated"}),
    ],
)
def test_duties_are_narrowed_to_a_side_a_matter_and_their_deadlines(
    ask: Any, question: str, args: dict[str, str]
) -> None:
    (call,) = ask(question).calls
    assert call.name == "obligations"
    assert call.args == {"payers": ["Kestrel National Health"], **args}


@pytest.mark.parametrize(
    "question",
    ["how did I do on the exercise?", "check my marked up sample contract, what did I miss"],
)
def test_the_exercise_is_checked_when_asked_how_it_went(ask: Any, question: str) -> None:
    assert [call.name for call in ask(question).calls] == ["check_exercise"]
