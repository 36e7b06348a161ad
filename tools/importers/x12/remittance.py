"""An 835 as its claims and payments, in the order of the file; amounts are still text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from tools.importers.x12.persons import Persons
from tools.importers.x12.segments import Segment, as_text


@dataclass(slots=True)
class ServiceLine:
    """One SVC with what stands below it; `place` counts the claim's lines from 1."""

    segment: Segment
    place: int
    adjustments: list[Segment] = field(default_factory=list)
    dates: dict[str, str] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)
    control: str = ""
    rendering: str = ""
    allowed: str = ""


@dataclass(slots=True)
class Claim:
    """One CLP with what stands below it. hospital: a bill of a hospital stands behind it."""

    segment: Segment
    hospital: bool
    adjustments: list[Segment] = field(default_factory=list)
    dates: dict[str, str] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)
    lines: list[ServiceLine] = field(default_factory=list)
    persons: Persons = field(default_factory=Persons)
    rendering: str = ""

    @property
    def status(self) -> str:
        """CLP02 without leading zeros: 1 primary, 2 secondary, 3, 4 denied, 22 reversal, ..."""
        return self.segment.at(2).lstrip("0")


@dataclass(slots=True)
class Payment:
    """One transaction set: what BPR and TRN say of it, and the payer's own adjustments."""

    number: int
    stated: str = ""
    debit: bool = False
    date: str = ""
    trace: str = ""
    origin: str = ""
    payer: str = ""
    adjustments: list[Segment] = field(default_factory=list)


class RemittanceReader:
    """Put together from segments: a claim is given out when it ends, a payment at its SE."""

    def __init__(self) -> None:
        self.payment = Payment(0)
        self._claim: Claim | None = None
        self._line: ServiceLine | None = None
        self._hospital = False

    def take(self, segment: Segment) -> Iterator[Claim | Payment]:
        """The claim, or at SE the claim and the payment, that this segment completes."""
        name = segment.name
        if name in ("CLP", "LX", "PLB", "SE", "ST") and self._claim is not None:
            done, self._claim, self._line = self._claim, None, None
            yield done
        if name == "SE":
            yield self.payment
        elif name == "ST":
            self.payment, self._hospital = Payment(segment.number), False
        elif name == "LX":
            self._hospital = False
        elif name in ("TS2", "TS3"):
            self._hospital = True
        elif name == "CLP":
            self._claim = Claim(segment, self._hospital or bool(segment.at(11)))
        elif self._claim is None:
            self._of_payment(segment)
        elif name == "SVC":
            self._line = ServiceLine(segment, len(self._claim.lines) + 1)
            self._claim.lines.append(self._line)
        elif self._line is None:
            self._of_claim(self._claim, segment)
        else:
            self._of_line(self._claim, self._line, segment)

    def _of_payment(self, segment: Segment) -> None:
        payment = self.payment
        if segment.name == "BPR":
            payment.stated, payment.date = segment.at(2), segment.at(16)
            payment.debit = segment.at(3) == "D"
        elif segment.name == "TRN" and not payment.trace:
            payment.trace, payment.origin = segment.at(2), segment.at(3)
        elif segment.name == "N1" and segment.at(1) == "PR":
            payment.payer = as_text(segment.at(2))
        elif segment.name == "PLB":
            payment.adjustments.append(segment)

    def _of_claim(self, claim: Claim, segment: Segment) -> None:
        name = segment.name
        if name == "CAS":
            claim.adjustments.append(segment)
        elif name == "NM1":
            claim.persons.see(segment)
            if segment.at(1) == "82" and segment.at(8) == "XX":
                claim.rendering = segment.at(9)
        elif name in ("REF", "DMG"):
            claim.persons.see(segment)
        elif name == "DTM":
            claim.dates.setdefault(segment.at(1), segment.at(2))
        elif name == "MOA":
            claim.remarks += segment.elements[3:8]
        elif name == "MIA":
            claim.hospital = True

    def _of_line(self, claim: Claim, line: ServiceLine, segment: Segment) -> None:
        name = segment.name
        if name == "CAS":
            line.adjustments.append(segment)
        elif name == "DTM":
            line.dates.setdefault(segment.at(1), segment.at(2))
        elif name == "REF":
            claim.persons.see(segment)
            if segment.at(1) == "6R":
                line.control = segment.at(2)
            elif segment.at(1) == "HPI":
                line.rendering = segment.at(2)
        elif name == "AMT" and segment.at(1) == "B6":
            line.allowed = segment.at(2)
        elif name == "LQ" and segment.at(1) == "HE":
            line.remarks.append(segment.at(2))
