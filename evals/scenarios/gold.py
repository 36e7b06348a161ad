"""What the texts' numbers have to meet, recomputed apart from the product.

Sums come from SQL over the workspace's Parquet files (evals.independent), results and reports
from the sample's own source, underpayments from its clean lines.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from evals.independent import amount, database
from evals.scenarios.cases import Scenario

OFFICE_VISITS = "('99202','99203','99204','99205','99211','99212','99213','99214','99215')"
SEED = 4471
FACTOR = {2025: "32.3465", 2026: "33.4009"}


@dataclass(frozen=True)
class Gold:
    """A scenario's values: what the ask may be worth, what must stand, what argues for it."""

    worth: tuple[Decimal, ...] = ()
    must: tuple[tuple[str, Decimal], ...] = ()
    evidence: tuple[tuple[str, Decimal], ...] = ()


def gold_of(scenario: Scenario, root: Path) -> Gold:
    """The scenario's values over a workspace; what its data do not hold is left out."""
    db = database(root) if (root / "tables" / "claim_lines").exists() else None

    def value(entry: Mapping[str, Any]) -> Decimal | None:
        if "sql" in entry:
            return None if db is None else _amount(db, entry["sql"])
        if "medicare" in entry:
            return None if db is None else _to_medicare(db, scenario.payer, entry["medicare"])
        return _of_sample(entry, scenario.payer)

    def values(entries: Mapping[str, Mapping[str, Any]] | None) -> tuple[tuple[str, Decimal], ...]:
        found = ((name, value(entry)) for name, entry in (entries or {}).items())
        return tuple((name, v) for name, v in found if v is not None)

    worth = []
    if scenario.worth:
        worth = [value(scenario.worth)]
        if "or_sql" in scenario.worth:
            worth.append(value({"sql": scenario.worth["or_sql"]}))
        if "over" in scenario.worth.get("medicare", {}):
            worth.append(value({"medicare": {**scenario.worth["medicare"], "beyond_offer": True}}))
    return Gold(
        tuple(w for w in worth if w is not None),
        values(scenario.must),
        values(scenario.evidence_of),
    )


def _amount(db: Any, sql: str) -> Decimal | None:
    row = db.execute(sql).fetchone()
    return None if row is None or row[0] is None else amount(db, sql)


def _to_medicare(db: Any, payer: str, wish: Mapping[str, Any]) -> Decimal | None:
    """What a percent of national Medicare on the office visits adds to a year's allowed."""
    reference = files("knowledge").joinpath("reference")
    factor, percent = FACTOR[wish["year"]], wish["percent"]
    now = "l.allowed"
    if wish.get("beyond_offer"):
        now = f"l.units * p.usd * {wish['over']} / 100"
    return _amount(
        db,
        f"""
        with price as (
          select code,
            round(cast((work + office_pe + malpractice) * {factor} as decimal(18,8)), 2) office_usd,
            round(cast((work + facility_pe + malpractice) * {factor} as decimal(18,8)), 2) there
          from read_csv('{reference}/mpfs.csv')
          where year = {wish["year"]} and modifier is null and code in {OFFICE_VISITS})
        select sum(l.units * p.usd * {percent} / 100 - {now})
        from lines l join (
          select code, true office, office_usd usd from price
          union all select code, false, there from price) p using (code, office)
        where l.payer = '{payer}'""",
    )


def _of_sample(entry: Mapping[str, Any], payer: str) -> Decimal | None:
    """A value that stands in the sample's own source."""
    source = _source()
    if "value" in entry:
        return Decimal(str(entry["value"]))
    if "utilization" in entry:
        rows = source["utilization"]["rows"]
        return next((Decimal(r[3]) for r in rows if r[:2] == [payer, entry["utilization"]]), None)
    if "quality" in entry or "quality_all" in entry:
        name, whose = (
            (entry["quality"], payer)
            if "quality" in entry
            else (entry["quality_all"], "All payers")
        )
        counts = next(m[3] for m in source["quality"]["measures"] if m[0] == name).get(whose)
        return Decimal(100) * counts[0] / counts[1] if counts else None
    if "underpaid" in entry:
        return _underpaid()[payer][entry["underpaid"]]
    raise ValueError(f"nothing is known of {entry}")


@cache
def _source() -> dict[str, Any]:
    path = files("evals.sample_practice").joinpath("practice.toml")
    return tomllib.loads(path.read_text(encoding="utf-8"))


@cache
def _underpaid() -> dict[str, dict[str, Decimal]]:
    """Lines paid short by payer and by how much, apart from vaccines and drugs.

    What a vaccine or drug costs stands in lists that no contract of the sample holds, so
    that nobody can tell from the papers whether one was paid short.
    """
    from evals.sample_practice.claims import claim_lines
    from evals.sample_practice.truth import counting_lines

    found: dict[str, dict[str, Decimal]] = {}
    for line in counting_lines(claim_lines(SEED)):
        if line.short and not line.code.startswith(("90", "J")):
            entry = found.setdefault(line.payer.name, {"lines": Decimal(0), "short": Decimal(0)})
            entry["lines"] += 1
            entry["short"] += line.short
    return found
