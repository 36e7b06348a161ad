"""Data questions: are the figures right on files as bad as a practice's real ones?

Invented practices are written out as messy exports, remittances, fee schedules and sheets;
the product reads them and answers a manager's questions. What an answer must hold is
computed from the clean records, never from the product's tables. A question passes when each
expected value stands in the answer's words, as closely as they show it, and among its
figures, exactly, and is not said of another payer.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from evals.messy.clean import CleanPractice, Payer
from evals.messy.generate import MessyFile, write_messy
from evals.messy.measures import family
from evals.messy.naming import mentions
from evals.messy.plan import Part, Plan, plans
from evals.messy.questions import Question, questions_for
from evals.messy.records import practice_of
from evals.messy.truth import Expected
from evals.routing import TODAY
from evals.scoring import Report, Score, report

NUMBER = re.compile(r"(?<![\w.])\(?[-−–]?\$?\s?(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?")
NOTHING = re.compile(r"\$0(\.00)?\b|\bnothing\b|\bno (savings|payout|shared)", re.I)
# What is not known has to be said first, with no amount or percentage in its place.
ADMITS = re.compile(
    r"\b(no|not|none|nothing|neither|never|cannot|without|missing|outside|unknown)\b|n't\b", re.I
)
AMOUNT = re.compile(r"\$\s?\d|\d\s?%|\d percent")
UNITS = {
    "USD": "money",
    "USD per member per month": "money",
    "percent": "percent",
    "points": "percent",
}


def run() -> Report:
    """The held-out workspaces and wordings."""
    return measured("heldout", "data")


def run_dev() -> Report:
    """The workspaces and wordings that developers may look at."""
    return measured("dev", "data_dev")


def run_confirmed() -> Report:
    """The held-out part again, after the user has confirmed every spelling of a payer."""
    return measured("heldout", "data_confirmed", confirmed=True)


def measured(part: Part, task: str, confirmed: bool = False) -> Report:
    """Write, read in, ask and score every workspace of a part."""
    scores = []
    for plan in plans(part):
        practice = practice_of(plan)
        with tempfile.TemporaryDirectory() as folder:
            files = write_messy(plan, practice, Path(folder) / "files")
            asked = questions_for(practice, plan.key, part)
            known = {
                payer.name: payer.spellings if confirmed else initials_of(plan, payer)
                for payer in practice.payers.values()
            }
            answers = answers_to(files, asked, Path(folder) / "workspace", known)
            for question, answer in zip(asked, answers, strict=True):
                one = score(question, answer, practice)
                if part == "heldout":  # shown to nobody who tunes the product: wording, figures
                    one = replace(one, why=f"held out; {question.measure}")
                scores.append(one)
    return report(task, scores, "questions with right figures")


def initials_of(plan: Plan, payer: Payer) -> tuple[str, ...]:
    """The initials that a system prints for a payer: nobody can resolve them but the user."""
    last = payer.spellings[-1]
    return (last,) if plan.initials and last.isupper() and len(last) < 6 else ()


def answers_to(
    files: Sequence[MessyFile],
    asked: Sequence[Question],
    root: Path,
    confirmed: Mapping[str, Sequence[str]],
) -> list[dict[str, Any]]:
    """The product's answers, each on a thread of its own, after reading the files in order.

    confirmed: the spellings of each payer that the user has confirmed, as the page asks;
    every other one is the product's to resolve.
    """
    from copilot.core import Copilot

    with Copilot(root, TODAY, "evaluation") as copilot:
        for name, spellings in confirmed.items():
            if spellings:
                copilot.name_payer(name, spellings)
        for file in files:
            copilot.ingest([file.path], file.payer)
        copilot.wait_until_warm()
        return [copilot.answer(question.text).model_dump() for question in asked]


def score(question: Question, answer: Mapping[str, Any], practice: CleanPractice) -> Score:
    """1 where everything expected stands in words and in figures, of the right payer."""
    text = str(answer["answer"])
    figures = list(answer["figures"])
    names = [payer.name for payer in practice.payers.values()]
    problems = [p for one in question.expected for p in _problems(one, text, figures, names)]
    why = f"{question.practice}: {question.text!r}: {'; '.join(problems)}"
    right = float(not problems)
    return Score(question.id, right, why, {family(question.measure): right})


def _problems(
    one: Expected, text: str, figures: Iterable[Mapping[str, Any]], names: Sequence[str]
) -> list[str]:
    if isinstance(one.value, str):
        return _words(one, text, names)
    values = (one.value, *one.also)
    if not one.value and NOTHING.search(text):
        return []
    if not any(_stands(value, one, figures) for value in values):
        return [f"{one.name} {_plain(one.value)} ({one.unit}) is not among the figures"]
    places = [place for value in values for place in _places(value, one, text)]
    if not places:
        return [f"{one.name} {_plain(one.value)} ({one.unit}) is not in the answer"]
    if one.payer is not None and not any(_about(one.payer, place, text, names) for place in places):
        return [f"{one.name} {_plain(one.value)} is not said of {one.payer}"]
    return []


def _plain(value: Decimal | str) -> str:
    return f"{value:.4f}".rstrip("0").rstrip(".") if isinstance(value, Decimal) else value


def _words(one: Expected, text: str, names: Sequence[str]) -> list[str]:
    """A payer's name must be the first payer named; a code, or a name among many, be there."""
    value = str(one.value)
    if one.unit == "unknown":
        opening = text.strip().split("\n\n")[0]
        said = ADMITS.search(opening) and not AMOUNT.search(opening)
        return [] if said else [f"it is not said that {value} is not known"]
    if one.unit == "order":
        order = [name for _, name in mentions(text, names)]
        order = [name for name, last in zip(order, ["", *order], strict=False) if name != last]
        wanted = value.split("|")
        starts = range(len(order) - len(wanted) + 1)
        right = any(order[start : start + len(wanted)] == wanted for start in starts)
        return [] if right else [f"the order {wanted} does not stand in the answer"]
    if one.unit == "code":
        return [] if re.search(rf"\b{value}\b", text) else [f"code {value} is not in the answer"]
    if one.unit == "name_in":
        named_here = any(name == value for _, name in mentions(text, names))
        return [] if named_here else [f"{value} is not named"]
    named = mentions(text, names)
    if not named or named[0][1] != value:
        first = named[0][1] if named else "nobody"
        return [f"{one.name} should be {value}, first named is {first}"]
    return []


def _stands(value: Decimal, one: Expected, figures: Iterable[Mapping[str, Any]]) -> bool:
    """Whether a figure of a fitting unit holds the value."""
    wanted = UNITS.get(one.unit)
    counted = one.unit in ("count", "days")
    for figure in figures:
        kind = UNITS.get(str(figure["unit"]))
        if kind is not None and kind != wanted and (wanted is not None or counted):
            continue
        try:
            shown = Decimal(str(figure.get("exact", figure["value"])))
        except InvalidOperation:
            continue
        if abs(abs(shown) - abs(value)) <= one.within:
            return True
    return False


def _places(value: Decimal, one: Expected, text: str) -> list[int]:
    """Where the answer shows the value, rounded as it is shown there."""
    places = []
    for found in NUMBER.finditer(text):
        whole, part = found.group(1), found.group(2) or ""
        shown = Decimal(whole.replace(",", "") + part)
        step = Decimal(1).scaleb(-(len(part) - 1)) if part else Decimal(1)
        if abs(shown - abs(value)) <= step / 2 + max(one.within, Decimal("0.005")):
            places.append(found.start())
    return places


def _about(payer: str, place: int, text: str, names: Sequence[str]) -> bool:
    """Whether the number at a place is said of the payer: its line or sentence names the
    payer or nobody, or the whole answer names nobody else."""
    start = max(text.rfind("\n", 0, place), text.rfind(". ", 0, place)) + 1
    ends = [end for end in (text.find("\n", place), text.find(". ", place)) if end >= 0]
    piece = text[start : min(ends, default=len(text))]
    here = [name for _, name in mentions(piece, names)]
    if payer in here:
        return True
    return not here and any(name == payer for _, name in mentions(text, names))
