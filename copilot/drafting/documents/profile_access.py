"""How soon and when patients are seen: the part of the profile on access."""

from __future__ import annotations

from copilot.drafting.documents.parts import Part, joined, listed, part
from copilot.drafting.pieces.volume import weekend_share
from knowledge.evidence import Figure, Sentence, says
from tools.measures.opening_hours import hours_beyond
from tools.measures.opening_sessions import Sessions, opening_sessions
from tools.period import Period
from tools.practice import Practice


def access_part(practice: Practice, payer: str, span: Period | None) -> Part | None:
    """Hours and sessions beyond the office day, the wait, and the payer's weekend visits."""
    sessions, beyond = opening_sessions(practice), hours_beyond(practice)
    hours = None
    if beyond is not None:
        hours = says("{hours} hours a week beyond the office day, {when}.", hours=beyond[0],
                     when=beyond[1])  # fmt: skip
    share = weekend_share(practice, payer, span) if payer and span else None
    weekend = says("{share} of your members' visits fell on a weekend.", share=share) if (
        share is not None) else None  # fmt: skip
    lines = (_sessions(sessions), hours, weekend, _waits(sessions))
    return part("access", "Getting in", listed(lines))


def _sessions(held: Sessions) -> Sentence | None:
    """How many evening and weekend sessions a week."""
    known: list[tuple[str, Figure]] = []
    if held.evening is not None:
        known.append(("evening", held.evening))
    if held.weekend is not None:
        known.append(("weekend", held.weekend))
    if not known:
        return None
    said = [
        says("{n} {kind} {noun}", n=figure, kind=kind,
             noun="session" if figure.number == 1 else "sessions")
        for kind, figure in known
    ]  # fmt: skip
    whole = joined(said, " and ")
    return Sentence(f"{whole.text} a week.", whole.figures)


def _waits(held: Sessions) -> Sentence | None:
    """The third next available appointment, site by site."""
    if not held.waits:
        return None
    said = [
        says("{days} at {site}" if site else "{days}", days=days, site=site)
        for site, days in held.waits
    ]
    whole = joined(said, ", ")
    return Sentence(f"Third next available appointment: {whole.text}.", whole.figures)
