"""The service lines of an 837P, as charges: what was billed, for which diagnoses, by whom."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from tools.importers.member_key import member_key
from tools.importers.x12.element_values import (
    a_day,
    content_hash,
    day_served,
    line_number,
    required_amount,
    units,
)
from tools.importers.x12.filing_indicator import line_of_business
from tools.importers.x12.persons import npi
from tools.importers.x12.procedure import procedure
from tools.importers.x12.segments import Segment
from tools.importers.x12.submitted import Submitted, composite


def submitted_rows(
    claim: Submitted, secret: bytes
) -> tuple[list[tuple[int, dict[str, Any]]], list[tuple[int, str]]]:
    """Rows of charges and refusals, both by the segment number of SV1 (or LX without one)."""
    rows: list[tuple[int, dict[str, Any]]] = []
    refused: list[tuple[int, str]] = []
    for place, segments in enumerate(claim.lines, start=1):
        service = next((s for s in segments if s.name in ("SV1", "SV2", "SV3")), segments[0])
        try:
            entry = _entry(claim, place, service, segments, secret)
        except ValueError as wrong:
            refused.append((service.number, str(wrong)))
        else:
            rows.append((service.number, entry))
    if not claim.lines:
        refused.append((claim.segment.number, "a claim without service lines"))
    return rows, refused


def _entry(
    claim: Submitted, place: int, service: Segment, segments: list[Segment], secret: bytes
) -> dict[str, Any]:
    if service.name != "SV1":
        raise ValueError("no professional service line (SV1)")
    found = procedure(service.at(1), service.marks.component)
    dates = {s.at(1): s.at(3) for s in segments if s.name == "DTP"}
    control = next((s.at(2) for s in segments if s.name == "REF" and s.at(1) == "6R"), "")
    rendering = next(
        (s.at(9) for s in segments if s.name == "NM1" and s.at(1) == "82" and s.at(8) == "XX"),
        claim.rendering,
    )
    where = service.at(5) or composite(claim.segment, 5)[0]
    member = claim.persons.member_id()
    entry: dict[str, Any] = {
        "claim_id": claim.persons.claim_id(claim.segment.at(1)),
        "line_number": line_number(control) or str(place),
        "service_date": day_served(dates.get("472", "")),
        "submitted_date": a_day(claim.date),
        "payer_as_given": claim.subscriber.payer or None,
        "line_of_business": line_of_business(claim.subscriber.indicator),
        "payer_order": claim.subscriber.order,
        "code": found.code,
        "modifiers": " ".join(found.modifiers),
        "units": units(service.at(4) or "1"),
        "place_of_service": where if re.fullmatch(r"\d\d", where) else None,
        "billed": required_amount(service.at(2), "charge"),
        "diagnoses": " ".join(dict.fromkeys(_pointed(claim, service))),
        "rendering_npi": npi(rendering),
        "frequency": claim.frequency,
        "member_key": member_key(member, secret) if member else None,
    }
    parts = ("837", claim.segment.at(1), claim.frequency, claim.original, place, control,
             *(entry[name] for name in ("service_date", "payer_as_given", "payer_order", "code",
                                        "modifiers", "units", "billed", "diagnoses")))  # fmt: skip
    entry["row_hash"] = content_hash(parts, secret)
    return entry


def _pointed(claim: Submitted, service: Segment) -> Iterator[str]:
    """The diagnoses that the line points to, the first pointer first."""
    for pointer in re.findall(r"\d{1,2}", service.at(7)):
        if 0 < int(pointer) <= len(claim.diagnoses) and claim.diagnoses[int(pointer) - 1]:
            yield claim.diagnoses[int(pointer) - 1]
