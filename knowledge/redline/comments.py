"""Native Word comments: the comment itself, and the range of the text that it is about."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from lxml import etree

from knowledge.documents.docx_package import W
from knowledge.redline.marks import SPACE, Pen, top_of


def comment(lines: Sequence[str], number: int, pen: Pen) -> Any:
    """A w:comment of one paragraph a line."""
    made = etree.Element(f"{W}comment")
    made.set(f"{W}id", str(number))
    made.set(f"{W}author", pen.author)
    made.set(f"{W}date", f"{pen.day}T00:00:00Z")
    made.set(f"{W}initials", "".join(word[0] for word in pen.author.split() if word[0].isalnum()))
    for at, line in enumerate(lines):
        paragraph = etree.SubElement(made, f"{W}p")
        if at == 0:
            mark = etree.SubElement(paragraph, f"{W}r")
            etree.SubElement(mark, f"{W}annotationRef")
        run = etree.SubElement(paragraph, f"{W}r")
        if at == 0:
            etree.SubElement(etree.SubElement(run, f"{W}rPr"), f"{W}b")
        piece = etree.SubElement(run, f"{W}t")
        piece.text = writable(line)
        piece.set(SPACE, "preserve")
    return made


def anchor(number: int, marks: Sequence[Any]) -> None:
    """Put a comment's range around marks that stand in paragraphs, in any order."""
    tops = [top_of(mark) for mark in marks]
    tops.sort(key=_place)
    start = etree.Element(f"{W}commentRangeStart")
    start.set(f"{W}id", str(number))
    tops[0].addprevious(start)
    _close(number, tops[-1])


def anchor_paragraph(number: int, paragraph: Any) -> None:
    """Put a comment's range around all that a paragraph holds."""
    start = etree.Element(f"{W}commentRangeStart")
    start.set(f"{W}id", str(number))
    looks = paragraph.find(f"{W}pPr")
    paragraph.insert(0 if looks is None else 1, start)
    _close(number, paragraph[-1])


def writable(words: str) -> str:
    """Words without the signs that XML cannot hold."""
    return "".join(c for c in words if c.isprintable() or c in "\t ")


def _close(number: int, last: Any) -> None:
    end = etree.Element(f"{W}commentRangeEnd")
    end.set(f"{W}id", str(number))
    last.addnext(end)
    run = etree.Element(f"{W}r")
    etree.SubElement(run, f"{W}commentReference").set(f"{W}id", str(number))
    end.addnext(run)


def _place(element: Any) -> tuple[int, ...]:
    """Where an element stands in its document, as a path of child numbers."""
    path: list[int] = []
    while (above := element.getparent()) is not None:
        path.append(above.index(element))
        element = above
    return tuple(reversed(path))
