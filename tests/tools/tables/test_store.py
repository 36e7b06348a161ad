"""The table store: empty tables are typed, money is Decimal, nothing outside is readable."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from knowledge.problems import BadInput
from tests.fixtures.intake import claim, fresh_practice, lines, one, write_csv
from tools.tables.engine import locked_database
from tools.tables.schema import SCHEMAS
from tools.tables.store import TableStore


def test_empty_tables_have_all_their_columns(tmp_path: Path) -> None:
    store = fresh_practice(tmp_path).tables
    for name, schema in SCHEMAS.items():
        assert not store.has(name)
        assert set(schema.names) <= set(store.table(name).columns)
        assert len(store.frame(store.table(name))) == 0
    assert {"counts", "why_not"} <= set(store.table("claim_lines").columns)


def test_money_is_decimal_days_are_days_and_nothing_is_none(tmp_path: Path) -> None:
    practice = fresh_practice(tmp_path / "practice")
    one(practice, write_csv(tmp_path / "claims.csv", [claim("1", modifier="25")]))
    (line,) = lines(practice)
    assert (line["paid"], type(line["paid"])) == (Decimal("70.00"), Decimal)
    assert line["service_date"] == date(2026, 1, 15)
    assert line["product"] is None
    assert line["modifiers"] == "25"


def test_a_payer_renamed_later_is_renamed_in_what_was_read_before(tmp_path: Path) -> None:
    practice = fresh_practice(tmp_path / "practice")
    one(practice, write_csv(tmp_path / "claims.csv", [claim("1", payer="GPHP")]))
    assert lines(practice)[0]["payer"] == "GPHP"
    practice.payers.learn("Granite Peak Health Plan", ["GPHP"], "commercial", settled=True)
    practice.tables.refresh()
    assert lines(practice)[0]["payer"] == "Granite Peak Health Plan"
    assert lines(practice)[0]["line_of_business"] == "commercial"


def test_a_damaged_part_is_named_and_not_read(tmp_path: Path) -> None:
    practice = fresh_practice(tmp_path / "practice")
    one(practice, write_csv(tmp_path / "claims.csv", [claim("1")]))
    (part,) = practice.workspace.tables.glob("claim_lines/*.parquet")
    part.write_bytes(part.read_bytes()[:-40] + b"x" * 40)
    with pytest.raises(BadInput, match="missing or damaged"):
        TableStore(practice.workspace).table("claim_lines")


def test_the_database_reads_its_workspace_only(tmp_path: Path) -> None:
    outside = tmp_path / "outside.csv"
    outside.write_text("a\n1\n")
    inside = tmp_path / "in"
    inside.mkdir()
    con = locked_database(inside).con
    for statement in (
        f"SELECT * FROM read_csv('{outside}')",
        f"COPY (SELECT 1) TO '{tmp_path}/stolen.csv'",
        "INSTALL httpfs",
        "SET enable_external_access=true",
    ):
        with pytest.raises(duckdb.Error):
            con.execute(statement)
