"""What the rep does in a reply: acts, each with its wordings, and the call after them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from copilot.rehearsal.state import Call


@dataclass(frozen=True)
class Act:
    """One thing the rep does in a reply: the name of its wordings and the numbers in it.

    values: percents it names ("offer" its own, "ask" the user's); "day": None asks for the
    next working day that suits. why: the reason of a step, a name of credit.py.
    """

    name: str
    values: Mapping[str, Decimal | None] = field(default_factory=dict)
    why: str = ""


@dataclass(frozen=True)
class Reply:
    """The call after the rep's reply, and the acts the reply is made of, in order."""

    call: Call
    acts: tuple[Act, ...]
