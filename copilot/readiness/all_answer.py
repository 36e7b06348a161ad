"""Where all payers stand: a row a payer with its stage, steps done, days, and what to settle."""

from __future__ import annotations

from collections.abc import Sequence

from copilot.readiness.payer_answer import counts, first_missing, named
from copilot.readiness.step import Scene, checked
from copilot.tracker.entry_words import day_figure
from knowledge.evidence import Cell, Figure, Finding, Table, says


def all_answer(scenes: Sequence[Scene]) -> Finding:
    """The finding over all payers, the furthest first."""
    rows: list[tuple[Figure, Figure, Scene, tuple[Cell, ...]]] = []
    for scene in scenes:
        found = checked(scene)
        done, every = counts(scene, found)
        missing = first_missing(found)
        touched = [each for each in scene.entries if each.is_contact]
        last = day_figure(f"Last contact with {scene.short}", touched[-1].on) if touched else None
        due = next((each for each in scene.due if not each.overdue), None)
        next_day = day_figure(f"{scene.short}: {due.what}", due.act, due.why) if due else None
        first = named(scene, missing[0]) if missing else ""
        rows.append((done, every, scene, (scene.short, scene.stage.name, done, every, last,
                                          next_day, first)))  # fmt: skip
    rows.sort(key=lambda row: (-row[0].number, row[2].short))
    best = rows[0]
    short = best[2].short
    return Finding(
        headline=says("{payer} is furthest: {done} of {every} steps are done, stage {stage}.",
                      payer=short, done=best[0], every=best[1], stage=best[2].stage.name),
        figures=tuple(figure for row in rows for figure in row[:2]),
        table=Table(
            "Readiness by payer, along the guide",
            ("Payer", "Stage", "Done", "Of", "Last contact", "Next day", "First to settle"),
            tuple(row[3] for row in rows),
        ),
        next_steps=(
            f"Where are we with {short}?",
            "Where do all negotiations stand?",
            "Which payer should we negotiate with first, and when?",
        ),
        details={
            "payers": [row[2].payer for row in rows],
            "steps": {row[2].payer: [int(row[0].number), int(row[1].number)] for row in rows},
        },
        done=f"Checked {len(rows)} {'payer' if len(rows) == 1 else 'payers'}",
    )  # fmt: skip
