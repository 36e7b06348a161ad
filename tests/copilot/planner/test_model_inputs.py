"""Inputs of the models, told by the words beside their numbers."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from copilot.planner.model_inputs import model_inputs

SAID: list[tuple[str, dict[str, Any]]] = [
    ("assume a trend of 4 percent", {"trend": Decimal(4)}),
    ("assume 4% trend", {"trend": Decimal(4)}),
    ("what if costs grow by 6% a year", {"trend": Decimal(6)}),
    ("with a stop loss of 100k", {"stop_loss": Decimal(100_000)}),
    ("put in a $75,000 stop-loss", {"stop_loss": Decimal(75_000)}),
    ("a loss share of 30 percent", {"loss_share": Decimal(30)}),
    ("we would owe 30% of the losses", {"loss_share": Decimal(30)}),
    ("over five years", {"years": 5}),
    ("the target is re-based by 50 percent a year", {"rebasing": Decimal(50)}),
    ("we lower costs by 3% a year", {"reduction": Decimal(3)}),
    ("with a floor of necessary care of $350", {"floor_pmpm": Decimal(350)}),
    ("and a withhold of 10 percent", {"withhold": Decimal(10)}),
    ("a salary of 95k", {"cost_a_year": Decimal(95_000)}),
    (
        "20 sessions a week with 10% no-shows",
        {"sessions_a_week": Decimal(20), "no_show": Decimal(10)},
    ),
    ("they rebase every year", {"rebasing": Decimal(100)}),
    ("we can bear a loss of 60000", {"bearable_loss": Decimal(60_000)}),
    ("assume a spread of 2.5", {"spread": Decimal("2.5")}),
    ("a care management fee of 4 dollars", {"care_pmpm": Decimal(4)}),
    ("60 percent prepaid", {"prepaid": Decimal(60)}),
    ("put a cap on gains of 8%", {"gain_cap": Decimal(8)}),
    ("upside only, trend 3%", {"arrangement": "upside only", "trend": Decimal(3)}),
    ("what would the REACH professional corridors do", {"arrangement": "reach professional"}),
    ("raise 99213 by 8% with Aetna", {}),
    ("a target of 410 and an actual of 400 for 1,500 members", {}),
    ("the last 2 years of claims", {}),
]


@pytest.mark.parametrize(("text", "values"), SAID, ids=[text for text, _ in SAID])
def test_an_input_is_read_from_its_words(text: str, values: dict[str, Any]) -> None:
    assert dict(model_inputs(text).values) == values
