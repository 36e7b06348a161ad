"""Which rows of a file repeat a line that is already there, exactly or in another layout.

Exactly: every column agrees, which the row's hash tells. In another layout (an export beside
an 835): as tools/tables/one_line.py pairs them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from tools.importers.payer_column import Settled
from tools.importers.settled_rows import quoted, settle_names, settled_rows, told
from tools.tables.schema import SCHEMAS

# From so many repeats on, rows that stand together are listed as one.
LISTED = 100_000
_WHERE = (
    "CASE WHEN file IS NOT NULL THEN ' of ' || file"
    " WHEN first_sheet IS DISTINCT FROM source_sheet AND first_sheet IS NOT NULL"
    " THEN ' of sheet ' || first_sheet ELSE '' END"
)


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
        settle_names(con, settled or {})
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
    return _listed(con)


def _listed(con: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    """Each repeat as a refusal. Of more than LISTED, rows that stand together and repeat rows
    that stand together are one entry: its first row, how many `rows`, and the last in words."""
    if con.execute("SELECT count(*) FROM repeated").fetchall()[0][0] <= LISTED:
        return [
            {"sheet": sheet, "row": row, "reason": f"repeat of row {first}{where}"}
            for sheet, row, first, where in con.execute(
                f"SELECT source_sheet, source_row, first_row, {_WHERE} FROM repeated"
                " ORDER BY source_sheet NULLS FIRST, source_row"
            ).fetchall()
        ]
    runs = con.execute(
        f"""SELECT source_sheet, min(source_row), count(*), min(first_row), told FROM
        (SELECT source_sheet, source_row, first_row, {_WHERE} AS told, source_row - row_number()
           OVER (PARTITION BY source_sheet, {_WHERE}, first_row - source_row ORDER BY source_row)
           AS run, first_row - source_row AS shift FROM repeated)
        GROUP BY source_sheet, told, run, shift
        ORDER BY source_sheet NULLS FIRST, min(source_row)"""
    )
    refused: list[dict[str, Any]] = []
    last: tuple[Any, ...] = ()
    for sheet, row, rows, first, where in runs.fetchmany(LISTED):
        reason = f"repeat of row {first}{where}"
        if rows > 1:
            until = f"rows {first} to {first + rows - 1}{where}"
            reason = f"this row to {row + rows - 1}: repeats of {until}"
        refused.append({"sheet": sheet, "row": row, "rows": rows, "reason": reason})
    rest = 0
    while more := runs.fetchmany(LISTED):
        last = last if rest else more[0]
        rest += sum(each[2] for each in more)
    if rest:
        reason = "this row and further repeats, not listed one by one"
        refused.append({"sheet": last[0], "row": last[1], "rows": rest, "reason": reason})
    return refused


def _find_exact(con: duckdb.DuckDBPyConnection, raw: Path, earlier: Sequence[EarlierPart]) -> None:
    """Tables `given` (rows whose hash stands elsewhere too), `firsts` and `known`."""
    rows = f"read_parquet({quoted(raw)})"
    con.execute(
        f"""CREATE TEMP TABLE suspect AS SELECT mark FROM
        (SELECT hash(row_hash) AS mark FROM {rows}) GROUP BY mark HAVING count(*) > 1"""
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
    con.execute(
        f"CREATE TEMP VIEW old_lines AS SELECT * FROM read_parquet([{listed}], union_by_name=true)"
    )
    rows = f"SELECT {told('claim_lines')} {settled_rows(raw, file_payer)}"
    con.execute(f"CREATE TEMP VIEW new_lines AS {rows}")
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
