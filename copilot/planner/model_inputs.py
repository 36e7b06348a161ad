"""Inputs of the payment and risk models, each told by the words beside its number.

"assume a trend of 4 percent", "with a stop loss of 100k", "over five years", "half of the
losses are ours". What no words claim stays unread rather than guessed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from copilot.planner.numbers_said import numbers_in

# argument: words before its number, words after it; both end (or begin) at the number.
_TO = r"(?:\s+(?:of|at|to|is|by|be|was|from|about|around|only|up|a|the|year|rate|=))*\s*[:=]?\s*$"
_PERCENT = r"^\s*(?:%|percent|per cent|pct|points?)?\s*"
_DOLLARS = r"^\s*(?:k|thousand|million|m)?\s*(?:dollars?|bucks|usd)?\s*"
_ROLES: Mapping[str, tuple[str, str]] = {
    "trend": (
        r"\b(?:trend|inflation|cost growth|medical cost|costs? (?:grow\w*|ris\w+|go(?:es)? up"
        r"|climb\w*|increas\w+))",
        r"(?:a year |yearly |annual |cost |medical )?(?:trend|growth|inflation)\b",
    ),
    "reduction": (
        r"\b(?:lower|cut|reduc|bend|bring down)(?:e|ing|s|es)? (?:our |the )?costs?(?: by)?",
        r"(?:a year )?(?:cost )?reduction\b",
    ),
    "floor_pmpm": (
        r"\b(?:floor(?: of (?:necessary )?care)?|necessary care(?: costs?)?)",
        r"(?:floor|of necessary care|for necessary care)\b",
    ),
    "loss_share": (
        r"\b(?:loss share|downside share|share of (?:the |any )?loss(?:es)?|our part of (?:the "
        r"|any )?loss(?:es)?|part of losses)",
        r"of (?:the |any )?(?:loss(?:es)?|downside|overspend\w*|deficits?)\b",
    ),
    "gain_cap": (
        r"\b(?:gain cap|(?:cap|ceiling|limit) on (?:the |our )?(?:gains?|savings|upside|earnings))",
        r"(?:cap|ceiling|limit) on (?:the |our )?(?:gains?|savings|upside|earnings)\b",
    ),
    "stop_loss": (
        r"\b(?:stop[- ]?loss|outliers?(?: cut| cap| limit| above)?|truncat\w+|reinsur\w+"
        r"(?: above)?|large claims? above|claims? (?:above|over))",
        r"(?:stop[- ]?loss|outlier (?:cut|cap|limit)|truncation|attachment)\b",
    ),
    "rebasing": (
        r"\b(?:re-?bas(?:ed?|ing)(?: the target)?|own spending in the target)",
        r"(?:re-?bas(?:ed|ing)|of (?:the |each )?(?:new )?target (?:is|from) (?:our )?own)\b",
    ),
    "no_show": (r"\b(?:no[- ]shows?|missed sessions?)", r"(?:no[- ]shows?|missed)\b"),
    "cost_a_year": (
        r"\b(?:salary(?: and benefits)?|personnel(?: cost)?|cost\w* us)",
        r"(?:a year )?(?:salary|in salary|for the salary|with benefits)\b",
    ),
    "space_a_month": (
        r"\b(?:space|room rent|rent)",
        r"(?:a month )?(?:for space|in rent|of rent)\b",
    ),
    "start_up": (r"\bstart[- ]?up(?: cost\w*)?", r"(?:start[- ]?up|to start)\b"),
    "sessions_a_week": (r"\bsessions a week", r"sessions (?:a|per|each) week\b"),
    "ramp_months": (
        r"\b(?:ramp(?:[- ]?up)?|until full)",
        r"months? (?:ramp|until (?:it is )?full)\b",
    ),
    "withhold": (r"\b(?:withh[eo]ld(?:ing|s)?|held back)", r"(?:withhold|held back|withheld)\b"),
    "spread": (
        r"\b(?:spread|coefficient of variation|cv)",
        r"(?:spread|coefficient of variation)\b",
    ),
    "bearable_loss": (
        r"\b(?:bear|afford|stand|absorb|survive|carry|take)(?: a)?(?: loss)?"
        r"(?: of)?|\b(?:bearable loss|cash reserve|reserves?|cash)(?: of| is)?",
        r"(?:is|are) (?:all|the most) we (?:can|could) (?:bear|lose|afford)\b",
    ),
    "care_pmpm": (
        r"\bcare (?:management|coordination)(?: fee| payment)?",
        r"(?:pmpm )?(?:for )?care (?:management|coordination)\b",
    ),
    "prepaid": (
        r"\b(?:prepaid|prospective(?:ly)?(?: part| share| payment)?|paid monthly)",
        r"(?:is |of it |of (?:the )?fees )?(?:prepaid|prospective(?:ly)?|paid monthly|up front)\b",
    ),
    "stay": (
        r"\b(?:retention|patients? (?:who )?stay\w*)",
        r"(?:of (?:them|the patients|our patients|patients|people) )?(?:would |will |might |do )?"
        r"(?:stay\b|stayed|staying|remain\b|keep coming|follow us)",
    ),
    "stay_pays": (
        r"\b(?:stay\w*|remain|out of network)\b.{0,30}\b(?:pay|pays|paying)",
        r"of (?:today'?s(?: rates?)?|what they pay (?:now|today)|the (?:present|current) rates?)\b",
    ),
    "fill_months": (
        r"\b(?:re-?fill\w*|fill(?:ing)? the (?:slots|schedule|gaps?|places))"
        r"(?: takes?| in| within)?",
        r"months? (?:to|until (?:we|they)(?: have)?) (?:re-?fill\w*|fill\w*)\b",
    ),
    "load": (r"\b(?:load|loading)", r"(?:load|loading)\b"),
    "risk_score": (r"\brisk scores?", r"risk score\b"),
    "years": (r"\b(?:over|for|across|during)(?: the)?(?: next| coming)?", r"[- ]?years?\b"),
}  # fmt: skip
_MONEY = (
    "stop_loss",
    "bearable_loss",
    "care_pmpm",
    "floor_pmpm",
    "cost_a_year",
    "space_a_month",
    "start_up",
)
_BOTH = ("years",)
_WHOLE = ("years", "ramp_months", "fill_months")
_SCALE = re.compile(r"\s?(k|thousand|million|m)\b", re.IGNORECASE)
_WHOLLY = re.compile(
    r"\bre-?based? (?:fully|wholly|entirely|every year|each year|on our own)\b", re.IGNORECASE
)
_ARRANGEMENTS = (
    (r"\breach professional\b", "reach professional"),
    (r"\breach global\b", "reach global"),
    (r"\b(?:upside[- ]only|one[- ]sided|no downside)\b", "upside only"),
    (r"\b(?:global|full)[- ](?:risk|capitation)\b|\bglobally\b", "global"),
    (r"\b(?:two[- ]sided|downside|both sides)\b", "two-sided"),
)


@dataclass(frozen=True)
class ModelInputs:
    """values: arguments by name, USD and percents as Decimal, years as int. places: where in
    the text they were said, so that no other reader takes the same number."""

    values: Mapping[str, Any]
    places: tuple[tuple[int, int], ...]


def model_inputs(text: str) -> ModelInputs:
    """The models' inputs that a message says; the first said of a kind holds."""
    values: dict[str, Any] = {}
    places: list[tuple[int, int]] = []
    for start, end, number in numbers_in(text):
        before, after = text[max(0, start - 60) : start], text[end : end + 40]
        for name, (lead, tail) in _ROLES.items():
            unit = _DOLLARS if name in _MONEY else _PERCENT
            leads = re.search(f"(?:{lead}){_TO}", before, re.IGNORECASE)
            tails = re.search(f"{unit}{tail}", after, re.IGNORECASE)
            fits = (leads and tails) if name in _BOTH else (leads or tails)
            if name in values or not fits:
                continue
            scaled = _scaled(number, after) if name in _MONEY else number
            values[name] = int(scaled) if name in _WHOLE else scaled
            begin = start - len(leads.group()) if leads else start
            said = tails or re.search(unit, after, re.IGNORECASE)
            places.append((begin, end + (said.end() if said else 0)))
            break
    whole = _WHOLLY.search(text)
    if whole and "rebasing" not in values:
        values["rebasing"] = Decimal(100)
        places.append(whole.span())
    for pattern, name in _ARRANGEMENTS:
        said = re.search(pattern, text, re.IGNORECASE)
        if said:
            values["arrangement"] = name
            places.append(said.span())
            break
    return ModelInputs(values, tuple(places))


def _scaled(number: Decimal, after: str) -> Decimal:
    """The number with "k", "thousand" or "million" after it worked in."""
    scale = _SCALE.match(after)
    if not scale:
        return number
    return number * (1000 if scale.group(1).lower() in ("k", "thousand") else 1_000_000)
