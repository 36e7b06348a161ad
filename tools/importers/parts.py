"""From the rows of one file to the Parquet part of a table: payers named, repeats left out.

DuckDB does it over files, so that memory stays bounded whatever the number of rows.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from tools.importers.payer_column import Settled
from tools.importers.repeated import EarlierPart, repeats
from tools.importers.settled_rows import quoted, settle_names, settled_rows, told
from tools.tables.schema import SCHEMAS

__all__ = [
    "EarlierPart", "RawRows", "database", "quoted", "repeats", "spellings", "write_part",
    "write_repeats",
]  # fmt: skip

MEMORY = "400MB"
_HELD = 20_000
_OWN = (
    ("place", pa.int64()),
    ("row_hash", pa.string()),
    ("payer_as_given", pa.string()),
    ("everyone", pa.bool_()),
)


class RawRows:
    """The entries of one table as they are read, in a Parquet file of their own."""

    def __init__(self, table: str, path: Path) -> None:
        self.table, self.path = table, path
        base = SCHEMAS[table]
        added = [pa.field(*each) for each in _OWN if each[0] not in base.names]
        self._schema = pa.schema([*base, *added])
        self._writer = pq.ParquetWriter(path, self._schema, compression="zstd")
        self._rows: list[dict[str, Any]] = []
        self.count = 0

    def add(self, entry: dict[str, Any]) -> None:
        """Take one entry; flushed to disk by the thousands."""
        entry["place"] = self.count
        self.count += 1
        self._rows.append(entry)
        if len(self._rows) >= _HELD:
            self._flush()

    def close(self) -> None:
        """Write what is left."""
        self._flush()
        self._writer.close()

    def _flush(self) -> None:
        if self._rows:
            self._writer.write_table(pa.Table.from_pylist(self._rows, self._schema))
            self._rows = []


def database(workspace: Path, spill: Path) -> duckdb.DuckDBPyConnection:
    """A DuckDB in memory that may touch the workspace only."""
    connection = duckdb.connect(
        config={
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
            "allow_community_extensions": False,
            "python_enable_replacements": False,
            "memory_limit": MEMORY,
            "threads": 2,
            "temp_directory": str(spill),
        }
    )
    connection.execute(f"SET allowed_directories=[{quoted(workspace)}]")
    connection.execute("SET enable_external_access=false")
    connection.execute("SET lock_configuration=true")
    return connection


def spellings(con: duckdb.DuckDBPyConnection, raw: Path) -> dict[str, int]:
    """Each spelling of a payer in the raw rows, with how often it stands."""
    found = con.execute(
        f"SELECT payer_as_given, count(*) FROM read_parquet({quoted(raw)})"
        " WHERE payer_as_given IS NOT NULL GROUP BY 1"
    ).fetchall()
    return dict(found)


def write_part(
    con: duckdb.DuckDBPyConnection,
    table: str,
    raw: Path,
    part: Path,
    settled: Mapping[str, Settled],
    file_payer: str | None,
) -> tuple[int, int]:
    """Write the table's part without its repeated rows; how many rows of the file, and entries.

    A payer cell that was settled names its payer; a blank one takes the file's.
    """
    settle_names(con, settled)
    con.execute(
        f"COPY (SELECT {told(table)} {settled_rows(raw, file_payer)}"
        " ANTI JOIN repeated ON raw.source_row = repeated.source_row"
        " AND raw.source_sheet IS NOT DISTINCT FROM repeated.source_sheet)"
        f" TO {quoted(part)} (FORMAT parquet, COMPRESSION zstd)"
    )
    counted = con.execute(
        "SELECT count(*), sum(entries) FROM (SELECT count(*) AS entries"
        f" FROM read_parquet({quoted(part)}) GROUP BY source_sheet, source_row)"
    ).fetchone()
    assert counted is not None
    return counted[0], int(counted[1] or 0)


def write_repeats(
    con: duckdb.DuckDBPyConnection,
    raw: Path,
    part: Path,
    settled: Mapping[str, Settled],
    file_payer: str | None,
) -> int:
    """Write the rows that tell a line already there in another layout; how many.

    They are no lines of their own, but say what the line's first source leaves open.
    """
    settle_names(con, settled)
    con.execute(
        f"COPY (SELECT {told('claim_lines')} {settled_rows(raw, file_payer)}"
        " SEMI JOIN (SELECT * FROM repeated WHERE likewise) again"
        " ON raw.source_row = again.source_row"
        " AND raw.source_sheet IS NOT DISTINCT FROM again.source_sheet)"
        f" TO {quoted(part)} (FORMAT parquet, COMPRESSION zstd)"
    )
    counted = con.execute(f"SELECT count(*) FROM read_parquet({quoted(part)})").fetchone()
    assert counted is not None
    return int(counted[0])
