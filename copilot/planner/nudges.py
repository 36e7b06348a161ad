"""What a stretch of text adds to or takes from a goal, beside its likeness to phrases.

A tool that has no use for a percent or a code is less likely to be meant where one is
named; a word that all but names a job speaks for it; a question about payers in general
is one for the guide and not for a tool that needs a payer. Changes to a last question or
a draft count only where there is one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from copilot.planner.jobs import FOLLOW, REVISE
from copilot.planner.phrases import TERMS_TOOL, phrase_book, tool_of
from copilot.planner.reading import Reading
from tools.registry import Tool

GUIDE = "search_guide"
IMPOSSIBLE = -0.5
CUE = 0.3
ABSENT = 0.08
NAMED_TERM = 0.15
IN_GENERAL = 0.15
ADVICE = 0.09
DRAFT_STANDS = 0.1
NO_NUMBER = 0.08
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

_LOOKS_UP = re.compile(
    r"\W*(?:and |so |ok )*(?:what|how|when|who|which|where|why|does|do|is|are)\b", re.IGNORECASE
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


def nudge(
    goal: str, stretch: Reading, tools: Mapping[str, Tool], after: bool, draft: bool
) -> float:
    """How much to add to a goal's score; after: a question came before; draft: one stands."""
    kinds = {"code" if span.kind == "family" else span.kind for span in stretch.spans}
    name = tool_of(goal)
    if (name == FOLLOW and not after) or (name == REVISE and not draft):
        return IMPOSSIBLE
    tool = tools.get(name)
    if tool is None:
        cue = _cue(name, "cues")
        return CUE if cue and cue.search(stretch.words) else -ABSENT
    has = {argument.name for argument in tool.arguments}
    added: float = -sum(
        cost
        for kind, cost in _MISFIT.items()
        if kind in kinds and not has.intersection(_USES[kind])
    )
    defining = not kinds & {"payer"} and bool(_DEFINING.search(stretch.words))
    if name == TERMS_TOOL and ":" in goal and not defining:
        named = [term.words for term in stretch.terms if term.term == goal.partition(":")[2]]
        added += NAMED_TERM * (0 if not named else 1 if max(named) > 1 else 0.6)
    if name == TERMS_TOOL and defining:
        added -= CUE
    words = stretch.words
    advice = bool(_ADVICE.search(words))
    cued = bool((cue := _cue(name, "cues")) and cue.search(words))
    if cued and (name == GUIDE or not advice):
        added += CUE
    if (cue := _cue(name, "never")) and cue.search(words):
        added -= CUE / 2
    if name == REVISE:
        added += -CUE if _LOOKS_UP.match(words) else DRAFT_STANDS
    if not kinds & {"payer"}:
        if "payer" in tool.required and _ANY_PAYER.search(words) and (advice or not cued):
            added -= IN_GENERAL
        if name == GUIDE and (defining or _ANY_PAYER.search(words) or advice):
            added += IN_GENERAL if defining else ADVICE
    numbers = kinds & {"percent", "medicare", "pmpm", "members", "money", "number", "top"}
    if not numbers and set(tool.required) - {"payer", "payers", "topic", "change"}:
        added -= NO_NUMBER
    return added


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
