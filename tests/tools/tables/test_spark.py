"""The same tools on DuckDB and on a real local Spark: equal figures, to the cent."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import tools
from knowledge.problems import BadInput, NotKnown
from tests.fixtures.hand_worked import hand_worked
from tests.fixtures.told_lines import Told, store_of, told
from tools.practice import Practice
from tools.registry import discover, registered
from tools.tables import derived, stored_tables
from tools.tables.store import TableStore

pytestmark = [pytest.mark.spark, pytest.mark.slow]
LOCAL = "spark://local"


@pytest.fixture(scope="module", autouse=True)
def spark() -> Iterator[None]:
    """A Spark session for the module; skips, saying so, where there is none to be had."""
    pytest.importorskip("pyspark", reason="pyspark is not installed: payer-copilot[spark]")
    if shutil.which("java") is None:
        pytest.skip("Java is not installed; Spark needs Java 17")
    yield
    from pyspark.sql import SparkSession

    session = SparkSession.getActiveSession()
    if session is not None:
        session.stop()


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> tuple[Practice, Practice]:
    """The hand-worked practice on DuckDB, and on Spark."""
    practice = hand_worked(tmp_path_factory.mktemp("spark"))
    return practice, replace(practice, tables=TableStore(practice.workspace, LOCAL))


discover(tools)
ON_CLAIMS = [
    name
    for name, tool in registered().items()
    if "claim_lines" in tool.needs and not tool.required and tool.bound == "practice"
]


def outcome(name: str, practice: Practice) -> Any:
    """All that a tool says, its figures with their bases, or what it does not know."""
    try:
        found = registered()[name].function(practice)
    except (NotKnown, BadInput) as said:
        return str(said)
    return found.headline, found.sentences, found.figures, found.table, found.caveats


@pytest.mark.parametrize("name", ON_CLAIMS)
def test_a_tool_says_the_same_on_both(name: str, both: tuple[Practice, Practice]) -> None:
    duck, spark = both
    assert outcome(name, duck) == outcome(name, spark)


def test_the_tools_on_claims_are_among_those_tried() -> None:
    assert {"payer_mix", "compare_rates", "top_codes"} <= set(ON_CLAIMS)


SOURCES = (
    Told("a.csv", "one", (told("1", product="PPO"), told("2", line_number="7"),
                          told("3", payer_order="secondary"))),
    Told("b.835", "835", (
        told("1", reason_codes="CO-45", line_number=None),
        told("2", billed=Decimal(-150), paid=Decimal(-70), allowed=Decimal(-90),
             units=Decimal(-1), status="reversal", paid_date=date(2026, 3, 1)),
        told("2", paid=Decimal(75), allowed=Decimal(95)),
        told("4", status="denied", paid=Decimal(0), allowed=Decimal(0)),
    )),
)  # fmt: skip


def without_short(rows: list[dict[Any, Any]]) -> list[dict[Any, Any]]:
    return sorted(
        ({k: v for k, v in row.items() if k not in ("visit", "patient")} for row in rows), key=str
    )


def grouped(rows: list[dict[Any, Any]], name: str) -> set[frozenset[tuple[str, int]]]:
    """Which lines, by source and row, share one value of a column; blanks left out."""
    groups: dict[Any, set[tuple[str, int]]] = {}
    for row in rows:
        value = row[name]
        if value is not None and value == value:
            groups.setdefault(value, set()).add((row["source_id"], row["source_row"]))
    return {frozenset(each) for each in groups.values()}


@pytest.mark.parametrize("kept_from", [1, 1_000], ids=["kept on disk", "in memory"])
def test_lines_are_united_paired_and_counted_alike(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kept_from: int
) -> None:
    monkeypatch.setattr(stored_tables, "KEPT_FROM", kept_from)
    duck = store_of(tmp_path, SOURCES)
    spark = TableStore(duck._workspace, LOCAL)
    first, second = (
        sorted(each.frame(each.table("claim_lines")).to_dict("records"), key=str)
        for each in (duck, spark)
    )
    # Each engine tells a visit and a patient in its own short form; which lines share one
    # must be the same on both.
    for name in ("visit", "patient"):
        assert grouped(first, name) == grouped(second, name)
    assert without_short(first) == without_short(second)
    assert sum(row["counts"] for row in first) == 2
    assert {type(row["paid"]) for row in second} == {Decimal}
    again = TableStore(duck._workspace, LOCAL)
    assert len(again.frame(again.table("claim_lines"))) == len(first)
    assert (duck._workspace.index / "lines").exists() == (kept_from == 1)
    assert derived.RULES >= 1
