"""One duty of one payer's papers, as a table and a file show it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from knowledge.obligations.duty import Duty
from knowledge.obligations.topics import ORDER
from knowledge.terms.words import line_name


@dataclass(frozen=True)
class Owed:
    """One duty of one payer's papers; short: the payer's short name."""

    payer: str
    short: str
    duty: Duty

    @property
    def who(self) -> str:
        """Whose duty it is, as a table shows it."""
        return {"practice": "You", "payer": self.short, "both": "Both"}[self.duty.who or "both"]

    @property
    def what(self) -> str:
        """The duty in the paper's words, after "must" or "must not"."""
        duty = self.duty
        line = f" ({line_name(duty.line_of_business)})" if duty.line_of_business else ""
        says_no = re.match(r"\w+ (?:no|nothing|none)\b", duty.does)
        done = f"{duty.of} {duty.does}".strip()
        return f"{'must not: ' if duty.forbids and not (duty.of or says_no) else ''}{done}{line}"

    @property
    def section(self) -> str:
        """Where it stands."""
        return self.duty.citation.section or self.duty.citation.label()

    @property
    def when(self) -> str:
        """Its deadline in the paper's words, "" where it has none."""
        return self.duty.due.words if self.duty.due else ""


def place(duty: Duty) -> tuple[int, bool, str, int]:
    """The matters in their order; within one what has a deadline before the rest."""
    timed = duty.due is not None and not duty.forbids
    return ORDER.index(duty.topic), not timed, duty.citation.source, duty.citation.start


def as_data(owed: Owed) -> dict[str, Any]:
    """The duty as plain data, for files and the next tool."""
    duty, cited = owed.duty, owed.duty.citation
    due = duty.due
    return {
        "payer": owed.payer,
        "topic": duty.topic,
        "who": duty.who,
        "does": f"{duty.of} {duty.does}".strip(),
        "forbids": duty.forbids,
        "condition": duty.condition,
        "due": due.words if due else "",
        "due_kind": due.kind if due else "",
        "count": None if due is None or due.count is None else float(due.count),
        "unit": due.unit if due else "",
        "line_of_business": duty.line_of_business,
        "document": cited.source,
        "section": cited.section,
        "page": cited.page,
        "start": cited.start,
        "end": cited.end,
        "quote": cited.quote,
        "citation": cited.id,
    }
