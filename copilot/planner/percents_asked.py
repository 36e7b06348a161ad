"""Percents as arguments: which of those said is the change asked for, or the target.

In a question of what-if every percent is tried; in a draft the one that is asked for counts,
not the payer's offer. A bare number counts where it stands after a word of asking.
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from copilot.planner.model_inputs import model_inputs
from copilot.planner.next_letter import is_letter_wish
from copilot.planner.reading import Reading
from copilot.planner.scene import Scene
from copilot.planner.spans import Span
from tools.registry import Tool

_ASKED = re.compile(
    r"(?:\bask\w*(?: (?:them|him|her|you|us|the insurer))?(?: for)?|\bask:|\bwants?"
    r"|\bneeds?|\brequest\w*|\bpropos\w*|\bget|\bdemand\w*"
    r"|\bgo(?:ing)? (?:for|to)|\btry|\bmake it|\bmake that|\bchange (?:it|that"
    r"|the ask) to|\bat|\bto|\bby|\bfor|\bsay|\babout|\bwith|\buse)\s*(?:a |an "
    r"|be )?\W{0,2}$",
    re.IGNORECASE,
)
_OFFERED = re.compile(
    r"\b(?:offer\w*|propos\w*|their|they (?:said|came back)|countered)\b[^.?!,]{0,30}$",
    re.IGNORECASE,
)
_MODELS_ONLY = ("model_fee_change",)


def percents_said(tool: Tool, scene: Scene) -> list[Decimal]:
    """Percents meant as a change; a bare number where it is asked for."""
    part = scene.part
    found = [s for s in _unclaimed(tool, part, "percent") if abs(s.value) < 60]
    if is_letter_wish(part.words):  # "accept 2.5% if they drop the term": no cut of 2.5%
        found = [replace(span, value=abs(span.value)) for span in found]
    if tool.name not in _MODELS_ONLY:
        found = [span for span in found if span.value > 0]
        if found and all(_is_offered(part, span) for span in found):
            found = [] if _bare_asked(part) is not None else found
        if len(found) > 1 and len(found) != len(part.values("payer")):
            asked = [span for span in found if _ASKED.search(part.text[: span.start])]
            plain = [span for span in found if not _OFFERED.search(part.text[: span.start])]
            found = (asked or plain or found)[-1:]
    if found:
        return list(dict.fromkeys(span.value for span in found))
    if not list(part.of("medicare")):
        bare = _bare_asked(part)
        if bare is not None and bare < 60:
            return [bare]
    return []


def _unclaimed(tool: Tool, part: Reading, *kinds: str) -> list[Span]:
    """The percents that no other input of the tool has taken ("if 70% of patients stay")."""
    names = {argument.name for argument in tool.arguments}
    inputs = model_inputs(part.text[part.start : part.end])
    taken = inputs.places if names & set(inputs.values) else ()
    return [
        span
        for span in part.of(*kinds)
        if not any(start + part.start <= span.start < end + part.start for start, end in taken)
    ]


def _is_offered(part: Reading, span: Span) -> bool:
    return bool(re.match(r"\s*(?:offer|proposal|counter)", part.text[span.end :], re.IGNORECASE))


def percent(tool: Tool, scene: Scene) -> Decimal | list[Decimal] | None:
    """The percent asked for, several where a model is to try several; else the one carried."""
    found = percents_said(tool, scene)
    if not found and not percent_of_medicare(tool, scene) and _points_at_number(scene.part):
        carried = scene.carried.get("percent")
        return Decimal(str(carried)) if carried is not None else None
    return found if len(found) > 1 else found[0] if found else None


def percent_of_medicare(tool: Tool, scene: Scene) -> Decimal | list[Decimal] | None:
    """The percent of Medicare asked for; "115%" alone is one, for no raise is that large."""
    part = scene.part
    said = _unclaimed(tool, part, "medicare", "percent")
    spans = [s for s in said if s.kind == "medicare" or s.value >= 60]
    if len(spans) > 1 and tool.name not in _MODELS_ONLY:
        spans = [s for s in spans if _ASKED.search(part.text[: s.start])] or spans
    found = list(dict.fromkeys(span.value for span in spans))
    if not found and not list(part.of("percent")):
        bare = _bare_asked(part)
        found = [bare] if bare is not None and 60 <= bare <= 400 else []
    if not found and not percents_said(tool, scene) and _points_at_number(part):
        carried = scene.carried.get("percent_of_medicare")
        return Decimal(str(carried)) if carried is not None else None
    if len(found) > 1 and (
        tool.name not in _MODELS_ONLY or re.search(r"\bfrom\b.*\bto\b", part.words)
    ):
        found = found[-1:]
    return found if len(found) > 1 else found[0] if found else None


def _bare_asked(part: Reading) -> Decimal | None:
    for span in part.of("number"):
        if _ASKED.search(part.text[: span.start]) or part.words == part.text[span.start : span.end]:
            return Decimal(span.value)
    return None


def _points_at_number(part: Reading) -> bool:
    return bool(
        re.search(r"\b(?:it|that|this|those|same)\b", part.words, re.IGNORECASE)
    ) or not list(part.of("percent", "medicare", "number"))
