"""The practice's tables, as Ibis expressions over the Parquet parts that the manifest names.

DuckDB runs in memory, may read nothing but the workspace, and its configuration is locked
before the first query. Money stays Decimal on the way out, dates are datetime.date.
"""

from __future__ import annotations

import hashlib
import threading
from pathlib import Path
from typing import Any

import duckdb
import ibis
import pandas as pd
import pyarrow as pa

from knowledge.payer_names import PayerBook
from knowledge.problems import BadInput
from knowledge.workspace import Workspace
from tools.tables.counting import counted, taken_back
from tools.tables.schema import SCHEMAS

_CONFIG: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "allow_community_extensions": False,
    "python_enable_replacements": False,
    "allow_persistent_secrets": False,
    "memory_limit": "1GB",
    "threads": 2,
    "preserve_insertion_order": False,
}


def locked_database(folder: Path) -> Any:
    """An Ibis backend on a DuckDB in memory that can read and spill in this folder only."""
    spill = folder / "index" / "spill"
    connection = duckdb.connect(config={**_CONFIG, "temp_directory": str(spill)})
    backend = ibis.duckdb.from_connection(connection)
    connection.execute(f"SET allowed_directories=[{_quoted(str(folder))}]")
    connection.execute("SET enable_external_access=false")
    connection.execute("SET lock_configuration=true")
    return backend


class TableStore:
    """Read access to the canonical tables of one workspace; `refresh` after an import."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._lock = threading.RLock()
        self._backend = locked_database(workspace.root)
        self._payers = PayerBook(workspace)
        self._ready: set[str] = set()
        self._filled: dict[str, bool] = {}
        self._checked: set[str] = set()
        self._entries: list[dict[str, Any]] = []
        self.refresh()

    def refresh(self) -> None:
        """See what the manifest names now."""
        with self._lock:
            held = self._workspace.read_json(self._workspace.manifest, {})
            self._entries = list(held.get("sources", ()))
            self._ready.clear()
            self._filled.clear()

    def sources(self, table: str) -> list[dict[str, Any]]:
        """The manifest's entries that feed a table, in the order of import."""
        return [entry for entry in self._entries if table in entry.get("parts", {})]

    def has(self, table: str) -> bool:
        """Whether a table holds at least one row."""
        if not self.sources(table):
            return False
        with self._lock:
            if table not in self._filled:
                first = self._backend.to_pyarrow(self.table(table).limit(1))
                self._filled[table] = bool(first.num_rows)
            return self._filled[table]

    def table(self, name: str) -> ibis.Table:
        """A canonical table over all its parts, typed and empty when there are none.

        `claim_lines` has two more columns, `counts` and `why_not`. Raises KeyError for a
        table that is not canonical, BadInput for a damaged part.
        """
        if name not in SCHEMAS:
            raise KeyError(f"{name} is not one of {', '.join(SCHEMAS)}")
        with self._lock:
            if name not in self._ready:
                self._make_view(name)
                self._ready.add(name)
            return self._backend.table(name)

    def frame(self, expr: Any) -> pd.DataFrame:
        """The rows of an expression; money as Decimal, dates as date, nothing given as None."""
        with self._lock:
            rows: pa.Table = self._backend.to_pyarrow(expr.as_table())
        frame: pd.DataFrame = rows.to_pandas(date_as_object=True, integer_object_nulls=True)
        for column in rows.schema:
            if pa.types.is_string(column.type) or pa.types.is_large_string(column.type):
                texts = rows.column(column.name).to_pylist()
                frame[column.name] = pd.Series(texts, dtype=object, index=frame.index)
        return frame

    def _make_view(self, name: str) -> None:
        execute = self._backend.con.execute
        execute(f"CREATE OR REPLACE TEMP VIEW given_{name} AS {self._given(name)}")
        given = self._backend.table(f"given_{name}")
        if name == "claim_lines":
            found = ibis.to_sql(taken_back(given), dialect="duckdb")
            execute(f"CREATE OR REPLACE TEMP TABLE taken_back AS {found}")
            given = counted(given, self._backend.table("taken_back"))
        execute(f"CREATE OR REPLACE TEMP VIEW {name} AS {ibis.to_sql(given, dialect='duckdb')}")

    def _given(self, name: str) -> str:
        """SQL of the parts put together, with each payer's present canonical name."""
        parts = [self._part(entry["parts"][name]) for entry in self.sources(name)]
        empty = f"empty_{name}"
        self._backend.con.register(empty, SCHEMAS[name].empty_table())
        together = f"SELECT * FROM {empty}"
        if parts:
            listed = ", ".join(_quoted(str(path)) for path in parts)
            together += (
                f" UNION ALL BY NAME SELECT * FROM read_parquet([{listed}], union_by_name=true)"
            )
        columns = SCHEMAS[name].names
        if "payer" not in columns:
            return together
        self._name_payers()
        current = {
            "payer": "coalesce(renamed.canonical, parts.payer) AS payer",
            "line_of_business": "coalesce(parts.line_of_business, business.line_of_business)"
            " AS line_of_business",
        }
        chosen = [current.get(column, f"parts.{column}") for column in columns]
        return (
            f"SELECT {', '.join(chosen)} FROM ({together}) parts"
            " LEFT JOIN renamed_payers renamed ON parts.payer = renamed.spelling"
            " LEFT JOIN payer_business business"
            " ON coalesce(renamed.canonical, parts.payer) = business.payer"
        )

    def _name_payers(self) -> None:
        renamed = self._payers.renamed()
        known = {name: self._payers.line_of_business(name) for name in self._payers.known()}
        con = self._backend.con
        con.register(
            "renamed_payers",
            pa.table(
                {
                    "spelling": pa.array(list(renamed), pa.string()),
                    "canonical": pa.array(list(renamed.values()), pa.string()),
                }
            ),
        )
        con.register(
            "payer_business",
            pa.table(
                {
                    "payer": pa.array(list(known), pa.string()),
                    "line_of_business": pa.array(list(known.values()), pa.string()),
                }
            ),
        )

    def _part(self, part: dict[str, str]) -> Path:
        """The path of a part, its checksum verified once; raises BadInput where it differs."""
        path = self._workspace.root / part["path"]
        if part["sha256"] not in self._checked:
            if not path.is_file() or _sha256(path) != part["sha256"]:
                raise BadInput(
                    where=part["path"],
                    what="this part of the workspace is missing or damaged",
                    do="restore the folder from a backup, or remove its source and ingest it again",
                )
            self._checked.add(part["sha256"])
        return path


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
