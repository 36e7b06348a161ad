"""Where a clause that a contract lacks belongs in it, and how it is numbered there."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.documents.document import Document, Section

_SIGNED = re.compile(
    r"\n+(?=\s*(?:IN WITNESS|Signed\b|SIGNED\b|SIGNATURES?\b|AGREED\b|The parties have (?:signed"
    r"|caused|executed)|By:|_{4,}))"
)
_GENERAL = re.compile(r"general|miscellaneous|other terms", re.IGNORECASE)
_APPENDED = re.compile(r"\b(?:attachment|exhibit|schedule|addendum|appendix)\b", re.IGNORECASE)
_LAST_PART = re.compile(r"(\d+|[A-Za-z])(?=[^0-9A-Za-z]*$)")


@dataclass(frozen=True)
class Place:
    """A clause goes behind the paragraph of text[start:end], looks like the one at `like`, and
    takes `number` where numbers are typed; section: the one it joins, for readers."""

    start: int
    end: int
    like: int | None
    number: str
    section: str


def place_for(document: Document, near: Sequence[re.Pattern[str]]) -> Place:
    """The end of the part of the base agreement under whose caption a clause belongs."""
    own = [
        s
        for s in document.sections
        if s.kind == "body" and s.scope is None and not _APPENDED.search(" ".join(s.path))
    ]
    for pattern in (*near, _GENERAL):
        homes = [s for s in own if pattern.search(s.heading)]
        home = min(homes, key=lambda s: s.level, default=None)
        if home is not None:
            return _within(document, home, own)
    tops = [s for s in own if s.level == min(each.level for each in own)]
    if tops:
        return _within(document, tops[-1], own)
    return _behind(document, 0, len(document.text), None, "", "the end")


def _within(document: Document, home: Section, own: Sequence[Section]) -> Place:
    """Behind the last section of an article, or behind a section that has none below it."""
    below = [s for s in own if home.start < s.start < home.end]
    if below:
        level = min(s.level for s in below)
        last: Section | None = [s for s in below if s.level == level][-1]
    else:
        last = None if _captioned_apart(document, home) else home
    number = "" if last is None else next_number(last.number)
    taken = number in {s.number for s in own}
    return _behind(
        document, home.start, home.end, last, "" if taken else number, home.label or home.heading
    )


def _captioned_apart(document: Document, section: Section) -> bool:
    """Whether a section's caption stands in a paragraph of its own."""
    first = document.text[section.start : section.end].split("\n", 1)[0]
    return len(first) <= len(section.number) + len(section.heading) + 4


def _behind(
    document: Document, start: int, end: int, like: Section | None, number: str, section: str
) -> Place:
    text = document.text[start:end].rstrip()
    signed = _SIGNED.search(text)
    if signed and signed.start() > 0:
        text = text[: signed.start()].rstrip()
    last = text.rfind("\n") + 1
    return Place(start + last, start + len(text), like.start if like else None, number, section)


def next_number(number: str) -> str:
    """The number that follows one: 4.8 after 4.7, (d) after (c); "" where that is not clear."""
    made = _LAST_PART.sub(lambda m: _after(m[1]), number)
    return "" if made == number else made


def _after(part: str) -> str:
    if part.isdigit():
        return str(int(part) + 1)
    if part in ("z", "Z") or part in ("i", "v", "x", "I", "V", "X"):
        return part  # Roman, or at the end of the alphabet: left to the user
    return chr(ord(part) + 1)
