"""What the practice brings a payer, from its files; and the questions that find its needs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from knowledge.evidence import Sentence, says
from knowledge.problems import NotKnown
from knowledge.reference.quality_benchmarks import quality_benchmark
from tools.lines.claim_totals import records
from tools.measures.opening_hours import hours_beyond
from tools.measures.quality_marks import score
from tools.measures.quality_rows import quality_rows
from tools.measures.utilization_rows import reported
from tools.practice import Practice
from tools.strategy.leverage import Leverage

FEWEST = 20
QUESTIONS = {
    "commercial": (
        "Which employers ask about access to primary care, and where?",
        "Which quality measures does the plan report, and where is it behind?",
        "How have emergency visits moved, and what does one cost the plan?",
        "Who decides on rates, by which month of the year, and in which form?",
    ),
    "medicare_advantage": (
        "Which star measures count double for the plan this year?",
        "How many members have no yearly wellness visit yet, and are they ours?",
        "What does the plan pay for closing a care gap?",
        "Who decides on rates, by which month of the year, and in which form?",
    ),
    "medicaid": (
        "Which access standards of the state does the plan miss in our county?",
        "Which care coordination must it buy, and from whom does it buy today?",
        "Which measures of the state's quality program does it need most?",
        "Who decides on payments beside the state's rates, and when?",
    ),
}  # fmt: skip


@dataclass(frozen=True)
class Offer:
    """What we bring: sentences, the strongest first; `better` tells whether a result stands out;
    needs: notes on file about the payer; questions: what to ask where nothing tells."""

    brings: tuple[Sentence, ...]
    better: bool
    needs: tuple[str, ...]
    questions: tuple[str, ...]
    contacts: tuple[str, ...]


def offer_of(practice: Practice, payer: str, leverage: Leverage) -> Offer:
    """The offer to one payer, from this payer's data and the practice's own."""
    use, quality = _use(practice, payer), _quality(practice, payer)
    business = practice.payers.line_of_business(payer) or "commercial"
    people = [
        says("{patients} patients of theirs had {visits} visits with us in a year.",
             patients=leverage.patients, visits=leverage.visits)
    ]  # fmt: skip
    if leverage.members is not None:
        people.append(says("On their roster {members} members have us as their practice.",
                           members=leverage.members))  # fmt: skip
    hours = hours_beyond(practice)
    access = [] if hours is None else [
        says("We are open {hours} hours a week {when}.", hours=hours[0], when=hours[1])
    ]  # fmt: skip
    notes, who = _contacts(practice, payer)
    return Offer((*use, *quality, *access, *people), bool(use or quality), notes,
                 QUESTIONS.get(business, QUESTIONS["commercial"]), who)  # fmt: skip


def _use(practice: Practice, payer: str) -> list[Sentence]:
    """Metrics of the payer's latest report on which the practice does better."""
    latest: dict[Any, Any] = {}
    for each in reported(practice, [payer], None):
        latest[each.key] = each
    made = []
    for each in latest.values():
        if each.better and each.theirs is not None:
            made.append(says("{what}: {ours} with us, {theirs} in their own comparison.",
                             what=_capital(each.said), ours=each.ours,
                             theirs=each.theirs))  # fmt: skip
    return made


def _quality(practice: Practice, payer: str) -> list[Sentence]:
    """Measures of the payer's own members at or above the median of their year."""
    latest = {row.key: row for row in quality_rows(practice, [payer])}
    made = []
    for row in latest.values():
        if row.denominator < FEWEST:
            continue
        try:
            mark = quality_benchmark(row.measure, row.end.year)
        except NotKnown:
            continue
        found = score(row, None, practice.payers.short_name(payer), mark)
        if found.marks is not None and found.marks.from_median.number > 0:
            made.append(says("{what}: {rate} of their members, against a median of {median}.",
                             what=_capital(row.about), rate=found.rate,
                             median=found.marks.median))  # fmt: skip
    return made


def _contacts(practice: Practice, payer: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    if not practice.tables.has("contacts"):
        return (), ()
    table = practice.tables.table("contacts")
    rows = records(practice, table.filter(table.payer == payer))
    notes = tuple(str(row["notes"]) for row in rows if row["notes"])
    who = tuple(", ".join(str(row[k]) for k in ("name", "role") if row[k]) for row in rows)
    return notes, tuple(each for each in who if each)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
