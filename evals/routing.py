"""Routing: does the planner choose the right tool with the right arguments?

Each case is a question in a practice manager's words, on a vocabulary of payers, with the
calls it should lead to. The cases were written apart from the planner's own phrases.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from evals.scoring import Report, Score, cases, report

TODAY = date(2026, 11, 23)


def run() -> Report:
    """The routing task on the real planner with its embedding model."""
    from evals.planner_bench import planners

    benches = planners()
    scores = []
    for case in cases("routing"):
        plan = benches[case.get("vocabulary", "sample")].plan(
            case["question"], state_of(case), TODAY
        )
        outcome = {
            "calls": [{"name": c.name, "args": dict(c.args)} for c in plan.calls],
            "clarify": plan.clarify is not None,
            "reply": plan.reply is not None,
        }
        scores.append(score(case, outcome))
    return report("routing", scores, "tool and arguments")


def state_of(case: Mapping[str, Any]) -> dict[str, Any]:
    """The thread's state that a follow-up case starts from."""
    return {"calls": [], "clarify": None, "draft": None, "payers": [], **case.get("state", {})}


def score(case: Mapping[str, Any], outcome: Mapping[str, Any]) -> Score:
    """1 where the calls are those expected, in order, with their arguments.

    A case names `calls` (a list, or `any` with several acceptable lists), or `clarify` or
    `reply` true. Arguments of a call: `args` must be equal; names in `free` may be
    anything; every other argument must be absent. Words (topic, change, purpose) are
    compared through `has`: each word listed must stand in the argument.
    """
    key = str(case["id"])
    for kind in ("clarify", "reply"):
        if case.get(kind):
            right = bool(outcome[kind]) and not outcome["calls"]
            why = "" if right else f"wanted a {kind}, got {_shown(outcome['calls'])}"
            return Score(key, float(right), why, {"tool": float(right)})
    options = case.get("any") or [case["calls"]]
    reasons, tools_right = [], False
    for wanted in options:
        names = [call["name"] for call in wanted]
        got = [call["name"] for call in outcome["calls"]]
        if names != got:
            reasons.append(f"wanted {names}, got {got or _other(outcome)}")
            continue
        tools_right = True
        wrong = [
            w
            for one, other in zip(wanted, outcome["calls"], strict=True)
            for w in _wrong(one, other)
        ]
        if not wrong:
            return Score(key, 1.0, "", {"tool": 1.0})
        reasons.append("; ".join(wrong))
    return Score(key, 0.0, f"{case['question']!r}: {reasons[-1]}", {"tool": float(tools_right)})


def _other(outcome: Mapping[str, Any]) -> str:
    return "a question back" if outcome["clarify"] else "a reply" if outcome["reply"] else "nothing"


def _wrong(wanted: Mapping[str, Any], got: Mapping[str, Any]) -> list[str]:
    free = set(wanted.get("free", ())) | set(wanted.get("has", {}))
    expected, given = dict(wanted.get("args", {})), dict(got["args"])
    out = []
    for name in sorted(set(expected) | set(given)):
        if name in free and name not in expected:
            continue
        if _flat(expected.get(name)) != _flat(given.get(name)):
            out.append(f"{name} should be {expected.get(name)!r}, is {given.get(name)!r}")
    for name, words in wanted.get("has", {}).items():
        said = str(given.get(name, "")).lower()
        out += [f"{name} lacks {word!r}" for word in words if word.lower() not in said]
    return out


def _flat(value: Any) -> Any:
    """Values made comparable: numbers by size, lists without order, empty as absent."""
    if value in (None, [], ()):
        return None
    if isinstance(value, (list, tuple)):
        return sorted(str(_flat(v)) for v in value)
    if isinstance(value, bool):
        return value
    if isinstance(value, (int, float, Decimal)):
        return Decimal(str(value)).normalize()
    return value


def _shown(calls: Sequence[Mapping[str, Any]]) -> str:
    return ", ".join(str(call["name"]) for call in calls) or "no call"
