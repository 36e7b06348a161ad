"""What the payer's own report says of its members' use of other care, where it favours us."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, cast

from copilot.drafting.pieces.piece import Piece, bounded
from knowledge.evidence import Basis, Figure, Unit
from tools.practice import Practice

# What a metric's name holds, how a sentence says it, whether less is better, what it relieves.
METRICS = (
    (("readmi",), "readmissions within a month", True, "emergency"),
    (("emergency", "ed visit", "er visit", "ed_visit", "avoidable"),
     "emergency room visits", True, "emergency"),
    (("admission", "inpatient", "admit"), "hospital admissions", True, "emergency"),
    (("generic",), "prescriptions filled as generics", False, "cost"),
    (("imaging", "mri"), "advanced imaging", True, "cost"),
)  # fmt: skip
UNITS = {"percent": "percent", "%": "percent", "usd": "USD", "days": "days"}


def utilization(practice: Practice, payer: str) -> list[Piece]:
    """A piece for each metric of this payer's latest report on which the practice does better."""
    if not practice.tables.has("utilization"):
        return []
    table = practice.tables.table("utilization")
    rows = practice.tables.frame(table.filter(table.payer == payer)).to_dict("records")
    latest: dict[str, dict[Any, Any]] = {}
    for row in rows:
        held = latest.get(row["metric"])
        if held is None or (row["period_end"] or held["period_end"]) > held["period_end"]:
            latest[row["metric"]] = row
    made = [_piece(row, payer) for row in latest.values()]
    return sorted((p for p in made if p), key=lambda piece: (-piece.strength, piece.id))


def _piece(row: Mapping[Any, Any], payer: str) -> Piece | None:
    name = str(row["metric"] or "").lower()
    known = next((m for m in METRICS if any(word in name for word in m[0])), None)
    ours, theirs = row["practice_value"], row["comparison_value"]
    if known is None or ours is None or theirs is None or not Decimal(theirs):
        return None
    _, said, less, pain = known
    lead = (Decimal(theirs) - Decimal(ours)) / Decimal(theirs) * (1 if less else -1)
    if lead <= 0:
        return None
    where = f"{payer}, {row['metric']}, {row['period_start']} to {row['period_end']}"
    values: dict[str, Figure | str] = {
        which: Figure(
            f"{said}, {whose}", Decimal(value).normalize(), _unit(row["unit"]),
            Basis("as it stands in the payer's report", (), "utilization", where, 1),
            places=0 if Decimal(value) == Decimal(value).to_integral_value() else 1,
        )
        for which, whose, value in (
            ("value", "members seen by the practice", ours),
            ("comparison", "the report's own comparison", theirs),
        )
    }  # fmt: skip
    values["metric"] = said
    values["fewer"] = "fewer" if less else "more"
    kind = "emergency" if "emergency" in said else "utilization"
    return Piece(
        id=kind if kind == "emergency" else f"utilization:{name.replace(' ', '_')}",
        what=f"{said}: {_shown(values['value'])} against {_shown(values['comparison'])}",
        pain=pain,
        strength=bounded(Decimal("0.5") + lead),
        because="money that the payer itself can see in its own report",
        values=values,
        topics=("emergency", "er", "ed", "hospital", "savings", *said.split()),
    )


def _shown(value: Figure | str) -> str:
    return value.shown() if isinstance(value, Figure) else value


def _unit(given: Any) -> Unit:
    said = str(given or "").lower()
    if "1,000" in said or "1000" in said:
        return "per 1,000"
    return cast(Unit, UNITS.get(said, "percent" if "percent" in said or "%" in said else "count"))
