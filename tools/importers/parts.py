"""From the rows of one file to the Parquet part of a table: payers named, repeats refused.

DuckDB does both over files, so that memory stays bounded whatever the number of rows.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from tools.importers.payer_column import Settled
from tools.tables.schema import SCHEMAS

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
            "memory_limit": "1GB",
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


@dataclass(frozen=True)
class EarlierPart:
    """A part of the same table that is already in: its path, its file's name, and whether
    that file names its columns as this one does."""

    path: Path
    file: str
    same_layout: bool


def repeats(
    con: duckdb.DuckDBPyConnection, table: str, raw: Path, earlier: Sequence[EarlierPart]
) -> list[dict[str, Any]]:
    """Rows that repeat an earlier row of this file or of the earlier parts, as refusals.

    The rows stay listed in the table `repeated` of the connection for `write_part`.
    """
    con.execute(
        f"""CREATE TEMP TABLE given AS
        SELECT row_hash, source_sheet, source_row, min(place) AS place
        FROM read_parquet({quoted(raw)}) GROUP BY ALL"""
    )
    con.execute(
        """CREATE TEMP TABLE firsts AS SELECT row_hash, min(place) AS place,
        arg_min(source_row, place) AS source_row, arg_min(source_sheet, place) AS source_sheet
        FROM given GROUP BY row_hash"""
    )
    con.execute("CREATE TEMP TABLE known (place BIGINT, source_row BIGINT, file VARCHAR)")
    for part in earlier:
        con.execute(
            f"""INSERT INTO known SELECT given.place, min(old.source_row), ?
            FROM read_parquet({quoted(part.path)}) old JOIN given USING (row_hash)
            GROUP BY given.place""",
            [part.file],
        )
        if table == "claim_lines" and not part.same_layout:
            con.execute(_same_line(raw, part.path), [part.file])
    con.execute(
        """CREATE TEMP TABLE repeated AS
        SELECT given.source_sheet, given.source_row, given.place,
          coalesce(min(known.source_row), min(firsts.source_row)) AS first_row,
          min(known.file) AS file, min(firsts.source_sheet) AS first_sheet
        FROM given JOIN firsts USING (row_hash) LEFT JOIN known ON known.place = given.place
        WHERE known.place IS NOT NULL OR firsts.place <> given.place
        GROUP BY ALL"""
    )
    found = con.execute(
        "SELECT source_sheet, source_row, first_row, file, first_sheet FROM repeated ORDER BY place"
    ).fetchall()
    refused = []
    for sheet, row, first, file, first_sheet in found:
        where = (
            f" of {file}" if file else f" of sheet {first_sheet}" if first_sheet != sheet else ""
        )
        refused.append({"sheet": sheet, "row": row, "reason": f"repeat of row {first}{where}"})
    return refused


# What two files of different layout must agree on for a line of both to be one line: always
# the first list; of the second whatever both files tell.
_ALWAYS = ("claim_id", "service_date", "code", "billed", "payer_order")
_WHERE_TOLD = (
    "line_number", "posting_date", "modifiers", "units", "allowed", "paid",
    "patient_responsibility",
)  # fmt: skip


def _same_line(raw: Path, part: Path) -> str:
    """SQL that adds to `known` the lines another layout has already brought, one for one."""
    ranked = ", ".join((*_ALWAYS, *_WHERE_TOLD))

    def numbered(path: Path) -> str:
        return (
            f"SELECT *, row_number() OVER (PARTITION BY {ranked}, status = 'reversal'"
            f" ORDER BY source_sheet, source_row) AS nth FROM read_parquet({quoted(path)})"
            " WHERE claim_id IS NOT NULL"
        )

    always = " AND ".join(f"new.{c} IS NOT DISTINCT FROM old.{c}" for c in _ALWAYS[3:])
    told = " AND ".join(
        f"(new.{c} IS NULL OR old.{c} IS NULL OR new.{c} = old.{c})" for c in _WHERE_TOLD
    )
    return f"""INSERT INTO known SELECT new.place, min(old.source_row), ?
        FROM ({numbered(raw)}) new JOIN ({numbered(part)}) old
        ON new.claim_id = old.claim_id AND new.service_date = old.service_date
        AND new.code = old.code AND new.nth = old.nth
        WHERE {always} AND {told} AND (new.status = 'reversal') = (old.status = 'reversal')
        GROUP BY new.place"""


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
    con.execute(
        "CREATE OR REPLACE TEMP TABLE settled"
        " (spelling VARCHAR, name VARCHAR, product VARCHAR, business VARCHAR, shown VARCHAR)"
    )
    if settled:
        con.executemany(
            "INSERT INTO settled VALUES (?, ?, ?, ?, ?)",
            [
                [spelling, s.name, s.product, s.line_of_business, s.shown]
                for spelling, s in settled.items()
            ],
        )
    told = {
        "payer": "CASE WHEN raw.everyone THEN NULL ELSE coalesce(settled.name, file.payer) END",
        "payer_as_given": "settled.shown",
        "product": "coalesce(raw.product, settled.product)",
        "line_of_business": "coalesce(raw.line_of_business, settled.business)",
    }
    columns = ", ".join(f"{told.get(c, f'raw.{c}')} AS {c}" for c in SCHEMAS[table].names)
    kept = (
        f"FROM read_parquet({quoted(raw)}) raw"
        f" CROSS JOIN (SELECT CAST({quoted(file_payer)} AS VARCHAR) AS payer) file"
        " LEFT JOIN settled ON raw.payer_as_given = settled.spelling"
        " ANTI JOIN repeated ON raw.source_row = repeated.source_row"
        " AND raw.source_sheet IS NOT DISTINCT FROM repeated.source_sheet"
    )
    con.execute(
        f"COPY (SELECT {columns} {kept} ORDER BY raw.place)"
        f" TO {quoted(part)} (FORMAT parquet, COMPRESSION zstd)"
    )
    counted = con.execute(
        f"SELECT count(DISTINCT (coalesce(source_sheet, ''), source_row)), count(*)"
        f" FROM read_parquet({quoted(part)})"
    ).fetchone()
    assert counted is not None
    return counted[0], counted[1]


def quoted(text: Path | str | None) -> str:
    """A text as an SQL literal."""
    return "NULL" if text is None else "'" + str(text).replace("'", "''") + "'"
