"""An input of a model moved under its answer: the same tool again, and the answer anew.

The turn keeps its number and its question; its earlier figures stay in the ledger. The next
question of the thread sees the moved value, for it is remembered as the last call.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from copilot.agent_tools import typed
from copilot.answer import blocks_of
from copilot.results import Answer
from copilot.turn import Turn
from knowledge.problems import BadInput

if TYPE_CHECKING:
    from copilot.core import Copilot


def moved(
    copilot: Copilot, thread: str, turn: int, finding: str, changes: Mapping[str, str]
) -> Answer:
    """The turn's answer with inputs of one of its findings changed.

    finding: its id in the thread. changes: argument -> number as text. Raises BadInput for an
    answer or an input that is not there, and whatever the tool raises.
    """
    turns = copilot.threads.turns(thread)
    if not 1 <= turn <= len(turns):
        raise BadInput("this answer", "it is no longer there", "ask again")
    question, answer = turns[turn - 1]
    made = _Again(copilot, question, thread, turn, answer).with_changes(finding, changes)
    if turn < len(turns):  # the last turn is where the planner looks
        later, kept = turns[-1]
        copilot.threads.keep(
            thread, len(turns), later, kept, copilot.threads.state_at(thread, turn)
        )
    return made


class _Again(Turn):
    """A finished turn, to be finished anew with one finding replaced."""

    def __init__(
        self, copilot: Copilot, question: str, thread: str, turn: int, answer: Answer
    ) -> None:
        super().__init__(copilot, question, thread)
        self._number = self._bench.turn = turn
        self._before = answer
        self._bench.steps[:] = [dict(step) for step in answer.steps]

    def with_changes(self, finding: str, changes: Mapping[str, str]) -> Answer:
        steps = self._bench.steps
        at = next((n for n, step in enumerate(steps) if step.get("finding") == finding
                   and not step.get("inner")), None)  # fmt: skip
        held = self._ledger.finding(finding) if at is not None else None
        known = {each["name"]: each for each in (held or {}).get("details", {}).get("inputs", ())}
        if at is None or held is None or not known:
            raise BadInput("this answer", "it has no inputs to move", "ask again")
        if loose := [name for name in changes if name not in known]:
            raise BadInput(loose[0], "it is no input of this answer", "move one of those shown")
        given = {**held["args"], **changes}
        if "members" in changes:
            given.pop("member_months", None)
        tool = self._copilot.tools[held["tool"]]
        self._bench.run(tool.name, **typed(tool, given))
        steps[at] = steps.pop()
        blocks = blocks_of(self._findings())
        self._note_first(blocks, finding, str(steps[at]["finding"]), known)
        event = self._finished(blocks, None)
        assert event.answer is not None, "a finished turn has its answer"
        said = "; ".join(f"{known[name]['label']} {value}" for name, value in changes.items())
        self._copilot.agent.told(self._thread, f"I moved: {said}.", event.answer.answer)
        return event.answer

    def _note_first(
        self, blocks: list[dict[str, Any]], old: str, new: str, known: Mapping[str, Any]
    ) -> None:
        """Let each block of inputs keep the values its answer began with."""
        kept = {b["finding"]: b.get("first") for b in self._before.blocks if b["kind"] == "inputs"}
        for block in blocks:
            if block["kind"] != "inputs":
                continue
            if block["finding"] == new:
                first = kept.get(old) or {name: each["value"] for name, each in known.items()}
                block["first"] = first
            elif kept.get(block["finding"]):
                block["first"] = kept[block["finding"]]
