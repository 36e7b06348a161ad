"""Two workspaces, the registered tools, and the marking of a plan against what was meant."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from copilot.core import all_tools
from copilot.planner.vocabulary import Vocabulary, folded, lay_codes
from knowledge.payer_names import PayerBook
from knowledge.reference.codes import names_of_groups
from tools.registry import Tool, registered

CODES = frozenset(
    [
        "99202",
        "99203",
        "99204",
        "99205",
        "99211",
        "99212",
        "99213",
        "99214",
        "99215",
        "G2211",
        "G0438",
        "G0439",
        "99396",
        "99397",
        "99490",
        "99492",
        "99493",
        "99494",
        "G2214",
        "90834",
        "90837",
        "96127",
        "36415",
        "90471",
    ]
)
COLORADO = (
    "UnitedHealthcare",
    "Anthem Blue Cross and Blue Shield",
    "Cigna Healthcare",
    "Aetna",
    "Humana",
    "Kaiser Permanente",
    "Rocky Mountain Health Plans",
    "Medicare",
    "Medicaid",
)
SAMPLE = (
    "Granite Peak Health Plan",
    "Wolf Creek Mutual",
    "Alder Ridge Benefit Company",
    "Kestrel National Health",
    "Silver Heron Advantage",
    "Prairie Lantern Health",
    "Tarn Lake Insurance",
)


def workspace(payers: tuple[str, ...], products: tuple[str, ...]) -> Vocabulary:
    """A workspace's vocabulary over the built-in names of payers."""
    aliases = {folded(alias): name for alias, name in PayerBook().aliases().items()}
    has = frozenset({"claim_lines", "contracts", "fee_schedules"})
    return Vocabulary(payers, aliases, CODES, products, names_of_groups(), has)


WORLDS = {
    "colorado": workspace(COLORADO, ("PPO", "HMO")),
    "sample": workspace(SAMPLE, ("PPO", "HMO", "EPO", "Ridgeline", "Medicare Advantage", "CHP+")),
}


def planned_tools() -> dict[str, Tool]:
    """All registered tools, as the core hands them to the planner."""
    all_tools()
    return registered()


def dev_cases() -> list[dict[str, Any]]:
    """The questions with what was meant, one a line of dev.jsonl."""
    text = Path(__file__).with_name("dev.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


SOFT = frozenset(
    {"topic", "change", "purpose", "length", "by", "level", "order", "setting", "locality", "words"}
)


def _alike(name: str, wanted: Any, given: Any) -> bool:
    if isinstance(wanted, dict):
        return str(wanted["has"]).lower() in str(given).lower()
    if isinstance(wanted, str) and wanted.startswith("family:"):
        return list(given or []) == list(lay_codes()[wanted.removeprefix("family:")])
    if isinstance(given, Decimal):
        return Decimal(str(wanted)) == given
    if name == "terms":
        return set(wanted) == set(given or [])
    return bool(wanted == given)


def marks(plan: Any, case: dict[str, Any]) -> tuple[bool, bool]:
    """Whether the tools are right, and the tools with every argument."""
    if "reply" in case:
        right = plan.reply is not None and not plan.calls
        return right or case["reply"] == "any", right or case["reply"] == "any"
    if "clarify" in case:
        asked = plan.clarify is not None and plan.clarify.pending.get("need") == case["clarify"]
        return asked, asked
    wanted, given = case["calls"], plan.calls
    if [call["name"] for call in wanted] != [call.name for call in given]:
        return False, False
    for want, call in zip(wanted, given, strict=True):
        for name, value in want["args"].items():
            if name not in call.args or not _alike(name, value, call.args[name]):
                return True, False
        if set(call.args) - set(want["args"]) - SOFT:
            return True, False
    return True, True


def thread_state(case: dict[str, Any]) -> dict[str, Any]:
    """The thread before the question: one earlier turn, and its draft where it made one."""
    before = case.get("before")
    state: dict[str, Any] = {"calls": [], "clarify": None, "draft": None, "payers": []}
    if before:
        state["calls"] = [before]
        named = [c["args"].get("payers") or [c["args"].get("payer")] for c in before]
        state["payers"] = [payer for group in named for payer in group if payer]
        if before[-1]["name"].startswith(("draft_", "revise")):
            state["draft"] = {"id": "d1", "kind": "email", "payer": before[-1]["args"].get("payer")}
    return state


@pytest.fixture(scope="session")
def bench() -> SimpleNamespace:
    """Everything above, for the tests of this folder."""
    return SimpleNamespace(
        worlds=WORLDS, tools=planned_tools(), cases=dev_cases(), marks=marks, state=thread_state
    )
