"""The tool that says how far each negotiation is, what is missing, and what would settle it."""

from __future__ import annotations

import re

from copilot.desk import Desk
from copilot.readiness import data_checks, paper_checks, talk_checks
from copilot.readiness.all_answer import all_answer
from copilot.readiness.payer_answer import payer_answer
from copilot.readiness.promises_answer import promises_answer
from copilot.readiness.step import Scene
from copilot.tracker.promises_kept import latest_draft
from copilot.tracker.table_of_talks import talks_of
from knowledge.evidence import Finding
from knowledge.problems import MoreNeeded, NotKnown
from tools.registry import tool

_PROMISES = re.compile(
    r"\bpromis\w*\b.{0,60}\b(?:draft|amendment|offer|contract|paper|version|in it|stand|kept|left"
    r" out|missing)|\b(?:draft|amendment|offer|contract"
    r"|version)\b.{0,60}\bpromis", re.IGNORECASE)  # fmt: skip
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
        "which of their promises stand in the new draft",
        "does the amendment say what they promised us on the phone",
    ],
    examples=["Where are we with {payer}?", "Are we ready to negotiate with {payer}?"],
)
def readiness(desk: Desk, *, payer: str | None = None, topic: str | None = None) -> Finding:
    """How far the negotiation with a payer is along the guide: stage, last contact, what is
    open, the next day, which steps are done, which are missing and what would settle them.

    Without a payer, all of them in one table. topic "promises": which of the payer's promises
    stand in its latest draft, and which do not. Raises MoreNeeded for those without a payer.
    """
    talks = talks_of(desk)
    name = (desk.practice.payers.resolve(payer).name or payer) if payer else None
    if "promise" in (topic or "").lower() or _PROMISES.search(desk.question):
        drafts = [p for p in talks.payers if latest_draft(desk.practice, p)]
        if name is None and len(drafts) != 1:
            raise MoreNeeded("promises", "payer", "Whose promises?", tuple(drafts or talks.payers))
        return promises_answer(desk, name or drafts[0])
    if name:
        return payer_answer(Scene(talks, desk.ledger, name))
    scenes = [Scene(talks, desk.ledger, each) for each in talks.payers]
    if not scenes:
        raise NotKnown(
            "no payer is known yet",
            do="drop a claims export or a payer's contract, and ask again",
        )
    return payer_answer(scenes[0]) if len(scenes) == 1 else all_answer(scenes)
