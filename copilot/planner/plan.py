"""What the planner answers with: tool calls, a question back, or a plain reply."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Call:
    """One tool with its arguments: canonical payer names, Decimals, lists and strings."""

    name: str
    args: dict[str, Any]


@dataclass(frozen=True)
class Clarify:
    """A question back with its choices.

    pending: a plain dict to be handed in again as state["clarify"] when the reply comes.
    """

    question: str
    choices: tuple[str, ...]
    pending: dict[str, Any]


@dataclass(frozen=True)
class Plan:
    """What to do with one message.

    calls: in the order they are to run. clarify: the question to ask before running any.
    reply: words for the user where no tool answers, or beside the calls for the part of a
    message that no tool can do; it never holds a number.
    """

    calls: tuple[Call, ...] = ()
    clarify: Clarify | None = None
    reply: str | None = None
