"""The persons that a claim names, held while it is read, so that no other cell repeats them."""

from __future__ import annotations

import re

from tools.importers.claims import claim_number
from tools.importers.x12.segments import Segment

_PATIENTS = frozenset(("QC", "IL", "74"))
# Reference qualifiers whose value may be a patient's: member, social security, group, policy
# and medical record numbers.
_REFERENCES = frozenset(("1W", "SY", "EA", "0F", "IG", "1L", "IL", "A6", "49", "G8", "Y4"))
_NPI = re.compile(r"[12]\d{9}")
_SSN = "34"


class Persons:
    """Names and ids met in one claim; they are compared with, and never given out."""

    __slots__ = ("_ids", "_names", "_told")

    def __init__(self) -> None:
        self._names: set[str] = set()
        self._ids: set[str] = set()
        self._told: dict[str, str] = {}

    def see(self, segment: Segment) -> None:
        """Take an NM1 of a patient or subscriber, their DMG (birth date), or a REF."""
        if segment.name == "DMG":
            self._ids.add(_bare(segment.at(2)))
        elif segment.name == "REF":
            if segment.at(1) in _REFERENCES:
                self._ids.add(_bare(segment.at(2)))
        elif segment.at(1) in _PATIENTS:
            for place in (3, 4, 5):
                word = _bare(segment.at(place))
                if len(word) >= 4:
                    self._names.add(word)
            if segment.at(9):
                self._ids.add(_bare(segment.at(9)))
                if segment.at(8) != _SSN:
                    self._told.setdefault(segment.at(1), segment.at(9))

    def member_id(self) -> str:
        """The member id: the corrected one, else the patient's, else the subscriber's; ""."""
        return self._told.get("74") or self._told.get("QC") or self._told.get("IL") or ""

    def named_in(self, text: str) -> bool:
        """Whether a text holds one of the names or ids."""
        bare = _bare(text)
        return any(len(each) >= 4 and each in bare for each in (*self._names, *self._ids))

    def claim_id(self, *numbers: str) -> str | None:
        """The first number that can stand as the claim's and names nobody."""
        for text in numbers:
            found = claim_number(text.strip())
            if found and found.strip("0") and not self.named_in(found):
                return found
        return None


def npi(text: str) -> str | None:
    """A national provider identifier by its shape, else None."""
    return text if _NPI.fullmatch(text) else None


def _bare(text: str) -> str:
    return re.sub(r"[^0-9A-Z]", "", text.upper())
