"""The sentences, lists and rows of a contract, each with the words it stands under.

A list that is short enough is one unit with the line that opens it, so that no item of it is
quoted for the whole; a longer one gives its items, each under that line. A row of a table
stands under the table's head.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from knowledge.documents.document import Document, Section
from knowledge.documents.passages import passages
from knowledge.documents.sentences import sentences
from knowledge.evidence import Citation

LISTED = 700  # characters up to which a list is one unit
ITEM = re.compile(r"[-*•]\s|\(?[a-z0-9]{1,4}\)\s|\d{1,2}\.\s")
OPENS = re.compile(r"[:?]\s*$")
GOES_ON = re.compile(r"(?:;|,|; and|; or)\s*$")
NUMBER = re.compile(r"(?:>> ?)?(?:\d{1,2}|[A-Z])\.\s+(?=[A-Z])")
QUESTION_HEAD = re.compile(r"\?\s*$")


@dataclass(frozen=True)
class Unit:
    """A stretch [start, end) of a document, and the captions and opening line it stands under.

    passage: the passage it is part of, by its place; row: whether it is a row of a table.
    """

    start: int
    end: int
    words: str
    under: str
    passage: int
    row: bool = False


@dataclass(frozen=True)
class Run:
    """Neighbouring units of a document as one quote."""

    document: Document
    units: tuple[Unit, ...]

    @property
    def words(self) -> str:
        """The text from the first unit's start to the last one's end, verbatim."""
        return self.document.text[self.units[0].start : self.units[-1].end]

    @property
    def under(self) -> str:
        """What the first unit stands under."""
        return self.units[0].under

    def citation(self) -> Citation:
        """The run as a citation of its document."""
        return self.document.citation(self.units[0].start, self.units[-1].end)


def units_of(document: Document) -> tuple[Unit, ...]:
    """All units of a document in order; each stands in one passage."""
    made: list[Unit] = []
    for at, cut in enumerate(passages(document)):
        pieces = sentences(document.text, cut.start, cut.end)
        made += _units(document, list(_grouped(document.text, pieces)), at, cut.path)
    return tuple(made)


def _units(
    document: Document, pieces: list[tuple[int, int]], at: int, path: tuple[str, ...]
) -> Iterator[Unit]:
    opening, head = "", ""
    for start, end in pieces:
        words = document.text[start:end]
        section = document.section_at(start)
        captions = " / ".join(dict.fromkeys((*path, *(section.path if section else ()))))
        row = "|" in words
        if row and set(words) <= set("|-: \t"):
            continue
        under = " / ".join(part for part in (captions, opening, head if row else "") if part)
        begin = start + (0 if row else _caption(section, start, words))
        if begin < end and (row or not QUESTION_HEAD.search(words)):
            yield Unit(begin, end, document.text[begin:end], under, at, row)
        if row:
            head = head or words
            continue
        head = ""
        if OPENS.search(words):
            opening = words
        elif not ITEM.match(words):
            opening = opening if QUESTION_HEAD.search(opening) else ""


def _caption(section: Section | None, start: int, words: str) -> int:
    """How many characters of the words are the section's number and caption.

    All of them where they are nothing but a title; none where the caption is a sentence
    that says something by itself.
    """
    if section is None or start != section.start or not section.heading:
        return len(number[0]) if (number := NUMBER.match(words)) else 0
    at = words.find(section.heading)
    if not 0 <= at <= len(section.number) + 12:
        return 0
    after = at + len(section.heading)
    left = words[after:].lstrip(" .:-\u2013\u2014\n")
    if left:
        return len(words) - len(left)
    titled = all(w[:1].isupper() or len(w) < 4 for w in re.findall(r"[A-Za-z]+", section.heading))
    return len(words) if titled else at


def _grouped(text: str, pieces: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The pieces, with those of one short list put together."""
    at = 0
    while at < len(pieces):
        start = pieces[at][0]
        last = at
        while last + 1 < len(pieces) and _goes_on(text, pieces[last], pieces[last + 1]):
            last += 1
        whole = pieces[last][1]
        if last > at and whole - start <= LISTED:
            yield start, whole
        else:
            yield from pieces[at : last + 1]
        at = last + 1


def _goes_on(text: str, one: tuple[int, int], following: tuple[int, int]) -> bool:
    """Whether a list runs on from one piece into the following one."""
    words, after = text[slice(*one)], text[slice(*following)]
    if "|" in words or "|" in after:
        return False
    item = ITEM.match(after) is not None
    return bool(GOES_ON.search(words)) or (item and words.rstrip().endswith(":"))
