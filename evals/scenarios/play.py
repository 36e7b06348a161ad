"""Playing a scenario: its messages in one thread, each on its day, and the text that comes out."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from copilot.agent_tools import Bench, typed
from copilot.core import Copilot
from copilot.desk import Desk
from copilot.drafts import Draft
from copilot.problems import BadInput, NotKnown
from evals.scenarios.cases import Scenario
from evals.scenarios.letter_text import Text


@dataclass(frozen=True)
class Played:
    """What a scenario gave: its last text, or None with what was answered instead."""

    text: Text | None
    instead: str = ""
    by_call: bool = False


def play(scenario: Scenario, workspace: Path) -> Played:
    """Sends the messages, the copilot opened anew for each day, and takes the last text.

    Where the last message leads to no fitting text, the call that it should have led to is
    made directly, so that writing and understanding are judged apart.
    """
    thread = f"s-{uuid.uuid4().hex[:8]}"
    said: list[str] = []
    before: list[str] = []
    played = Played(None)
    for step in scenario.turns:
        said.append(step.say)
        last = step is scenario.turns[-1]
        with Copilot(workspace, step.on, "evaluation") as copilot:
            copilot.wait_until_warm()
            try:
                answer = copilot.answer(step.say, thread)
            except Exception as broken:  # a text that breaks is a text that did not come
                played = Played(None, f"it broke: {type(broken).__name__}: {broken}")
                continue
            draft = answer.draft
            fits = draft is not None and _fits(draft.kind, draft.payer, scenario)
            if draft is not None and fits:
                played = Played(
                    _text(
                        copilot, scenario, copilot.drafts.latest(draft.id), step.on, said, before,
                        answer.figures, answer.citations, answer.unsupported,
                    )
                )  # fmt: skip
                before.append(draft.body)
            elif last:
                played = _called(copilot, scenario, thread, step.on, said, before, answer.answer)
            else:
                played = Played(None, "an earlier message led to no text")
    return played


def _fits(kind: str, payer: str | None, scenario: Scenario) -> bool:
    same = payer in (scenario.payer, None) or scenario.kind == "briefing"
    return same and kind.replace("-", "_") in scenario.drafts


def _called(
    copilot: Copilot,
    scenario: Scenario,
    thread: str,
    on: date,
    said: list[str],
    before: list[str],
    answered: str,
) -> Played:
    if scenario.tool not in copilot.tools:
        return Played(None, f"there is no {scenario.tool}")
    try:
        key = call(copilot, scenario.tool, scenario.args, thread, said[-1])
    except (BadInput, NotKnown) as problem:
        return Played(None, f"{problem}", by_call=True)
    except Exception as broken:
        return Played(None, f"it broke: {type(broken).__name__}: {broken}", by_call=True)
    if key is None:
        return Played(None, answered, by_call=True)
    draft, ledger = copilot.drafts.latest(key), copilot.ledger(thread)
    fitting = _fits(draft.kind, draft.payer, scenario)
    if not fitting and draft.kind != scenario.kind:
        return Played(None, f"the call gives a {draft.kind}", by_call=True)
    text = _text(
        copilot, scenario, draft, on, said, before, ledger.figures(), ledger.citations(),
        list(copilot.check_draft(draft).unsupported), routed=False,
    )  # fmt: skip
    return Played(text, by_call=True)


def call(
    copilot: Copilot, name: str, args: Mapping[str, Any], thread: str, question: str
) -> str | None:
    """Runs one tool on a thread, as a turn would; gives the id of the draft it made, if any."""
    ledger = copilot.ledger(thread)

    def desk(bench: Bench) -> Desk:
        return Desk(
            practice=copilot.practice,
            ledger=ledger,
            drafts=copilot.drafts,
            settings=copilot.settings,
            thread=thread,
            question=question,
            state=copilot.threads.state(thread),
            run=lambda inner, **given: bench.run(inner, inner=True, **given),
        )

    bench = Bench(copilot.tools, copilot.practice, ledger, copilot.threads.turn(thread), desk)
    given = {k: Decimal(str(v)) if isinstance(v, (int, float)) else v for k, v in args.items()}
    finding = bench.run(name, **typed(copilot.tools[name], given))
    key = finding.details.get("draft")
    return str(key) if key else None


def _text(
    copilot: Copilot,
    scenario: Scenario,
    draft: Draft,
    on: date,
    said: list[str],
    before: list[str],
    figures: list[dict[str, Any]],
    citations: list[dict[str, Any]],
    unsupported: list[str],
    routed: bool = True,
) -> Text:
    shown = copilot.draft_out(draft)
    return Text(
        kind=scenario.kind,
        subject=shown.subject,
        body=shown.body,
        today=on,
        payer=draft.payer,
        said=tuple(said),
        figures=tuple(figures),
        citations=tuple(citations),
        unsupported=tuple(unsupported),
        pieces=len(draft.plan) or None,
        before=tuple(before),
        routed=routed,
        profile=tuple(str(v) for v in copilot.settings.profile.model_dump().values() if v),
        papers=tuple(
            copilot.stored_text_of(s["file"])
            for s in copilot.sources()
            if s.get("document") and s["payer"] == draft.payer
        ),
    )
