"""Where the tables' expressions run: DuckDB inside this process, or a Spark cluster.

Both read the same Parquet parts and run the same Ibis expressions. DuckDB may read nothing
but the workspace, and its configuration is locked before the first query. Spark is the
cluster that the user names in the settings; it must see the workspace's folder under the
same path.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol

import duckdb
import ibis
import pyarrow as pa

from knowledge.problems import BadInput

# DuckDB's own share; the process around it takes some 300 MB more.
MEMORY = "500MB"
_CONFIG: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "allow_community_extensions": False,
    "python_enable_replacements": False,
    "allow_persistent_secrets": False,
    "memory_limit": MEMORY,
    "threads": 2,
    "preserve_insertion_order": False,
}


class Engine(Protocol):
    """What the table store asks of an engine; a table is an Ibis table of its backend."""

    @property
    def suffix(self) -> str:
        """How the names of the tables that it writes end."""
        ...

    def parts(self, paths: Sequence[Path]) -> Any:
        """The rows of Parquet parts put together by column name."""
        ...

    def small(self, name: str, rows: pa.Table) -> Any:
        """A small table given from here."""
        ...

    def kept(self, name: str, expr: Any) -> Any:
        """The rows of an expression, worked out once and held for this process."""
        ...

    def view(self, name: str, expr: Any) -> Any:
        """An expression under a name, worked out each time it is asked."""
        ...

    def write(self, expr: Any, path: Path) -> None:
        """Write the rows of an expression as Parquet."""
        ...

    def rows(self, expr: Any) -> pa.Table:
        """The rows of an expression in Arrow form."""
        ...

    def short(self, *columns: Any) -> Any:
        """One short value that stands for several: equal where they are equal, and but for
        the rarest chance only there."""
        ...


def engine_for(setting: str, folder: Path) -> Engine:
    """The engine that a setting names: "duckdb", "spark://..." or "sc://..."."""
    if setting == "duckdb":
        return DuckEngine(folder)
    if setting.startswith(("spark://", "sc://")):
        from tools.tables.spark import SparkEngine

        return SparkEngine(setting)
    raise BadInput(
        "setting engine",
        f"“{setting}” is no engine",
        "use duckdb, or the address of a Spark cluster: spark://HOST:PORT, or sc://HOST:PORT for"
        " Spark Connect, or spark://local for Spark on this machine",
    )


def plainly(*columns: Any) -> Any:
    """The values as one text, "-" for none given: nothing shorter, and never by chance."""
    texts = [ibis.coalesce(column.cast("string"), "-") for column in columns]
    whole = texts[0]
    for each in texts[1:]:
        whole = whole + " " + each
    return whole


def locked_database(folder: Path) -> Any:
    """An Ibis backend on a DuckDB in memory that can read and spill in this folder only."""
    spill = folder / "index" / "spill"
    connection = duckdb.connect(config={**_CONFIG, "temp_directory": str(spill)})
    backend = ibis.duckdb.from_connection(connection)
    connection.execute(f"SET allowed_directories=[{_quoted(str(folder))}]")
    connection.execute("SET enable_external_access=false")
    connection.execute("SET lock_configuration=true")
    return backend


class DuckEngine:
    """DuckDB in memory, two threads, spilling into the workspace."""

    suffix = ".parquet"

    def __init__(self, folder: Path) -> None:
        self._backend = locked_database(folder)
        self._given = 0

    def parts(self, paths: Sequence[Path]) -> Any:
        """The rows of Parquet parts put together by column name."""
        listed = ", ".join(_quoted(str(path)) for path in paths)
        self._given += 1
        name = f"given_{self._given}"
        self._backend.con.execute(
            f"CREATE TEMP VIEW {name} AS SELECT * FROM read_parquet([{listed}], union_by_name=true)"
        )
        return self._backend.table(name)

    def small(self, name: str, rows: pa.Table) -> Any:
        """A small table given from here."""
        self._backend.con.register(name, rows)
        return self._backend.table(name)

    def kept(self, name: str, expr: Any) -> Any:
        """A table in memory (or spilled) of the expression's rows."""
        self._backend.con.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS {self._sql(expr)}")
        return self._backend.table(name)

    def view(self, name: str, expr: Any) -> Any:
        """A view of the expression."""
        self._backend.con.execute(f"CREATE OR REPLACE TEMP VIEW {name} AS {self._sql(expr)}")
        return self._backend.table(name)

    def write(self, expr: Any, path: Path) -> None:
        """One Parquet file, safe on disk."""
        self._backend.con.execute(
            f"COPY ({self._sql(expr)}) TO {_quoted(str(path))} (FORMAT parquet, COMPRESSION zstd)"
        )
        with path.open("rb") as file:
            os.fsync(file.fileno())

    def rows(self, expr: Any) -> pa.Table:
        """The rows of an expression in Arrow form."""
        return self._backend.to_pyarrow(expr.as_table())

    def short(self, *columns: Any) -> Any:
        """A hash of 64 bits, which whoever keeps it checks for chance."""
        first, *others = (column.hash() for column in columns)
        for each in others:
            first = first ^ each
        return first

    def _sql(self, expr: Any) -> str:
        return str(ibis.to_sql(expr, dialect="duckdb"))


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
