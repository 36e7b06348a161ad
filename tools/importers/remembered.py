"""Column mappings that the user has confirmed, by the signature of the header."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from knowledge.workspace import Workspace


def mappings_of(workspace: Workspace) -> dict[str, Any]:
    """Signature -> {"kind", "columns": {header cell: field or None}, "confirmed"}."""
    held: dict[str, Any] = workspace.read_json(workspace.settings / "mappings.json", {})
    return held


def confirmed_mappings(workspace: Workspace) -> dict[str, Any]:
    """The mappings that a person has confirmed; only these are applied unasked."""
    return {key: each for key, each in mappings_of(workspace).items() if each.get("confirmed")}


def remember(
    workspace: Workspace, mappings: Mapping[str, Mapping[str, Any]], confirmed: bool = False
) -> None:
    """Keep mappings; one that was confirmed is replaced by a confirmed one only."""
    held = mappings_of(workspace)
    changed = dict(held)
    for signature, mapping in mappings.items():
        if confirmed or not held.get(signature, {}).get("confirmed"):
            changed[signature] = {**mapping, "confirmed": confirmed}
    if changed != held:
        workspace.write_json(workspace.settings / "mappings.json", changed)
