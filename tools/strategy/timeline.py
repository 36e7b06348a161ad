"""The plan in days: what to do by when, as sentences, rows and calendar entries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from knowledge.evidence import Citation, Figure
from tools.duties.calendar_days import entry
from tools.strategy.contract_days import Days


@dataclass(frozen=True)
class Step:
    """One day of the plan; ours: something must be done by then."""

    day: Figure
    what: str
    where: Citation | None = None
    ours: bool = True


def timeline(days: Days, short: str, may_leave: bool = True) -> list[Step]:
    """The steps in the order of their days; may_leave: whether a raise hangs on a decision."""
    steps = [
        Step(days.prepare, f"Begin to prepare {short}: data, proofs, three levels, two trades"),
        Step(days.ask_by, f"Send the ask to {short}", days.cited.get("reopens")),
    ]
    if days.say_by is not None:
        steps.append(Step(days.say_by, f"Last day to tell {short} that the contract shall not"
                          " renew: decide with counsel", days.cited.get("stop")))  # fmt: skip
    elif days.decide_by is not None and may_leave:
        steps.append(Step(days.decide_by, f"Settle with {short}, or decide with counsel"
                          " on a notice", days.cited.get("notice")))  # fmt: skip
    last = "The contract renews" if days.renews is not None else "Changes wanted from this day"
    steps.append(Step(days.from_day, f"{last}: {short}", days.cited.get("renews"), False))
    return sorted(steps, key=lambda step: (step.day.value.isoformat()
                  if isinstance(step.day.value, date) else "", step.what))  # fmt: skip


def calendar(steps: list[Step], today: date) -> list[dict[str, Any]]:
    """The steps as entries of a calendar file."""
    return [
        entry(step.day.value, step.what, step.where.label() if step.where else step.day.basis.words,
              "", today, step.ours)
        for step in steps
        if isinstance(step.day.value, date)
    ]  # fmt: skip
