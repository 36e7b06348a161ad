"""A job's tool calls: its arguments from the message, the thread, and what it points to."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from itertools import product
from typing import Any

from copilot.planner.arguments import fill
from copilot.planner.asking import missing, negotiable
from copilot.planner.earlier_calls import (
    MOST_CALLS,
    earlier,
    is_drafting,
    last_ask,
    last_payers,
    payer_names,
    points,
)
from copilot.planner.followups import as_argument
from copilot.planner.habits import habits
from copilot.planner.jobs import REVISE, Job
from copilot.planner.meaning import Meaning
from copilot.planner.phrases import TERMS_TOOL, phrase_book
from copilot.planner.plan import Call
from copilot.planner.reading import Reading
from copilot.planner.scene import Scene
from copilot.planner.terms_asked import terms_asked
from copilot.planner.vocabulary import Vocabulary
from tools.registry import Tool

_THE_CONTRACT = re.compile(r"\bthe (?:contract|agreement|rep|payer|plan|insurer)\b", re.IGNORECASE)
_ABOUT_ALL = re.compile(
    r"\b(?:board|briefing|brief our|every payer|all (?:our )?payers|profile of our practice"
    r"|who we are|physicians'? meeting)\b",
    re.IGNORECASE,
)
_NEW_ASK = re.compile(r"\bask\b|^\W*(?:make|try|use|change)", re.IGNORECASE)
_POINTS_AT_ASK = re.compile(r"\b(?:it|that|this|same)\b", re.IGNORECASE)
_AGAIN = re.compile(r"\b(?:same|again|another|like that)\b", re.IGNORECASE)


class CallMaker:
    """Makes the calls of one job; `spread` and `revision` serve follow-ups too."""

    def __init__(self, tools: Mapping[str, Tool], vocabulary: Vocabulary, meaning: Meaning) -> None:
        self._tools = tools
        self._vocabulary = vocabulary
        self._meaning = meaning

    def calls(
        self,
        question: str,
        reading: Reading,
        job: Job,
        jobs: Sequence[Job],
        before: Sequence[Call],
        state: Mapping[str, Any],
    ) -> list[Call]:
        """The calls of a job among the jobs of a message; before: calls made for it already."""
        tool = self._tools[job.name]
        if tool.name == REVISE:
            words = question.strip() if len(jobs) == 1 else job.reading.words
            return [self.revision(words, job.reading)]
        scene = self._scene(reading, job, jobs, before, state)
        args = fill(tool, scene)
        args = self._from_thread(tool, args, job.reading, state)
        return self.spread(Call(tool.name, args))

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
        whole_practice = _whole_practice(tool)
        told = tuple(dict.fromkeys(s.value for s in elsewhere if s.kind == "payer"))
        codes = tuple(code for s in elsewhere if s.kind in ("code", "family") for code in s.value)
        carried: dict[str, Any] = {}
        if before:
            carried = dict(before[-1].args)
            if len(payer_names(carried)) > 1 and not points(job.reading):
                carried = {k: v for k, v in carried.items() if k != "payers"}
            elif not payer_names(carried):
                carried |= last_payers(before)
            if is_drafting(tool.name) is False or not points(job.reading):
                for name in ("percent", "percent_of_medicare", "codes"):
                    if not is_drafting(tool.name):
                        carried.pop(name, None)
            carried.pop("codes", None)
        elif self._points_to_thread(job.reading, whole_practice):
            carried = last_payers(earlier(state))
            if is_drafting(tool.name) and _POINTS_AT_ASK.search(job.reading.words):
                carried |= last_ask(earlier(state))
        if whole_practice and not points(job.reading):
            carried = {}
        named = tuple(dict.fromkeys(term.term for term in job.reading.terms))
        terms = terms_asked(job, self._meaning) if tool.name == TERMS_TOOL else named
        part = reading if len(jobs) == 1 and _lacks_numbers(tool, job.reading) else job.reading
        known = self._vocabulary
        return Scene(
            part, reading, negotiable(known), told, codes, terms, carried,
            known.payers, known.businesses,
        )  # fmt: skip

    def _points_to_thread(self, reading: Reading, whole_practice: bool) -> bool:
        begins = re.match(r"\W*(?:and|also|ok and|plus|what about)\b", reading.words, re.IGNORECASE)
        the_contract = _THE_CONTRACT.search(reading.words)
        return bool(the_contract) or points(reading) or (bool(begins) and not whole_practice)

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
        if same and (again or (partly and not is_drafting(tool.name))):
            held = {k: as_argument(tool, k, v) for k, v in (same[-1].get("args") or {}).items()}
            if {"percent", "percent_of_medicare"} & args.keys():
                held.pop("percent", None)
                held.pop("percent_of_medicare", None)
            args = {**held, **args}
        whole = (_whole_practice(tool) or _of_all(tool, reading)) and not points(reading)
        everyone = whole or bool(habits().everyone.search(reading.words))
        if "payer" in names and "payer" not in args and not everyone:
            recent = last_payers(earlier(state)).get("payers") or []
            mentioned = list(state.get("payers") or ())
            known = negotiable(self._vocabulary)
            if len(recent) == 1:
                args["payer"] = recent[0]
            elif missing(tool, args) == "payer" and mentioned and not recent:
                args["payer"] = mentioned[-1]
            elif len(known) == 1:
                args["payer"] = known[0]
        return args

    def spread(self, call: Call) -> list[Call]:
        """One call for each of several payers or percents where the tool takes one."""
        tool = self._tools[call.name]
        many = {
            argument.name: call.args[argument.name]
            for argument in tool.arguments
            if isinstance(call.args.get(argument.name), list)
            and argument.name in ("payer", "percent", "percent_of_medicare", "period", "year", "by")
        }
        if not many:
            return [call]
        sizes = {len(values) for values in many.values()}
        rows = zip(*many.values(), strict=True) if len(sizes) == 1 else product(*many.values())
        return [
            Call(call.name, {**call.args, **dict(zip(many, row, strict=True))})
            for row in list(rows)[:MOST_CALLS]
        ]

    def revision(self, words: str, reading: Reading) -> Call:
        """The change of a draft in the user's own words, with the new ask and payer if named."""
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


def _whole_practice(tool: Tool) -> bool:
    """Whether a question without a payer is about all of them, whatever came before."""
    return bool(phrase_book().tools.get(tool.name, {}).get("whole_practice"))


def _of_all(tool: Tool, reading: Reading) -> bool:
    """Whether a document is one about every payer: a briefing for the board, who we are."""
    return tool.name == "draft_document" and bool(_ABOUT_ALL.search(reading.words))


def _lacks_numbers(tool: Tool, reading: Reading) -> bool:
    """Whether the numbers a tool computes with were told before the question itself."""
    amounts = {"target_pmpm", "pmpm", "percent"} & {argument.name for argument in tool.arguments}
    told = list(reading.of("percent", "medicare", "pmpm", "number"))
    return (
        bool(amounts)
        and not told
        and ((tool.name.startswith("model_") and points(reading)) or "target_pmpm" in amounts)
    )
