"""Canonical tables as expressions over the stored parts: named, typed, each line once.

Apart from store.py, because the packages for it are slow to load and a command that only
takes or refuses a file needs none of them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
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
from tools.tables.engine import Engine, plainly
from tools.tables.from_charges import filled_from_charges
from tools.tables.intact import Intact
from tools.tables.one_line import REMITTANCE, resolved
from tools.tables.schema import SCHEMAS
from tools.tables.superseded import superseded
from tools.tables.told_once import alike_in_short, told_once

LINES, REPEATS = "claim_lines", "line_repeats"
# From so many stored lines on, counted lines are kept on disk.
KEPT_FROM = 200_000


class StoredTables:
    """The tables of one workspace as its manifest names them now, in one engine."""

    def __init__(
        self, workspace: Workspace, engine: Engine, payers: PayerBook, intact: Intact,
        entries: Sequence[Mapping[str, Any]],
    ) -> None:  # fmt: skip
        self._workspace = workspace
        self._engine = engine
        self._payers = payers
        self._intact = intact
        self._entries = entries

    def table(self, name: str) -> ibis.Table:
        """A canonical table over all its parts, typed and empty when there are none."""
        made = self._lines() if name == LINES else self._given(name, (name,))
        return self._engine.view(name, made)

    def filled(self, table: Any) -> bool:
        """Whether a table holds at least one row."""
        return bool(self._engine.rows(table.limit(1)).num_rows)

    def frame(self, expr: Any) -> pd.DataFrame:
        """The rows of an expression; money as Decimal, dates as date, nothing given as None."""
        rows = self._engine.rows(expr)
        frame: pd.DataFrame = rows.to_pandas(date_as_object=True, integer_object_nulls=True)
        for column in rows.schema:
            if pa.types.is_string(column.type) or pa.types.is_large_string(column.type):
                texts = rows.column(column.name).to_pylist()
                frame[column.name] = pd.Series(texts, dtype=object, index=frame.index)
        return frame

    def _lines(self) -> Any:
        """Claim lines, each once, with `counts` and `why_not`; kept where they are many."""
        paths = self._paths((LINES, REPEATS, "charges"))
        if stored_lines(self._entries) < KEPT_FROM:
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
        if self._sources("charges"):
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
        if len(self._sources(LINES)) + len(self._sources(REPEATS)) < 2:
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
            for entry in self._sources(table):
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

    def _sources(self, table: str) -> list[Mapping[str, Any]]:
        return [entry for entry in self._entries if table in entry.get("parts", {})]


def stored_lines(entries: Sequence[Mapping[str, Any]]) -> int:
    """How many claim lines the parts hold, repeats with them."""
    parts = [entry.get("parts", {}) for entry in entries]
    return sum(
        int(held[table].get("entries", 0))
        for held in parts
        for table in (LINES, REPEATS)
        if table in held
    )


def _pairs(first: str, second: str, told: dict[str, Any]) -> pa.Table:
    return pa.table(
        {first: pa.array(told, pa.string()), second: pa.array(told.values(), pa.string())}
    )
