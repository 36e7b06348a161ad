"""An 837P as its claims, each under its subscriber, in the order of the file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from tools.importers.payer_column import as_named
from tools.importers.x12.persons import Persons
from tools.importers.x12.procedure import component_mark
from tools.importers.x12.segments import Segment, as_text

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
