"""The year and the stretches of time that a job's words say, as its tool's arguments."""

from __future__ import annotations

import re
from itertools import pairwise

from copilot.planner.calendar_words import is_background, names_medicare_year
from copilot.planner.scene import Scene
from tools.registry import Tool

MOST_STRETCHES = 3
_AND_ALSO = re.compile(
    r"\s*(?:,|,? ?\band\b|&|\+)\s*(?:also |then )?(?:in |for |during |of )?(?:the )?\s*",
    re.IGNORECASE,
)
_COUNTS_SINCE = ("payer_mix", "denials", "top_codes", "find_underpayments")
_LAST = re.compile(r"20\d\d")
_SHOWS_CHANGE = ("payer_mix", "rate_trends")
_STEP = re.compile(
    r"\b(?:by|per|each|every) (month|quarter|year)\b"
    r"|\b(month|quarter|year)(?:ly| by (?:month|quarter|year))\b",
    re.IGNORECASE,
)
_THAN = re.compile(
    r"\b(?:than(?: in)?|compared (?:to|with)|against|vs\.?|versus)\s+$", re.IGNORECASE
)
_WHOLE_YEARS = re.compile(r"20\d\d(?: vs 20\d\d)?")
_WITH_THEM = re.compile(
    r"\b(?:with (?:them|us)|been|contract\w*|members?|network|same|since)\b[^.?!]{0,20}$",
    re.IGNORECASE,
)
_YEARS = re.compile(r"\b(20\d\d)\b")


def year_asked(tool: Tool, scene: Scene) -> int | list[int] | None:
    """The year of Medicare's prices, or of a tool that knows no other stretch."""
    has_period = any(argument.name == "period" for argument in tool.arguments)
    if not has_period and (listed := _side_by_side(tool, scene)):
        return [int(year) for year in listed if year.isdigit()] or None
    for span in scene.part.of("year"):
        if is_background(scene.part.text, span):
            continue
        if not has_period or names_medicare_year(scene.part.text, span):
            return int(span.value)
    if has_period:
        return None
    said = [year for value in scene.part.values("period", "both") for year in _YEARS.findall(value)]
    whole = [v for v in scene.part.values("period", "both") if _WHOLE_YEARS.fullmatch(v)]
    return max(map(int, said)) if whole and len(said) <= 2 else None


def period_asked(tool: Tool, scene: Scene) -> str | list[str] | None:
    """The stretch said; payer_mix is told of steps too ("2026 by quarter")."""
    said = _stretch(tool, scene)
    step = _STEP.search(scene.part.words) if tool.name == "payer_mix" else None
    if step is None or isinstance(said, list) or (said and " vs " in said):
        return said
    unit = next(group for group in step.groups() if group).lower()
    return f"{said or ''} by {unit}".strip()


def _stretch(tool: Tool, scene: Scene) -> str | list[str] | None:
    part = scene.part
    has_year = any(argument.name == "year" for argument in tool.arguments)
    for span in part.of("both"):
        if tool.name in _SHOWS_CHANGE:
            return str(span.value)
        return [side.strip() for side in str(span.value).split(" vs ")]
    said = [str(span.value) for span in part.of("period")]
    if len(said) == 1 and tool.name not in ("rate_trends", "compare_rates"):
        [span] = part.of("period")
        if _LAST.fullmatch(str(span.value)) and _THAN.search(part.text[: span.start]):
            now = str(int(span.value) + 1)
            return f"{now} vs {span.value}" if tool.name in _SHOWS_CHANGE else [now, span.value]
    for span in part.of("year"):
        if not is_background(part.text, span) and not (
            has_year and names_medicare_year(part.text, span)
        ):
            said.append(str(span.value))
    if not said and tool.name in _COUNTS_SINCE:
        said = [
            str(span.value)
            for span in part.of("since")
            if not _WITH_THEM.search(part.text[: span.start])
        ]
    if len(said) > 1 and (listed := _side_by_side(tool, scene)):
        return listed
    return said[0] if said else None


def _side_by_side(tool: Tool, scene: Scene) -> list[str] | None:
    """Stretches that are listed ("in 2025 and in 2026"), for a call of each; None where the
    second is told apart."""
    spans = sorted(
        (s for s in scene.part.of("year", "period") if not is_background(scene.part.text, s)),
        key=lambda span: span.start,
    )
    between = [scene.part.text[a.end : b.start] for a, b in pairwise(spans)]
    if not between or not all(_AND_ALSO.fullmatch(words) for words in between):
        return None
    if any(names_medicare_year(scene.part.text, span) for span in spans):
        return None
    return list(dict.fromkeys(str(span.value) for span in spans))[:MOST_STRETCHES]
