"""What a question on obligations asks for: whose, on which matter, with which deadlines."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from knowledge.obligations.duty import Duty
from knowledge.obligations.topics import topics_asked
from knowledge.problems import BadInput
from knowledge.retrieval.words import stems

Side = Literal["practice", "payer"]

_OURS = ("practice", "provider", "we", "us", "our", "ours", "me", "i", "you")
_THEIRS = ("payer", "plan", "insurer", "they", "them", "their", "theirs", "the payer")


def side_asked(who: str | None) -> Side | None:
    """Whose duties: the practice's, the payer's, or both (None). BadInput for other words."""
    said = (who or "").strip().lower().removeprefix("the ")
    if not said or said in ("both", "all", "everyone", "each"):
        return None
    if said in _OURS:
        return "practice"
    if said in _THEIRS:
        return "payer"
    raise BadInput(f"who {who!r}", "nobody goes by that name here", "say practice or payer")


def due_asked(due: str | None) -> str | None:
    """dated, counted, or any for whatever has a deadline; None where it does not matter."""
    said = (due or "").strip().lower()
    if not said or said in ("all", "none", "no"):
        return None
    return said if said in ("dated", "counted") else "any"


def on_topic(duty: Duty, topic: str) -> bool:
    """Whether a duty belongs to the matters that words name, else says the words itself."""
    named = topics_asked(topic)
    if named:
        return duty.topic in named
    wanted = set(stems(topic))
    return bool(wanted) and wanted <= set(stems(f"{duty.does} {duty.citation.quote}"))


def with_deadline(duty: Duty, due: str | None) -> bool:
    """Whether its deadline is of the kind that was asked for."""
    if due is None:
        return True
    if duty.due is None or duty.forbids:
        return False
    if due == "dated":
        return duty.due.kind in ("dated", "recurring")
    if due == "counted":
        return duty.due.kind == "counted"
    return True


def chosen(
    found: Sequence[Duty], side: Side | None, topic: str | None, due: str | None
) -> list[Duty]:
    """The duties that were asked for, in the order of the contract."""
    return [
        duty
        for duty in found
        if (side is None or duty.who in (side, "both"))
        and (not topic or on_topic(duty, topic))
        and with_deadline(duty, due)
    ]
