"""Sentences of a text by their offsets; abbreviations and numbered items do not end one."""

from __future__ import annotations

import re

_STOP = re.compile(r"[.;:?!][\"”’')\]]*\s+(?=[A-Z(\"“\[\d§•])|\n+")
_ABBREVIATIONS = (
    "No Nos Sec Art Inc Co Corp Ltd Mr Ms Mrs Dr St vs etc Rev Stat U.S C.R.S C.F.R U.S.C e.g i.e"
    " p pp para cf al approx dept ext fig vol"
)
_ABBREVIATED = re.compile(
    rf"(?:^|[\s(])(?:{'|'.join(re.escape(a) for a in _ABBREVIATIONS.split())}|[A-Z]|\d{{1,2}})\.$"
)
SHORTEST = 25  # characters; a shorter piece keeps with the next


def sentences(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The sentences of text[start:end] as half-open offsets, in order, edges trimmed.

    A line break ends one (rows of a table, paragraphs); so does a semicolon or colon before
    a new item.
    """
    found: list[tuple[int, int]] = []
    low = start
    for stop in _STOP.finditer(text, start, end):
        line_break = "\n" in stop[0]
        mark = stop.start() + 1
        if not line_break:
            before = text[max(low, mark - 14) : mark]
            following = text[stop.end() : stop.end() + 1]
            if text[stop.start()] == "." and _ABBREVIATED.search(before):
                continue
            if text[stop.start()] in ";:" and following not in "(•":
                continue
        if stop.start() - low < SHORTEST and not ("\n\n" in stop[0] and stop.start() - low > 60):
            continue
        found += _trimmed(text, low, stop.end())
        low = stop.end()
    found += _trimmed(text, low, end)
    return found


def _trimmed(text: str, low: int, high: int) -> list[tuple[int, int]]:
    piece = text[low:high]
    left = low + len(piece) - len(piece.lstrip())
    right = low + len(piece.rstrip())
    return [(left, right)] if right > left else []
