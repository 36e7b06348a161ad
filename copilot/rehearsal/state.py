"""A rehearsed call as it stands: plain data in the thread's state, so that a restart keeps it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from decimal import Decimal
from typing import Any

VERSION = 1
_NUMBERS = ("opening", "limit", "credit", "stepped_at", "offer", "ask", "first_ask", "deal", "goal")


@dataclass(frozen=True)
class Call:
    """One call.

    limit: the percent beyond which the rep never goes; it is never said. opening: its first
    number, 0 where that is nothing. credit: what the user has earned; stepped_at: the credit
    at its last step; stepped: the turn of it. offer: its number on the table. ask: the user's
    last number, first_ask the first. objection: the one that waits for an answer; said: those
    said. shown: kinds of evidence that came with a figure; told: those named without one.
    pain: the evidence this rep is under pressure for; found: whether the user asked for it.
    used: how often each act was worded. events: what the debrief counts, each a plain dict.
    expects: what the rep's last words asked for. steps: 0 talking, 1 agreed, 2 over.
    """

    payer: str
    temper: str
    seed: int
    opening: Decimal
    limit: Decimal
    ground: Mapping[str, Any]
    pain: str
    turn: int = 0
    credit: Decimal = Decimal(0)
    stepped_at: Decimal = Decimal(0)
    stepped: int = 0
    patience: int = 6
    offer: Decimal | None = None
    ask: Decimal | None = None
    first_ask: Decimal | None = None
    deal: Decimal | None = None
    goal: Decimal | None = None
    objection: str = ""
    objected: int = 0
    said: tuple[str, ...] = ()
    shown: tuple[str, ...] = ()
    told: tuple[str, ...] = ()
    clause: bool = False
    found: bool = False
    authority: bool = False
    dated: bool = False
    written: bool = False
    traps: tuple[str, ...] = ()
    expects: str = ""
    silences: int = 0
    final: bool = False
    steps: int = 0
    ended: str = ""
    used: Mapping[str, int] = ()  # type: ignore[assignment]
    events: tuple[Mapping[str, Any], ...] = ()
    rounds: int = 1

    def with_event(self, what: str, **more: Any) -> Call:
        """The call with one more thing the debrief counts."""
        event = {"turn": self.turn, "what": what, **{k: str(v) for k, v in more.items()}}
        return replace(self, events=(*self.events, event))

    def count(self, what: str) -> int:
        """How often something happened."""
        return sum(event["what"] == what for event in self.events)

    def of(self, what: str) -> list[Mapping[str, Any]]:
        """The events of one kind in order."""
        return [event for event in self.events if event["what"] == what]

    def kept(self) -> dict[str, Any]:
        """The call as plain data."""
        data = asdict(self)
        data |= {n: None if data[n] is None else str(data[n]) for n in _NUMBERS}
        return {**data, "used": dict(self.used or {}), "version": VERSION}


def call_from(data: Mapping[str, Any]) -> Call | None:
    """The call of a thread's state; None where it is of another version."""
    if data.get("version") != VERSION:
        return None
    made: dict[str, Any] = {}
    for each in fields(Call):
        value = data[each.name]
        if each.name in _NUMBERS and value is not None:
            value = Decimal(value)
        made[each.name] = tuple(value) if isinstance(value, list) else value
    return Call(**made)
