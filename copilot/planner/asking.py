"""Questions back: what a tool still lacks, or which of two jobs was meant; and the reply."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from rapidfuzz import fuzz

from copilot.planner.arguments import fill
from copilot.planner.followups import as_argument
from copilot.planner.habits import habits
from copilot.planner.phrases import phrase_book
from copilot.planner.plan import Call, Clarify
from copilot.planner.reading import Reading
from copilot.planner.scene import Scene
from copilot.planner.vocabulary import Vocabulary
from tools.registry import Tool

MOST_CHOICES = 8
_STANDS_FOR = {
    "percent": {"percent", "percent_of_medicare", "rates"},
    "percent_of_medicare": {"percent", "percent_of_medicare", "rates"},
    "members": {"members", "member_months"},
    "member_months": {"members", "member_months"},
    "payers": {"payer", "payers"},
}
_ORDINAL = re.compile(
    r"^\W*(?:the |option |number )*(first|1st|second|2nd|third|3rd|last|[1-9])\b(?: one)?\W*$",
    re.IGNORECASE,
)
_STOP = re.compile(
    r"^\W*(?:never ?mind|cancel|forget it|skip it|skip|no|none|nothing|stop|leave it)\b",
    re.IGNORECASE,
)


def missing(tool: Tool, args: Mapping[str, Any]) -> str | None:
    """The first required argument that is not there, or None."""
    besides: list[str] = phrase_book().tools.get(tool.name, {}).get("needs", [])
    for name in (*tool.required, *besides):
        if not any(args.get(other) is not None for other in _STANDS_FOR.get(name, {name})):
            return name
    return None


def ask_for(
    calls: Sequence[Call], at: int, need: str, tools: Mapping[str, Tool], vocabulary: Vocabulary
) -> Clarify:
    """The question for an argument that one of the calls lacks."""
    entry = habits().question.get(need, {})
    tool = tools[calls[at].name]
    question = str(
        entry.get("ask") or f"What is the {need.replace('_', ' ')} for {_job(tool.name)}?"
    )
    choices = tuple(entry.get("choices", ()))
    if need in ("payer", "payers"):
        choices = negotiable(vocabulary)[:MOST_CHOICES]
    pending = {
        "kind": "argument",
        "calls": [{"name": call.name, "args": dict(call.args)} for call in calls],
        "at": at,
        "need": need,
    }
    return Clarify(question, choices, pending)


def ask_which(options: Sequence[tuple[Call, ...]], tools: Mapping[str, Tool]) -> Clarify:
    """The question which of two or three jobs was meant."""
    choices = tuple(tools[calls[0].name].label for calls in options)
    listed = ", ".join(_job(calls[0].name) for calls in options[:-1])
    question = f"Is this about {listed} or {_job(options[-1][0].name)}?"
    pending = {
        "kind": "job",
        "options": [[{"name": c.name, "args": dict(c.args)} for c in calls] for calls in options],
        "choices": list(choices),
    }
    return Clarify(question, choices, pending)


def dropped(reading: Reading) -> bool:
    """Whether the reply takes the question back."""
    return bool(_STOP.match(reading.words)) and not reading.spans


def chosen(reading: Reading, pending: Mapping[str, Any]) -> tuple[Call, ...]:
    """The job that the reply picks, or none."""
    options, choices = pending["options"], pending["choices"]
    ordinal = _ORDINAL.match(reading.words)
    if ordinal:
        word = ordinal.group(1).lower()
        places = {"first": 0, "1st": 0, "second": 1, "2nd": 1, "third": 2, "3rd": 2, "last": -1}
        at = places.get(word, int(word) - 1 if word.isdigit() else 0)
        if at < len(options):
            return tuple(Call(c["name"], dict(c["args"])) for c in options[at])
    likeness = [
        max(
            fuzz.token_set_ratio(reading.words.lower(), choice.lower()),
            fuzz.token_set_ratio(reading.words.lower(), _job(option[0]["name"])),
        )
        for choice, option in zip(choices, options, strict=True)
    ]
    best = max(range(len(options)), key=lambda at: likeness[at])
    if likeness[best] >= 70 and len(reading.words.split()) <= 8:
        return tuple(Call(c["name"], dict(c["args"])) for c in options[best])
    return ()


def completed(
    reading: Reading,
    pending: Mapping[str, Any],
    tools: Mapping[str, Tool],
    everyone: tuple[str, ...],
) -> tuple[Call, ...]:
    """The waiting calls with what the reply gives filled in, or none where it gives nothing."""
    at, need = int(pending["at"]), str(pending["need"])
    waiting = pending["calls"][at]
    tool = tools.get(waiting["name"])
    if tool is None:
        return ()
    given = _given(reading, need, tool, everyone)
    if not any(name in given for name in _STANDS_FOR.get(need, {need})):
        return ()
    calls = []
    for place, held in enumerate(pending["calls"]):
        owner = tools.get(held["name"])
        if owner is None:
            continue
        args = {k: as_argument(owner, k, v) for k, v in held["args"].items()}
        if place == at:
            args = {**args, **given}
        elif place > at and need == "payer" and missing(owner, args) == "payer":
            args = {**args, "payer": given["payer"]}
        calls.append(Call(owner.name, args))
    return tuple(calls)


def negotiable(vocabulary: Vocabulary) -> tuple[str, ...]:
    """The payers one can write to: without Medicare itself and self-pay."""
    plain = re.compile(
        r"self.?pay|uninsured|^medicare( part b| fee.for.service)?$|^original medicare$", re.I
    )
    return tuple(payer for payer in vocabulary.payers if not plain.search(payer))


def _given(reading: Reading, need: str, tool: Tool, everyone: tuple[str, ...]) -> dict[str, Any]:
    given = fill(tool, Scene(reading, reading, everyone))
    for free in ("topic", "change", "purpose", "words"):
        if free != need:
            given.pop(free, None)
    numbers = [span.value for span in reading.of("number", "pmpm", "money", "members", "percent")]
    if need not in given and numbers and not _STANDS_FOR.get(need, {need}) & given.keys():
        kind = next((str(a.type) for a in tool.arguments if a.name == need), "")
        if "Decimal" in kind:
            given[need] = Decimal(numbers[0])
        elif "int" in kind:
            given[need] = int(numbers[0])
    return given


def _job(name: str) -> str:
    return phrase_book().label(name)
