"""The service lines of an 837P, as charges: what was billed, for which diagnoses, by whom."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from tools.importers.cell_values import day, money, number
from tools.importers.member_key import member_key
from tools.importers.payer_column import as_named
from tools.importers.x12.filing_indicator import line_of_business
from tools.importers.x12.persons import Persons, npi
from tools.importers.x12.procedure import component_mark, procedure
from tools.importers.x12.segments import Segment, as_text

_LINE_NUMBER = re.compile(r"0*([1-9]\d?)")
_TEN = frozenset(("ABK", "ABF"))
_DIAGNOSES = _TEN | {"BK", "BF"}
_FREQUENCIES = frozenset("178")


@dataclass(slots=True)
class Subscriber:
    """What stands above the claims of one subscriber."""

    order: str = "primary"
    indicator: str = ""
    payer: str = ""
    members: list[Segment] = field(default_factory=list)


@dataclass(slots=True)
class Submitted:
    """One CLM with what stands below it; `lines` are LX groups of segments."""

    segment: Segment
    subscriber: Subscriber
    date: str
    rendering: str
    persons: Persons
    original: str = ""
    diagnoses: list[str] = field(default_factory=list)
    other_payers: bool = False
    lines: list[list[Segment]] = field(default_factory=list)

    @property
    def frequency(self) -> str:
        """CLM05-3: 1 original, 7 replaces, 8 voids."""
        found = composite(self.segment, 5)[2:3]
        return found[0] if found and found[0] in _FREQUENCIES else "1"


class SubmittedReader:
    """Put together from segments: a claim is given out when it ends."""

    def __init__(self) -> None:
        self._date = self._billing = ""
        self._subscriber = Subscriber()
        self._claim: Submitted | None = None

    def take(self, segment: Segment) -> Iterator[Submitted]:
        """The claim that this segment completes."""
        name = segment.name
        if name in ("CLM", "HL", "SE") and self._claim is not None:
            done, self._claim = self._claim, None
            yield done
        if name == "BHT":
            self._date = segment.at(4)
        elif name == "HL":
            if segment.at(3) == "20":
                self._billing = ""
            if segment.at(3) in ("20", "22"):
                self._subscriber = Subscriber()
        elif name == "CLM":
            persons = Persons()
            for each in self._subscriber.members:
                persons.see(each)
            self._claim = Submitted(segment, self._subscriber, self._date, self._billing, persons)
        elif self._claim is None:
            self._above(segment)
        elif self._claim.lines or name == "LX":
            if name == "LX":
                self._claim.lines.append([])
            self._claim.lines[-1].append(segment)
        else:
            _of_claim(self._claim, segment)

    def _above(self, segment: Segment) -> None:
        name, who = segment.name, segment.at(1)
        if name == "SBR":
            self._subscriber.order = "primary" if who == "P" else "secondary"
            self._subscriber.indicator = segment.at(9)
        elif name == "NM1" and who == "PR" and segment.at(2) != "1":
            self._subscriber.payer = as_named(as_text(segment.at(3)))
        elif name == "NM1" and who == "85":
            single = segment.at(2) == "1" and segment.at(8) == "XX"
            self._billing = segment.at(9) if single else ""
        elif name in ("NM1", "REF", "DMG"):
            self._subscriber.members.append(segment)


def _of_claim(claim: Submitted, segment: Segment) -> None:
    name = segment.name
    if name == "SBR":
        claim.other_payers = True
    elif name == "NM1" and segment.at(1) == "82" and not claim.other_payers:
        claim.rendering = segment.at(9) if segment.at(8) == "XX" else ""
    elif name in ("REF", "DMG", "NM1"):
        claim.persons.see(segment)
        if name == "REF" and segment.at(1) == "F8" and not claim.other_payers:
            claim.original = segment.at(2)
    elif name == "HI":
        for place in range(1, len(segment.elements)):
            pieces = composite(segment, place)
            if pieces[0] in _DIAGNOSES and len(pieces) > 1:
                claim.diagnoses.append(_diagnosis(pieces[0], pieces[1]))


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
    told = _LINE_NUMBER.fullmatch(control)
    rendering = next(
        (s.at(9) for s in segments if s.name == "NM1" and s.at(1) == "82" and s.at(8) == "XX"),
        claim.rendering,
    )
    where = service.at(5) or composite(claim.segment, 5)[0]
    member = claim.persons.member_id()
    entry: dict[str, Any] = {
        "claim_id": claim.persons.claim_id(claim.segment.at(1)),
        "line_number": told[1] if told else str(place),
        "service_date": _served(dates.get("472", "")),
        "submitted_date": _day(claim.date),
        "payer_as_given": claim.subscriber.payer or None,
        "line_of_business": line_of_business(claim.subscriber.indicator),
        "payer_order": claim.subscriber.order,
        "code": found.code,
        "modifiers": " ".join(found.modifiers),
        "units": _number(service.at(4) or "1", "units").quantize(Decimal("0.001")),
        "place_of_service": where if re.fullmatch(r"\d\d", where) else None,
        "billed": _charge(service.at(2)),
        "diagnoses": " ".join(dict.fromkeys(_pointed(claim, service))),
        "rendering_npi": npi(rendering),
        "frequency": claim.frequency,
        "member_key": member_key(member, secret) if member else None,
    }
    parts = ("837", claim.segment.at(1), claim.frequency, claim.original, place, control,
             *(entry[name] for name in ("service_date", "payer_as_given", "payer_order", "code",
                                        "modifiers", "units", "billed", "diagnoses")))  # fmt: skip
    text = "\x1d".join(str(part) for part in parts).encode()
    entry["row_hash"] = hashlib.blake2b(text, key=secret[:64], digest_size=16).hexdigest()
    return entry


def _pointed(claim: Submitted, service: Segment) -> Iterator[str]:
    """The diagnoses that the line points to, the first pointer first."""
    for pointer in re.findall(r"\d{1,2}", service.at(7)):
        if 0 < int(pointer) <= len(claim.diagnoses) and claim.diagnoses[int(pointer) - 1]:
            yield claim.diagnoses[int(pointer) - 1]


def composite(segment: Segment, place: int) -> list[str]:
    """The components of an element, by the mark that the element itself shows."""
    text = segment.at(place)
    mark = component_mark(text, segment.marks.component)
    if mark not in text and (other := re.search(r"[^A-Za-z0-9 .\-]", text)):
        mark = other[0]
    return [piece.strip(" ") for piece in text.split(mark)]


def _diagnosis(qualifier: str, code: str) -> str:
    """An ICD-10 code as it is written in print: F321 is F32.1; an older one as it stands; ""
    where it has not the shape of a code."""
    bare = code.upper().replace(".", "")
    if qualifier not in _TEN:
        return bare if re.fullmatch(r"[EV]?\d{2,5}", bare) else ""
    if not re.fullmatch(r"[A-Z]\d[0-9A-Z]{1,5}", bare):
        return ""
    return f"{bare[:3]}.{bare[3:]}" if len(bare) > 3 else bare


def _served(text: str) -> date:
    try:
        served = day(text.split("-")[0])
    except ValueError as wrong:
        raise ValueError(f"the date of service: {wrong}") from None
    if served is None:
        raise ValueError("no date of service")
    return served


def _day(text: str) -> date | None:
    try:
        return day(text)
    except ValueError:
        return None


def _charge(text: str) -> Decimal:
    try:
        amount = money(text)
    except ValueError as wrong:
        raise ValueError(f"the charge: {wrong}") from None
    if amount is None:
        raise ValueError("no charge")
    return amount


def _number(text: str, what: str) -> Decimal:
    try:
        value = number(text) or Decimal(0)
    except ValueError as wrong:
        raise ValueError(f"the {what}: {wrong}") from None
    if abs(value) >= 10**8:
        raise ValueError(f"the {what} are too many")
    return value
