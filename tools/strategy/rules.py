"""The rules of a strategy, read from levels.toml: levels, weights, time."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True)
class Levels:
    """Three percents of today's rates: opening >= target >= walk_away."""

    opening: Decimal
    target: Decimal
    walk_away: Decimal


@cache
def rules() -> Mapping[str, Any]:
    """The whole file of rules."""
    return tomllib.loads(_text("levels.toml"))


@cache
def trades() -> Mapping[str, Any]:
    """What each ask costs in difficulty, what to give for it, and what to do on a no."""
    return tomllib.loads(_text("trades.toml"))


def rule(table: str, key: str) -> Decimal:
    """One number of the rules."""
    return Decimal(rules()[table][key])


def levels_for(gap: Decimal) -> Levels | None:
    """The levels that close a gap (percent of today's rates); None below the least gap."""
    if gap < rule("rate", "least_gap"):
        return None
    return around(_stepped(min(gap, rule("rate", "most_target")), ROUND_FLOOR))


def around(target: Decimal) -> Levels:
    """Opening and walk-away for a target percent, in steps; a target the user named stays."""
    most = max(rule("rate", "most_opening"), target)
    opening = _stepped(min(target * rule("rate", "opening_of_target"), most), ROUND_CEILING)
    least = max(target * rule("rate", "walk_away_of_target"), rule("cost_index", "percent"))
    return Levels(max(opening, target), target, min(_stepped(least, ROUND_CEILING), target))


def standard_of(line_of_business: str | None) -> str:
    """others, medicare or none: what a payer's rates are held to."""
    held: str = rules()["standard"].get(line_of_business or "commercial", "medicare")
    return held


def _stepped(value: Decimal, rounding: str) -> Decimal:
    step = rule("rate", "step")
    return (value / step).quantize(Decimal(1), rounding=rounding) * step


def _text(name: str) -> str:
    return files("tools.strategy").joinpath(name).read_text(encoding="utf-8")
