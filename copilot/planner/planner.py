"""From what a practice manager types to tool calls, without a language model.

The message is read (names, codes, numbers, dates), its jobs are told by likeness to example
phrases, their arguments are filled from its words and from the thread, and what is missing
is asked back. Only the user's message and earlier tool calls are looked at, never the text
of a document.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from copilot.planner.across_contracts import across_contracts
from copilot.planner.asked_data import asked_of
from copilot.planner.asking import (
    ask_for,
    ask_which,
    chosen,
    completed,
    dropped,
    missing,
    negotiable,
)
from copilot.planner.calls_made import CallMaker
from copilot.planner.earlier_calls import each_once, is_drafting, one_ask
from copilot.planner.followups import only_changes, repeated
from copilot.planner.habits import habits
from copilot.planner.intents import Intents
from copilot.planner.jobs import FOLLOW, REVISE, STORY, Job
from copilot.planner.meaning import Encodes, meaning_of
from copilot.planner.model_inputs import model_inputs
from copilot.planner.named_terms import named_terms
from copilot.planner.next_letter import (
    asks_what_changed,
    is_another_letter,
    is_letter_wish,
    then_writes,
)
from copilot.planner.not_held import not_held
from copilot.planner.phrases import TERMS_TOOL, all_examples, phrase_book, tool_of
from copilot.planner.plan import Call, Plan
from copilot.planner.reading import Reader, Reading
from copilot.planner.replies import no_draft, not_in_yet, talk_reply, unclear_reply
from copilot.planner.scene import Scene
from copilot.planner.talks import LOG, talk_call
from copilot.planner.topics import topic_of
from copilot.planner.vocabulary import Vocabulary
from tools.registry import Tool

UNCLEAR = 0.2
NEAR = 0.04
_PAPER = frozenset(
    ("contract", "contracts", "agreement", "clause", "clauses", "language", "term", "terms")
)
_WRITES = re.compile(
    r"\b(?:write|draft|e-?mail|letter|compose|send|message|note|another|new)\b", re.IGNORECASE
)


class Planner:
    """Plans one message at a time; keeps nothing between them."""

    def __init__(
        self, tools: Mapping[str, Tool], vocabulary: Vocabulary, encoder: Encodes | None
    ) -> None:
        self._tools = dict(tools)
        self._vocabulary = vocabulary
        self._reader = Reader(vocabulary)
        self._meaning = meaning_of(tuple(all_examples(self._tools)), encoder)
        self._intents = Intents(self._tools, self._meaning)
        self._maker = CallMaker(self._tools, vocabulary, self._meaning)

    def plan(self, question: str, state: Mapping[str, Any], today: date) -> Plan:
        """What to do with a message; state as kept by the thread: calls of earlier turns,
        a pending clarify, the last draft, payers mentioned (latest last)."""
        reading = self._reader.read(question, today)
        if not re.search(r"\w", reading.words):
            return Plan(reply=unclear_reply(self._tools, self._vocabulary))
        pending = state.get("clarify")
        if pending:
            resumed = self._resumed(reading, pending, state)
            if resumed is not None:
                return resumed
        talk = talk_call(question, reading, state, self._tools)
        if talk is not None:
            plan = self._ready((talk,), state)
            if plan.calls and talk.name == LOG and then_writes(question):
                letter = self._fresh(question, reading, state)
                written = tuple(call for call in letter.calls if is_drafting(call.name))
                plan = replace(plan, calls=(*plan.calls, *written))
            return plan
        return self._fresh(question, reading, state)

    def _resumed(
        self, reading: Reading, pending: Mapping[str, Any], state: Mapping[str, Any]
    ) -> Plan | None:
        """The reply to a question of ours; None where it is no reply but a new request."""
        if dropped(reading):
            return Plan(reply="All right, leaving that.")
        if pending.get("kind") == "job":
            calls = chosen(reading, pending)
            return self._ready(calls, state) if calls else None
        if not only_changes(reading) and len(reading.words.split()) > 5:
            jobs = self._intents.jobs(reading, bool(state.get("calls")), bool(state.get("draft")))
            waiting = pending["calls"][int(pending["at"])]["name"]
            other = [job for job in jobs if job.name in self._tools and job.name != waiting]
            if other and other[0].score > 0.5:
                return None
        calls = completed(reading, pending, self._tools, negotiable(self._vocabulary))
        if calls:
            apart = [one for call in calls for one in self._maker.spread(call)]
            return self._ready(tuple(each_once(apart)), state)
        if only_changes(reading) or len(reading.words.split()) <= 3:
            held = [Call(c["name"], dict(c["args"])) for c in pending["calls"]]
            jobs = self._intents.jobs(reading, False, False)
            if jobs[0].name not in self._tools and jobs[0].score < 0.5:
                asked = ask_for(
                    held, int(pending["at"]), str(pending["need"]), self._tools, self._vocabulary
                )
                return Plan(clarify=asked)
        return None

    def _fresh(self, question: str, reading: Reading, state: Mapping[str, Any]) -> Plan:
        turns = [turn for turn in state.get("calls") or () if turn]
        draft = bool(state.get("draft"))
        last_is_draft = draft and bool(turns) and is_drafting(str(turns[-1][-1]["name"]))
        jobs = self._intents.jobs(reading, bool(turns), draft)
        if is_letter_wish(reading.words) and "draft_email" in self._tools:
            jobs = [replace(jobs[0], reading=reading, goal="draft_email")]
        if turns and len(jobs) == 1 and self._changes_the_last(reading, jobs[0], turns):
            changed = self._changed(question, reading, jobs[0], turns, last_is_draft)
            if changed:
                return self._ready(changed, state)
        calls: list[Call] = []
        notes: list[str] = []
        for job in jobs:
            job = self._settled(job, turns, last_is_draft, bool(calls))
            if lacking := not_held(job):
                notes.append(lacking)
            elif job.name in self._tools:
                calls += self._maker.calls(question, reading, job, jobs, calls, state)
            elif job.name == REVISE:
                notes.append(no_draft(self._tools, self._vocabulary))
            elif job.name in phrase_book().tools:
                notes.append(self._not_in(job))
            elif not calls and not notes:
                notes.append(talk_reply(job.name, self._tools, self._vocabulary))
        if len(jobs) == 1 and calls and len(calls) == 1 and jobs[0].name in self._tools:
            other = self._other_meaning(question, reading, jobs[0], state)
            if other:
                return Plan(clarify=ask_which([tuple(calls), other], self._tools))
        plan = self._ready(tuple(each_once(one_ask(calls))), state)
        if not (plan.calls or plan.clarify or notes):
            notes.append(unclear_reply(self._tools, self._vocabulary))
        return replace(plan, reply=" ".join(notes)) if notes else plan

    def _changes_the_last(
        self, reading: Reading, job: Job, turns: Sequence[Sequence[Mapping[str, Any]]]
    ) -> bool:
        """Whether a message only changes what was asked last, and names no other measure or
        letter."""
        if is_drafting(str(turns[-1][-1]["name"])) and is_another_letter(reading.words):
            return False
        if job.name == FOLLOW:
            return True
        named = asked_of(reading)
        last = {str(call["name"]) for call in turns[-1]}
        told = bool(model_inputs(reading.words).values)
        return only_changes(reading) and (told or named is None or named in last)

    def _changed(
        self,
        question: str,
        reading: Reading,
        job: Job,
        turns: Sequence[Sequence[Mapping[str, Any]]],
        last_is_draft: bool,
    ) -> tuple[Call, ...]:
        """The last calls with a change made, or the draft revised."""
        names = bool(list(reading.of("payer")) or reading.terms)
        if last_is_draft and not names and REVISE in self._tools:
            return (self._maker.revision(question, reading),)
        terms = tuple(dict.fromkeys(named.term for named in reading.terms))
        known = self._vocabulary
        scene = Scene(
            reading, reading, negotiable(known), terms=terms,
            all_payers=known.payers, businesses=known.businesses,
        )  # fmt: skip
        calls = repeated(reading, turns, self._tools, scene)
        return tuple(each_once([one for call in calls for one in self._maker.spread(call)]))

    def _settled(self, job: Job, turns: Sequence[Any], last_is_draft: bool, later: bool) -> Job:
        """The job, with what the thread says of it: a change of ask is one of the draft."""
        words = job.reading.words
        if last_is_draft and is_another_letter(words) and "draft_email" in self._tools:
            return replace(job, goal="draft_email")
        if last_is_draft and asks_what_changed(words) and REVISE in self._tools:
            return replace(job, goal=REVISE)
        if (
            job.name == "draft_email"
            and last_is_draft
            and not later
            and REVISE in self._tools
            and not _WRITES.search(words)
            and not list(job.reading.of("payer"))
        ):
            return replace(job, goal=REVISE)
        if job.name in (FOLLOW, STORY):
            for goal, score in job.ranked[1:]:
                if tool_of(goal) in self._tools and score > UNCLEAR:
                    return replace(job, goal=goal)
        terms_alone = job.name == "search_contract" and _only_terms(job)
        if terms_alone and TERMS_TOOL in self._tools and not across_contracts(job.reading):
            return replace(job, goal=f"{TERMS_TOOL}:{job.reading.terms[0].term}")
        return job

    def _ready(self, calls: tuple[Call, ...], state: Mapping[str, Any]) -> Plan:
        """The calls as a plan, or the question that stands before them."""
        for at, call in enumerate(calls):
            need = missing(self._tools[call.name], call.args)
            if need:
                return Plan(clarify=ask_for(calls, at, need, self._tools, self._vocabulary))
        return Plan(calls=calls)

    def _not_in(self, job: Job) -> str:
        group = phrase_book().tools[job.name].get("group")
        known = [tool_of(goal) for goal, _ in job.ranked if tool_of(goal) in self._tools]
        alike = [
            name
            for name, entry in phrase_book().tools.items()
            if entry.get("group") == group and name in self._tools
        ]
        near = [name for name in known if name in alike] or alike or known
        nearest = self._tools[near[0]] if near else None
        return not_in_yet(job.name, nearest, self._vocabulary)

    def _other_meaning(
        self, question: str, reading: Reading, job: Job, state: Mapping[str, Any]
    ) -> tuple[Call, ...]:
        """The calls of a second reading where the message is nearly as likely to mean it."""
        pair = {"search_guide", TERMS_TOOL, "search_contract"}
        if len(job.ranked) < 2 or job.name not in pair or job.reading.words.lower().count("guide"):
            return ()
        second = replace(job, goal=job.ranked[1][0])
        close = job.ranked[0][1] - job.ranked[1][1] < NEAR
        both = {job.name, second.name}
        if (
            not close
            or "search_guide" not in both
            or not both <= pair
            or second.name not in self._tools
        ):
            return ()
        if list(job.reading.of("payer")):
            return ()
        return tuple(self._maker.calls(question, reading, second, [second], (), state))


def _only_terms(job: Job) -> bool:
    """Whether a search of the contracts is for nothing but terms we read."""
    topic = topic_of("search_contract", job.reading) or ""
    named = named_terms(topic)
    rest = list(topic)
    for term in named:
        rest[term.start : term.end] = " " * (term.end - term.start)
    left = [word for word in re.findall(r"[a-z']+", "".join(rest).lower()) if len(word) > 3]
    return bool(named) and not [word for word in left if word not in habits().fillers | _PAPER]
