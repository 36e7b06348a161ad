"""The practice's tables, as Ibis expressions over the Parquet parts that the manifest names.

They run in DuckDB or on Spark (tools/tables/engine.py). Money stays Decimal on the way out,
dates are datetime.date. Claim lines known from several sources are one line each
(one_line.py) and say whether they count (counting.py); a large practice's are worked out once
after an import and kept (derived.py), a small one's each time a process first asks.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import ibis
import pandas as pd
import pyarrow as pa

from knowledge.payer_names import PayerBook
from knowledge.problems import BadInput
from knowledge.workspace import Workspace
from tools.tables.counting import counted, taken_back
from tools.tables.derived import DerivedLines
from tools.tables.engine import Engine, engine_for, plainly
from tools.tables.from_charges import filled_from_charges
from tools.tables.intact import Intact
from tools.tables.one_line import REMITTANCE, resolved
from tools.tables.schema import SCHEMAS
from tools.tables.superseded import superseded
from tools.tables.told_once import alike_in_short, told_once

LINES, REPEATS = "claim_lines", "line_repeats"
# From so many stored lines on, counted lines are kept on disk.
KEPT_FROM = 200_000
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
        return engine_for(self._setting, self._workspace.root)

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
        if self._stored_lines() >= KEPT_FROM:
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
                first = self._engine.rows(self.table(table).limit(1))
                self._filled[table] = bool(first.num_rows)
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
                made = self._lines() if name == LINES else self._given(name, (name,))
                self._tables[name] = self._engine.view(name, made)
            return self._tables[name]

    def frame(self, expr: Any) -> pd.DataFrame:
        """The rows of an expression; money as Decimal, dates as date, nothing given as None.

        A question asked again before the next import is answered from memory.
        """
        asked = expr.as_table().op()
        with self._lock:
            if asked in self._answers:
                return self._answers[asked].copy()
            rows = self._engine.rows(expr)
            frame: pd.DataFrame = rows.to_pandas(date_as_object=True, integer_object_nulls=True)
            for column in rows.schema:
                if pa.types.is_string(column.type) or pa.types.is_large_string(column.type):
                    texts = rows.column(column.name).to_pylist()
                    frame[column.name] = pd.Series(texts, dtype=object, index=frame.index)
            if len(frame) <= _REMEMBERED_ROWS:
                if len(self._answers) >= _REMEMBERED:
                    self._answers.pop(next(iter(self._answers)))
                self._answers[asked] = frame.copy()
        return frame

    def _stored_lines(self) -> int:
        parts = [entry.get("parts", {}) for entry in self._entries]
        return sum(
            int(held[table].get("entries", 0))
            for held in parts
            for table in (LINES, REPEATS)
            if table in held
        )

    def _lines(self) -> Any:
        """Claim lines, each once, with `counts` and `why_not`; kept where they are many."""
        paths = self._paths((LINES, REPEATS, "charges"))
        if self._stored_lines() < KEPT_FROM:
            lines = self._engine.kept("counted_lines", self._counted())
            return self._told(lines, lambda told: self._engine.kept("told_lines", told))
        derived = DerivedLines(self._workspace, self._engine, self._intact)
        name = derived.name_of(
            {
                "parts": sorted(paths.values()),
                "layouts": sorted(self._layout_by_source().items()),
                "payers": sorted(self._payers.renamed().items()),
                "business": sorted((n, b or "") for n, b in self._business().items()),
            }
        )
        found = derived.table(name)
        if found is not None:
            return found
        return self._told(self._counted(), lambda told: derived.keep(name, told))

    def _told(self, lines: Any, keep: Callable[[Any], Any]) -> Any:
        """The lines kept with what is told once of them, in short unless chance spoils it."""
        kept = keep(told_once(lines, self._engine.short))
        if self._engine.rows(alike_in_short(kept)).to_pylist() != [{"visits": 0, "patients": 0}]:
            kept = keep(told_once(lines, plainly))
        return kept

    def _counted(self) -> Any:
        lines = self._given(LINES, (LINES, REPEATS))
        marked = self._with_layout(lines)
        layouts = self._layouts(marked)
        if len(layouts) > 1:
            lines = resolved(marked, layouts, self._engine.kept)
        if self.sources("charges"):
            lines = filled_from_charges(lines, self._given("charges", ("charges",)))
        return counted(lines, self._engine.kept("taken_back", taken_back(lines)))

    def _layout_by_source(self) -> dict[str, str]:
        return {e["id"]: " ".join(sorted(e.get("signatures") or ())) for e in self._entries}

    def _with_layout(self, lines: Any) -> Any:
        told = self._layout_by_source()
        named = self._engine.small(
            "layouts",
            pa.table({"of": pa.array(told, pa.string()),
                      "layout": pa.array(told.values(), pa.string())}),
        )  # fmt: skip
        joined = lines.left_join(named, lines.source_id == named.of)
        remitted = joined.source_format.fill_null("") == "835"
        layout = ibis.ifelse(remitted, REMITTANCE, joined.layout.fill_null(""))
        return joined.mutate(layout=layout).select(*lines.columns, "layout")

    def _layouts(self, marked: Any) -> Sequence[str]:
        if len(self.sources(LINES)) + len(self.sources(REPEATS)) < 2:
            return ()
        found = self._engine.rows(marked.select("layout").distinct())
        return sorted(found.column("layout").to_pylist())

    def _given(self, name: str, stored: Sequence[str]) -> Any:
        """The stored parts put together, typed, with each payer's present canonical name."""
        paths = [Path(path) for path in self._paths(stored)]
        schema = SCHEMAS[name]
        rows = (
            self._engine.parts(paths)
            if paths
            else self._engine.small(f"empty_{name}", schema.empty_table())
        )
        types = ibis.Schema.from_pyarrow(schema)
        rows = rows.select(
            **{
                column: rows[column].cast(kind) if column in rows.columns else ibis.null(kind)
                for column, kind in types.items()
            }
        )
        if name == "charges":
            rows = superseded(rows)
        return self._named(rows) if "payer" in schema.names else rows

    def _named(self, rows: Any) -> Any:
        """The rows with each payer's present name, and its line of business where none is told."""
        renamed, business = self._payers.renamed(), self._business()
        columns = rows.columns
        if renamed:
            other = self._engine.small("renamed_payers", _pairs("spelling", "canonical", renamed))
            # A row whose payer stayed open is named when the user has settled its spelling.
            spelled = (
                ibis.coalesce(rows.payer, rows.payer_as_given)
                if "payer_as_given" in columns
                else rows.payer
            )
            joined = rows.left_join(other, spelled == other.spelling)
            rows = joined.mutate(payer=ibis.coalesce(joined.canonical, joined.payer))
        if "line_of_business" in columns and business:
            told = self._engine.small("payer_business", _pairs("of", "told", business))
            joined = rows.left_join(told, rows.payer == told.of)
            rows = joined.mutate(
                line_of_business=ibis.coalesce(joined.line_of_business, joined.told)
            )
        return rows.select(*columns)

    def _business(self) -> dict[str, str | None]:
        return {name: self._payers.line_of_business(name) for name in self._payers.known()}

    def _paths(self, stored: Sequence[str]) -> dict[str, str]:
        """Path -> hash of the parts of these tables; raises BadInput for a damaged one."""
        found: dict[str, str] = {}
        for table in stored:
            for entry in self.sources(table):
                part = entry["parts"][table]
                path = self._workspace.root / part["path"]
                if not self._intact.holds(path, part["sha256"]):
                    raise BadInput(
                        where=part["path"],
                        what="this part of the workspace is missing or damaged",
                        do="restore the folder from a backup, or remove its source and ingest it"
                        " again",
                    )
                found[str(path)] = part["sha256"]
        return found


def _pairs(first: str, second: str, told: dict[str, Any]) -> pa.Table:
    return pa.table(
        {first: pa.array(told, pa.string()), second: pa.array(told.values(), pa.string())}
    )
