"""How often a payer first says no, from its own adjudicated lines."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from copilot.drafting.pieces.piece import Piece, bounded
from copilot.drafting.pieces.volume import said_period, where_in
from knowledge.evidence import Basis, Figure
from knowledge.money import percent_of
from tools.lines.claim_totals import chosen
from tools.period import Period
from tools.practice import Practice

REASONS = {
    "16": "missing information",
    "18": "a duplicate",
    "22": "other coverage",
    "27": "coverage that had ended",
    "29": "the filing limit",
    "50": "medical necessity",
    "97": "being included in another service",
    "197": "a missing authorization",
}
WORTH_SAYING = Decimal(5)


def denials(practice: Practice, payer: str, span: Period) -> Piece | None:
    """Denied lines / lines adjudicated, percent; None where below what is worth saying."""
    lines = chosen(practice, span, payers=[payer])
    lines = lines.filter(lines.payer_order != "secondary", lines.status.isin(["paid", "denied"]))
    refused = lines.status == "denied"
    counted = practice.tables.frame(lines.aggregate(every=lines.count(), denied=refused.sum()))
    every, denied = int(counted["every"][0]), int(counted["denied"][0] or 0)
    if not every or not denied or percent_of(Decimal(denied), Decimal(every)) < WORTH_SAYING:
        return None
    where = where_in(payer, span)
    no = Figure(
        f"Denied lines, {where}", Decimal(denied), "count",
        Basis("primary lines with status denied", (), "claim_lines", where, denied),
    )  # fmt: skip
    all_lines = Figure(
        f"Adjudicated lines, {where}",
        Decimal(every),
        "count",
        Basis("primary lines paid or denied", (), "claim_lines", where, every),
    )
    rate = Figure(
        f"Denial rate, {where}", percent_of(no.number, all_lines.number), "percent",
        Basis("100 x denied lines / lines adjudicated", (no, all_lines), "claim_lines", where),
    )  # fmt: skip
    values: dict[str, Figure | str] = {"rate": rate, "denied": no, "period": said_period(span)}
    reason = _chief_reason(practice, lines.filter(refused))
    if reason:
        values["reason"] = reason
    return Piece(
        id="denials",
        what=f"{rate.shown()} of the lines sent to them are first denied",
        pain="administration",
        strength=bounded(rate.number / 15),
        because="each refused line is answered by staff on both sides",
        values=values,
        topics=("denial", "denials", "denied", "authorization", "prior", "admin", "burden"),
    )


def _chief_reason(practice: Practice, refused: Any) -> str:
    codes = practice.tables.frame(
        refused.group_by("reason_codes").aggregate(lines=refused.count())
    ).to_dict("records")
    counts: dict[str, int] = {}
    for row in codes:
        for code in str(row["reason_codes"] or "").split():
            number = code.rpartition("-")[2]
            if number in REASONS:
                counts[number] = counts.get(number, 0) + int(row["lines"])
    return REASONS[max(sorted(counts), key=lambda code: counts[code])] if counts else ""
