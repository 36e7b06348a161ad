"""The tables' expressions on a Spark cluster that the user already has.

"spark://HOST:PORT" is a classic cluster, "sc://HOST:PORT" one that speaks Spark Connect, and
"spark://local" Spark inside this machine. The cluster reads and writes the workspace's folder
itself, so it must see it under the same path.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa

from knowledge.problems import BadInput
from tools.tables.engine import plainly

_LOCAL = "spark://local"
_OPTIONS = {
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.ansi.enabled": "true",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.sql.shuffle.partitions": "8",
}


class SparkEngine:
    """One Spark session; tables are its temporary views."""

    suffix = ".spark"

    def __init__(self, address: str) -> None:
        try:
            import ibis

            self._session = _session(address)
            self._backend = ibis.pyspark.connect(self._session)
        except Exception as wrong:
            raise BadInput(
                "setting engine",
                f"Spark at {address} cannot be used ({type(wrong).__name__})",
                "install payer-copilot[spark] and Java 17 (for sc:// also pyspark[connect]), check"
                " the address, or set the engine to duckdb",
            ) from wrong
        self._given = 0

    def parts(self, paths: Sequence[Path]) -> Any:
        """The rows of Parquet parts put together by column name."""
        read = self._session.read.option("mergeSchema", "true")
        return self._named(read.parquet(*(path.as_uri() for path in paths)))

    def small(self, name: str, rows: pa.Table) -> Any:
        """A small table given from here."""
        from pyspark.sql.pandas.types import from_arrow_schema

        schema = from_arrow_schema(rows.schema)
        listed = [tuple(row.values()) for row in rows.to_pylist()]
        frame = self._session.createDataFrame(listed, schema)
        frame.createOrReplaceTempView(name)
        return self._backend.table(name)

    def kept(self, name: str, expr: Any) -> Any:
        """A view whose rows the cluster holds once it has worked them out."""
        frame = self._session.sql(self._sql(expr)).cache()
        frame.createOrReplaceTempView(name)
        return self._backend.table(name)

    def view(self, name: str, expr: Any) -> Any:
        """A view of the expression."""
        self._session.sql(self._sql(expr)).createOrReplaceTempView(name)
        return self._backend.table(name)

    def write(self, expr: Any, path: Path) -> None:
        """A folder of Parquet files, as many as the cluster writes."""
        self._session.sql(self._sql(expr)).write.mode("overwrite").parquet(path.as_uri())

    def rows(self, expr: Any) -> pa.Table:
        """The rows of an expression in Arrow form, money as decimal."""
        return self._session.sql(self._sql(expr.as_table())).toArrow()

    def short(self, *columns: Any) -> Any:
        """The values as they are, in one text: the cluster's hashes are too small."""
        return plainly(*columns)

    def _sql(self, expr: Any) -> str:
        return str(self._backend.compile(expr))

    def _named(self, frame: Any) -> Any:
        self._given += 1
        name = f"given_{self._given}"
        frame.createOrReplaceTempView(name)
        return self._backend.table(name)


def _session(address: str) -> Any:
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.appName("payer-copilot")
    for name, value in _OPTIONS.items():
        builder = builder.config(name, value)
    if address.startswith("sc://"):
        return builder.remote(address).getOrCreate()
    if address.startswith(_LOCAL):
        os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
        builder = builder.config("spark.driver.bindAddress", "127.0.0.1")
        return builder.config("spark.driver.host", "127.0.0.1").master("local[2]").getOrCreate()
    return builder.master(address).getOrCreate()
