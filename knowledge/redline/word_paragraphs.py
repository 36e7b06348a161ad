"""The paragraphs of a Word body as letters that know the run they stand in.

The letters are those of the text as it now stands: tracked insertions in, deletions out,
field codes and notes left aside. Paragraphs of text boxes and of deleted rows are not here,
for nothing is written into them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from knowledge.documents.docx_package import W

_ASIDE = {f"{W}{name}" for name in ("del", "moveFrom", "pPr", "rPr", "sdtPr", "sdtEndPr")}
_BLANKS = {f"{W}{name}" for name in ("tab", "cr", "br")}
_BOX = f"{W}txbxContent"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"


@dataclass(frozen=True, slots=True)
class Letter:
    """One character: its run, the run's child that holds it, and its place in that child."""

    char: str
    run: Any
    piece: Any
    at: int


@dataclass(frozen=True)
class WordParagraph:
    """A paragraph element and its letters."""

    element: Any
    letters: tuple[Letter, ...]

    @cached_property
    def spans(self) -> tuple[tuple[int, int], ...]:
        """Where each character of `text` stands among the letters, half open."""
        found: list[tuple[int, int]] = []
        blank: tuple[int, int] | None = None
        for at, letter in enumerate(self.letters):
            if letter.char.isspace():
                blank = (blank[0] if blank else at, at + 1)
            else:
                if blank and found:
                    found.append(blank)
                blank = None
                found.append((at, at + 1))
        return tuple(found)

    @cached_property
    def text(self) -> str:
        """The words with single spaces between them, none at the ends."""
        return "".join(
            " " if self.letters[low].char.isspace() else self.letters[low].char
            for low, _ in self.spans
        )


def word_paragraphs(body: Any) -> tuple[WordParagraph, ...]:
    """Every paragraph of a body that may be written into, in order."""
    return tuple(WordParagraph(each, tuple(_letters(each))) for each in _elements(body))


def runs_of(paragraph: Any) -> Iterator[Any]:
    """The runs of a paragraph that are part of the text as it stands, in order."""
    stack = list(reversed(list(paragraph)))
    while stack:
        element = stack.pop()
        if not isinstance(element.tag, str) or element.tag in _ASIDE or element.tag == _FALLBACK:
            continue
        if element.tag == f"{W}r":
            yield element
        elif element.tag != f"{W}p":
            stack.extend(reversed(list(element)))


def _elements(parent: Any) -> Iterator[Any]:
    for child in parent:
        if not isinstance(child.tag, str) or child.tag in (_FALLBACK, _BOX):
            continue
        if child.tag == f"{W}p":
            yield child
        elif child.tag == f"{W}tr" and child.find(f"{W}trPr/{W}del") is not None:
            continue
        elif child.tag not in _ASIDE:
            yield from _elements(child)


def _letters(paragraph: Any) -> Iterator[Letter]:
    for run in runs_of(paragraph):
        for piece in run:
            if piece.tag == f"{W}t":
                for at, char in enumerate(piece.text or ""):
                    yield Letter(char, run, piece, at)
            elif piece.tag in _BLANKS:
                yield Letter(" ", run, piece, 0)
            elif piece.tag == f"{W}noBreakHyphen":
                yield Letter("-", run, piece, 0)
