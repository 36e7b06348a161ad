"""A tool's arguments filled from the words that ask for it.

One filler an argument name, used by every tool that has the argument; what was not said
is left out, so that the tool's own default holds. Numbers come from the message only.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from copilot.planner import duties_asked
from copilot.planner.habits import first_in_order, first_said, habits, listed
from copilot.planner.left_out import left_out_businesses, sorted_out
from copilot.planner.model_inputs import model_inputs
from copilot.planner.percents_asked import percent, percent_of_medicare, percents_said
from copilot.planner.reading import Reading
from copilot.planner.savings_numbers import savings_numbers
from copilot.planner.scene import Scene
from copilot.planner.spans import Span
from copilot.planner.stretch_asked import period_asked, year_asked
from copilot.planner.tolerance import tolerance
from copilot.planner.topics import topic_of
from tools.measures.asked_measures import measures_named
from tools.registry import Tool

_COMMERCIAL = re.compile(
    r"\bcommercial (?:payers?|plans?|insur\w+|carriers?|contracts?|business|lines?|rates?|side"
    r"|only|alone|ones|products?|visits|patients|payments|revenue|charges|collections|volume)\b",
    re.IGNORECASE,
)
_FLAT = re.compile(
    r"\bflat\b|\b(?:to|at|of|for|=) ?(?:\$ ?\d|\d[\d.,]* ?(?:dollars?|bucks|usd)\b)"
    r"|\bnew (?:flat )?rates?\b",
    re.IGNORECASE,
)
_BUSINESS = {
    "commercial": "commercial",
    "medicare_advantage": "Medicare Advantage",
    "medicaid": "Medicaid",
    "medicare": "Medicare",
    "self_pay": "self-pay",
    "workers_comp": "workers' compensation",
}
_PAYMENTS = ("payments", "collections", "receipts", "revenue")
_BEST = re.compile(
    r"\b(?:best|highest|most generous|pays? (?:us )?(?:the )?most|top[- ]paying)\b", re.I
)
_WORST = re.compile(r"\b(?:least|lowest|worst|cheapest|bottom|best (?:practice|way))\b", re.I)
_SMALLEST = re.compile(
    r"\b(?:fewest|smallest|least|lowest|tiniest)\b(?! (?:three|two|four|five|\d))", re.I
)
_EVERYONE_ELSE = re.compile(
    r"\b(?:vs\.?|versus|against|compared? (?:to|with)|than|next to"
    r"|beside) (?:all )?(?:of )?(?:our |the )?"
    r"(?:everyone(?: else)?|everybody(?: else)?|others?|the rest|rest|other (?:plans"
    r"|payers|insurers|carriers))\b",
    re.IGNORECASE,
)


def fill(tool: Tool, scene: Scene) -> dict[str, Any]:
    """The arguments that were said, by name. A single payer or percent may be a list of
    several, for the planner to make a call of each."""
    filled: dict[str, Any] = {}
    for argument in tool.arguments:
        filler = FILLERS.get(argument.name)
        value = filler(tool, scene) if filler else None
        if value is not None and value != [] and value != "":
            filled[argument.name] = value
    if "rates" in filled:
        filled.pop("codes", None)
    if "year" in filled and "period" in filled and filled["period"] == str(filled["year"]):
        del filled["period"]
    return filled


def _payers(tool: Tool, scene: Scene) -> list[str] | None:
    named, dropped = sorted_out(scene.part)
    dropped = [payer for payer in dropped if payer in scene.all_payers]
    names = {argument.name for argument in tool.arguments}
    if "without" in names and _without(tool, scene):
        return list(dict.fromkeys(named)) or None
    if dropped and not named:
        return [payer for payer in scene.everyone if payer not in dropped] or None
    out = left_out_businesses(scene.part.words)
    if out and not named and "payers" in names:
        kept = [payer for payer in scene.everyone if scene.businesses.get(payer) not in out]
        return kept if 0 < len(kept) < len(scene.everyone) else None
    if "year" in names or "payer" in names:
        named = [payer for payer in named if payer.lower() != "medicare"]
    if named and "payers" in names and _EVERYONE_ELSE.search(scene.part.words):
        return None
    if named:
        return list(dict.fromkeys(named))
    if habits().everyone.search(scene.part.words):
        return list(scene.everyone) if "payer" in tool.required else None
    carried = scene.carried.get("payers") or scene.carried.get("payer")
    if scene.told_payers:
        return list(scene.told_payers)
    return ([carried] if isinstance(carried, str) else list(carried)) if carried else None


def _without(tool: Tool, scene: Scene) -> list[str] | None:
    """Payers and lines of business that are left out, payers first."""
    _, dropped = sorted_out(scene.part)
    payers = [payer for payer in dropped if payer in scene.all_payers]
    known = {scene.businesses.get(payer) for payer in payers}
    said = left_out_businesses(scene.part.words)
    told = [_BUSINESS[name] for name in _BUSINESS if name in said and name not in known]
    return [*payers, *(name for name in told if name not in payers)] or None


def _codes(tool: Tool, scene: Scene) -> list[str] | None:
    found = [code for span in _plainest(scene.part) for code in span.value]
    if not found and not list(scene.part.of("top")):
        found = [*scene.told_codes, *(scene.carried.get("codes") or ())]
    return list(dict.fromkeys(found)) or None


def _plainest(part: Reading) -> list[Span]:
    """The codes named; a group's name right before a code only says what the code is."""
    spans = list(part.of("code", "family"))
    return [
        span
        for at, span in enumerate(spans)
        if not (
            span.kind == "family"
            and at + 1 < len(spans)
            and spans[at + 1].kind == "code"
            and not re.search(r",|\b(?:and|or)\b", part.text[span.end : spans[at + 1].start])
            and spans[at + 1].start - span.end <= 18
        )
    ]


def _top(tool: Tool, scene: Scene) -> int | None:
    found = scene.part.values("top")
    return int(found[0]) if found else None


def _order(tool: Tool, scene: Scene) -> str | None:
    """highest where who pays best is asked of rates, whose lowest come first by themselves;
    lowest where the smallest part of the mix is."""
    words = scene.part.words
    if tool.name == "payer_mix":
        return "lowest" if _SMALLEST.search(words) else None
    several = len(scene.part.values("payer")) != 1
    return "highest" if several and _BEST.search(words) and not _WORST.search(words) else None


def _product(tool: Tool, scene: Scene) -> str | None:
    found = scene.part.values("product")
    if not found and _COMMERCIAL.search(scene.part.words):
        return "commercial"
    return str(found[0]) if len(found) == 1 else None


def _by(tool: Tool, scene: Scene) -> str | list[str] | None:
    """The measure to divide or rank by; several where they are listed ("charges vs payments")."""
    choices = habits().by.get(tool.name)
    if not choices:
        return None
    every = {**choices, "payments": _PAYMENTS} if tool.name == "payer_mix" else choices
    several = listed(scene.part.masked, every)
    return several if len(several) > 1 else first_said(scene.part.masked, choices)


def _level(tool: Tool, scene: Scene) -> str | None:
    """By what a whole is parted, beside payers: said, or two products set beside each other."""
    said = first_said(scene.part.words, habits().level.get(tool.name, {}))
    products = scene.part.values("product")
    return said or ("product" if len(products) > 1 else None)


def _topic(tool: Tool, scene: Scene) -> str | None:
    if tool.name == "obligations":
        return duties_asked.matter(scene.part)
    if tool.name in ("rehearse", "log_interaction", "read_email"):
        return None  # they read the message themselves
    if tool.name == "quality_scorecard":
        return ", ".join(measures_named(scene.part.words)) or None
    choices = habits().subject.get(tool.name)
    if choices:
        return first_in_order(scene.part.words, choices)
    return topic_of(tool.name, scene.part)


def _setting(tool: Tool, scene: Scene) -> str | None:
    words = scene.part.words.lower()
    if re.search(r"\bnon[- ]?facility\b|\bin[- ]office\b|\boffice setting\b", words):
        return "non-facility"
    return "facility" if re.search(r"\bfacility\b|\bhospital setting\b", words) else None


def _locality(tool: Tool, scene: Scene) -> str | None:
    found = re.search(
        r"\b(national|colorado) (?:20\d\d )?(?:medicare|average|rates?)\b", scene.part.words, re.I
    )
    return (
        {"national": "national", "colorado": "Colorado"}[found.group(1).lower()] if found else None
    )


def _length(tool: Tool, scene: Scene) -> str | None:
    return first_said(scene.part.words, habits().length)


def _purpose(tool: Tool, scene: Scene) -> str | None:
    if percents_said(tool, scene) or scene.part.values("medicare"):
        return None
    return first_said(scene.part.words, habits().purpose)


def _savings(name: str) -> Callable[[Tool, Scene], Any]:
    return lambda tool, scene: savings_numbers(scene.part).get(name)


def _model_input(name: str) -> Callable[[Tool, Scene], Any]:
    return lambda tool, scene: model_inputs(scene.part.words).values.get(name)


def _pmpm(tool: Tool, scene: Scene) -> Decimal | None:
    found = scene.part.values("pmpm", "money")
    return Decimal(found[0]) if found else None


def _rates(tool: Tool, scene: Scene) -> list[str] | None:
    """New rates by code ("99213=115"): one amount said flat for the codes named."""
    part = scene.part
    codes = [code for span in part.of("code", "family") for code in span.value]
    amounts = [Decimal(value) for value in part.values("money")]
    if not codes or len(amounts) != 1 or not _FLAT.search(part.words):
        return None
    return [f"{code}={amounts[0]}" for code in dict.fromkeys(codes)]


FILLERS: Mapping[str, Callable[[Tool, Scene], Any]] = {
    "payers": _payers,
    "payer": _payers,
    "without": _without,
    "codes": _codes,
    "percent": percent,
    "percent_of_medicare": percent_of_medicare,
    "year": year_asked,
    "period": period_asked,
    "top_n": _top,
    "product": _product,
    "order": _order,
    "rates": _rates,
    "tolerance": lambda tool, scene: tolerance(scene.part.words),
    "by": _by,
    "setting": _setting,
    "locality": _locality,
    "length": _length,
    "purpose": _purpose,
    "pmpm": _pmpm,
    "terms": lambda tool, scene: list(scene.terms) or None,
    "topic": _topic,
    "level": _level,
    "change": lambda tool, scene: scene.part.words,
    "words": lambda tool, scene: scene.whole.text.strip(),
    "who": lambda tool, scene: duties_asked.side(scene.part),
    "due": lambda tool, scene: duties_asked.due(scene.part),
    **{
        name: _model_input(name)
        for name in (
            "arrangement",
            "trend",
            "no_show",
            "cost_a_year",
            "space_a_month",
            "start_up",
            "sessions_a_week",
            "ramp_months",
            "reduction",
            "withhold",
            "floor_pmpm",
            "loss_share",
            "gain_cap",
            "stop_loss",
            "rebasing",
            "spread",
            "bearable_loss",
            "care_pmpm",
            "prepaid",
            "stay",
            "stay_pays",
            "fill_months",
            "load",
            "risk_score",
            "years",
        )
    },
    **{
        name: _savings(name)
        for name in (
            "target_pmpm",
            "actual_pmpm",
            "members",
            "member_months",
            "share",
            "minimum_savings_rate",
            "cap",
            "quality_factor",
        )
    },
}
