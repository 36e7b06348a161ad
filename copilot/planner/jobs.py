"""Jobs of a message: how pieces of a sentence are parted into them, and which are kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from copilot.planner.clauses import Piece
from copilot.planner.followups import only_changes
from copilot.planner.phrases import tool_of
from copilot.planner.reading import Reading

STORY, FOLLOW, REVISE = "story", "follow", "revise_draft"
PARTING = 0.42
FRESH_PARTING = 0.62
APART_PARTING = 0.25
SAME_AGAIN = 0.25
STUB = 0.3
REFUSED = 0.45


@dataclass(frozen=True)
class Job:
    """One thing asked for: the stretch, its goal, and the goals with their scores, best first."""

    reading: Reading
    goal: str
    ranked: tuple[tuple[str, float], ...]

    @property
    def name(self) -> str:
        """The tool's name, or the kind of talk."""
        return tool_of(self.goal)

    @property
    def score(self) -> float:
        """How well the goal fits, about 0 to 1."""
        return self.ranked[0][1]


def best_parting(cut: list[Piece], jobs: Mapping[tuple[int, int], Job]) -> list[Job]:
    """Partition of the pieces with the highest sum of scores, a price paid for each part."""
    best: dict[int, tuple[float, list[Job]]] = {0: (0.0, [])}
    for j in range(1, len(cut) + 1):
        options = []
        for i in range(j):
            value, before = best[i]
            job = jobs[i, j]
            price = _price(cut[i]) if i else PARTING
            if i and not cut[i].opens and only_changes(job.reading):
                price += 1
            elif (i or j < len(cut)) and _is_stub(job.reading):
                price += STUB
            if before and before[-1].name == job.name:
                price += SAME_AGAIN
            options.append((value + job.score - price, [*before, job]))
        best[j] = max(options, key=lambda option: option[0])
    return best[len(cut)][1]


def _price(piece: Piece) -> float:
    """What parting costs before a piece: little before "then email them", much before a noun."""
    if piece.opens:
        return APART_PARTING if piece.apart else PARTING
    return PARTING if piece.apart else FRESH_PARTING


def _is_stub(reading: Reading) -> bool:
    """Two words or fewer that name nothing ("how often", "and why")."""
    return len(reading.words.split()) <= 2 and not reading.spans and not reading.terms


def worth_doing(jobs: list[Job]) -> list[Job]:
    """Without background and small talk where anything else is asked."""
    refused = [job for job in jobs if job.name.startswith("unsafe_") and job.score > REFUSED]
    if refused:
        return refused[:1]
    talk = {STORY, "thanks", "greeting", "help", "off_topic"}
    real = [job for job in jobs if job.name not in talk]
    if real:
        return real
    return [job for job in jobs if job.name != STORY] or jobs


def joined(jobs: list[Job]) -> list[Job]:
    """Neighbours that ask for the same job as one, unless each names payers of its own."""
    found: list[Job] = []
    for job in jobs:
        last = found[-1] if found else None
        own = list(job.reading.of("payer"))
        if last and last.name == job.name and not (own and list(last.reading.of("payer"))):
            merged = job.reading.part_of_whole(last.reading.start, job.reading.end, last.reading)
            better = last if last.score >= job.score else job
            found[-1] = Job(merged, better.goal, better.ranked)
        else:
            found.append(job)
    return found
