"""A second look at a workspace in plain SQL, written apart from the tools.

The counting rule, the twelve months, the Medicare formula and the sums are worked again
here over the Parquet files and the CMS values; nothing is shared with the product but the
stored data.
"""

from __future__ import annotations

from decimal import Decimal
from importlib.resources import files
from pathlib import Path
from typing import Any

# Places of service that Medicare pays at the facility rate (CMS), as in the definitions.
FACILITY = "('02','19','21','22','23','24','26','31','34','51','52','53','56','61')"


def database(root: Path, first: str = "2025-11-01", last: str = "2026-10-31") -> Any:
    """A DuckDB connection with three views of a workspace.

    raw: all stored claim lines. lines: the counting lines served between two ISO dates,
    both included, with `office` true outside a facility. price: office prices of 2025,
    Colorado, in USD to the cent.
    """
    import duckdb

    reference = files("knowledge").joinpath("reference")
    db = duckdb.connect()
    db.execute(f"""
        create view raw as
          select * from read_parquet('{root}/tables/claim_lines/*.parquet', union_by_name=true);
        create view back as  -- reversals: they and what they take back do not count
          select claim_id, line_number, code, max(posting_date) posted from raw
          where status = 'reversal' group by all;
        create view lines as
          select r.*, coalesce(place_of_service, '11') not in {FACILITY} office
          from raw r
          where payer_order = 'primary' and status not in ('denied', 'reversal') and units > 0
            and service_date between date '{first}' and date '{last}'
            and not exists (
              select 1 from back b where b.claim_id = r.claim_id and b.code = r.code
                and b.line_number is not distinct from r.line_number
                and r.posting_date <= b.posted);
        create view price as
          select m.code, round(cast(
            (m.work * g.work + m.office_pe * g.pe + m.malpractice * g.malpractice)
            * 32.3465 as decimal(18, 8)), 2) usd
          from read_csv('{reference}/mpfs.csv') m, read_csv('{reference}/gpci_colorado.csv') g
          where m.year = 2025 and g."from" = date '2025-01-01'
            and m.status in ('A', 'R', 'T', 'N') and m.modifier is null
            and m.work + m.office_pe + m.malpractice > 0;
    """)
    return db


def amount(db: Any, sql: str) -> Decimal:
    """The one number that a query gives, through its text so that cents stay exact."""
    row = db.execute(sql).fetchone()
    return Decimal(str(row[0]))
