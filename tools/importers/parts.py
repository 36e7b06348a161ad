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
    that file names its columns as this one does (all 835s do). again: its rows were lines
    already when they came (a part of `line_repeats`), so that only their hashes are looked at."""

    path: Path
    file: str
    same_layout: bool
    again: bool = False


def repeats(
    con: duckdb.DuckDBPyConnection,
    table: str,
    raw: Path,
    earlier: Sequence[EarlierPart],
    settled: Mapping[str, Settled] | None = None,
    file_payer: str | None = None,
) -> list[dict[str, Any]]:
    """Rows that repeat an earlier row of this file or of the earlier parts, as refusals.

    The rows stay listed in the table `repeated` of the connection: for `write_part`, which
    leaves them out, and for `write_repeats`, which keeps those that tell a line in another
    layout (`likewise`). Only rows whose hash stands twice are ever held in memory.
    """
    _find_exact(con, raw, earlier)
    con.execute(
        "CREATE TEMP TABLE alike (source_sheet VARCHAR, source_row BIGINT, first_row BIGINT,"
        " file VARCHAR)"
    )
    others = [part for part in earlier if not part.same_layout and not part.again]
    if table == "claim_lines" and others:
        _settle(con, settled or {})
        _find_alike(con, raw, others, file_payer)
    con.execute(
        """CREATE TEMP TABLE repeated AS
        SELECT given.source_sheet, given.source_row, given.place,
          coalesce(min(known.source_row), min(firsts.source_row)) AS first_row,
          min(known.file) AS file, min(firsts.source_sheet) AS first_sheet, false AS likewise
        FROM given JOIN firsts USING (row_hash) LEFT JOIN known ON known.place = given.place
        WHERE known.place IS NOT NULL OR firsts.place <> given.place
        GROUP BY ALL"""
    )
    con.execute(
        """INSERT INTO repeated SELECT source_sheet, source_row, NULL, first_row, file, NULL, true
        FROM alike ANTI JOIN repeated ON alike.source_row = repeated.source_row
        AND alike.source_sheet IS NOT DISTINCT FROM repeated.source_sheet"""
    )
    found = con.execute(
        "SELECT source_sheet, source_row, first_row, file, first_sheet FROM repeated"
        " ORDER BY source_sheet NULLS FIRST, source_row"
    ).fetchall()
    refused = []
    for sheet, row, first, file, first_sheet in found:
        where = (
            f" of {file}" if file else f" of sheet {first_sheet}" if first_sheet != sheet else ""
        )
        refused.append({"sheet": sheet, "row": row, "reason": f"repeat of row {first}{where}"})
    return refused


def _find_exact(con: duckdb.DuckDBPyConnection, raw: Path, earlier: Sequence[EarlierPart]) -> None:
    """Tables `given` (rows whose hash stands elsewhere too), `firsts` and `known`."""
    rows = f"read_parquet({quoted(raw)})"
    con.execute(
        f"""CREATE TEMP TABLE suspect AS SELECT mark FROM
        (SELECT hash(row_hash) AS mark, source_sheet, min(source_row) AS source_row
         FROM {rows} GROUP BY hash(row_hash), source_sheet, source_row)
        GROUP BY mark HAVING count(*) > 1"""
    )
    for part in earlier:
        con.execute(
            f"""INSERT INTO suspect SELECT DISTINCT hash(old.row_hash)
            FROM read_parquet({quoted(part.path)}) old
            SEMI JOIN (SELECT hash(row_hash) AS mark FROM {rows}) new
            ON hash(old.row_hash) = new.mark"""
        )
    con.execute(
        f"""CREATE TEMP TABLE given AS
        SELECT row_hash, source_sheet, source_row, min(place) AS place FROM {rows} new
        SEMI JOIN suspect ON hash(new.row_hash) = suspect.mark GROUP BY ALL"""
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


def _find_alike(
    con: duckdb.DuckDBPyConnection,
    raw: Path,
    others: Sequence[EarlierPart],
    file_payer: str | None,
) -> None:
    """Fill `alike` with the rows that are lines already, told in another layout."""
    import ibis

    from tools.tables.one_line import pairs

    schema = ibis.Schema.from_pyarrow(SCHEMAS["claim_lines"])
    listed = ", ".join(quoted(part.path) for part in others)
    columns = ", ".join(schema.names)
    read = ", ".join(f"{_TOLD.get(c, f'raw.{c}')} AS {c}" for c in schema.names)
    con.execute(
        f"CREATE TEMP VIEW old_lines AS SELECT {columns} FROM (SELECT * FROM none_yet UNION ALL"
        f" BY NAME SELECT * FROM read_parquet([{listed}], union_by_name=true))"
        if False
        else f"CREATE TEMP VIEW old_lines AS SELECT * FROM"
        f" read_parquet([{listed}], union_by_name=true)"
    )
    con.execute(f"CREATE TEMP VIEW new_lines AS SELECT {read} {_rows_told(raw, file_payer)}")
    found = pairs(ibis.table(schema, name="old_lines"), ibis.table(schema, name="new_lines"))
    con.execute("CREATE TEMP TABLE files (id VARCHAR, file VARCHAR)")
    for part in others:
        con.execute(
            f"INSERT INTO files SELECT any_value(source_id), ? FROM read_parquet("
            f"{quoted(part.path)})",
            [part.file],
        )
    con.execute(
        "INSERT INTO alike SELECT source_sheet, source_row, min(lead_source_row), min(files.file)"
        f" FROM ({ibis.to_sql(found, dialect='duckdb')}) met"
        " LEFT JOIN files ON met.lead_source_id = files.id GROUP BY ALL"
    )


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
        "payer": "CASE WHEN raw.everyone THEN NULL WHEN settled.spelling IS NOT NULL"
        " THEN settled.name ELSE file.payer END",
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
