"""What a tool bound to the thread works on: the practice, the evidence so far, the drafts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from copilot.drafts import Drafts
from copilot.ledger import Ledger
from copilot.settings import Settings
from knowledge.evidence import Finding
from tools.practice import Practice


@dataclass(frozen=True)
class Desk:
    """One turn's desk.

    question: the user's message of this turn. run: calls another tool on this desk's
    practice, as the agent would, and keeps its finding in the ledger (drafts compute what
    they need by it, with the same tools the user could call). state: the planner's state.
    """

    practice: Practice
    ledger: Ledger
    drafts: Drafts
    settings: Settings
    thread: str
    question: str
    state: dict[str, Any]
    run: Callable[..., Finding]
