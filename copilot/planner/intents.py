"""Which jobs a message asks for, in order: its sentences weighed, joined or parted.

Each stretch of the message is scored against the example phrases, then nudged by what it
holds (nudges.py), and the sentence is parted where its parts score best (jobs.py).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from copilot.planner.asked_data import DATA_TOOLS, asked_of
from copilot.planner.clauses import Manner, is_wish, manner, pieces, sentences
from copilot.planner.followups import only_changes
from copilot.planner.habits import habits
from copilot.planner.jobs import STORY, Job, best_parting, joined, worth_doing
from copilot.planner.meaning import Meaning
from copilot.planner.nudges import nudge
from copilot.planner.phrases import TERMS_TOOL, tool_of
from copilot.planner.reading import Reading
from tools.registry import Tool

CONTEXT_SHARE = 0.3
TOLD_SHARE = 0.6
FRAGMENT = 0.5
NOT_ASKED = 0.2
_YIELDING = DATA_TOOLS | {
    "search_guide", "search_contract", TERMS_TOOL, STORY, "off_topic", "help",
    "draft_talking_points", "model_risk", "compare_contracts", "review_contract", "obligations",
    "read_notice", "read_email", "log_interaction", "next_steps", "readiness", "rehearse",
    "market_rates", "draft_document", "draft_call_script",
}  # fmt: skip
# Words of one who wants something of a payer: then a letter may be meant, whatever is named.
_WISHES = re.compile(
    r"\b(?:ask\w*|wants?|wish|request\w*|demand\w*|tell|send|push|propos\w*|accept\w*|counter\w*"
    r"|offer\w*|reply|respond|thank\w*|follow)\b",
    re.IGNORECASE,
)


class Intents:
    """Reads the jobs of a message; `tools` are those registered."""

    def __init__(self, tools: Mapping[str, Tool], meaning: Meaning) -> None:
        self._tools = tools
        self._meaning = meaning

    def jobs(self, reading: Reading, after: bool, draft: bool) -> list[Job]:
        """The jobs of a message in order; after: a question came before; draft: one stands."""
        parts = sentences(reading)
        asking = _asking(parts)
        wishes = [p for p in parts if p not in asking and (is_wish(p) or only_changes(p))]
        context = self._context(reading, parts, asking, after, draft)
        outright = any(manner(part) is Manner.ASKS for part in asking)
        if bare := _bare_question(parts):
            told = self._scored([reading, bare], after, draft)
            return [self._job(reading, (1 - TOLD_SHARE) * told[1] + TOLD_SHARE * told[0])]
        found: list[Job] = []
        for part in asking:
            parted = self._parted(part, after, draft, context)
            if outright and manner(part) is Manner.MAY_ASK:
                parted = [job for job in parted if job.score >= FRAGMENT]
            found += parted
        jobs = joined(worth_doing(found))
        if len(jobs) == 1:
            jobs = [_with_wishes(jobs[0], wishes)]
        return jobs

    def _context(
        self,
        reading: Reading,
        parts: list[Reading],
        asking: list[Reading],
        after: bool,
        draft: bool,
    ) -> NDArray[np.float64] | None:
        if len(parts) == 1 or len(asking) != 1 or len(reading.words) > 600:
            return None
        return np.asarray(self._scored([reading], after, draft)[0], dtype=float)

    def _parted(
        self, sentence: Reading, after: bool, draft: bool, context: NDArray[np.float64] | None
    ) -> list[Job]:
        """The best way to part a sentence into jobs: every run of pieces is weighed."""
        cut = pieces(sentence)
        runs = [(i, j) for i in range(len(cut)) for j in range(i + 1, len(cut) + 1)]
        stretches = [sentence.part(cut[i].reading.start, cut[j - 1].reading.end) for i, j in runs]
        scored = self._scored(stretches, after, draft)
        if context is not None:
            scored[runs.index((0, len(cut)))] *= 1 - CONTEXT_SHARE
            scored[runs.index((0, len(cut)))] += CONTEXT_SHARE * context
        jobs = {run: self._job(stretches[at], scored[at]) for at, run in enumerate(runs)}
        return best_parting(cut, jobs)

    def _job(self, reading: Reading, row: NDArray[np.float64]) -> Job:
        best: dict[str, tuple[float, str]] = {}
        for at in np.argsort(-row):
            goal = self._meaning.goals[at]
            best.setdefault(tool_of(goal), (float(row[at]), goal))
            if len(best) == 6:
                break
        ranked = sorted(((goal, score) for score, goal in best.values()), key=lambda g: -g[1])
        return Job(reading, ranked[0][0], tuple(ranked))

    def _scored(
        self, stretches: Sequence[Reading], after: bool, draft: bool
    ) -> NDArray[np.float64]:
        texts = [_bare(stretch.masked) for stretch in stretches]
        coded = [_bare(stretch.coded) for stretch in stretches]
        every = list(dict.fromkeys([*texts, *coded]))
        known = dict(zip(every, self._meaning.scores(every), strict=True))
        scores = np.array([(known[a] + known[b]) / 2 for a, b in zip(texts, coded, strict=True)])
        for row, stretch in enumerate(stretches):
            scores[row] += [
                nudge(goal, stretch, self._tools, after, draft) for goal in self._meaning.goals
            ]
            self._by_measure(scores[row], stretch)
        return scores

    def _by_measure(self, row: NDArray[np.float64], stretch: Reading) -> None:
        """The tool whose measure the words name, put before those that only sound alike.

        Its score becomes about the best one there was, so that a sentence is parted as before.
        """
        asked = asked_of(stretch)
        goals = self._meaning.goals
        best = int(np.argmax(row))
        yielding = _YIELDING if _WISHES.search(stretch.words) else _YIELDING | {"draft_email"}
        if asked not in self._tools or asked not in goals or tool_of(goals[best]) not in yielding:
            return
        top, own = float(row[best]), float(row[goals.index(asked)])
        for at, goal in enumerate(goals):
            if tool_of(goal) in yielding:
                row[at] -= NOT_ASKED
        at = goals.index(asked)
        row[at] = max(own, top - NOT_ASKED / 2)


def _bare_question(parts: list[Reading]) -> Reading | None:
    """The one question of a message where it names nothing itself, after a tale that does
    ("The target is $455, we ran $441. What would we have earned?")."""
    asking = [part for part in parts if manner(part) is Manner.ASKS]
    if len(asking) != 1 or len(parts) < 2 or asking[0] != parts[-1]:
        return None
    question = asking[0]
    numbers = {"percent", "medicare", "pmpm", "members", "money"}
    told = {span.kind for part in parts[:-1] for span in part.spans} & numbers
    return question if told and not (question.spans or question.terms) else None


def _with_wishes(job: Job, wishes: list[Reading]) -> Job:
    """The job with the amounts and names of the wishes around it ("We'd like 7 percent")."""
    reading = job.reading
    for wish in wishes:
        reading = reading.part_of_whole(reading.start, reading.end, wish)
    return Job(reading, job.goal, job.ranked)


def _asking(parts: list[Reading]) -> list[Reading]:
    """The sentences that ask: not the background, nor wishes and bare names beside a question."""
    asking = [part for part in parts if manner(part) is not Manner.TELLS] or parts
    plain = [part for part in asking if not is_wish(part) and not only_changes(part)]
    return plain or asking


def _bare(text: str) -> str:
    """A stretch without what is said in passing at its head."""
    return habits().lead_in.sub("", text.strip()) or text
