"""A message that only changes the last question: "and for Cigna?", "top 20 instead"."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from copilot.planner.arguments import fill
from copilot.planner.calendar_words import is_background, names_medicare_year
from copilot.planner.habits import habits
from copilot.planner.model_inputs import model_inputs
from copilot.planner.plan import Call
from copilot.planner.reading import Reading
from copilot.planner.scene import Scene
from tools.registry import Tool

# What was told or said to the rep is not said again with another name in it.
_TOLD_ONCE = ("log_interaction", "rehearse", "read_email", "answer_objection")
_ADDING = re.compile(r"\b(?:include|also|as well|too|add|plus)\b", re.IGNORECASE)
_DROPPING = re.compile(r"\b(?:without|except|excluding|leave out|drop|remove|not)\b", re.IGNORECASE)


def only_changes(reading: Reading) -> bool:
    """Whether nothing but names, numbers, terms and small words is said."""
    text = list(reading.text)
    named = [(span.start, span.end) for span in reading.spans]
    named += [(term.start, term.end) for term in reading.terms]
    inputs = model_inputs(reading.text[reading.start : reading.end]).places
    named += [(reading.start + start, reading.start + end) for start, end in inputs]
    for start, end in named:
        text[start:end] = " " * (end - start)
    rest = habits().everyone.sub(" ", "".join(text[reading.start : reading.end]).lower())
    by_words = {
        phrase.removeprefix("by ")
        for choices in habits().by.values()
        for words in choices.values()
        for phrase in words
    }
    left = [w for w in re.findall(r"[a-z0-9']+", rest) if w not in habits().fillers | by_words]
    return not left


def repeated(
    reading: Reading,
    turns: Sequence[Sequence[Mapping[str, Any]]],
    tools: Mapping[str, Tool],
    scene: Scene,
) -> tuple[Call, ...]:
    """The calls of the latest turn that the change fits, with the change made; or none."""
    for turn in reversed(turns):
        calls = []
        for earlier in turn:
            tool = tools.get(str(earlier["name"]))
            if tool is None or tool.name in _TOLD_ONCE:
                continue
            changed = changes(tool, earlier.get("args") or {}, reading, scene)
            if changed is not None:
                calls.append(Call(tool.name, changed))
        if calls:
            return tuple(calls)
    return ()


def changes(
    tool: Tool, args: Mapping[str, Any], reading: Reading, scene: Scene
) -> dict[str, Any] | None:
    """The earlier arguments with those said now in their place; None where nothing fits."""
    has = {argument.name for argument in tool.arguments}
    inputs = model_inputs(reading.words).values
    if inputs and not has & set(inputs):
        return None
    if list(reading.of("code")) and "codes" not in has:
        return None
    before = {name: as_argument(tool, name, value) for name, value in args.items()}
    said = fill(tool, scene)
    said = {k: v for k, v in said.items() if k not in ("topic", "change", "purpose", "length")}
    said |= _by_place(tool, before, reading, said)
    said = {name: value for name, value in said.items() if value is not None}
    everyone = bool(habits().everyone.search(reading.words)) and not list(reading.of("payer"))
    if everyone and has & {"payer", "payers"}:
        kept = {k: v for k, v in before.items() if k not in ("payer", "payers")}
        return {**kept, **said}
    if "payers" in said and isinstance(before.get("payers"), list):
        said["payers"] = _payers_changed(before["payers"], said["payers"], reading)
    if not said:
        return None
    if {"percent", "percent_of_medicare"} & said.keys():
        before.pop("percent", None)
        before.pop("percent_of_medicare", None)
    if {"members", "member_months"} & said.keys():
        before.pop("members", None)
        before.pop("member_months", None)
    return {**before, **said}


def as_argument(tool: Tool, name: str, value: Any) -> Any:
    """A stored argument in its own type again: Decimals may come back as text."""
    for argument in tool.arguments:
        if argument.name == name and "Decimal" in str(argument.type) and value is not None:
            return Decimal(str(value))
    return value


def _payers_changed(before: list[str], now: list[str], reading: Reading) -> list[str]:
    if _DROPPING.search(reading.words):
        named = reading.values("payer")
        return [payer for payer in before if payer not in named] or now
    if re.search(r"\b(?:include|add|as well as)\b", reading.words, re.IGNORECASE):
        return list(dict.fromkeys([*before, *now]))
    return now


def _by_place(
    tool: Tool, before: Mapping[str, Any], reading: Reading, said: Mapping[str, Any]
) -> dict[str, Any]:
    """A bare year or number read as what the earlier call used one for."""
    has = {argument.name for argument in tool.arguments}
    found: dict[str, Any] = {}
    years = [s for s in reading.of("year") if not is_background(reading.text, s)]
    if years and "year" in has:
        plain = not names_medicare_year(reading.text, years[0])
        if not (plain and "period" in before and "year" not in before):
            found["year"] = int(years[0].value)
            found["period"] = before.get("period")
    numbers = [s.value for s in reading.of("number")]
    if numbers and not said:
        value = numbers[-1]
        if "percent_of_medicare" in has and value >= 60:
            found["percent_of_medicare"] = value
        elif "percent" in has:
            found["percent"] = value
        elif "top_n" in has and value == value.to_integral():
            found["top_n"] = int(value)
    return found
