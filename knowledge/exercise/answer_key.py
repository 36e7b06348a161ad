"""The answer key of the exercise: what was planted, where, why it matters, and how it is told."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

Kind = Literal["bad", "fair"]
WEIGHTS = {"high": 3, "medium": 2, "low": 1}


@dataclass(frozen=True)
class Point:
    """One planted point.

    kind: bad (to be marked) or fair (to be left alone). section: its number in the contract.
    position: the playbook's position, or the finding on the paper, that it belongs to. bad,
    about, better, over: how a mark on it is understood (see answer_key.toml), None where
    nothing is to be looked for. struck: whether striking the clause settles it.
    """

    id: str
    title: str
    kind: Kind
    section: str
    position: str
    severity: str
    guide: str
    what: str
    why: str
    bad: re.Pattern[str] | None
    about: re.Pattern[str] | None
    better: re.Pattern[str] | None
    over: re.Pattern[str] | None
    struck: bool

    @property
    def weight(self) -> int:
        """What it counts in the score: high 3, medium 2, low 1."""
        return WEIGHTS[self.severity]


@cache
def points() -> tuple[Point, ...]:
    """Every planted point: the bad ones by severity, then the fair ones."""
    text = files("knowledge").joinpath("exercise", "answer_key.toml").read_text(encoding="utf-8")
    return tuple(_point(each) for each in tomllib.loads(text)["point"])


def _point(data: dict[str, str]) -> Point:
    patterns = {
        name: re.compile(data[name], re.IGNORECASE) if name in data else None
        for name in ("bad", "about", "better", "over")
    }
    named = ("id", "title", "section", "position", "severity", "guide", "what", "why")
    kind: Kind = "bad" if data["kind"] == "bad" else "fair"
    struck = data.get("struck") != "partly"
    return Point(kind=kind, struck=struck, **{n: data[n] for n in named}, **patterns)  # type: ignore[arg-type]
