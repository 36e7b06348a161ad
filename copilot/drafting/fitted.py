"""A draft made shorter step by step: by length first, then point by point from the last.

The ask, its worth and the day asked for are never what goes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from copilot.drafting.facts import LENGTHS, Facts
from copilot.drafting.letter import Written
from knowledge.evidence import plain

STAYS = frozenset(["ask", "reopen", "counter_ask", "worth", "close", "exhibit", "request", "next"])
GOES_FIRST = ("pass_on", "gain_lead", "who", "volume")
STEPS = 10


def words_of(body: str) -> int:
    """How many words a body holds, as a reader counts them."""
    return len([word for word in plain(body).split() if any(c.isalnum() for c in word)])


def fitted(write: Callable[[Facts], Written], facts: Facts, most: int) -> Written:
    """The first of ever shorter texts that holds at most so many words, else the shortest."""
    best: Written | None = None
    for each in _shorter(write, facts):
        if best is None or words_of(each.body) < words_of(best.body):
            best = each
        if words_of(best.body) <= most:
            break
    return best if best is not None else write(facts)


def _shorter(write: Callable[[Facts], Written], facts: Facts) -> Iterator[Written]:
    at = LENGTHS.index(facts.length)
    current = facts
    written: Written | None = None
    for length in reversed(LENGTHS[:at]):
        if facts.kind == "bh_questions" and length == "brief":
            break
        current = replace(current, length=length, chosen=())
        written = write(current)
        yield written
    written = written or write(current)
    for _ in range(STEPS):
        goes = _next_to_go(written)
        if goes is None:
            return
        current = replace(current, dropped=(*current.dropped, goes))
        written = write(current)
        yield written


def _next_to_go(written: Written) -> str | None:
    """The part or point that a shorter text does without, or None."""
    facts = written.facts
    present = [key for keys in facts.paragraphs for key in keys]
    for key in GOES_FIRST:
        if key in present and key not in facts.dropped:
            return key
    points = [key for key in facts.points if key not in STAYS and key not in facts.dropped]
    return points[-1] if len(points) > 1 else None
