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
from decimal import Decimal
from itertools import product
from typing import Any

from copilot.planner.arguments import Scene, fill
from copilot.planner.asking import (
    ask_for,
    ask_which,
    chosen,
    completed,
    dropped,
    missing,
    negotiable,
)
from copilot.planner.followups import as_argument, only_changes, repeated
from copilot.planner.habits import habits
from copilot.planner.intents import FOLLOW, REVISE, STORY, Intents, Job
from copilot.planner.meaning import Encodes, Meaning
from copilot.planner.phrases import TERMS_TOOL, all_examples, phrase_book, tool_of
from copilot.planner.plan import Call, Plan
from copilot.planner.reading import Reader, Reading
from copilot.planner.replies import no_draft, not_in_yet, talk_reply, unclear_reply
from copilot.planner.terms_asked import terms_asked
from copilot.planner.vocabulary import Vocabulary
from tools.registry import Tool

MOST_CALLS = 8
UNCLEAR = 0.2
NEAR = 0.04
_DRAFTS = "draft_"
_WRITES = re.compile(
    r"\b(?:write|draft|e-?mail|letter|compose|send|message|note|another|new)\b", re.IGNORECASE
)


_THE_CONTRACT = re.compile(r"\bthe (?:contract|agreement|rep|payer|plan|insurer)\b", re.IGNORECASE)
_NEW_ASK = re.compile(r"\bask\b|^\W*(?:make|try|use|change)", re.IGNORECASE)
_POINTS_AT_ASK = re.compile(r"\b(?:it|that|this|same)\b", re.IGNORECASE)
_AGAIN = re.compile(r"\b(?:same|again|another|like that)\b", re.IGNORECASE)


class Planner:
    """Plans one message at a time; keeps nothing between them."""

    def __init__(
        self, tools: Mapping[str, Tool], vocabulary: Vocabulary, encoder: Encodes | None
    ) -> None:
        self._tools = dict(tools)
        self._vocabulary = vocabulary
        self._reader = Reader(vocabulary)
        self._meaning = Meaning(all_examples(self._tools), encoder)
        self._intents = Intents(self._tools, self._meaning)

    def plan(self, question: str, state: Mapping[str, Any], today: date) -> Plan:
        """What to do with a message; state as kept by the thread: calls of earlier turns,
        a pending clarify, the last draft, payers mentioned (latest last)."""
        reading = self._reader.read(question, today)
        if not reading.words:
            return Plan(reply=unclear_reply(self._tools, self._vocabulary))
        pending = state.get("clarify")
        if pending:
            resumed = self._resumed(reading, pending, state)
            if resumed is not None:
                return resumed
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
            apart = [one for call in calls for one in self._spread(call)]
            return self._ready(tuple(_each_once(apart)), state)
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
        last_is_draft = draft and bool(turns) and _is_drafting(str(turns[-1][-1]["name"]))
        jobs = self._intents.jobs(reading, bool(turns), draft)
        if turns and len(jobs) == 1 and (jobs[0].name == FOLLOW or only_changes(reading)):
            changed = self._changed(question, reading, jobs[0], turns, last_is_draft)
            if changed:
                return self._ready(changed, state)
        calls: list[Call] = []
        notes: list[str] = []
        for job in jobs:
            job = self._settled(job, turns, last_is_draft, bool(calls))
            if job.name in self._tools:
                calls += self._calls(question, reading, job, jobs, calls, state)
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
        plan = self._ready(tuple(_each_once(_one_ask(calls))), state)
        return replace(plan, reply=" ".join(notes)) if notes else plan

    def _changed(
        self,
        question: str,
        reading: Reading,
        job: Job,
        turns: Sequence[Sequence[Mapping[str, Any]]],
        last_is_draft: bool,
    ) -> tuple[Call, ...]:
        """The last calls with a change made, or the draft revised."""
        new_payer = list(reading.of("payer"))
        if last_is_draft and not new_payer and REVISE in self._tools:
            return (self._revision(question, reading),)
        terms = tuple(dict.fromkeys(named.term for named in reading.terms))
        scene = Scene(reading, reading, negotiable(self._vocabulary), terms=terms)
        calls = repeated(reading, turns, self._tools, scene)
        return tuple(_each_once([one for call in calls for one in self._spread(call)]))

    def _settled(self, job: Job, turns: Sequence[Any], last_is_draft: bool, later: bool) -> Job:
        """The job, with what the thread says of it: a change of ask is one of the draft."""
        words = job.reading.words
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
        if job.name == "search_contract" and TERMS_TOOL in self._tools and job.reading.terms:
            return replace(job, goal=f"{TERMS_TOOL}:{job.reading.terms[0].term}")
        return job

    def _calls(
        self,
        question: str,
        reading: Reading,
        job: Job,
        jobs: Sequence[Job],
        before: Sequence[Call],
        state: Mapping[str, Any],
    ) -> list[Call]:
        tool = self._tools[job.name]
        if tool.name == REVISE:
            words = question.strip() if len(jobs) == 1 else job.reading.words
            return [self._revision(words, job.reading)]
        scene = self._scene(reading, job, jobs, before, state)
        args = fill(tool, scene)
        args = self._from_thread(tool, args, job.reading, state)
        return self._spread(Call(tool.name, args))

    def _scene(
        self,
        reading: Reading,
        job: Job,
        jobs: Sequence[Job],
        before: Sequence[Call],
        state: Mapping[str, Any],
    ) -> Scene:
        """What this job may draw on: its own words, the tale around it, and what it points to."""
        tool = self._tools[job.name]
        elsewhere = [
            span
            for span in reading.spans
            if not any(j.reading.start <= span.start < j.reading.end for j in jobs)
        ]
        whole_practice = bool(phrase_book().tools.get(tool.name, {}).get("whole_practice"))
        told = tuple(dict.fromkeys(s.value for s in elsewhere if s.kind == "payer"))
        codes = tuple(code for s in elsewhere if s.kind in ("code", "family") for code in s.value)
        carried: dict[str, Any] = {}
        if before:
            carried = dict(before[-1].args)
            if len(_payer_names(carried)) > 1 and not _points(job.reading):
                carried = {k: v for k, v in carried.items() if k != "payers"}
            elif not _payer_names(carried):
                carried |= _last_payers(before)
            if _is_drafting(tool.name) is False or not _points(job.reading):
                for name in ("percent", "percent_of_medicare", "codes"):
                    if not _is_drafting(tool.name):
                        carried.pop(name, None)
            carried.pop("codes", None)
        elif self._points_to_thread(job.reading, whole_practice):
            carried = _last_payers(_earlier(state))
            if _is_drafting(tool.name) and _POINTS_AT_ASK.search(job.reading.words):
                carried |= _last_ask(_earlier(state))
        if whole_practice and not _points(job.reading):
            carried = {}
        terms = terms_asked(job, self._meaning) if tool.name == TERMS_TOOL else ()
        part = reading if len(jobs) == 1 and _lacks_numbers(tool, job.reading) else job.reading
        return Scene(part, reading, negotiable(self._vocabulary), told, codes, terms, carried)

    def _points_to_thread(self, reading: Reading, whole_practice: bool) -> bool:
        begins = re.match(r"\W*(?:and|also|ok and|plus|what about)\b", reading.words, re.IGNORECASE)
        the_contract = _THE_CONTRACT.search(reading.words)
        return bool(the_contract) or _points(reading) or (bool(begins) and not whole_practice)

    def _from_thread(
        self, tool: Tool, args: dict[str, Any], reading: Reading, state: Mapping[str, Any]
    ) -> dict[str, Any]:
        """Missing required arguments from the last call of the same tool, and the payer that
        the thread is about."""
        turns = [turn for turn in state.get("calls") or () if turn]
        names = {argument.name for argument in tool.arguments}
        need = missing(tool, args)
        same = [c for turn in reversed(turns[-1:]) for c in turn if c["name"] == tool.name]
        again = bool(_AGAIN.search(reading.words))
        partly = need or tool.name == "model_shared_savings"
        if same and (again or (partly and not _is_drafting(tool.name))):
            held = {k: as_argument(tool, k, v) for k, v in (same[-1].get("args") or {}).items()}
            if {"percent", "percent_of_medicare"} & args.keys():
                held.pop("percent", None)
                held.pop("percent_of_medicare", None)
            args = {**held, **args}
        if "payer" in names and "payer" not in args and not habits().everyone.search(reading.words):
            recent = _last_payers(_earlier(state)).get("payers") or []
            mentioned = list(state.get("payers") or ())
            known = negotiable(self._vocabulary)
            if len(recent) == 1:
                args["payer"] = recent[0]
            elif missing(tool, args) == "payer" and mentioned and not recent:
                args["payer"] = mentioned[-1]
            elif len(known) == 1:
                args["payer"] = known[0]
        return args

    def _spread(self, call: Call) -> list[Call]:
        """One call for each of several payers or percents where the tool takes one."""
        tool = self._tools[call.name]
        many = {
            argument.name: call.args[argument.name]
            for argument in tool.arguments
            if isinstance(call.args.get(argument.name), list)
            and argument.name in ("payer", "percent", "percent_of_medicare")
        }
        if not many:
            return [call]
        sizes = {len(values) for values in many.values()}
        rows = zip(*many.values(), strict=True) if len(sizes) == 1 else product(*many.values())
        return [
            Call(call.name, {**call.args, **dict(zip(many, row, strict=True))})
            for row in list(rows)[:MOST_CALLS]
        ]

    def _revision(self, words: str, reading: Reading) -> Call:
        tool = self._tools[REVISE]
        said = fill(tool, Scene(reading, reading))
        args: dict[str, Any] = {"change": words.strip()}
        if isinstance(said.get("percent"), Decimal):
            args["percent"] = said["percent"]
        else:
            bare = [s.value for s in reading.of("number") if s.value < 60]
            if bare and _NEW_ASK.search(words):
                args["percent"] = Decimal(bare[-1])
        payers = said.get("payer")
        if isinstance(payers, list) and len(payers) == 1:
            args["payer"] = payers[0]
        return Call(tool.name, args)

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
        return tuple(self._calls(question, reading, second, [second], (), state))


def _lacks_numbers(tool: Tool, reading: Reading) -> bool:
    """Whether the numbers a tool computes with were told before the question itself."""
    amounts = {"target_pmpm", "pmpm", "percent"} & {argument.name for argument in tool.arguments}
    told = list(reading.of("percent", "medicare", "pmpm", "number"))
    return (
        bool(amounts)
        and not told
        and ((tool.name.startswith("model_") and _points(reading)) or "target_pmpm" in amounts)
    )


def _is_drafting(name: str) -> bool:
    return name.startswith(_DRAFTS) or name == REVISE


def _points(reading: Reading) -> bool:
    return any(word in habits().pointing for word in re.findall(r"[a-z']+", reading.words.lower()))


def _payer_names(args: Mapping[str, Any]) -> list[str]:
    named = args.get("payers") or args.get("payer") or []
    return [named] if isinstance(named, str) else list(named)


def _last_payers(calls: Sequence[Call]) -> dict[str, Any]:
    for call in reversed(calls):
        names = _payer_names(call.args)
        if names:
            return {"payers": names}
    return {}


def _last_ask(calls: Sequence[Call]) -> dict[str, Any]:
    for call in reversed(calls):
        found = {
            k: v for k, v in call.args.items() if k in ("percent", "percent_of_medicare") and v
        }
        if found:
            return found
    return {}


def _earlier(state: Mapping[str, Any]) -> list[Call]:
    turns = [turn for turn in state.get("calls") or () if turn]
    return [Call(str(c["name"]), dict(c.get("args") or {})) for c in (turns[-1] if turns else ())]


def _one_ask(calls: Sequence[Call]) -> list[Call]:
    """Drafts to one payer share the ask that the last of them names ("points and an email,
    asking for 8%")."""
    found = list(calls)
    for at, call in enumerate(found):
        later = [c for c in found[at + 1 :] if c.args.get("payer") == call.args.get("payer")]
        asks = _last_ask([c for c in later if c.name.startswith(_DRAFTS)])
        if call.name in ("draft_email", "draft_talking_points") and not _last_ask([call]) and asks:
            found[at] = Call(call.name, {**call.args, **asks})
    return found


def _each_once(calls: Sequence[Call]) -> list[Call]:
    found: list[Call] = []
    for call in calls:
        if call not in found:
            found.append(call)
    return found[:MOST_CALLS]
