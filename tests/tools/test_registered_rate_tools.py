"""What the planner and the page need of each tool stands in its registration."""

from __future__ import annotations

import importlib

import pytest

from tools.registry import registered

OURS = [
    "compare_rates",
    "top_codes",
    "find_underpayments",
    "payer_mix",
    "model_fee_change",
    "model_shared_savings",
    "quality_scorecard",
    "rate_trends",
    "denials",
    "cost_and_utilization",
]


@pytest.mark.parametrize("name", OURS)
def test_a_tool_tells_how_users_ask_for_it(name: str) -> None:
    importlib.import_module(f"tools.{name}")
    tool = registered()[name]
    assert len(set(tool.asks)) >= 10
    assert tool.examples and tool.label and tool.description
    assert tool.bound == "practice"
    assert set(tool.required) <= {argument.name for argument in tool.arguments}
