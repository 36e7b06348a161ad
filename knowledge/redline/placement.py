"""Where a stretch of a stored text stands in the Word file that it was read from.

The stored text holds things of its own (written-out numbers, bars between cells, notes) and
single spaces. Both texts are therefore laid beside each other without their spaces,
paragraph by paragraph; what cannot be laid so is looked for by its words, and counts only
where they stand once.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from knowledge.redline.word_paragraphs import WordParagraph

NEAR = 60  # characters that the stored text may hold beyond the file: a number, a note's mark
NUMBER = 10  # characters of a number that Word prints by itself before a paragraph
LONG = 40  # characters that are told apart without being near

_NOTE = re.compile(r"\[Note: [^\]]*\]")


@dataclass(frozen=True)
class Stretch:
    """Characters [start, end) of one paragraph's text; paragraph: its place in the body."""

    paragraph: int
    start: int
    end: int


class Placement:
    """The map from offsets of a stored text to places in a Word file."""

    def __init__(self, text: str, paragraphs: Sequence[WordParagraph]) -> None:
        self._text = _NOTE.sub(lambda note: " " * len(note[0]), text)
        self._paragraphs = paragraphs
        self._offsets: list[int] = []
        self._places: list[tuple[int, int]] = []
        self._lay()

    def stretches(self, start: int, end: int) -> tuple[Stretch, ...]:
        """The paragraphs' parts that hold text[start:end]; () where they cannot be told."""
        words = _bare(self._text[start:end].replace("|", ""))
        low, high = bisect_left(self._offsets, start), bisect_left(self._offsets, end)
        found = tuple(
            Stretch(number, places[0], places[-1] + 1)
            for number, group in groupby(self._places[low:high], key=lambda place: place[0])
            for places in [[at for _, at in group]]
        )
        if found and self._numbers_alone(start, end, set(self._offsets[low:high])):
            return found
        return self._searched(words)

    def paragraph_at(self, offset: int) -> int | None:
        """The paragraph that holds the first placed character from an offset on, within it."""
        at = bisect_left(self._offsets, offset)
        if at < len(self._offsets) and self._offsets[at] - offset < 2 * NEAR:
            return self._places[at][0]
        return None

    def _numbers_alone(self, start: int, end: int, placed: set[int]) -> bool:
        """Whether what has no place in [start, end) is bars and numbers at the head of lines."""
        text, at = self._text, start
        while at < end:
            if at in placed or text[at].isspace() or text[at] == "|":
                at += 1
                continue
            first = at
            while at < end and at not in placed and not text[at].isspace():
                at += 1
            before = text[start:first].rstrip(" ")
            if at - first > NUMBER or (before and before[-1] not in "\n|"):
                return False
        return True

    def _searched(self, words: str) -> tuple[Stretch, ...]:
        """The one paragraph that holds the words, if there is exactly one such place."""
        found: list[Stretch] = []
        for number, paragraph in enumerate(self._paragraphs):
            bare, back = _laid(paragraph.text)
            at = bare.find(words) if words else -1
            while at >= 0:
                found.append(Stretch(number, back[at], back[at + len(words) - 1] + 1))
                at = bare.find(words, at + 1)
        return (found[0],) if len(found) == 1 else ()

    def _lay(self) -> None:
        bare, back = _laid(self._text)
        cursor = 0
        for number, paragraph in enumerate(self._paragraphs):
            words, places = _laid(paragraph.text)
            at = _next(bare, words, cursor)
            if at >= 0:
                self._take(number, places, back[at : at + len(words)])
                cursor = at + len(words)
                continue
            for low, high in _by_run(paragraph, places):
                part = words[low:high]
                at = bare.find(part, cursor, cursor + len(part) + NEAR // 4)
                if at >= 0:
                    self._take(number, places[low:high], back[at : at + len(part)])
                    cursor = at + len(part)

    def _take(self, number: int, places: Sequence[int], offsets: Sequence[int]) -> None:
        self._offsets += offsets
        self._places += [(number, place) for place in places]


def _next(bare: str, words: str, cursor: int) -> int:
    if not words:
        return -1
    at = bare.find(words, cursor)
    return at if at - cursor <= NEAR or len(words) >= LONG else -1


def _by_run(paragraph: WordParagraph, places: Sequence[int]) -> list[tuple[int, int]]:
    """The parts of the paragraph's bare words that stand in one run each."""
    runs = [paragraph.letters[paragraph.spans[place][0]].run for place in places]
    found, start = [], 0
    for at in range(1, len(runs) + 1):
        if at == len(runs) or runs[at] is not runs[at - 1]:
            found.append((start, at))
            start = at
    return found


def _laid(text: str) -> tuple[str, list[int]]:
    """The text without its spaces, and the offset of each character left."""
    back = [at for at, char in enumerate(text) if not char.isspace()]
    return "".join(text[at] for at in back), back


def _bare(text: str) -> str:
    return "".join(text.split())
