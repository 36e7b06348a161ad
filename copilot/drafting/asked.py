"""What a draft asks for: the percent, from which day, on what, and its worth in dollars."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from copilot.drafting.facts import Facts
from copilot.drafting.looked_up import LookedUp, figure_named
from copilot.drafting.pieces.rates import places_tried, said_medicare
from copilot.drafting.working_days import first_day
from knowledge.evidence import Basis, Figure, Finding
from knowledge.reference.codes import OFFICE_VISITS
from tools.papers.standing_paper import Paper

OFFERED = re.compile(
    r"(?:offer(?:ed|s|ing)?|propos(?:ed|es|ing)|came back (?:with|at)|gave us)[^\d:]{0,30}?"
    r"(?<!\d)(?<!\.)(\d+(?:\.\d+)?)\s?(?:%|percent|pct)(?! of\b[^,;.]{0,24}\bMedicare)",
    re.IGNORECASE,
)
MEDICARE_YEAR = re.compile(
    r"\b(20\d\d)(?:'s)?(?: (?:Colorado|national|locality|physician|CMS))* Medicare\b|"
    r"\bMedicare(?:'s)?(?: physician)?(?: fee schedule| schedule| rates| amounts)?"
    r"(?: for| of|,)? (20\d\d)\b",
    re.IGNORECASE,
)
PERCENT = re.compile(r"(\d+(?:\.\d+)?)\s?(?:%|percent|pct)", re.IGNORECASE)


@dataclass(frozen=True)
class Ask:
    """The ask as figures; amount is None where none was named, worth where no claims price it.

    words: the amount as a subject line says it. of_medicare: the benchmark's name where the
    ask is a percent of Medicare. scope: the exhibit, or codes in it.
    """

    amount: Figure | None
    words: str
    of_medicare: str
    scope: str
    start: Figure
    worth: Figure | None
    after: Figure | None
    offered: Figure | None
    offered_worth: Figure | None
    gap: Figure | None


def ask_of(looked: LookedUp, facts: Facts, paper: Paper) -> Ask:
    """The ask of a draft's facts; its worth is what model_fee_change computes."""
    clause = paper.standing()
    notice = clause.notice if clause else None
    days = int(notice.number) if notice and clause and clause.kind == "renegotiation" else 0
    start = first_day(looked.desk.practice.today, days, on=facts.start)
    scope = f"{_named(facts.codes)} in {paper.exhibit}" if facts.codes else paper.exhibit
    codes = list(facts.codes) or None
    amount, worth, after, medicare = None, None, None, ""
    found: Finding | None = None
    if facts.percent_of_medicare is not None:
        amount = _percent("Percent of Medicare asked for", facts.percent_of_medicare)
        for place in places_tried(facts):
            found = found or looked.finding(
                "model_fee_change", payer=facts.payer, codes=codes,
                percent_of_medicare=facts.percent_of_medicare, **place,
            )  # fmt: skip
        named = f"{facts.year} Medicare" if facts.year else "current Medicare"
        medicare = said_medicare(found) if found else named
    elif facts.percent is not None:
        amount = _percent("Increase asked for", facts.percent)
        found = looked.finding("model_fee_change", payer=facts.payer, codes=codes,
                               percent=facts.percent)  # fmt: skip
    if found is not None:
        worth = _gain(figure_named(found, "worth"))
        after = figure_named(found, "percent_of_medicare_after")
    offered = offered_worth = gap = None
    if facts.offered is not None:
        offered = _percent("Increase offered", facts.offered)
        theirs = looked.finding("model_fee_change", payer=facts.payer, codes=codes,
                                percent=facts.offered)  # fmt: skip
        offered_worth = _gain(figure_named(theirs, "worth")) if theirs else None
        gap = _between(worth, offered_worth)
    words = ""
    if amount is not None:
        words = f"{amount.shown()} of {medicare}" if medicare else amount.shown()
    return Ask(amount, words, medicare, scope, start, worth, after, offered, offered_worth, gap)


def _percent(name: str, value: Decimal) -> Figure:
    places = 0 if value == value.to_integral_value() else 1
    return Figure(name, value, "percent", Basis("as the practice said it"), places=places)


def _gain(worth: Figure | None) -> Figure | None:
    """The worth where it is a gain: a letter asks for nothing that loses."""
    return worth if worth is not None and worth.number > 0 else None


def _between(ours: Figure | None, theirs: Figure | None) -> Figure | None:
    if ours is None or theirs is None or ours.number <= theirs.number:
        return None
    basis = Basis("worth of the ask - worth of the offer, a year", (ours, theirs))
    return Figure(
        "Distance between ask and offer a year", ours.number - theirs.number, "USD", basis
    )


def offered_in(question: str) -> Decimal | None:
    """The percent that a user's words say the payer offered."""
    found = OFFERED.search(question)
    return Decimal(found[1]) if found else None


def medicare_year_in(words: str) -> int | None:
    """The year of the Medicare schedule that words name; None where they name none."""
    found = MEDICARE_YEAR.search(words)
    return int(found[1] or found[2]) if found else None


def only_percent(question: str) -> Decimal | None:
    """The percent by which a user says we asked for more, where the words hold one alone."""
    named = set(PERCENT.findall(question))
    told = re.search(r"\b(?:ask|request|want)", question, re.IGNORECASE)
    if len(named) != 1 or not told or re.search(r"medicare", question, re.IGNORECASE):
        return None
    return Decimal(named.pop())


def other_percent(question: str, offered: Decimal) -> Decimal | None:
    """A second percent in the user's words, beside the one that was offered."""
    named = [Decimal(value) for value in PERCENT.findall(question)]
    return next((value for value in named if value != offered), None)


def _named(codes: Sequence[str]) -> str:
    """Codes as a letter names them: one by one, or the office visits as such."""
    return "office visits" if set(codes) == OFFICE_VISITS else listed(codes)


def listed(words: Sequence[str]) -> str:
    """Words in a row as they are read: a, b and c."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"
