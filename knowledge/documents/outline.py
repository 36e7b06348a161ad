"""Sections of a document, found by its own numbering and captions."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from knowledge.documents.blocks import Block
from knowledge.documents.document import Section


@dataclass(frozen=True)
class Placed:
    """A block and where it stands in the document's text."""

    block: Block
    start: int
    end: int


_NUMBER = re.compile(
    r"(?P<number>(?:ARTICLE|SECTION|Section|Article|EXHIBIT|Exhibit|SCHEDULE|Schedule|ATTACHMENT"
    r"|Attachment|APPENDIX|Appendix|AMENDMENT|Addendum|ADDENDUM)\s+[0-9A-Z.]+|§\s*\d+(?:\.\d+)*"
    r"|\d+(?:\.\d+)+|\d+\.|[IVXL]+\.|[A-Z]\.|\([a-z0-9]+\))\s+"
)


def outline(
    text: str, blocks: tuple[Placed, ...], page_starts: tuple[int, ...]
) -> tuple[Section, ...]:
    """The sections of a text in the order they begin."""
    found: list[tuple[int, str, str]] = []
    for placed in blocks:
        if match := _NUMBER.match(placed.block.text):
            rest = placed.block.text[match.end() :]
            found.append((placed.start, match["number"].rstrip("."), rest.split(".")[0][:80]))
    sections = []
    for at, (start, number, heading) in enumerate(found):
        end = found[at + 1][0] if at + 1 < len(found) else len(text)
        page = max(1, bisect_right(page_starts, start)) if page_starts else None
        path = (f"{number} {heading}".strip(),)
        end = start + len(text[start:end].rstrip())
        sections.append(Section(number, heading, path, start, end, page, 1, None))
    return tuple(sections)
