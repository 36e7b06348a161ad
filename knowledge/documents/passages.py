"""A document cut into passages for the index, along its own sections."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from knowledge.documents.document import Document

LONGEST = 1200
_STOP = re.compile(r"(?<=[.;:?!])\s+(?=[A-Z(\"“0-9])|\n+")


@dataclass(frozen=True)
class Cut:
    """One passage: [start, end) of the text, its heading path and line of business."""

    start: int
    end: int
    path: tuple[str, ...]
    scope: str | None
    kind: str


def passages(document: Document) -> tuple[Cut, ...]:
    """The passages of a document in order; each is at most about LONGEST characters."""
    edges = sorted({0, len(document.text), *(s.start for s in document.sections)})
    cuts: list[Cut] = []
    for start, end in pairwise(edges):
        section = document.section_at(start)
        path = section.path if section else ()
        scope, kind = (section.scope, section.kind) if section else (None, "body")
        for low, high in _pieces(document.text, start, end):
            cuts.append(Cut(low, high, path, scope, kind))
    return tuple(cuts)


def _pieces(text: str, start: int, end: int) -> list[tuple[int, int]]:
    pieces: list[tuple[int, int]] = []
    low = start
    while low < end:
        high = end
        if end - low > LONGEST:
            stops = [m.start() for m in _STOP.finditer(text, low, low + LONGEST)]
            high = stops[-1] if stops and stops[-1] > low else low + LONGEST
        while low < high and text[low].isspace():
            low += 1
        tail = high
        while tail > low and text[tail - 1].isspace():
            tail -= 1
        if tail > low:
            pieces.append((low, tail))
        low = max(high, low + 1)
    return pieces
