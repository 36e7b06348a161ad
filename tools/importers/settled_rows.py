"""SQL of the rows of one file with their payers as they were settled after the whole was read."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import duckdb

from tools.importers.payer_column import Settled
from tools.tables.schema import SCHEMAS

_TOLD = {
    "payer": "CASE WHEN raw.everyone THEN NULL WHEN settled.spelling IS NOT NULL"
    " THEN settled.name ELSE file.payer END",
    "payer_as_given": "settled.shown",
    "product": "coalesce(raw.product, settled.product)",
    "line_of_business": "coalesce(raw.line_of_business, settled.business)",
}


def settle_names(con: duckdb.DuckDBPyConnection, settled: Mapping[str, Settled]) -> None:
    """Make the connection's table `settled`: each spelling of a payer with what it means."""
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


def told(table: str) -> str:
    """The columns of a table, as selected from `settled_rows`."""
    return ", ".join(f"{_TOLD.get(c, f'raw.{c}')} AS {c}" for c in SCHEMAS[table].names)


def settled_rows(raw: Path, file_payer: str | None) -> str:
    """The FROM clause of a file's raw rows beside their settled payers and the file's own."""
    return (
        f"FROM read_parquet({quoted(raw)}) raw"
        f" CROSS JOIN (SELECT CAST({quoted(file_payer)} AS VARCHAR) AS payer) file"
        " LEFT JOIN settled ON raw.payer_as_given = settled.spelling"
    )


def quoted(text: Path | str | None) -> str:
    """A text as an SQL literal."""
    return "NULL" if text is None else "'" + str(text).replace("'", "''") + "'"
