"""What a message says in its writer's own words: without signature, disclaimers, banners, links.

Nothing is taken from the text that is kept; these are the stretches of it that are read and
quoted, and the signature, which tells who wrote.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

_SIGN_OFF = re.compile(
    r"^\s*(?:(?:best|kind|warm|many)\s+)?(?:regards|wishes|thanks|thank you|best|sincerely|cheers"
    r"|respectfully|cordially|yours(?: truly| sincerely)?|thanks again|thank you again|all the best"
    r"|thanks so much|many thanks|take care|warmly|mit freundlichen gr(?:ü|u)(?:ß|ss)en"
    r"|cordialement"
    r"|saludos|atentamente)\s*[,.!–-]*\s*$",
    re.IGNORECASE,
)
_DASHES = re.compile(r"^\s*(?:--|—|__)\s*$")
_DISCLAIMER = re.compile(
    r"confidential(?:ity)? (?:notice|note|and|information|or)|intended (?:only |solely )?(?:for"
    r"|recip)"
    r"|received this (?:e-?mail|message|communication|transmission)|privileged|unauthori[sz]ed"
    r"|this (?:e-?mail|message|communication) (?:and any|may contain|is intended|contains)"
    r"|scanned for viruses|think before you print|consider the environment",
    re.IGNORECASE,
)
_BANNER = re.compile(
    r"^\W*(?:caution|warning|external|attention|notice)\b.{0,30}\b(?:e-?mail|sender|message"
    r"|external|originated)\b|originated (?:from )?outside|do not click|report (?:as )?suspicious"
    r"|^\s*(?:sent from my|get outlook for|sent via|von meinem \w+ gesendet|envoyé de mon)\b"
    r"|\bunsubscribe\b|manage (?:your )?preferences|view (?:this|it) in (?:your|a) browser",
    re.IGNORECASE,
)
_LINK = re.compile(
    r"\[?<?(?:https?://|www\.)[^\s>\]]+>?\]?|\[cid:[^\]]{1,120}\]|<mailto:[^>\s]+>", re.I
)
_GREETING = re.compile(
    r"^\s*(?:hi|hello|hey|dear|good (?:morning|afternoon|evening)|greetings)\b[^.?!\n]{0,60}[,:–-]?"
    r"\s*$|^\s*[A-Z][a-z]+(?: [A-Z][a-z]+)?,\s*$",
    re.IGNORECASE,
)
_SENTENCE = re.compile(
    r"(?<=[.?!])[\"”)]?\s+(?=[\"“(]?[A-Z0-9•*-])|\n\s*\n|\n(?=\s*(?:[-•*]|\d+[.)])\s)"
)
_ITEM = re.compile(r"^(\s*(?:[-•*]|\d+[.)])\s[^\n]*)\n(?=\S)", re.MULTILINE)
_ABBREVIATED = re.compile(
    r"(?:\b(?:dr|mr|mrs|ms|no|approx|inc|corp|ltd|dept|st|vs|e\.g|i\.e|etc|jan|feb|mar|apr|jun"
    r"|jul|aug"
    r"|sept?|oct|nov|dec|a\.m|p\.m|u\.s)|\b[A-Z]|^\s*\d{1,2})\.$",
    re.IGNORECASE,
)
_LONGEST_SIGNATURE = 14


@dataclass(frozen=True)
class OwnWords:
    """Stretches of a body, by its offsets: sentences that are the writer's, and the signature
    ((0, 0) where there is none)."""

    sentences: tuple[tuple[int, int], ...]
    signature: tuple[int, int]


def own_words(body: str) -> OwnWords:
    """The writer's sentences in a body, and where the signature stands."""
    lines = _lines(body)
    sign = _signature(body, lines)
    low, high = sign if sign else (len(body), len(body))
    kept = [
        (start, end)
        for start, end in _paragraphs(body)
        if not (low <= start < high) and not _DISCLAIMER.search(body[start:end])
    ]
    sentences: list[tuple[int, int]] = []
    for start, end in kept:
        stop = low if start < low < end else end
        sentences += _sentences(body, start, stop)
    return OwnWords(tuple(sentences), (low, high) if sign else (0, 0))


def _lines(body: str) -> list[tuple[int, str]]:
    lines, at = [], 0
    for line in body.split("\n"):
        lines.append((at, line))
        at += len(line) + 1
    return lines


def _signature(body: str, lines: list[tuple[int, str]]) -> tuple[int, int] | None:
    """From the sign-off or the two dashes to the end of the short lines below it."""
    for place, (at, line) in enumerate(lines):
        if not (_SIGN_OFF.match(line) or _DASHES.match(line)):
            continue
        end, count = at + len(line), 0
        for below, text in lines[place + 1 :]:
            if count >= _LONGEST_SIGNATURE or _speaks(text) or _DISCLAIMER.search(text):
                break
            if text.strip():
                count += 1
                end = below + len(text)
        rest = body[end:].strip()
        if count and (count <= 3 or not rest or _DISCLAIMER.search(rest) or _speaks(rest)):
            return at, end
        if not rest:
            return at, end
    return None


def _speaks(line: str) -> bool:
    """Whether a line is a sentence and no part of a signature."""
    text = line.strip()
    if re.match(r"(?i)p\.?\s?s\b", text):
        return True
    words = text.split()
    return len(words) > 14 or (len(words) > 5 and text.endswith((".", "?", "!")))


def _paragraphs(body: str) -> list[tuple[int, int]]:
    """Paragraphs without lines that quote, greet or warn, by their offsets."""
    found: list[tuple[int, int]] = []
    start = None
    for at, line in [*_lines(body), (len(body) + 1, "")]:
        apart = not line.strip() or line.startswith(">") or bool(_GREETING.match(line))
        if apart or _BANNER.search(line):
            if start is not None:
                found.append((start, max(start, at - 1)))
            start = None
        elif start is None:
            start = at
    return [(a, b) for a, b in found if body[a:b].strip()]


def _sentences(body: str, start: int, end: int) -> list[tuple[int, int]]:
    """The sentences of a stretch, parted at ends of sentences, at list marks and at links."""
    cuts = [(start, start)]
    for match in _SENTENCE.finditer(body, start, end):
        if not _ABBREVIATED.search(body[max(start, match.start() - 12) : match.start()]):
            cuts.append((match.start(), match.end()))
    cuts += [(m.start(), m.end()) for m in _LINK.finditer(body, start, end)]
    cuts += [(m.end(1), m.end()) for m in _ITEM.finditer(body, start, end)]
    cuts = [*sorted(cuts), (end, end)]
    made = []
    for (_, low), (high, _) in pairwise(cuts):
        if low >= high:
            continue
        text = body[low:high]
        if re.search(r"\w", text):
            lead = len(text) - len(text.lstrip(" \n-•*"))
            made.append((low + lead, low + len(text.rstrip())))
    return made
