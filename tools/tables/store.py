"""The practice's tables, as Ibis expressions over the Parquet parts that the manifest names.

They run in DuckDB or on Spark (tools/tables/engine.py). Money stays Decimal on the way out,
dates are datetime.date. Claim lines known from several sources are one line each
(one_line.py) and say whether they count (counting.py); a large practice's are worked out once
after an import and kept (derived.py), a small one's each time a process first asks.
"""

from __future__ import annotations

import threading
from functools import cached_property
from typing import TYPE_CHECKING, Any

from knowledge.payer_names import PayerBook
from knowledge.workspace import Workspace
from tools.tables.intact import Intact
from tools.tables.schema import SCHEMAS

if TYPE_CHECKING:
    import ibis
    import pandas as pd

    from tools.tables.engine import Engine
    from tools.tables.stored_tables import StoredTables

_REMEMBERED, _REMEMBERED_ROWS = 64, 2_000


class TableStore:
    """Read access to the canonical tables of one workspace; `refresh` after an import.

    engine: "duckdb", or the address of a Spark cluster.
    """

    def __init__(self, workspace: Workspace, engine: str = "duckdb") -> None:
        self._workspace = workspace
        self._setting = engine
        self._lock = threading.RLock()
        self._payers = PayerBook(workspace)
        self._intact = Intact(workspace)
        self._tables: dict[str, Any] = {}
        self._filled: dict[str, bool] = {}
        self._answers: dict[Any, pd.DataFrame] = {}
        self._entries: list[dict[str, Any]] = []
        self.refresh()

    @cached_property
    def _engine(self) -> Engine:
        from tools.tables.engine import engine_for

        return engine_for(self._setting, self._workspace.root)

    def _stored(self) -> StoredTables:
        from tools.tables.stored_tables import StoredTables

        return StoredTables(
            self._workspace, self._engine, self._payers, self._intact, self._entries
        )

    def refresh(self) -> None:
        """See what the manifest names now."""
        with self._lock:
            held = self._workspace.read_json(self._workspace.manifest, {})
            self._entries = list(held.get("sources", ()))
            self._tables.clear()
            self._filled.clear()
            self._answers.clear()

    def prepare(self) -> None:
        """Work out what answers of a large practice need, so that the first need not wait."""
        from tools.tables.stored_tables import KEPT_FROM, LINES, stored_lines

        if stored_lines(self._entries) >= KEPT_FROM:
            self.table(LINES)

    def sources(self, table: str) -> list[dict[str, Any]]:
        """The manifest's entries that feed a table, in the order of import."""
        return [entry for entry in self._entries if table in entry.get("parts", {})]

    def has(self, table: str) -> bool:
        """Whether a table holds at least one row."""
        if not self.sources(table):
            return False
        with self._lock:
            if table not in self._filled:
                self._filled[table] = self._stored().filled(self.table(table))
            return self._filled[table]

    def table(self, name: str) -> ibis.Table:
        """A canonical table over all its parts, typed and empty when there are none.

        `claim_lines` has five more columns: `counts`, `why_not` and those of told_once.py.
        Raises KeyError for a table that is not canonical, BadInput for a damaged part.
        """
        if name not in SCHEMAS:
            raise KeyError(f"{name} is not one of {', '.join(SCHEMAS)}")
        with self._lock:
            if name not in self._tables:
                self._tables[name] = self._stored().table(name)
            return self._tables[name]

    def frame(self, expr: Any) -> pd.DataFrame:
        """The rows of an expression; money as Decimal, dates as date, nothing given as None.

        A question asked again before the next import is answered from memory.
        """
        asked = expr.as_table().op()
        with self._lock:
            if asked in self._answers:
                return self._answers[asked].copy()
            frame = self._stored().frame(expr)
            if len(frame) <= _REMEMBERED_ROWS:
                if len(self._answers) >= _REMEMBERED:
                    self._answers.pop(next(iter(self._answers)))
                self._answers[asked] = frame.copy()
        return frame
