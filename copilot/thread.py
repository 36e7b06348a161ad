"""Conversations: their turns, what the planner must remember of them, and their list."""

from __future__ import annotations

import json
import re
import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from copilot.ledger import Store, jsonable
from copilot.results import Answer
from knowledge.problems import BadInput

EMPTY_STATE: dict[str, Any] = {"calls": [], "clarify": None, "draft": None, "payers": []}
_NAME = re.compile(r"^[\w.-]{1,80}$")


@dataclass(frozen=True)
class ThreadLine:
    """One conversation in the list: its id, first question and last day of use."""

    id: str
    title: str
    at: str


def new_thread() -> str:
    """A fresh thread id."""
    return "t" + uuid.uuid4().hex[:12]


def checked_thread(name: str) -> str:
    """The name, if it can be a thread's id; raises BadInput otherwise."""
    if not _NAME.match(name):
        raise BadInput("thread", "this cannot be a thread's name", "use letters, digits, . _ and -")
    return name


class Threads:
    """All threads of one workspace."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def state(self, thread: str) -> dict[str, Any]:
        """What the planner knows of a thread; see copilot.planner for its keys."""
        rows = self._store.rows(
            "select state from turns where thread = ? order by turn desc limit 1", thread
        )
        kept: dict[str, Any] = json.loads(rows[0]["state"]) if rows else {}
        return {**EMPTY_STATE, **kept}

    def state_at(self, thread: str, turn: int) -> dict[str, Any]:
        """What was known at the end of one turn."""
        rows = self._store.rows(
            "select state from turns where thread = ? and turn = ?", thread, turn
        )
        return {**EMPTY_STATE, **(json.loads(rows[0]["state"]) if rows else {})}

    def turn(self, thread: str) -> int:
        """The number of the next turn, from 1."""
        rows = self._store.rows("select max(turn) n from turns where thread = ?", thread)
        return int(rows[0]["n"] or 0) + 1

    def keep(
        self, thread: str, turn: int, question: str, answer: Answer, state: dict[str, Any]
    ) -> None:
        """Keep a finished turn."""
        self._store.write(
            [
                (
                    "insert or replace into turns values (?, ?, ?, ?, ?, ?)",
                    (
                        thread,
                        turn,
                        question,
                        answer.model_dump_json(),
                        json.dumps(state, default=jsonable),
                        datetime.now().isoformat(timespec="seconds"),
                    ),
                )
            ]
        )

    def turns(self, thread: str) -> list[tuple[str, Answer]]:
        """The questions and answers of a thread in order."""
        return [
            (row["question"], Answer.model_validate_json(row["answer"]))
            for row in self._store.rows(
                "select question, answer from turns where thread = ? order by turn", thread
            )
        ]

    def listed(self) -> list[ThreadLine]:
        """All conversations, the latest first."""
        rows = self._store.rows(
            "select thread, max(at) at, (select question from turns f where f.thread = t.thread"
            " order by turn limit 1) title from turns t group by thread order by at desc"
        )
        return [ThreadLine(row["thread"], row["title"], row["at"]) for row in rows]

    def forget(self, thread: str) -> None:
        """Take a thread's turns and evidence out."""
        self._store.write(
            [
                (f"delete from {table} where thread = ?", (thread,))
                for table in ("turns", "findings", "figures", "citations")
            ]
        )
