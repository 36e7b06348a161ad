"""One service line of an 835 as a row of claim_lines.

Allowed is AMT*B6 where given, else paid + patient responsibility (MEASURES: Allowed). Units
are SVC05, and 1 where it is not sent; a line that was paid for no unit keeps the submitted
ones (SVC07).
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from tools.importers.member_key import member_key
from tools.importers.x12.adjustments import (
    Adjustment,
    by_reason,
    patient_share,
    prior_payer,
    total,
)
from tools.importers.x12.element_values import day_served, line_number, required_amount, units
from tools.importers.x12.filing_indicator import line_of_business
from tools.importers.x12.persons import npi
from tools.importers.x12.procedure import procedure
from tools.importers.x12.remittance import Claim, ServiceLine

_REMARK = re.compile(r"[A-Z]{1,3}\d{1,4}")


def line_entry(
    claim: Claim,
    line: ServiceLine,
    own: list[Adjustment],
    of_claim: list[Adjustment],
    order: str,
    secret: bytes,
) -> dict[str, Any]:
    """The row of a line, its payer and source left open; raises ValueError with the reason.

    own, of_claim: its adjustments, and those of the claim that it bears. order: primary or
    secondary.
    """
    segment = line.segment
    found = procedure(segment.at(1), segment.marks.component)
    dates = line.dates
    served = day_served(dates.get("472") or dates.get("150") or claim.dates.get("232", ""))
    billed = required_amount(segment.at(2), "charge")
    paid = required_amount(segment.at(3), "payment")
    everything = [*own, *of_claim]
    paid -= total(of_claim)
    share = patient_share(everything)
    reasons = by_reason(everything)
    place = claim.segment.at(8)
    member = claim.persons.member_id()
    return {
        "claim_id": claim.persons.claim_id(claim.segment.at(1), claim.segment.at(7)),
        "line_number": line_number(line.control),
        "service_date": served,
        "line_of_business": line_of_business(claim.segment.at(6)),
        "payer_order": order,
        "code": found.code,
        "modifiers": " ".join(found.modifiers),
        "units": _units(line),
        "place_of_service": place if re.fullmatch(r"\d\d", place) else None,
        "billed": billed,
        "allowed": _allowed(line, paid, share),
        "paid": paid,
        "patient_responsibility": share,
        "status": _status(claim.status, order, billed, paid, share, everything),
        "reason_codes": " ".join(reasons),
        "adjustments": " ".join(f"{name}:{amount}" for name, amount in reasons.items()),
        "remark_codes": _remarks([*line.remarks, *claim.remarks]),
        "source_format": "835",
        "diagnoses": "",
        "rendering_npi": npi(line.rendering) or npi(claim.rendering),
        "member_key": member_key(member, secret) if member else None,
    }


def _status(
    said: str, order: str, billed: Decimal, paid: Decimal, share: Decimal, why: list[Adjustment]
) -> str:
    """paid, denied or reversal: MEASURES, Counting line, for an 835."""
    if said == "22" or billed < 0 or paid < 0:
        return "reversal"
    if said == "4":
        return "denied"
    borne_before = order == "secondary" and prior_payer(why)
    return "denied" if billed and not paid and not share and not borne_before else "paid"


def _allowed(line: ServiceLine, paid: Decimal, share: Decimal) -> Decimal:
    given = required_amount(line.allowed, "allowed amount") if line.allowed else None
    return given if given is not None else paid + share


def _units(line: ServiceLine) -> Decimal:
    return units(line.segment.at(5) or "1") or units(line.segment.at(7))


def submitted_code(line: ServiceLine) -> str:
    """The code that was sent where the payer paid another (SVC06); "" where it is the same."""
    sent = line.segment.at(6)
    try:
        return procedure(sent, line.segment.marks.component).code
    except ValueError:
        return ""


def _remarks(texts: list[str]) -> str:
    return " ".join(sorted({t.strip() for t in texts if _REMARK.fullmatch(t.strip())}))
