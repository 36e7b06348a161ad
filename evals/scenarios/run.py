"""`payer-copilot eval scenarios`: twenty texts against a consultant's checklist.

Each text is judged criterion by criterion, and so is a plain mail-merge letter beside it;
the text wins where it meets more of the same criteria. A text that does not come at all
fails every criterion asked of it.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from evals.scenarios.cases import Scenario, criteria, scenarios
from evals.scenarios.gold import Gold, gold_of
from evals.scenarios.letter_text import Text
from evals.scenarios.mail_merge import merged
from evals.scenarios.play import Played, play
from evals.scenarios.verdicts import Verdict, verdict
from evals.scenarios.workspaces import copy_of, written_workspace
from evals.scoring import Measure, Report, Score, measure


@dataclass(frozen=True)
class Judged:
    """A scenario's text with its verdicts, and those of the form letter beside it."""

    scenario: Scenario
    played: Played
    verdicts: Mapping[str, Verdict]
    form: Mapping[str, Verdict]

    @property
    def outcome(self) -> str:
        """win, tie or loss against the form letter, by the criteria met."""
        own = sum(v.ok for v in self.verdicts.values())
        other = sum(v.ok for v in self.form.values())
        return "win" if own > other else "tie" if own == other else "loss"


def run() -> Report:
    """The twenty scenarios, played and judged."""
    with tempfile.TemporaryDirectory() as folder:
        return report_of(list(judged(Path(folder))))


def judged(folder: Path, only: str = "") -> Iterator[Judged]:
    """The scenarios in order, each on a copy of the workspace with its evidence."""
    made: dict[tuple[str, str], Path] = {}
    for scenario in scenarios():
        if only and only not in scenario.id:
            continue
        own = scenario.evidence in ("no_claims", "contract_only")
        key = (scenario.evidence, scenario.payer if own else "")
        if key not in made:
            made[key] = written_workspace(
                folder / f"evidence-{len(made)}", scenario.evidence, scenario.payer
            )
        workspace = copy_of(made[key], folder / scenario.id)
        gold = gold_of(scenario, workspace)
        yield judge(scenario, play(scenario, workspace), gold)


def judge(scenario: Scenario, played: Played, gold: Gold) -> Judged:
    """A played scenario with the verdicts on its text and on the form letter."""
    asked = scenario.criteria()
    if played.text is None:
        empty = Text(scenario.kind, "", "", scenario.turns[-1].on, scenario.payer,
                     said=tuple(step.say for step in scenario.turns))  # fmt: skip
        form = merged(scenario, empty)
        missing = {name: Verdict(False, f"no text: {played.instead[:80]}") for name in asked}
        return Judged(scenario, played, missing, _verdicts(asked, form, scenario, gold))
    return Judged(
        scenario,
        played,
        _verdicts(asked, played.text, scenario, gold),
        _verdicts(asked, merged(scenario, played.text), scenario, gold),
    )


def _verdicts(
    asked: tuple[str, ...], text: Text, scenario: Scenario, gold: Gold
) -> dict[str, Verdict]:
    return {name: verdict(name, text, scenario, gold) for name in asked}


def report_of(all_judged: list[Judged]) -> Report:
    """The report: all criteria together, each criterion, each scenario, and the pairs."""
    pairs = [(name, v.ok) for j in all_judged for name, v in j.verdicts.items()]
    measures: dict[str, Measure] = {
        "criteria met": measure([float(ok) for _, ok in pairs]),
        "criteria met by the form letter": measure(
            [float(v.ok) for j in all_judged for v in j.form.values()]
        ),
        "texts written": measure([float(j.played.text is not None) for j in all_judged]),
    }
    for outcome in ("win", "tie", "loss"):
        measures[f"against the form letter: {outcome}"] = measure(
            [float(j.outcome == outcome) for j in all_judged]
        )
    for criterion in criteria():
        own = [float(ok) for name, ok in pairs if name == criterion.name]
        if own:
            measures[f"criterion {criterion.name}"] = measure(own)
    for j in all_judged:
        share = [float(v.ok) for v in j.verdicts.values()]
        measures[f"scenario {j.scenario.id}"] = measure(share)
    failures = [
        Score(j.scenario.id, 0.0, f"{name}: {v.why}")
        for j in all_judged
        for name, v in j.verdicts.items()
        if not v.ok
    ]
    return Report("scenarios", measures, tuple(failures))
