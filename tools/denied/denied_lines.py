"""Lines that payers refused, by payer, reason and code, and whether they were paid later.

Adjudicated: lines that stand as paid or denied, primary and secondary; rows that take back
are none. One query adds up in the engine; only groups come back.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import ibis

from knowledge.reference.denial_reasons import DenialReason, chief_reason
from knowledge.reference.settings_of_service import Setting, facility_places
from tools.lines.claim_totals import chosen, exact, records
from tools.period import Period
from tools.practice import Practice
from tools.schedules.contract_rate import ScheduleRow

DUPLICATE = "18"
_RULES_CHANGE = (date(2024, 3, 9),)


@dataclass(frozen=True)
class DeniedGroup:
    """Denied lines alike in payer, reason and everything that sets their price.

    units: of the lines that give units; billed in USD. later_lines and later_units were paid
    afterwards: the same patient, day and code stands paid with a later date. reason_codes:
    as the lines hold them, which alone tells the reason.
    """

    payer: str
    reason: DenialReason
    several_reasons: bool
    code: str
    product: str | None
    modifiers: str
    setting: Setting
    day: date
    lines: int
    units: Decimal
    billed: Decimal
    later_lines: int
    later_units: Decimal
    reason_codes: str = ""


def adjudicated(practice: Practice, span: Period, payers: Sequence[str] | None,
                codes: Sequence[str] | None) -> Any:  # fmt: skip
    """Lines (an Ibis table) that stand as paid or denied."""
    lines = chosen(practice, span, payers=payers, codes=codes)
    return lines.filter(lines.status.isin(["paid", "denied"]))


def adjudicated_lines(
    practice: Practice, span: Period, payers: Sequence[str] | None, codes: Sequence[str] | None
) -> dict[str, int]:
    """How many lines each payer adjudicated; "" for lines without a payer."""
    lines = adjudicated(practice, span, payers, codes)
    counted = lines.group_by(payer=ibis.coalesce(lines.payer, "")).aggregate(every=lines.count())
    return {row["payer"]: int(row["every"]) for row in records(practice, counted)}


def denied_groups(
    practice: Practice,
    span: Period,
    payers: Sequence[str] | None,
    codes: Sequence[str] | None,
    schedules: Iterable[ScheduleRow],
) -> list[DeniedGroup]:
    """The denied lines of a period in groups that one rate each prices."""
    lines = adjudicated(practice, span, payers, codes)
    denied = lines.filter(lines.status == "denied")
    place = ibis.coalesce(denied.place_of_service, "").lpad(2, "0")
    grouped = (
        denied.mutate(
            payer=ibis.coalesce(denied.payer, ""),
            later=denied.paid_later,
            units=ibis.coalesce(denied.units, 0),
            facility=place.isin(sorted(facility_places(span.end))),
            stretch=_stretch(denied.service_date, span, schedules),
        )
        .group_by(["payer", "code", "product", "modifiers", "reason_codes", "facility", "stretch"])
        .aggregate(
            day=lambda t: t.service_date.min(),
            lines=lambda t: t.count(),
            units=lambda t: t.units.sum(),
            billed=lambda t: t.billed.sum(),
            later_lines=lambda t: t.later.sum(),
            later_units=lambda t: t.units.sum(where=t.later),
        )
    )
    return [_group(row) for row in records(practice, grouped)]


def _group(row: dict[str, Any]) -> DeniedGroup:
    reason = chief_reason((row["reason_codes"] or "").split())
    telling = {chief_reason([code]) for code in (row["reason_codes"] or "").split()}
    repeated = reason.code == DUPLICATE
    return DeniedGroup(
        payer=row["payer"],
        reason=reason,
        several_reasons=len([each for each in telling if each.code]) > 1,
        code=row["code"] or "",
        product=row["product"] or None,
        modifiers=row["modifiers"] or "",
        setting="facility" if row["facility"] else "office",
        day=row["day"],
        lines=int(row["lines"]),
        units=exact(row["units"]),
        billed=exact(row["billed"]),
        later_lines=0 if repeated else int(row["later_lines"]),
        later_units=Decimal(0) if repeated else exact(row["later_units"]),
        reason_codes=row["reason_codes"] or "",
    )


def _stretch(days: Any, span: Period, schedules: Iterable[ScheduleRow]) -> Any:
    """A number that changes on each day on which a contract's rate may change."""
    edges = {date(year, 1, 1) for year in range(span.start.year + 1, span.end.year + 1)}
    edges |= {day for day in _RULES_CHANGE if span.start < day <= span.end}
    for row in schedules:
        ended = row.effective_to and date.fromordinal(row.effective_to.toordinal() + 1)
        edges |= {d for d in (row.effective_from, ended) if d and span.start < d <= span.end}
    place: Any = ibis.literal(0)
    for edge in sorted(edges):
        place = place + (days >= edge).cast("int64")
    return place
