"""An X12 file without its persons: what may name one is blank, all else is byte-identical.

An allowlist: a segment or element that is not known to be free of persons is blanked, so
that a sender's unusual use of a field keeps nothing.
"""

from __future__ import annotations

import re
from functools import lru_cache

from tools.importers.x12.persons import Persons
from tools.importers.x12.procedure import component_mark
from tools.importers.x12.segments import Segment

_WHOLE = frozenset(
    ("ISA", "IEA", "GS", "GE", "ST", "SE", "TA1", "BHT", "BPR", "CUR", "LX", "HL", "TS2", "TS3",
     "PRV")
)  # fmt: skip
# Codes, counts and amounts only: what has another shape is blank.
_CODED = frozenset(
    ("CAS", "AMT", "QTY", "LQ", "MIA", "MOA", "SVC", "SV1", "SVD", "HI", "CLP", "CLM", "OI",
     "HCP", "CR1", "CR2", "CR3", "CRC", "CN1", "CTP", "PS1")
)  # fmt: skip
_ORGANIZATIONS = frozenset(("PR", "PE", "40", "41", "77", "82", "85", "87", "TT"))
_REFERENCES = frozenset(("6R", "F8", "EV", "F2", "2U", "TJ", "EI", "PQ", "LU", "RB", "0K"))
_DATES = frozenset(("405", "472", "150", "151", "232", "233", "050", "573", "009"))
_CLAIM_NUMBERS = {"CLP": (1, 7), "CLM": (1,)}
_PIECE = re.compile(
    r"-?\d{1,12}(?:\.\d{1,4})?|-?\.\d{1,4}|[A-Z]{1,3}|[A-Z]{0,3}\d{1,5}[A-Z]?|[A-Z]\d[0-9A-Z]{1,5}"
)
_DAY = re.compile(r"(?:19|20)\d{6}")
_DESCRIBED = {"SVC": (1, 6), "SV1": (1,), "SVD": (3,)}  # composites whose seventh part is free text
_DATE = re.compile(r"\d{6,8}(?:-\d{6,8})?|\d{12}")


class Redaction:
    """Blanks segment by segment. References wait for the claim's persons, for a value that
    repeats a member's id is blank wherever it stands."""

    def __init__(self) -> None:
        self.blanked = 0

    def text(self, segment: Segment, persons: Persons | None) -> str:
        """The segment as it may be kept, its end mark not included."""
        name = segment.name
        if name in _WHOLE:
            return segment.raw
        mark = segment.marks.element
        pieces = segment.raw.split(mark)
        coded, numbers = name in _CODED, _CLAIM_NUMBERS.get(name, ())
        for place in range(1, len(pieces)):
            given = pieces[place]
            if not given:
                continue
            if coded and place not in numbers:
                kept = _coded(name, place, given, segment.marks.component)
                if persons is not None and len(kept) >= 6 and persons.named_in(kept):
                    kept = ""
            else:
                kept = given if self._kept(segment, place, segment.at(place), persons) else ""
            if kept != given:
                pieces[place] = kept
                self.blanked += 1
        return mark.join(pieces)

    def _kept(self, segment: Segment, place: int, text: str, persons: Persons | None) -> bool:
        name, first = segment.name, segment.at(1)
        if name in ("NM1", "N1"):
            return _named(segment, place)
        if name == "REF":
            own = persons is None or not persons.named_in(text)
            return place == 1 or (place == 2 and first in _REFERENCES and own)
        if name in ("DTM", "DTP"):
            last = place == len(segment.elements) - 1 or (name == "DTM" and place == 2)
            birth = persons is not None and last and persons.named_in(text)
            kept = first in _DATES and (not last or bool(_DATE.fullmatch(text)))
            return place == 1 or (kept and not birth)
        if name == "TRN":
            return place <= 3
        if name == "PLB":
            return place <= 2 or place % 2 == 0 or bool(re.fullmatch(r"[A-Z0-9]{2}", text))
        if name == "SBR":
            return place not in (3, 4) and len(text) <= 2
        if name in _CLAIM_NUMBERS:
            return (persons or Persons()).claim_id(text) is not None
        return name == "PER" and place == 1


@lru_cache(maxsize=50_000)
def _coded(name: str, place: int, text: str, stated: str) -> str:
    """The element with every component blank that is no code, count or amount."""
    mark = component_mark(text, stated)
    described = place in _DESCRIBED.get(name, ())
    kept = []
    for position, piece in enumerate(text.split(mark)):
        bare = piece.strip(" \r\n")
        known = not bare or (_PIECE.fullmatch(bare) and not _DAY.fullmatch(bare))
        kept.append(piece if known and not (described and position > 5) else "")
    return mark.join(kept)


def _named(segment: Segment, place: int) -> bool:
    """Names of organizations, and identifiers that are no person's."""
    who = segment.at(1)
    if place == 1:
        return True
    if segment.name == "N1":
        return who in ("PR", "PE") or place == 3
    if place in (2, 8):
        return True
    if place == 9:
        return segment.at(8) == "XX" or (who in ("PR", "40", "41") and segment.at(2) == "2")
    return place == 3 and segment.at(2) == "2" and who in _ORGANIZATIONS
