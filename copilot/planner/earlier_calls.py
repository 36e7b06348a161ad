"""What earlier calls, of the same message or of the thread, lend to a new one."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from copilot.planner.habits import habits
from copilot.planner.jobs import REVISE
from copilot.planner.plan import Call
from copilot.planner.reading import Reading

MOST_CALLS = 8
DRAFTS = "draft_"


def is_drafting(name: str) -> bool:
    """Whether a tool writes or changes a draft."""
    return name.startswith(DRAFTS) or name == REVISE


def points(reading: Reading) -> bool:
    """Whether the words point back at who or what was spoken of ("they", "it")."""
    return any(word in habits().pointing for word in re.findall(r"[a-z']+", reading.words.lower()))


def payer_names(args: Mapping[str, Any]) -> list[str]:
    """The payers among a call's arguments."""
    named = args.get("payers") or args.get("payer") or []
    return [named] if isinstance(named, str) else list(named)


def last_payers(calls: Sequence[Call]) -> dict[str, Any]:
    """The payers of the last call that names any, as {"payers": [...]}; else empty."""
    for call in reversed(calls):
        names = payer_names(call.args)
        if names:
            return {"payers": names}
    return {}


def last_ask(calls: Sequence[Call]) -> dict[str, Any]:
    """The percent or percent of Medicare of the last call that has one; else empty."""
    for call in reversed(calls):
        found = {
            k: v for k, v in call.args.items() if k in ("percent", "percent_of_medicare") and v
        }
        if found:
            return found
    return {}


def earlier(state: Mapping[str, Any]) -> list[Call]:
    """The calls of the thread's last turn."""
    turns = [turn for turn in state.get("calls") or () if turn]
    return [Call(str(c["name"]), dict(c.get("args") or {})) for c in (turns[-1] if turns else ())]


def one_ask(calls: Sequence[Call]) -> list[Call]:
    """Drafts to one payer share the ask that the last of them names ("points and an email,
    asking for 8%")."""
    found = list(calls)
    for at, call in enumerate(found):
        later = [c for c in found[at + 1 :] if c.args.get("payer") == call.args.get("payer")]
        asks = last_ask([c for c in later if c.name.startswith(DRAFTS)])
        if call.name in ("draft_email", "draft_talking_points") and not last_ask([call]) and asks:
            found[at] = Call(call.name, {**call.args, **asks})
    return found


def each_once(calls: Sequence[Call]) -> list[Call]:
    """The calls without repeats, at most MOST_CALLS."""
    found: list[Call] = []
    for call in calls:
        if call not in found:
            found.append(call)
    return found[:MOST_CALLS]
