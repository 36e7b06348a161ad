"""The steps of a negotiation by the guide, and the room in which each is checked."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from importlib.resources import files
from typing import Any

from copilot.ledger import Ledger
from copilot.tracker.due import Due, due_items
from copilot.tracker.entries import Entry
from copilot.tracker.stages import Stage, stage_of
from copilot.tracker.table_of_talks import Talks
from knowledge.documents.document import Document
from knowledge.evidence import Citation, Sentence
from knowledge.guide_entries import entry
from tools.lines.claim_totals import records
from tools.strategy.contract_days import Days, contract_days

IN_FORCE = ("contract", "amendment")


@dataclass(frozen=True)
class Step:
    """One step: its check's name, the guide's number, what it is; the file or call and the
    question to the copilot that would settle it; first: before others among what is missing."""

    name: str
    guide: str
    step: str
    settle: str = ""
    ask: str = ""
    first: bool = False

    def cited(self) -> Citation:
        """The guide's entry, by its opening words."""
        found = entry(self.guide)
        quote = found.text[:400].split("\n")[0]
        stop = quote.find(". ", 40)
        quote = quote[: stop + 1] if stop > 0 else quote
        return Citation(found.source, found.section, None, found.start,
                        found.start + len(quote), quote)  # fmt: skip


@dataclass(frozen=True)
class Found:
    """What a check found: done, not done, or (None) not asked of this payer; and in words."""

    done: bool | None
    words: Sentence


@dataclass(frozen=True)
class Scene:
    """One payer as the checks see it; what several of them need is looked up once."""

    talks: Talks
    ledger: Ledger
    payer: str

    @property
    def short(self) -> str:
        """The payer's name as people say it."""
        return self.talks.short(self.payer)

    @property
    def today(self) -> date:
        """The day it is."""
        return self.talks.today

    @cached_property
    def documents(self) -> tuple[Document, ...]:
        """All papers of the payer."""
        return self.talks.practice.library.documents(self.payer)

    @cached_property
    def contract(self) -> tuple[Document, ...]:
        """The contract and its amendments."""
        return tuple(d for d in self.documents if d.kind in IN_FORCE)

    @cached_property
    def days(self) -> Days | None:
        """The days that the contract gives; None without one."""
        if not self.contract:
            return None
        return contract_days(self.talks.practice, self.payer, self.contract)

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """The log's entries of the payer, oldest first."""
        return self.talks.of(self.payer)

    @cached_property
    def stage(self) -> Stage:
        """Where the negotiation stands."""
        return stage_of(self.talks, self.payer)

    @cached_property
    def due(self) -> list[Due]:
        """What is due with the payer, the first day first."""
        return due_items(self.talks, [self.payer])

    def rows(self, table: str, of_payer: bool = True) -> int:
        """How many rows a table holds, of this payer or (where it names none) of all."""
        tables = self.talks.practice.tables
        if not tables.has(table):
            return 0
        held = tables.table(table)
        if of_payer:
            held = held.filter(held.payer == self.payer)
        return int(records(self.talks.practice, held.aggregate(n=held.count()))[0]["n"])

    def months(self) -> int:
        """How many calendar months have a service of this payer in the claims."""
        tables = self.talks.practice.tables
        if not tables.has("claim_lines"):
            return 0
        held = tables.table("claim_lines")
        held = held.filter(held.payer == self.payer)
        month = held.service_date.year() * 12 + held.service_date.month()
        return int(records(self.talks.practice, held.aggregate(n=month.nunique()))[0]["n"])

    def was_run(self, tool: str) -> bool:
        """Whether a tool was run for this payer in any conversation of the workspace."""
        return any(
            not told.get("problem")
            and self.payer in (told.get("payer"), *(told.get("payers") or ()))
            for told in self.ledger.used(tool)
        )


Check = Callable[[Scene], Found]
_CHECKS: dict[str, Check] = {}


def check(name: str) -> Callable[[Check], Check]:
    """Register the function that decides the step of this name."""

    def register(function: Check) -> Check:
        _CHECKS[name] = function
        return function

    return register


@cache
def steps() -> tuple[Step, ...]:
    """All steps, in the order of the file."""
    text = files("copilot.readiness").joinpath("steps.toml").read_text(encoding="utf-8")
    held: dict[str, Any] = tomllib.loads(text)
    return tuple(Step(name, **row) for name, row in held.items())


def checked(scene: Scene) -> list[tuple[Step, Found]]:
    """Every step that applies to a payer, with what was found."""
    made = [(step, _CHECKS[step.name](scene)) for step in steps()]
    return [(step, found) for step, found in made if found.done is not None]
