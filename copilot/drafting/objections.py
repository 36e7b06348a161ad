"""What a representative says against a point, and our answer with this practice's figures."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from copilot.drafting.asked import Ask
from copilot.drafting.evidence import Evidence
from copilot.drafting.shared_values import Value
from knowledge.evidence import Sentence, says


@dataclass(frozen=True)
class Objection:
    """One objection of the guide; see knowledge/objections.toml for the fields."""

    id: str
    heard: str
    means: str
    reply: str
    needs: tuple[str, ...]
    reply_without_data: str
    guide: str
    signs: tuple[str, ...]

    def answered(self, known: Mapping[str, Value]) -> Sentence:
        """Our reply; the one that needs no figure where one of its figures is not known."""
        if set(self.needs) <= known.keys():
            return says(self.reply, **{name: known[name] for name in self.needs})
        return Sentence(self.reply_without_data)


@cache
def objections() -> Mapping[str, Objection]:
    """All objections by id."""
    text = files("knowledge").joinpath("objections.toml").read_text(encoding="utf-8")
    rows = tomllib.loads(text)["objection"]
    return {row["id"]: _objection(row) for row in rows}


def _objection(row: Mapping[str, Any]) -> Objection:
    return Objection(**{**row, "needs": tuple(row["needs"]), "signs": tuple(row["signs"])})


def likely(ids: Sequence[str], known: Mapping[str, Value], used: set[str]) -> Objection:
    """The likeliest objection not yet used, one that our figures answer before others."""
    every = objections()
    fresh = [every[key] for key in ids if key not in used] or [every[ids[0]]]
    fit = [each for each in fresh if set(each.needs) <= known.keys()]
    return (fit or fresh)[0]


def reply_values(shared: Mapping[str, Value], evidence: Evidence, ask: Ask) -> dict[str, Value]:
    """The placeholders of the replies that this practice's data fill.

    `since` and `years_flat` stand only for rates known to have stood still, a quality result
    only where it is of the payer's own members; the share of evening visits is never known
    from claims, which hold no hour.
    """
    known: dict[str, Value] = {
        name: shared[name] for name in ("payer", "worth", "members", "visits") if name in shared
    }
    if ask.amount is not None and not ask.of_medicare:
        known["ask_percent"] = ask.amount
    for piece in evidence.pieces:
        for name, target in (
            ("now", "percent_of_medicare"),
            ("since", "since"),
            ("years", "years_flat"),
        ):
            stood = target == "percent_of_medicare" or "agreed" not in piece.values
            if piece.pain == "rates" and name in piece.values and stood:
                known.setdefault(target, piece.values[name])
        if piece.id == "emergency":
            known.setdefault("emergency_value", piece.values["value"])
            known.setdefault("emergency_comparison", piece.values["comparison"])
        theirs = piece.values.get("whose") == "your members"
        if piece.id.startswith("quality:") and theirs and piece.values["better"] == "high":
            known.setdefault("quality_measure", piece.values["measure"])
            known.setdefault("quality_value", piece.values["value"])
            known.setdefault("quality_benchmark", piece.values["median"])
    return known
