"""Two workspaces, the registered tools, and the marking of a plan against what was meant."""

from __future__ import annotations

import importlib
import inspect
import json
import typing
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from copilot.planner.vocabulary import Vocabulary, folded, lay_codes
from knowledge.payer_names import PayerBook
from tools.registry import Argument, Tool, discover, registered

Texts = list[str] | None
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
    return Vocabulary(payers, aliases, CODES, products, lay_codes(), has)


WORLDS = {
    "colorado": workspace(COLORADO, ("PPO", "HMO")),
    "sample": workspace(SAMPLE, ("PPO", "HMO", "EPO", "Ridgeline", "Medicare Advantage", "CHP+")),
}


def compare_rates(practice: Any, *, payers: Texts = None, codes: Texts = None, top_n: int | None = None, year: int | None = None, period: str | None = None, setting: str | None = None, locality: str | None = None, product: str | None = None) -> None: ...  # fmt: skip # noqa: E501
def top_codes(practice: Any, *, payers: Texts = None, top_n: int | None = None, by: str | None = None, period: str | None = None, product: str | None = None) -> None: ...  # fmt: skip # noqa: E501
def payer_mix(practice: Any, *, by: str | None = None, period: str | None = None, payers: Texts = None) -> None: ...  # fmt: skip # noqa: E501
def model_fee_change(practice: Any, *, payer: str | None = None, percent: Decimal | None = None, percent_of_medicare: Decimal | None = None, year: int | None = None, codes: Texts = None, period: str | None = None) -> None: ...  # fmt: skip # noqa: E501
def model_shared_savings(practice: Any, *, payer: str | None = None, target_pmpm: Decimal | None = None, actual_pmpm: Decimal | None = None, members: int | None = None, member_months: int | None = None, share: Decimal | None = None, minimum_savings_rate: Decimal | None = None, cap: Decimal | None = None, quality_factor: Decimal | None = None) -> None: ...  # fmt: skip # noqa: E501
def search_guide(practice: Any, *, topic: str) -> None: ...  # fmt: skip
def search_contract(practice: Any, *, topic: str, payers: Texts = None) -> None: ...  # fmt: skip
def contract_terms(practice: Any, *, payers: Texts = None, terms: Texts = None) -> None: ...  # fmt: skip
def draft_email(desk: Any, *, payer: str | None = None, purpose: str | None = None, percent: Decimal | None = None, percent_of_medicare: Decimal | None = None, codes: Texts = None, topic: str | None = None, length: str | None = None) -> None: ...  # fmt: skip # noqa: E501
def draft_talking_points(desk: Any, *, payer: str | None = None, percent: Decimal | None = None, percent_of_medicare: Decimal | None = None, topic: str | None = None, length: str | None = None) -> None: ...  # fmt: skip # noqa: E501
def draft_bh_questions(desk: Any, *, payer: str | None = None, topic: str | None = None) -> None: ...  # fmt: skip # noqa: E501
def revise_draft(desk: Any, *, change: str, payer: str | None = None, percent: Decimal | None = None) -> None: ...  # fmt: skip # noqa: E501


STAND_INS: dict[Callable[..., Any], tuple[str, list[str], list[str], list[str]]] = {
    compare_rates: (
        "Rates against Medicare",
        ["how do our rates compare with Medicare", "what does this payer pay us for each code"],
        ["How do {payer}'s rates compare with Medicare?"],
        [],
    ),
    top_codes: (
        "Top codes",
        ["what are our top codes", "which codes do we bill most"],
        ["What are our top ten codes?"],
        [],
    ),
    payer_mix: (
        "Payer mix",
        ["what is our payer mix", "who pays us most"],
        ["What is our payer mix?"],
        [],
    ),
    model_fee_change: (
        "Value of a rate change",
        ["what would a raise be worth"],
        ["What is 5% more from {payer} worth?"],
        ["payer"],
    ),
    model_shared_savings: (
        "Shared savings",
        ["what would shared savings pay us"],
        [],
        ["target_pmpm", "actual_pmpm", "share"],
    ),
    search_guide: (
        "Guide",
        ["what does the guide say about negotiating"],
        ["How do I prepare for a call?"],
        ["topic"],
    ),
    search_contract: (
        "Contract search",
        ["what does the contract say about telehealth"],
        ["What does {payer}'s contract say about telehealth?"],
        ["topic"],
    ),
    contract_terms: (
        "Contract terms",
        ["what is our timely filing limit"],
        ["What is {payer}'s timely filing?"],
        [],
    ),
    draft_email: (
        "Email to a payer",
        ["draft an email to the payer"],
        ["Draft an email to {payer} asking for 8% more"],
        ["payer"],
    ),
    draft_talking_points: (
        "Talking points",
        ["talking points for the call"],
        ["Talking points for {payer}"],
        ["payer"],
    ),
    draft_bh_questions: (
        "Behavioral health questions",
        ["questions about behavioral health for the payer"],
        ["What do I ask {payer} about behavioral health?"],
        ["payer"],
    ),
    revise_draft: (
        "Change a draft",
        ["make it shorter", "add a sentence"],
        ["Make it shorter"],
        ["change"],
    ),
}


def stand_in(function: Callable[..., Any]) -> Tool:
    """A tool that is only planned with, never run."""
    label, asks, examples, required = STAND_INS[function]
    hints = typing.get_type_hints(function)
    parameters = list(inspect.signature(function).parameters.values())
    arguments = tuple(Argument(p.name, hints[p.name], None) for p in parameters[1:])
    bound = parameters[0].name
    return Tool(
        function.__name__,
        label,
        tuple(asks),
        (),
        tuple(examples),
        tuple(required),
        arguments,
        bound,
        function,
    )


def planned_tools() -> dict[str, Tool]:
    """The tools planned with: those registered, and stand-ins for those of the core not yet."""
    for package in ("tools", "copilot.drafting"):
        try:
            discover(importlib.import_module(package))
        except ImportError:
            continue
    found = {function.__name__: stand_in(function) for function in STAND_INS}
    return {**found, **registered()}


def dev_cases() -> list[dict[str, Any]]:
    """The questions with what was meant, one a line of dev.jsonl."""
    text = Path(__file__).with_name("dev.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


SOFT = frozenset({"topic", "change", "purpose", "length", "by", "setting", "locality"})


def _alike(name: str, wanted: Any, given: Any) -> bool:
    if isinstance(wanted, dict):
        return str(wanted["has"]).lower() in str(given).lower()
    if isinstance(wanted, str) and wanted.startswith("family:"):
        return list(given or []) == list(lay_codes()[wanted.removeprefix("family:")])
    if isinstance(given, Decimal) or isinstance(given, bool):
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
