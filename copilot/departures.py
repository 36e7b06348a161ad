"""What has left this computer: one line each time text went to a language model."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from copilot.settings import Settings
from knowledge.workspace import Workspace


def note_departure(workspace: Workspace, settings: Settings, question: str) -> None:
    """Write down that a turn goes to the configured model, before it goes.

    The line names the model, its address and the size of the question, never its words.
    """
    line = {
        "at": datetime.now().isoformat(timespec="seconds"),
        "model": settings.model,
        "to": settings.base_url or "the model's own service",
        "question_characters": len(question),
        "what": "the question, the conversation, and what the tools found for it",
    }
    with (workspace.log / "departures.jsonl").open("a", encoding="utf-8") as file:
        file.write(json.dumps(line) + "\n")


def departures(workspace: Workspace) -> list[dict[str, Any]]:
    """All such lines, the latest first."""
    path = workspace.log / "departures.jsonl"
    if not path.exists():
        return []
    lines = path.read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in reversed(lines)]
