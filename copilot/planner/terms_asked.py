"""Which contract terms a request is about: those it names, and those it describes."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from copilot.planner.clauses import pieces
from copilot.planner.jobs import Job
from copilot.planner.meaning import Meaning
from copilot.planner.named_terms import NamedTerm
from copilot.planner.phrases import TERMS_TOOL
from copilot.planner.reading import Reading

NAMED = 0.3
NAMED_IN_ONE_WORD = 0.15
SURE = 0.3


def terms_asked(job: Job, meaning: Meaning) -> tuple[str, ...]:
    """Term names in the order asked; empty for a question about a whole contract."""
    if list(job.reading.terms) == [] and job.goal == TERMS_TOOL:
        return ()
    parts = [piece.reading for piece in pieces(job.reading)]
    scored = _term_scores([job.reading, *parts], meaning)
    found: list[str] = []
    if len(parts) > 1:
        for part, scores in zip(parts, scored[1:], strict=True):
            named = {name.term for name in part.terms}
            best = max(scores, key=lambda term: scores[term])
            if scores[best] >= SURE + 0.15:
                found.append(best)
            elif len(named) == 1:
                found += named
    whole = scored[0]
    best = max(whole, key=lambda term: whole[term])
    if not found or (
        len(found) == 1 and len(parts) > 1 and best not in found and whole[best] > 0.6
    ):
        found = [best]
    if len({name.term for name in job.reading.terms}) > len(found):
        found += _named_apart(job.reading, found)
    return tuple(dict.fromkeys(found))


def _named_apart(reading: Reading, found: list[str]) -> list[str]:
    """Terms named beside others in a list ("filing deadline, recoupment and renewal")."""
    if not found or len(reading.terms) < 2:
        return []
    gaps = [
        reading.text[first.end : second.start].strip(" ,").lower()
        for first, second in zip(reading.terms, reading.terms[1:], strict=False)
    ]
    listed = all(
        gap in ("", "and", "or", "&", "and the", "the", "plus", "and their") for gap in gaps
    )
    return [name.term for name in reading.terms] if listed else []


def _term_scores(parts: Sequence[Reading], meaning: Meaning) -> list[dict[str, float]]:
    goals = [(at, goal.partition(":")[2]) for at, goal in enumerate(meaning.goals) if ":" in goal]
    rows = meaning.scores([part.masked for part in parts])
    found = []
    for part, row in zip(parts, np.asarray(rows), strict=True):
        bonus = {name.term: _bonus(name) for name in part.terms}
        found.append({term: float(row[at]) + bonus.get(term, 0.0) for at, term in goals})
    return found


def _bonus(name: NamedTerm) -> float:
    """What being called by name adds; a single word ("interest") may be there by chance."""
    return NAMED if name.words > 1 else NAMED_IN_ONE_WORD
