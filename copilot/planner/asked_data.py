"""What a question about the practice's data asks for: the tool whose measure its words name.

Phrases alike tell jobs apart by their sound; a question with a period, a ranking and a filter
sounds like several. Here its words are weighed as measures (payments, visits, denials, rates
against Medicare), by the ordered rules of asked_data.toml; words of other work (a letter, a
clause) leave it unread.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from copilot.planner.across_contracts import across_contracts
from copilot.planner.reading import Reading

_SHOWN = {
    "payer": "PAYER",
    "code": "CODE",
    "year": "WHEN",
    "period": "WHEN",
    "since": "WHEN",
    "both": "WHEN BOTH",
    "percent": "PERCENT",
    "medicare": "OFMEDICARE",
    "money": "MONEY",
    "pmpm": "PMPM",
    "members": "MEMBERS",
    "member_months": "MEMBERS",
    "top": "TOP",
    "product": "PRODUCT",
    "number": "NUM",
}
_TWO_JOBS = re.compile(
    r"(?:,|\band) then\b|\bthen (?:draft|write|compare|show|what|how|model|tell|email|give)\b"
)
DATA_TOOLS = frozenset(
    (
        "compare_rates",
        "top_codes",
        "payer_mix",
        "rate_trends",
        "find_underpayments",
        "denials",
        "quality_scorecard",
        "cost_and_utilization",
        "model_fee_change",
        "model_capitation",
    )
)


@dataclass(frozen=True)
class _Rule:
    tool: str
    every: tuple[re.Pattern[str], ...]
    none: tuple[re.Pattern[str], ...]

    def fits(self, text: str) -> bool:
        return all(p.search(text) for p in self.every) and not any(
            p.search(text) for p in self.none
        )


def asked_of(reading: Reading) -> str | None:
    """The tool whose measure a stretch names; None where its words name none.

    A question that holds every contract to a number is one for the search across them.
    """
    tool = _tool(shown(reading))
    return "search_contract" if tool != "denials" and across_contracts(reading) else tool


def shown(reading: Reading) -> str:
    """The stretch in lower case, names and numbers replaced; names of code groups stay, with
    CODE GROUP behind them."""
    out, at = [], reading.start
    for span in reading.spans:
        if span.start < at:
            continue
        if span.kind == "family":
            out += [reading.text[at : span.end].lower(), " CODE GROUP "]
        elif span.kind in _SHOWN:
            out += [reading.text[at : span.start].lower(), f" {_SHOWN[span.kind]} "]
        else:
            continue
        at = span.end
    return " ".join("".join([*out, reading.text[at : reading.end].lower()]).split())


@lru_cache(maxsize=4096)
def _tool(text: str) -> str | None:
    sure, rules, other = _rules()
    if _TWO_JOBS.search(text):
        return None
    certain = next((rule.tool for rule in sure if rule.fits(text)), None)
    if certain or other.search(text):
        return certain
    return next((rule.tool for rule in rules if rule.fits(text)), None)


@cache
def _rules() -> tuple[tuple[_Rule, ...], tuple[_Rule, ...], re.Pattern[str]]:
    held = tomllib.loads(Path(__file__).with_name("asked_data.toml").read_text(encoding="utf-8"))
    fragments = held["fragments"]

    def pattern(text: str) -> re.Pattern[str]:
        for name, words in fragments.items():
            text = text.replace("{" + name + "}", f"(?:{words})")
        return re.compile(rf"(?<![\w-])(?:{text})(?!\w)")

    sure, rules = (
        tuple(
            _Rule(
                rule["tool"],
                tuple(pattern(p) for p in rule["all"]),
                tuple(pattern(p) for p in rule.get("none", ())),
            )
            for rule in held[kind]
        )
        for kind in ("sure", "rule")
    )
    return sure, rules, pattern(held["other"]["words"])
