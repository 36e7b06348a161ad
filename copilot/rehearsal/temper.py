"""The temperaments a rehearsal's rep can have."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files


@dataclass(frozen=True)
class Temper:
    """One temperament; see tempers.toml for the fields."""

    name: str
    label: str
    names: tuple[str, ...]
    share: Decimal
    opening: Decimal
    need: Decimal
    pace: int
    patience: int
    alone: Decimal
    dated: bool
    least: Decimal
    weights: Mapping[str, Decimal]
    objections: tuple[str, ...]
    traps: tuple[str, ...]


@cache
def tempers() -> Mapping[str, Temper]:
    """All temperaments by name, the courteous one first."""
    text = files("copilot.rehearsal").joinpath("tempers.toml").read_text(encoding="utf-8")
    return {
        name: Temper(
            name=name, label=row["label"], names=tuple(row["names"]),
            share=Decimal(row["share"]), opening=Decimal(row["opening"]),
            need=Decimal(row["need"]), pace=row["pace"], patience=row["patience"],
            alone=Decimal(row["alone"]), dated=row["dated"], least=Decimal(row["least"]),
            weights={key: Decimal(value) for key, value in row["weights"].items()},
            objections=tuple(row["objections"]), traps=tuple(row["traps"]),
        )
        for name, row in tomllib.loads(text).items()
    }  # fmt: skip


def temper_named(*words: str) -> Temper | None:
    """The temperament that the words name; None where they name none."""
    for said in words:
        low = said.lower()
        hits = [
            (len(name), temper)
            for temper in tempers().values()
            for name in (temper.name, *temper.names)
            if re.search(rf"\b{re.escape(name)}\b", low)
        ]
        if hits:
            return max(hits, key=lambda hit: hit[0])[1]
    return None
