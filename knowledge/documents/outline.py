"""Sections of a document, found by its own numbering and captions.

Paragraphs are read in order with the open sections kept as a stack. A number either carries
on the count of an open section, or begins a count below the innermost one; of all readings
the cheapest is taken, and a number that fits nowhere is left as text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from knowledge.documents.blocks import Block
from knowledge.documents.captions import is_plain_title, run_in, stands_alone
from knowledge.documents.contents_list import contents_lines
from knowledge.documents.document import Section
from knowledge.documents.marks import PART_WORDS, marks
from knowledge.documents.open_sections import Open, choices, keep_for_head, opened
from knowledge.documents.section_tree import Heading, sections_from

_FIRST_SECTION = re.compile(
    r"recitals?\b|background|definitions?\b|purpose|introduction|witnesseth|parties\b|term\b"
    r"|table of contents|contents",
    re.IGNORECASE,
)
TOO_DEAR = 5.0  # a reading that costs more is no section number


@dataclass(frozen=True)
class Placed:
    """A block and where it stands in the document's text."""

    block: Block
    start: int
    end: int


def outline(
    text: str, blocks: tuple[Placed, ...], page_starts: tuple[int, ...]
) -> tuple[Section, ...]:
    """The sections of a text in the order they begin; lines of a table of contents are none."""
    skipped = contents_lines([placed.block for placed in blocks])
    lowest = _title_level(blocks)
    titles = _titles(blocks, lowest)
    headings: list[Heading] = []
    open_: list[Open] = []
    waiting: Heading | None = None
    at = 0
    while at < len(blocks):
        placed = blocks[at]
        following = blocks[at + 1].block if at + 1 < len(blocks) else None
        at += 1
        if (
            at - 1 in skipped
            or at - 1 in titles
            or (placed.block.level is not None and placed.block.level < lowest)
        ):
            continue
        read = _heading(placed, following, open_, len(headings))
        if read is None:
            waiting = None
            continue
        heading, begun, keep = read
        if waiting is not None and not heading.number and heading.alone:
            headings[-1] = waiting.named(heading.heading)
            waiting = None
            continue
        del open_[keep:]
        open_.append(begun)
        headings.append(heading.below([each.index for each in open_[:-1]]))
        bare = bool(heading.number) and not heading.heading and heading.alone
        waiting = headings[-1] if bare else None
    return sections_from(text, headings, page_starts)


def _heading(
    placed: Placed, following: Block | None, open_: list[Open], index: int
) -> tuple[Heading, Open, int] | None:
    """The heading a block begins with, as a section opens it, and how many stay open above."""
    block = placed.block
    ways = sorted(choices(block, open_), key=lambda choice: choice.cost)
    if ways and ways[0].cost <= TOO_DEAR:
        mark, keep = ways[0].mark, ways[0].keep
        alone = stands_alone(block, mark.length) or not block.text[mark.length :].strip()
        rest = block.text[mark.length :].strip()
        caption = rest if alone and rest else run_in(block, mark.length)
        heading = Heading(placed.start, mark.number, _tidy(caption), alone, mark.style)
        return heading, opened(mark.style, mark.family, mark.count, block, alone, index), keep
    return _caption(placed, following, open_, index)


def _caption(
    placed: Placed, following: Block | None, open_: list[Open], index: int
) -> tuple[Heading, Open, int] | None:
    """The unnumbered heading of a block, None where it has none."""
    block = placed.block
    if block.kind == "row":
        return None
    if stands_alone(block, 0):
        if is_plain_title(block) and not _introduces(block, following):
            return None
        words = block.text.strip()
        part = block.level != 1 and _names_part(words)
        style = "part" if part else "head"
        keep = 0 if part else keep_for_head(block, open_)
        begun = opened(style, words if part else "", (0,), block, True, index)
        return Heading(placed.start, "", _tidy(words), True, style), begun, keep
    caption = run_in(block, 0)
    if not caption or (not block.bold and len(caption.split()) > 9):
        return None
    if not block.bold and not any(each.style == "run" for each in open_) and _numbered(open_):
        return None
    keep = len(open_)
    for depth, each in enumerate(open_):
        if each.style == "run" or not (each.alone or each.style in ("part", "article", "head")):
            keep = depth
            break
    begun = opened("run", "", (0,), block, False, index)
    return Heading(placed.start, "", _tidy(caption), False, "run"), begun, keep


def _introduces(block: Block, following: Block | None) -> bool:
    """Whether a short line in title case is followed by text that it can be the heading of."""
    if following is None or following.kind == "row":
        return following is not None and len(block.text) <= 80
    return len(following.text) > 90 or bool(marks(following))


def _numbered(open_: list[Open]) -> bool:
    return any(each.style in ("dec", "article", "1.") for each in open_)


def _names_part(words: str) -> bool:
    """Whether an unnumbered heading is that of an attachment, e.g. Medicare Advantage Addendum."""
    upper = words.upper()
    first, last = upper.split()[0], upper.rstrip(":.").split()[-1]
    names = set(PART_WORDS.split("|")) - {"SCHEDULE"}
    return len(upper.split()) > 1 and (last in names or (first in names and len(words) < 80))


def _title_level(blocks: tuple[Placed, ...]) -> int:
    """The first heading level that is more than the document's title."""
    levels = [placed.block.level for placed in blocks if placed.block.level is not None]
    if len(set(levels)) < 2:
        return 0
    top = min(levels)
    tops = [placed for placed in blocks if placed.block.level == top]
    early = all(placed.start < 0.1 * blocks[-1].end for placed in tops)
    bare = not any(marks(placed.block) for placed in tops)
    return top + 1 if early and bare and len(tops) <= 3 else 0


def _titles(blocks: tuple[Placed, ...], lowest: int) -> set[int]:
    """The places of the lines at the top that name the document and begin no section."""
    found: set[int] = set()
    for at, placed in enumerate(blocks[:15]):
        block = placed.block
        if len(block.text) > 150 or marks(block):
            break
        if block.level is not None and block.level >= lowest:
            break
        if _FIRST_SECTION.match(block.text):
            break
        if block.kind != "row" and stands_alone(block, 0):
            found.add(at)
    return found


def _tidy(caption: str) -> str:
    return " ".join(caption.split()).strip(" .:;–—-*_")[:160]
