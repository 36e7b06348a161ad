"""The claim lines of one 835 claim, each with its reasons in USD, or why a line is left out.

A claim-level adjustment belongs to the line of a claim that has one line only.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from tools.importers.x12.adjustments import Adjustment, adjustments, total
from tools.importers.x12.element_values import a_day, amount, content_hash
from tools.importers.x12.procedure import HOSPITAL, qualifier_of
from tools.importers.x12.remittance import Claim, Payment, ServiceLine
from tools.importers.x12.service_line import line_entry, submitted_code

_NOT_CLAIMS = {
    "23": "not this payer's claim: passed on to another payer unpaid (status 23)",
    "25": "a price told before the service, not a claim (status 25)",
}
_HOSPITAL = "a hospital claim, kept out of the professional lines"
_ZERO = Decimal("0.00")


@dataclass
class ClaimRead:
    """What one claim gave: `rows` and `refused` by segment number, `paid` in USD (None where
    unread), `off_lines` and `off` the USD by which lines and claim miss their balance."""

    rows: list[tuple[int, dict[str, Any]]] = field(default_factory=list)
    refused: list[tuple[int, str]] = field(default_factory=list)
    paid: Decimal | None = None
    off_lines: list[tuple[int, Decimal]] = field(default_factory=list)
    off: Decimal = _ZERO
    on_no_line: Decimal = _ZERO
    another_code: int = 0


def claim_rows(
    claim: Claim, payment: Payment, order: str, occurrence: int, secret: bytes
) -> ClaimRead:
    """The lines of a claim as rows of claim_lines, refusals, and how it balances.

    order: primary or secondary. occurrence: how many equal claims this payment held before.
    """
    read = ClaimRead()
    charge, read.paid = amount(claim.segment.at(3)), amount(claim.segment.at(4))
    try:
        of_claim = adjustments(claim.adjustments)
    except ValueError as wrong:
        of_claim = []
        read.refused = [(line.segment.number, str(wrong)) for line in claim.lines]
    lines = [] if read.refused else claim.lines
    alone = len(claim.lines) == 1 and bool(lines) and _nets(claim, read.paid, of_claim)
    borne, paid_on_lines, all_read = total(of_claim), _ZERO, not read.refused
    for line in lines:
        own, reason, off = _own_adjustments(line)
        borne += total(own)
        paid_on_lines += amount(line.segment.at(3)) or _ZERO
        all_read = all_read and off is not None
        if off:
            read.off_lines.append((line.segment.number, off))
        reason = reason or _why_not(claim)
        try:
            if reason:
                raise ValueError(reason)
            entry = line_entry(claim, line, own, of_claim if alone else [], order, secret)
        except ValueError as wrong:
            read.refused.append((line.segment.number, str(wrong)))
            continue
        read.another_code += submitted_code(line) not in ("", entry["code"])
        entry["submitted_date"] = a_day(claim.dates.get("050", ""))
        entry["paid_date"] = a_day(payment.date)
        entry["row_hash"] = _hash(claim, payment, line, entry, occurrence, secret)
        read.rows.append((line.segment.number, entry))
    if charge is not None and read.paid is not None and all_read:
        read.off = charge - borne - read.paid
        if not read.off and claim.lines:
            read.off = paid_on_lines - total(of_claim) - read.paid
    read.on_no_line = _ZERO if alone or not claim.lines else total(of_claim)
    return read


def _why_not(claim: Claim) -> str:
    if claim.status in _NOT_CLAIMS:
        return _NOT_CLAIMS[claim.status]
    return _HOSPITAL if is_hospital(claim) else ""


def is_hospital(claim: Claim) -> bool:
    """Whether a hospital bill stands behind the claim: inpatient data or revenue codes."""
    return claim.hospital or any(
        qualifier_of(line.segment.at(1), line.segment.marks.component) in HOSPITAL
        for line in claim.lines
    )


def _nets(claim: Claim, paid: Decimal | None, of_claim: list[Adjustment]) -> bool:
    """Whether the claim's only line less the claim's own adjustments is what was paid."""
    of_line = amount(claim.lines[0].segment.at(3))
    return bool(of_claim) and of_line is not None and of_line - total(of_claim) == paid


def _own_adjustments(line: ServiceLine) -> tuple[list[Adjustment], str, Decimal | None]:
    """The line's adjustments, why they cannot be read or "", and by what it is off balance,
    None where that cannot be told."""
    try:
        own = adjustments(line.adjustments)
    except ValueError as wrong:
        return [], str(wrong), None
    charge, paid = amount(line.segment.at(2)), amount(line.segment.at(3))
    if charge is None or paid is None or len(line.segment.at(1)) < 4:
        return own, "", None
    return own, "", charge - total(own) - paid


def _hash(
    claim: Claim,
    payment: Payment,
    line: ServiceLine,
    entry: dict[str, Any],
    occurrence: int,
    secret: bytes,
) -> str:
    """What makes the line itself whatever file and envelope bring it: 32 hex digits."""
    parts = (
        "835", payment.trace, payment.origin, claim.segment.at(1), claim.segment.at(7),
        claim.status, occurrence, line.place, line.control, entry["code"], entry["modifiers"],
        entry["service_date"], entry["units"], entry["billed"], entry["paid"],
        entry["adjustments"],
    )  # fmt: skip
    return content_hash(parts, secret)
