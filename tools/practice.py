"""What every tool is given: one practice's tables, documents, payers, and the day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from knowledge.payer_names import PayerBook
from knowledge.retrieval.library import Library
from knowledge.workspace import Workspace
from tools.tables.store import TableStore


@dataclass(frozen=True)
class Practice:
    """One practice as its tools see it.

    name: the practice's name as drafts show it. today: the day all relative dates refer
    to. locality: the Medicare locality of the shipped tables ("Colorado") by default.
    """

    workspace: Workspace
    tables: TableStore
    library: Library
    payers: PayerBook
    today: date
    name: str
    locality: str = "Colorado"
