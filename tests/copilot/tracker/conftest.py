"""A practice without claims that knows three invented payers, and a desk to talk at."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from copilot.core import Copilot
from copilot.desk import Desk
from copilot.tracker.log import Log
from copilot.tracker.table_of_talks import Talks, talks_in
from knowledge.evidence import Finding, plain

TODAY = date(2026, 11, 24)  # a Tuesday; Thanksgiving is on the 26th
PAYERS = ("Kestrel National Health", "Granite Peak Health Plan", "Tarn Lake Insurance")


class Room:
    """One practice's tracker on a day that can be moved on."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.copilot = Copilot(folder, TODAY)
        for payer in PAYERS:
            self.copilot.name_payer(payer)

    def on(self, day: date) -> None:
        """Close the workspace and open it again on another day."""
        self.copilot.close()
        self.copilot = Copilot(self._folder, day)

    @property
    def log(self) -> Log:
        return Log(self.copilot.workspace)

    @property
    def talks(self) -> Talks:
        return talks_in(self.copilot)

    def desk(self, question: str) -> Desk:
        copilot = self.copilot
        return Desk(
            practice=copilot.practice,
            ledger=copilot.ledger("t1"),
            drafts=copilot.drafts,
            settings=copilot.settings,
            thread="t1",
            question=question,
            state={},
            run=lambda name, **args: copilot.tools[name].function(copilot.practice, **args),
        )

    def ask(self, tool: str, question: str, payer: str | None = None) -> Finding:
        """A tool's finding on a message, kept in the thread as a turn keeps it."""
        finding = self.copilot.tools[tool].function(self.desk(question), payer=payer)
        self.copilot.ledger("t1").add(finding, tool, {}, 1)
        return finding

    def tell(self, words: str) -> None:
        """Log a message and confirm all of it."""
        for key in self.ask("log_interaction", words).details["pending"]:
            self.log.confirm(key)


def read(finding: Finding) -> str:
    """The finding as a reader sees it."""
    said = (finding.headline, *finding.sentences, *finding.caveats)
    return " ".join(plain(each.text) for each in said)


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    made = Room(tmp_path / "practice")
    yield made
    made.copilot.close()


@pytest.fixture
def reading() -> Callable[[Finding], str]:
    return read
