"""Checks on the practice's data: claims, schedule, members, quality, use, costs, hours."""

from __future__ import annotations

from decimal import Decimal

from copilot.readiness.step import Found, Scene, check
from knowledge.evidence import Basis, Figure, Sentence, says
from knowledge.terms.family import terms_in_force

YEAR, TREND = 12, 36


@check("share")
def _share(scene: Scene) -> Found:
    rows = scene.rows("claim_lines")
    if not rows:
        return Found(False, says("no claim line names {payer}", payer=scene.short))
    return Found(True, says("{rows} claim lines", rows=_count(scene, "Claim lines", rows)))


@check("schedule")
def _schedule(scene: Scene) -> Found:
    rows = scene.rows("fee_schedules")
    if rows:
        return Found(True, says("{rows} prices", rows=_count(scene, "Prices on file", rows)))
    for term in terms_in_force(scene.contract, ["fee_schedule_basis"]) if scene.contract else ():
        if term.found and term.citation is not None:
            return Found(True, says("{value} {where}", value=term.shown, where=term.citation))
    return Found(False, says("no fee schedule of {payer} is on file", payer=scene.short))


@check("claims")
def _claims(scene: Scene) -> Found:
    return _months(scene, YEAR)


@check("trend")
def _trend(scene: Scene) -> Found:
    return _months(scene, TREND)


def _months(scene: Scene, wanted: int) -> Found:
    held = scene.months()
    if not held:
        return Found(False, says("no claims of {payer}", payer=scene.short))
    basis = Basis("calendar months with a service date", (), "claim_lines", scene.payer)
    months = Figure(f"Months with claims, {scene.short}", Decimal(held), "months", basis)
    return Found(held >= wanted, says("{months} have claims", months=months))


@check("members")
def _members(scene: Scene) -> Found:
    rows = scene.rows("membership")
    if not rows:
        return Found(False, says("no roster of {payer}", payer=scene.short))
    return Found(True, says("{rows} rows", rows=_count(scene, "Rows of members", rows)))


@check("quality")
def _quality(scene: Scene) -> Found:
    return _own_or_all(scene, "quality", "Quality results")


@check("utilization")
def _utilization(scene: Scene) -> Found:
    rows = scene.rows("utilization")
    if not rows:
        return Found(False, says("no report of {payer}", payer=scene.short))
    return Found(True, says("{rows} metrics", rows=_count(scene, "Metrics reported", rows)))


@check("costs")
def _costs(scene: Scene) -> Found:
    return _there(scene, "practice_costs", "Cost rows")


@check("access")
def _access(scene: Scene) -> Found:
    return _there(scene, "access", "Opening hours")


def _own_or_all(scene: Scene, table: str, name: str) -> Found:
    """The payer's own rows, else those of the whole practice, which serve as well."""
    rows = scene.rows(table)
    if rows:
        words = "{rows} result" if rows == 1 else "{rows} results"
        words += " of its own members"
        return Found(True, says(words, rows=_count(scene, name, rows)))
    return _there(scene, table, name)


def _there(scene: Scene, table: str, name: str) -> Found:
    rows = scene.rows(table, of_payer=False)
    if not rows:
        return Found(False, Sentence("no such file yet"))
    basis = Basis("rows read in", (), table, "all payers", rows)
    count = Figure(f"{name}, the practice", Decimal(rows), "count", basis)
    return Found(True, says("{rows} rows for the practice", rows=count))


def _count(scene: Scene, name: str, rows: int) -> Figure:
    basis = Basis("rows read in that name the payer", source=scene.payer)
    return Figure(f"{name}, {scene.short}", Decimal(rows), "count", basis)
