"""Quality against the nation, and use and cost against the payer's own comparison, as tables."""

from __future__ import annotations

from dataclasses import dataclass

from copilot.drafting.documents.parts import grid
from copilot.drafting.facts import Facts
from copilot.drafting.looked_up import LookedUp
from copilot.drafting.pieces.quality import FEWEST_PATIENTS, measures
from copilot.drafting.wording import capital
from knowledge.evidence import Cell, Figure, Sentence, says
from knowledge.money import percent_of
from tools.practice import Practice

SHOWN = {"brief": 3, "short": 3, "usual": 6, "long": 20}
WHOLE = {"all payers"}


@dataclass(frozen=True)
class Results:
    """One table of the profile: its heading and text, the notes for the user, its figures.

    years: the periods that stand in it. rows: how many rows stand in it.
    """

    heading: str
    said: Sentence
    notes: tuple[Sentence, ...] = ()
    years: tuple[str, ...] = ()
    rows: int = 0


NOTHING = Results("", Sentence(""))


def quality_results(looked: LookedUp, practice: Practice, facts: Facts) -> Results:
    """The measures at the national median or better, those asked for first.

    A payer's own members where its results are on file apart, else all patients. Measures
    below the median, of fewer than twenty patients or of another payer stand in no table;
    the user is told which were left out.
    """
    found = looked.finding("quality_scorecard", payers=[facts.payer] if facts.payer else None)
    if found is None or found.table is None:
        return NOTHING
    short = practice.payers.short_name(facts.payer) if facts.payer else ""
    rows = [row for row in found.table.rows if row[2] == short]
    own = bool(rows)
    rows = rows or [row for row in found.table.rows if row[2] in WHOLE]
    rows = [row for row in rows if isinstance(row[7], Figure) and _patients(row[4]) >=
            FEWEST_PATIENTS]  # fmt: skip
    ahead = [row for row in rows if _reached(row)]
    behind = [str(row[1] or row[0]) for row in rows if row not in ahead]
    ahead.sort(key=lambda row: (not _wanted(row, facts), -_lead(row), str(row[0])))
    shown = ahead[: SHOWN[facts.length]]
    if not shown:
        return Results("", Sentence(""), _behind(behind))
    years = tuple(dict.fromkeys(str(row[3]) for row in shown))
    whose = "your members" if own else "all patients"
    columns: tuple[str, ...] = ("Measure", "Here", "National median", "Best tenth")
    cells: list[tuple[Cell, ...]] = [
        (f"{capital(str(row[1] or row[0]))} ({row[0]})", row[4], row[7], row[8]) for row in shown
    ]
    if len(years) > 1:
        columns = (*columns, "Year")
        cells = [(*cell, str(row[3])) for cell, row in zip(cells, shown, strict=True)]
    year = f", {years[0]}" if len(years) == 1 else ""
    return Results(f"Quality, {whose}{year}", grid(columns, cells), _behind(behind), years,
                   len(shown))  # fmt: skip


def _patients(rate: Cell) -> int:
    inputs = rate.basis.inputs if isinstance(rate, Figure) else ()
    return int(inputs[1].number) if len(inputs) > 1 else 0


def _reached(row: tuple[Cell, ...]) -> bool:
    points = row[12]
    return isinstance(points, Figure) and points.number >= 0


def _lead(row: tuple[Cell, ...]) -> float:
    points = row[12]
    return float(points.number) if isinstance(points, Figure) else 0.0


def _wanted(row: tuple[Cell, ...], facts: Facts) -> bool:
    topics = measures().get(str(row[0]), {}).get("topics", ())
    return any(word in topics for word in facts.wanted)


def _behind(names: list[str]) -> tuple[Sentence, ...]:
    if not names:
        return ()
    return (says("Left out of it, below the national median: {names}.", names="; ".join(names)),)


def use_results(looked: LookedUp, practice: Practice, facts: Facts) -> Results:
    """The payer's own report where the practice does better, with the first value on file."""
    if not facts.payer:
        return NOTHING
    found = looked.finding("cost_and_utilization", payers=[facts.payer], topic="use")
    if found is None or found.table is None or "metrics" not in found.details:
        return NOTHING
    rows = [row for row in found.table.rows if isinstance(row[4], Figure)]
    better = [row for row in rows if row[6] == "better"]
    behind = [str(row[1]) for row in rows if row[6] == "not better"]
    notes = tuple(
        says("Left out of it, not better than their comparison: {names}.", names="; ".join(behind))
        for _ in behind[:1]
    )
    better = sorted(better, key=lambda row: -_gain(row))[: SHOWN[facts.length]]
    if not better:
        return Results("", Sentence(""), notes)
    years = tuple(dict.fromkeys(str(row[2]) for row in better))
    then = tuple(dict.fromkeys(_period(row[7], facts.payer) for row in better if row[7]))
    columns: tuple[str, ...] = ("By your own report", "Here", "Your comparison")
    cells: list[tuple[Cell, ...]] = [(str(row[1]), row[3], row[4]) for row in better]
    if len(then) == 1:
        columns = (*columns, f"Here, {then[0]}")
        cells = [(*cell, row[7]) for cell, row in zip(cells, better, strict=True)]
    year = f", {years[0]}" if len(years) == 1 else ""
    return Results(f"Use and cost, your members{year}", grid(columns, cells), notes, years,
                   len(better))  # fmt: skip


def _period(first: Cell, payer: str) -> str:
    """The period of the first value on file, from its name."""
    return first.name.partition(f"{payer}, ")[2] if isinstance(first, Figure) else ""


def _gain(row: tuple[Cell, ...]) -> float:
    ours, theirs = row[3], row[4]
    if not (isinstance(ours, Figure) and isinstance(theirs, Figure)) or not theirs.number:
        return 0.0
    return abs(float(percent_of(ours.number - theirs.number, theirs.number)))
