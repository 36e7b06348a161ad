"""The page on the tools and the snapshot of their schema say what the code does."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest

from copilot.core import all_tools
from copilot.tool_docs import PAGE, SCHEMA, meaning, page, snapshot, type_in_words

AGAIN = "run python -m copilot.tool_docs if the change is meant"

SHARED_VOCABULARY = {
    "payer", "payers", "codes", "percent", "percent_of_medicare", "year", "period", "top_n",
    "pmpm", "members", "member_months", "target_pmpm", "actual_pmpm", "share",
    "minimum_savings_rate", "cap", "topic", "terms", "purpose", "length",
}  # fmt: skip
OF_ONE_TOOL = {
    ("compare_rates", "setting"),
    ("compare_rates", "locality"),
    ("compare_rates", "product"),
    ("compare_rates", "order"),
    ("top_codes", "by"),
    ("top_codes", "product"),
    ("payer_mix", "by"),
    ("payer_mix", "level"),
    ("payer_mix", "product"),
    ("payer_mix", "without"),
    ("payer_mix", "order"),
    ("log_interaction", "words"),
    ("rate_trends", "product"),
    ("find_underpayments", "product"),
    ("find_underpayments", "tolerance"),
    ("model_fee_change", "product"),
    ("model_fee_change", "locality"),
    ("model_fee_change", "rates"),
    ("model_shared_savings", "quality_factor"),
    ("revise_draft", "change"),
    ("rehearse", "said"),
    ("obligations", "who"),
    ("obligations", "due"),
    ("set_strategy", "stay"),
    ("set_strategy", "stay_pays"),
    ("set_strategy", "fill_months"),
} | {
    (tool, argument)
    for tool, arguments in {
        "model_capitation": ("trend", "withhold", "load", "risk_score", "panel"),
        "model_shared_savings": (
            "years", "rebasing", "trend", "reduction", "floor_pmpm", "spread",
        ),
        "model_risk": (
            "arrangement", "loss_share", "gain_cap", "quality_factor", "trend", "rebasing",
            "years", "stop_loss", "spread", "bearable_loss",
        ),
        "compare_models": ("care_pmpm", "loss_share", "prepaid"),
        "plan_behavioral_health": (
            "cost_a_year", "space_a_month", "start_up", "sessions_a_week", "no_show",
            "ramp_months", "without",
        ),
    }.items()
    for argument in arguments
}  # fmt: skip


def test_the_page_on_the_tools_is_the_one_the_code_makes() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), AGAIN


def test_no_tool_or_argument_changes_its_name_or_type_unnoticed() -> None:
    assert json.loads(SCHEMA.read_text(encoding="utf-8")) == snapshot(), AGAIN


def test_arguments_stay_within_the_shared_vocabulary() -> None:
    used = {(name, a.name) for name, tool in all_tools().items() for a in tool.arguments}
    assert {(tool, a) for tool, a in used if a not in SHARED_VOCABULARY} <= OF_ONE_TOOL


def test_every_tool_can_be_asked_for_and_says_what_it_does() -> None:
    for tool in all_tools().values():
        assert tool.label and tool.asks and tool.description.endswith("."), tool.name


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (str, "text"),
        (int | None, "whole number"),
        (Decimal | None, "number"),
        (list[str] | None, "list of text"),
    ],
)
def test_types_are_said_in_words(kind: Any, words: str) -> None:
    assert type_in_words(kind) == words


def test_an_argument_that_means_something_else_in_one_tool_says_so_there() -> None:
    tools = all_tools()
    year = {
        name: meaning(tools[name], a)
        for name in ("compare_rates", "quality_scorecard")
        for a in tools[name].arguments
        if a.name == "year"
    }
    assert "Medicare year" in year["compare_rates"]
    assert "performance year" in year["quality_scorecard"]
