"""Which jobs a message asks for, in order: its sentences weighed, joined or parted.

Each stretch of the message is scored against the example phrases, then nudged by what it
holds: a tool that has no use for a percent or a code is less likely to be meant where one
is named. Changes to a last question or a draft count only where there is one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from copilot.planner.clauses import Manner, Piece, is_wish, manner, pieces, sentences
from copilot.planner.followups import only_changes
from copilot.planner.habits import habits
from copilot.planner.meaning import Meaning
from copilot.planner.phrases import TERMS_TOOL, phrase_book, tool_of
from copilot.planner.reading import Reading
from tools.registry import Tool

STORY, FOLLOW, REVISE = "story", "follow", "revise_draft"
PARTING = 0.42
FRESH_PARTING = 0.62
CONTEXT_SHARE = 0.3

CUE = 0.3
ABSENT = 0.08
FRAGMENT = 0.5
TOLD_SHARE = 0.6
APART_PARTING = 0.25
GUIDE = "search_guide"
_ANY_PAYER = re.compile(
    r"\b(?:an? (?:payer|insurer|insurance (?:company|plan)|health plan|plan|carrier|rep|contract)"
    r"|payers|insurers|insurance companies|the insurance compan(?:y|ies)"
    r"|health plans|plans|carriers|reps|companies|practices|people|contracts)\b",
    re.IGNORECASE,
)
_ADVICE = re.compile(
    r"^\W*(?:how (?:do|should|can|would|to|does|have) |what(?:'s| is| are) (?:a|an"
    r"|the best|the right|some|good|the usual|typical)\b"
    r"|what (?:to do|do i do|do we do|if|should (?:i|we) do)\b|(?:which"
    r"|what) is better|is it better|any (?:tips|advice|guidance|suggestions|ideas)"
    r"|tips\b|advice\b|explain\b|define\b|is it (?:smart|wise|ok|okay|normal|worth"
    r"|a good)"
    r"|should (?:we|i|a|you)\b|best (?:way|practice|time)|when (?:should"
    r"|is the best)|why (?:do|is|are|would|should)\b)",
    re.IGNORECASE,
)

_DEFINING = re.compile(
    r"^\W*(?:so |ok |and )*(?:what(?:'s| is| are)(?: meant by)? (?:an? )?(?!our|the "
    r"|my|their|it|that|this|we)[\w -]{3,40}\??$"
    r"|what does .{3,40} mean|define\b|explain\b|meaning of\b"
    r"|what do(?:es)? (?:people|they|you) mean by)",
    re.IGNORECASE,
)

_USES = {
    "percent": ("percent", "share", "minimum_savings_rate", "cap"),
    "medicare": ("percent_of_medicare",),
    "code": ("codes",),
    "pmpm": ("target_pmpm", "pmpm", "actual_pmpm"),
    "members": ("members", "member_months"),
    "top": ("top_n",),
}
_MISFIT = {"percent": 0.14, "medicare": 0.14, "code": 0.1, "pmpm": 0.2, "members": 0.05, "top": 0.1}


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


class Intents:
    """Reads the jobs of a message; `tools` are those registered."""

    def __init__(self, tools: Mapping[str, Tool], meaning: Meaning) -> None:
        self._tools = tools
        self._meaning = meaning

    def jobs(self, reading: Reading, after: bool, draft: bool) -> list[Job]:
        """The jobs of a message in order; after: a question came before; draft: one stands."""
        parts = sentences(reading)
        asking = _asking(parts)
        wishes = [part for part in parts if part not in asking and is_wish(part)]
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
        jobs = _joined(_worth_doing(found))
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
        scored: NDArray[np.float64] = self._scored([reading], after, draft)
        return scored[0]

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
        return _best_parting(cut, jobs)

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
            kinds = {"code" if span.kind == "family" else span.kind for span in stretch.spans}
            for at, goal in enumerate(self._meaning.goals):
                scores[row, at] += self._nudge(goal, kinds, stretch, after, draft)
        return scores

    def _nudge(
        self, goal: str, kinds: set[str], stretch: Reading, after: bool, draft: bool
    ) -> float:
        name = tool_of(goal)
        if (name == FOLLOW and not after) or (name == REVISE and not draft):
            return -0.5
        tool = self._tools.get(name)
        if tool is None:
            cue = _cue(name, "cues")
            return CUE if cue and cue.search(stretch.words) else -ABSENT
        has = {argument.name for argument in tool.arguments}
        nudge = -sum(
            cost
            for kind, cost in _MISFIT.items()
            if kind in kinds and not has.intersection(_USES[kind])
        )
        defining = not kinds & {"payer"} and bool(_DEFINING.search(stretch.words))
        if name == TERMS_TOOL and ":" in goal and not defining:
            nudge += 0.15 * any(named.term == goal.partition(":")[2] for named in stretch.terms)
        words = stretch.words
        advice = bool(_ADVICE.search(words))
        if (cue := _cue(name, "cues")) and cue.search(words) and (name == GUIDE or not advice):
            nudge += CUE
        if (cue := _cue(name, "never")) and cue.search(words):
            nudge -= CUE / 2
        if name == REVISE:
            nudge += 0.1
        if not kinds & {"payer"}:
            if "payer" in tool.required and _ANY_PAYER.search(words):
                nudge -= 0.15
            if name == GUIDE and (defining or _ANY_PAYER.search(words) or advice):
                nudge += 0.15 if defining else 0.09
        numbers = kinds & {"percent", "medicare", "pmpm", "members", "money", "number", "top"}
        if not numbers and set(tool.required) - {"payer", "payers", "topic", "change"}:
            nudge -= 0.08
        return nudge


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
    plain = [part for part in asking if not is_wish(part) and not _only_names(part)]
    return plain or asking


def _only_names(part: Reading) -> bool:
    return bool(part.spans) and {s.kind for s in part.spans} == {"payer"} and only_changes(part)


def _bare(text: str) -> str:
    """A stretch without what is said in passing at its head."""
    return habits().lead_in.sub("", text.strip()) or text


def _best_parting(cut: list[Piece], jobs: Mapping[tuple[int, int], Job]) -> list[Job]:
    """Partition of the pieces with the highest sum of scores, a price paid for each part."""
    best: dict[int, tuple[float, list[Job]]] = {0: (0.0, [])}
    for j in range(1, len(cut) + 1):
        options = []
        for i in range(j):
            value, before = best[i]
            job = jobs[i, j]
            price = _price(cut[i]) if i else PARTING
            if (i or j < len(cut)) and not cut[i].opens and only_changes(job.reading):
                price += 1
            elif (i or j < len(cut)) and _is_stub(job.reading):
                price += 0.3
            if before and _same(before[-1], job):
                price += 0.25
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


def _same(first: Job, second: Job) -> bool:
    return first.name == second.name


def _worth_doing(jobs: list[Job]) -> list[Job]:
    """Without background and small talk where anything else is asked."""
    refused = [job for job in jobs if job.name.startswith("unsafe_") and job.score > 0.45]
    if refused:
        return refused[:1]
    talk = {STORY, "thanks", "greeting", "help", "off_topic"}
    real = [job for job in jobs if job.name not in talk]
    if real:
        return real
    return [job for job in jobs if job.name != STORY] or jobs


def _joined(jobs: list[Job]) -> list[Job]:
    """Neighbours that ask for the same job as one, unless each names payers of its own."""
    found: list[Job] = []
    for job in jobs:
        last = found[-1] if found else None
        own = list(job.reading.of("payer"))
        if last and _same(last, job) and not (own and list(last.reading.of("payer"))):
            merged = job.reading.part_of_whole(last.reading.start, job.reading.end, last.reading)
            better = last if last.score >= job.score else job
            found[-1] = Job(merged, better.goal, better.ranked)
        else:
            found.append(job)
    return found


@cache
def _cue(name: str, kind: str) -> re.Pattern[str] | None:
    """The words of phrases.toml that all but name this job ("cues") or rule it out ("never")."""
    book = phrase_book()
    words = {**book.tools, **book.talk}.get(name, {}).get(kind, ())
    return (
        re.compile(rf"\b(?:{'|'.join(map(re.escape, words))})s?\b", re.IGNORECASE)
        if words
        else None
    )
