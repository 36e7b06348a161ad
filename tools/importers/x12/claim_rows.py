"""The claim lines of one 835 claim, each with its reasons in USD, or why a line is left out.

Allowed is AMT*B6 where given, else paid + patient responsibility (MEASURES: Allowed). Units
are SVC05, and 1 where it is not sent; a line that was paid for no unit keeps the submitted
ones (SVC07). A claim-level adjustment belongs to the line of a claim that has one line only.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from tools.importers.cell_values import day, money, number
from tools.importers.member_key import member_key
from tools.importers.x12.adjustments import (
    Adjustment,
    adjustments,
    by_reason,
    patient_share,
    prior_payer,
    total,
)
from tools.importers.x12.filing_indicator import line_of_business
from tools.importers.x12.persons import npi
from tools.importers.x12.procedure import HOSPITAL, procedure, qualifier_of
from tools.importers.x12.remittance import Claim, Payment, ServiceLine

_NOT_CLAIMS = {
    "23": "not this payer's claim: passed on to another payer unpaid (status 23)",
    "25": "a price told before the service, not a claim (status 25)",
}
_HOSPITAL = "a hospital claim, kept out of the professional lines"
_REMARK = re.compile(r"[A-Z]{1,3}\d{1,4}")
_LINE_NUMBER = re.compile(r"0*([1-9]\d?)")
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
    charge, read.paid = _amount(claim.segment.at(3)), _amount(claim.segment.at(4))
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
        paid_on_lines += _amount(line.segment.at(3)) or _ZERO
        all_read = all_read and off is not None
        if off:
            read.off_lines.append((line.segment.number, off))
        reason = reason or _why_not(claim)
        try:
            if reason:
                raise ValueError(reason)
            entry = _entry(claim, line, own, of_claim if alone else [], order, secret)
        except ValueError as wrong:
            read.refused.append((line.segment.number, str(wrong)))
            continue
        sent = line.segment.at(6)
        read.another_code += bool(sent) and _code(sent, line) not in ("", entry["code"])
        entry["submitted_date"] = _day(claim.dates.get("050", ""))
        entry["paid_date"] = _day(payment.date)
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
    of_line = _amount(claim.lines[0].segment.at(3))
    return bool(of_claim) and of_line is not None and of_line - total(of_claim) == paid


def _own_adjustments(line: ServiceLine) -> tuple[list[Adjustment], str, Decimal | None]:
    """The line's adjustments, why they cannot be read or "", and by what it is off balance,
    None where that cannot be told."""
    try:
        own = adjustments(line.adjustments)
    except ValueError as wrong:
        return [], str(wrong), None
    charge, paid = _amount(line.segment.at(2)), _amount(line.segment.at(3))
    if charge is None or paid is None or len(line.segment.at(1)) < 4:
        return own, "", None
    return own, "", charge - total(own) - paid


def _entry(
    claim: Claim,
    line: ServiceLine,
    own: list[Adjustment],
    of_claim: list[Adjustment],
    order: str,
    secret: bytes,
) -> dict[str, Any]:
    segment = line.segment
    found = procedure(segment.at(1), segment.marks.component)
    served = _served(claim, line)
    billed, paid = _money(segment.at(2), "charge"), _money(segment.at(3), "payment")
    everything = [*own, *of_claim]
    paid -= total(of_claim)
    share = patient_share(everything)
    reasons = by_reason(everything)
    told = re.fullmatch(_LINE_NUMBER, line.control)
    place = claim.segment.at(8)
    member = claim.persons.member_id()
    return {
        "claim_id": claim.persons.claim_id(claim.segment.at(1), claim.segment.at(7)),
        "line_number": told[1] if told else None,
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
    given = _money(line.allowed, "allowed amount") if line.allowed else None
    return given if given is not None else paid + share


def _served(claim: Claim, line: ServiceLine) -> date:
    given = line.dates.get("472") or line.dates.get("150") or claim.dates.get("232")
    try:
        served = day(given or "")
    except ValueError as wrong:
        raise ValueError(f"the date of service: {wrong}") from None
    if served is None:
        raise ValueError("no date of service")
    return served


def _units(line: ServiceLine) -> Decimal:
    texts = [line.segment.at(5) or "1", line.segment.at(7) or "0"]
    try:
        paid_for, submitted = (number(text) or Decimal(0) for text in texts)
    except ValueError as wrong:
        raise ValueError(f"the units: {wrong}") from None
    units = paid_for or submitted
    if abs(units) >= 10**8:
        raise ValueError("the units are too many to be units")
    return units.quantize(Decimal("0.001"))


def _code(sent: str, line: ServiceLine) -> str:
    try:
        return procedure(sent, line.segment.marks.component).code
    except ValueError:
        return ""


def _remarks(texts: list[str]) -> str:
    return " ".join(sorted({t.strip() for t in texts if _REMARK.fullmatch(t.strip())}))


def _money(text: str, what: str) -> Decimal:
    try:
        amount = money(text)
    except ValueError as wrong:
        raise ValueError(f"the {what}: {wrong}") from None
    if amount is None:
        raise ValueError(f"no {what}")
    return amount


def _amount(text: str) -> Decimal | None:
    try:
        return money(text)
    except ValueError:
        return None


def _day(text: str) -> date | None:
    try:
        return day(text)
    except ValueError:
        return None


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
    text = "\x1d".join(str(part) for part in parts).encode()
    return hashlib.blake2b(text, key=secret[:64], digest_size=16).hexdigest()
