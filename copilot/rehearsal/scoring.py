"""A rehearsed call scored on named criteria, from what happened in it alone."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any

from copilot.rehearsal.state import Call

MODEST, WILD = Decimal("0.8"), Decimal(3)
KINDS_OF_QUESTIONS = {"authority", "process", "need", "reason"}


@dataclass(frozen=True)
class Criterion:
    """One criterion; see criteria.toml for the fields."""

    key: str
    points: int
    name: str
    guide: str
    won: str
    missed: str
    line: tuple[str, ...]


@dataclass(frozen=True)
class Score:
    """The points of one criterion, of how many."""

    criterion: Criterion
    points: int

    @property
    def lost(self) -> int:
        """Points not reached."""
        return self.criterion.points - self.points


def scores(call: Call) -> tuple[Score, ...]:
    """Every criterion's score, in the order of criteria.toml."""
    return tuple(
        Score(each, max(0, min(each.points, _RULES[each.key](call)))) for each in criteria()
    )


@cache
def criteria() -> tuple[Criterion, ...]:
    """The criteria in order; their points add up to one hundred."""
    return tuple(
        Criterion(key, row["points"], row["name"], row["guide"], row["won"], row["missed"],
                  tuple(row["line"]))
        for key, row in criteria_file().items() if key != "lines"
    )  # fmt: skip


@cache
def criteria_file() -> Mapping[str, Any]:
    """criteria.toml as it stands."""
    text = files("copilot.rehearsal").joinpath("criteria.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def _number(call: Call) -> int:
    asked = call.of("ask")
    if not asked:
        return 0
    points = 15 if asked[0]["first"] == "True" else 7
    points -= 3 * (int(asked[0]["turn"]) > 3)
    points -= 6 * bool(call.count("range"))
    reasoned = bool(call.shown)
    points -= 0 if reasoned else 3
    first = call.first_ask if call.first_ask is not None else Decimal(0)
    if first < call.limit * MODEST or (first > call.limit * WILD and not reasoned):
        points -= 5
    return points


def _evidence(call: Call) -> int:
    own = sum(1 for e in call.of("evidence") if e["proof"] == "own")
    stated = len(call.of("evidence")) - own
    bare = len({e["kind"] for e in call.of("unproven")} - set(call.shown) - {"costs_up"})
    return 7 * own + 4 * stated + min(2, bare) - 5 * call.count("wrong")


def _benefit(call: Call) -> int:
    told = [e for e in call.of("evidence") if e["kind"] in ("emergency", "access", "quality",
                                                            "volume", "cost")]  # fmt: skip
    if any(e["benefit"] == "True" for e in told):
        return 8
    return 4 if told else 0


def _questions(call: Call) -> int:
    kinds = {str(event["kind"]) for event in call.of("question")}
    return 4 * sum(1 for kind in kinds if kind in KINDS_OF_QUESTIONS)


def _answers(call: Call) -> int:
    met, left = call.count("answered"), call.count("unanswered")
    if not met + left:
        return 4
    return round(8 * met / (met + left))


def _trades(call: Call) -> int:
    base = 10 if call.count("trade") else 4
    return base - 5 * call.count("gave")


def _firmness(call: Call) -> int:
    lost = 3 * call.count("insult") + 2 * call.count("threat") + 6 * (call.ask is None)
    lost += 5 * call.count("bid_down") + 5 * call.count("bottom") + 2 * call.count("hedge")
    lost += 2 * call.count("plead") + 5 * call.count("nibble_given") + 3 * call.count("split")
    steps = call.count("step") + call.count("rep_anchored")
    deals = call.of("deal")
    if deals and deals[0]["by"] == "user" and steps <= 1:
        lost += 5
    below = deals and call.deal is not None and call.offer is not None and call.deal < call.offer
    return 10 - lost - (5 if below else 0)


def _standing(call: Call) -> int:
    return 4 if call.clause else 0


def _close(call: Call) -> int:
    points = 4 * bool(call.count("writing")) + 3 * bool(call.count("dated"))
    return points + (3 if call.steps and call.ended in ("agreed", "adjourned") else 0)


def _tone(call: Call) -> int:
    return 5 - 4 * call.count("threat") - 5 * call.count("insult")


_RULES: Mapping[str, Callable[[Call], int]] = {
    "number": _number, "evidence": _evidence, "benefit": _benefit, "questions": _questions,
    "answers": _answers, "trades": _trades, "firmness": _firmness, "standing": _standing,
    "close": _close, "tone": _tone,
}  # fmt: skip
