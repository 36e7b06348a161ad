"""Procedure codes and modifiers as X12 composites write them ("HC:99213:25")."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

_CODE = re.compile(r"\d{5}|\d{4}[A-Z]|[A-Z]\d{4}")
_MODIFIER = re.compile(r"[A-Z0-9]{2}")
_OTHER_MARK = re.compile(r"[A-Z][A-Z0-9]([^A-Za-z0-9\s])")
_KEPT_OUT = {
    "NU": "a revenue code without a procedure code: a hospital line, kept out",
    "HP": "a hospital or home-health rate code, kept out of the professional lines",
    "AD": "a dental procedure, kept out of the professional lines",
    "N4": "a drug named by its NDC, not by a procedure code",
}
HOSPITAL = frozenset(("NU", "HP"))


@dataclass(frozen=True)
class Procedure:
    """A code of five characters, and its modifiers, sorted, each once."""

    code: str
    modifiers: tuple[str, ...]


def component_mark(text: str, stated: str) -> str:
    """The mark that parts a composite: the one the header states, unless the text shows
    another behind its qualifier, as some senders' files do."""
    if stated in text:
        return stated
    shown = _OTHER_MARK.match(text)
    return shown[1] if shown else stated


@lru_cache(maxsize=20_000)
def procedure(text: str, stated: str) -> Procedure:
    """The procedure of a composite; raises ValueError with the reason it cannot be used."""
    pieces = [piece.strip(" ").upper() for piece in text.split(component_mark(text, stated))]
    qualifier = pieces[0]
    if qualifier in _KEPT_OUT:
        raise ValueError(_KEPT_OUT[qualifier])
    code = pieces[1] if len(pieces) > 1 else ""
    if not code:
        raise ValueError("no procedure code")
    if qualifier != "HC" or not _CODE.fullmatch(code):
        raise ValueError("its code is not a procedure code of 5 characters")
    if code.startswith("D"):
        raise ValueError(_KEPT_OUT["AD"])
    modifiers = {piece for piece in pieces[2:6] if piece}
    if not all(_MODIFIER.fullmatch(each) for each in modifiers):
        raise ValueError("a modifier has two characters")
    return Procedure(code, tuple(sorted(modifiers)))


def qualifier_of(text: str, stated: str) -> str:
    """HC, NU and so on."""
    return text.split(component_mark(text, stated))[0].strip(" ").upper()
