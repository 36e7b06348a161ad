"""The tool that says how far each negotiation is, what is missing, and what would settle it."""

from __future__ import annotations

from copilot.desk import Desk
from copilot.readiness import data_checks, paper_checks, talk_checks
from copilot.readiness.all_answer import all_answer
from copilot.readiness.payer_answer import payer_answer
from copilot.readiness.step import Scene
from copilot.tracker.table_of_talks import talks_of
from knowledge.evidence import Finding
from knowledge.problems import NotKnown
from tools.registry import tool

CHECKS = (paper_checks, data_checks, talk_checks)


@tool(
    label="Readiness",
    needs=[],
    asks=[
        "where are we with the payer",
        "how far are we with this insurer",
        "are we ready to negotiate with them",
        "what is missing before we can ask for a raise",
        "what do we still need for the negotiation",
        "which files are missing for this payer",
        "what is the status of the negotiation with them",
        "give me the status on this payer in a few sentences",
        "what is done and what is left to do with the insurer",
        "how ready are we for the talks, payer by payer",
        "checklist of the guide for this payer",
        "bring me up to speed on them",
    ],
    examples=["Where are we with {payer}?", "Are we ready to negotiate with {payer}?"],
)
def readiness(desk: Desk, *, payer: str | None = None) -> Finding:
    """How far the negotiation with a payer is along the guide: stage, last contact, what is
    open, the next day, which steps are done, which are missing and what would settle them.

    Without a payer, all of them in one table.
    """
    talks = talks_of(desk)
    if payer:
        name = desk.practice.payers.resolve(payer).name or payer
        return payer_answer(Scene(talks, desk.ledger, name))
    scenes = [Scene(talks, desk.ledger, each) for each in talks.payers]
    if not scenes:
        raise NotKnown(
            "no payer is known yet",
            do="drop a claims export or a payer's contract, and ask again",
        )
    return payer_answer(scenes[0]) if len(scenes) == 1 else all_answer(scenes)
