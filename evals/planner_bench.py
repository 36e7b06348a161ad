"""Planners over vocabularies of payers, without a workspace's data."""

from __future__ import annotations

import importlib
from typing import Any

from copilot.planner.planner import Planner
from copilot.planner.vocabulary import Vocabulary, vocabulary_for

_COLORADO = (
    "Aetna",
    "Anthem Blue Cross and Blue Shield",
    "Cigna Healthcare",
    "Colorado Access",
    "Health First Colorado",
    "Humana",
    "Kaiser Permanente",
    "Rocky Mountain Health Plans",
    "UnitedHealthcare",
)
_SAMPLE = (
    "Alder Ridge Benefit Company",
    "Granite Peak Health Plan",
    "Kestrel National Health",
    "Prairie Lantern Health",
    "Self-pay",
    "Silver Heron Advantage",
    "Tarn Lake Insurance",
    "Wolf Creek Mutual",
)


def planners() -> dict[str, Any]:
    """A warm planner for each vocabulary that the routing cases name."""
    core: Any = importlib.import_module("copilot.core")
    registry, encoder = core.all_tools(), core.warm_encoder()
    return {
        name: Planner(registry, vocabulary_for(payers), encoder)
        for name, payers in (("colorado", _COLORADO), ("sample", _SAMPLE))
    }


__all__ = ["Vocabulary", "planners"]
