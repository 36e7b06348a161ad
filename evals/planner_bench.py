"""Planners over vocabularies of payers, without a workspace's data."""

from __future__ import annotations

from typing import Any

from copilot.core import planner_over

_COLORADO = (
    "Aetna",
    "Anthem Blue Cross and Blue Shield",
    "Cigna Healthcare",
    "Colorado Access",
    "Medicaid",
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
    return {"colorado": planner_over(_COLORADO), "sample": planner_over(_SAMPLE)}
