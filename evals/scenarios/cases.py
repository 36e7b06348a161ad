"""The scenarios and the criteria as data."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

SHORT = {
    "Granite Peak Health Plan": ("Granite Peak", "Granite Pk"),
    "Kestrel National Health": ("Kestrel",),
    "Wolf Creek Mutual": ("Wolf Creek", "Wolf Crk"),
    "Alder Ridge Benefit Company": ("Alder Ridge",),
    "Silver Heron Advantage": ("Silver Heron",),
    "Prairie Lantern Health": ("Prairie Lantern",),
    "Tarn Lake Insurance": ("Tarn Lake",),
}


@dataclass(frozen=True)
class Criterion:
    """One line of the checklist: its name, what it says, why, and the kinds it is asked of."""

    name: str
    says: str
    why: str
    kinds: tuple[str, ...]


@dataclass(frozen=True)
class Step:
    """One message of the user, on its day."""

    on: date
    say: str


@dataclass(frozen=True)
class Scenario:
    """One occasion to write; see scenarios.toml for what each entry means."""

    id: str
    title: str
    stage: str
    payer: str
    evidence: str
    kind: str
    drafts: tuple[str, ...]
    turns: tuple[Step, ...]
    tool: str
    args: Mapping[str, Any]
    words: tuple[int, int]
    ask: tuple[str, ...] = ()
    worth: Mapping[str, Any] | None = None
    must: Mapping[str, Mapping[str, Any]] | None = None
    evidence_of: Mapping[str, Mapping[str, Any]] | None = None
    at_least: int = 0
    standing: tuple[str, ...] = ()
    said_back: tuple[str, ...] = ()
    earlier: tuple[date, ...] = ()
    parts: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    off_topic: tuple[str, ...] = ()
    promises: tuple[str, ...] = ()
    permits: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    by: date | None = None

    @property
    def others(self) -> tuple[str, ...]:
        """The names of all payers but this one."""
        return tuple(n for payer, names in SHORT.items() if payer != self.payer for n in names)

    def criteria(self) -> tuple[str, ...]:
        """The names of the criteria asked of its text."""
        asked = [
            c.name
            for c in criteria()
            if (self.kind in c.kinds and c.name not in self.without) or c.name in self.also
        ]
        wants = {
            "standing_cited": self.standing,
            "worth_in_dollars": self.worth,
            "numbers_right": self.must,
            "evidence_fits": self.evidence_of,
            "ask_up_front": self.ask,
            "parts_present": self.parts,
        }
        return tuple(name for name in asked if wants.get(name, True))


def data(name: str) -> dict[str, Any]:
    """One of this folder's TOML files."""
    text = files("evals.scenarios").joinpath(f"{name}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@cache
def criteria() -> tuple[Criterion, ...]:
    """The checklist in its order."""
    return tuple(
        Criterion(name, entry["says"], entry["why"], tuple(entry["kinds"]))
        for name, entry in data("criteria").items()
    )


@cache
def scenarios() -> tuple[Scenario, ...]:
    """The scenarios in their order."""
    return tuple(scenario_from(entry) for entry in data("scenarios")["scenario"])


def scenario_from(entry: Mapping[str, Any]) -> Scenario:
    """A scenario from its TOML entry."""
    given: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in entry.items()}
    given["turns"] = tuple(Step(step["on"], step["say"]) for step in entry["turns"])
    return Scenario(**given)
