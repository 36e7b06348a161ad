"""Sections of a document, found by its own numbering and captions.

Paragraphs are read in order with the open sections kept as a stack. A number either carries
on the count of an open section, or begins a count below the innermost one; of all readings
the cheapest is taken, and a number that fits nowhere is left as text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from knowledge.documents.blocks import Block
from knowledge.documents.captions import is_capitals, is_plain_title, run_in, stands_alone
from knowledge.documents.contents_list import contents_lines
from knowledge.documents.document import Section
from knowledge.documents.marks import PART_WORDS, Mark, marks
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


@dataclass(frozen=True)
class _Open:
    """An open section: how its number is written, its count, and its looks."""

    style: str
    family: str
    count: tuple[int, ...]
    alone: bool
    bold: bool
    capitals: bool
    level: int | None
    indent: float
    size: float
    index: int


@dataclass(frozen=True)
class _Choice:
    """One way to take a number: its cost, how many open sections stay, and the reading."""

    cost: float
    keep: int
    mark: Mark


def outline(
    text: str, blocks: tuple[Placed, ...], page_starts: tuple[int, ...]
) -> tuple[Section, ...]:
    """The sections of a text in the order they begin; lines of a table of contents are none."""
    skipped = contents_lines([placed.block for placed in blocks])
    lowest = _title_level(blocks)
    titles = _titles(blocks, lowest)
    headings: list[Heading] = []
    open_: list[_Open] = []
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
        heading, opened, keep = read
        if waiting is not None and not heading.number and heading.alone:
            headings[-1] = waiting.named(heading.heading)
            waiting = None
            continue
        del open_[keep:]
        open_.append(opened)
        headings.append(heading.below([each.index for each in open_[:-1]]))
        bare = bool(heading.number) and not heading.heading and heading.alone
        waiting = headings[-1] if bare else None
    return sections_from(text, headings, page_starts)


def _heading(
    placed: Placed, following: Block | None, open_: list[_Open], index: int
) -> tuple[Heading, _Open, int] | None:
    """The heading a block begins with, as a section opens it, and how many stay open above."""
    block = placed.block
    choices = sorted(_choices(block, open_), key=lambda choice: choice.cost)
    if choices and choices[0].cost <= TOO_DEAR:
        mark, keep = choices[0].mark, choices[0].keep
        alone = stands_alone(block, mark.length) or not block.text[mark.length :].strip()
        rest = block.text[mark.length :].strip()
        caption = rest if alone and rest else run_in(block, mark.length)
        heading = Heading(placed.start, mark.number, _tidy(caption), alone, mark.style)
        return heading, _opened(mark.style, mark.family, mark.count, block, alone, index), keep
    return _caption(placed, following, open_, index)


def _caption(
    placed: Placed, following: Block | None, open_: list[_Open], index: int
) -> tuple[Heading, _Open, int] | None:
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
        keep = 0 if part else _keep_for_head(block, open_)
        opened = _opened(style, words if part else "", (0,), block, True, index)
        return Heading(placed.start, "", _tidy(words), True, style), opened, keep
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
    opened = _opened("run", "", (0,), block, False, index)
    return Heading(placed.start, "", _tidy(caption), False, "run"), opened, keep


def _choices(block: Block, open_: list[_Open]) -> Iterator[_Choice]:
    """The ways to take the number of a block among the open sections."""
    for mark in marks(block):
        alone = stands_alone(block, mark.length) or not block.text[mark.length :].strip()
        looks = _opened(mark.style, mark.family, mark.count, block, alone, 0)
        if block.level is not None:
            keep = _keep_for_level(block.level, open_)
            if mark.style == "part":
                keep = 0
            yield _Choice(0.0, keep, mark)
            continue
        if mark.style == "part":
            yield _Choice(0.0, _keep_for_part(mark, open_), mark)
            continue
        for depth in range(len(open_) - 1, -1, -1):
            far = 0.1 * (len(open_) - 1 - depth)
            yield from _as_next(mark, looks, open_, depth, far)
        yield from _as_first(mark, looks, open_)


def _as_next(
    mark: Mark, looks: _Open, open_: list[_Open], depth: int, far: float
) -> Iterator[_Choice]:
    """A number taken as the next in the count of an open section."""
    other = open_[depth]
    inside_part = any(each.style == "part" for each in open_[depth + 1 :])
    if other.style != mark.style or inside_part:
        return
    if mark.style == "article" and other.family != mark.family:
        return
    if mark.style == "dec" and (
        other.family != mark.family
        or len(other.count) != len(mark.count)
        or (other.count[:-1] != mark.count[:-1])
    ):
        return
    step = mark.last - other.count[-1]
    if step == 1:
        cost = 0.0
    elif 1 < step <= 4:
        cost = 1.2 + 0.4 * step
    elif step <= 0 and mark.last == 1:
        cost = 2.5  # a list that begins again beside the last one
    elif mark.style in ("dec", "article"):
        cost = 3.0 if step > 0 else 4.5
    else:
        cost = 3.5 if step > 0 and looks.alone and other.alone else 7.0
    yield _Choice(cost + far + _unlike(looks, other), depth, mark)


def _as_first(mark: Mark, looks: _Open, open_: list[_Open]) -> Iterator[_Choice]:
    """A number taken as the first of a count below an open section."""
    depths = _parents(mark, open_)
    for depth, cost in depths:
        late = 0.0 if mark.last <= 1 or mark.style in ("dec", "article") else 1.5 * mark.last
        same = any(
            each.style == mark.style and _unlike(looks, each) < 1.0 for each in open_[:depth]
        )
        yield _Choice(cost + late + (2.6 if same and mark.style != "dec" else 0.0), depth, mark)


def _parents(mark: Mark, open_: list[_Open]) -> Iterator[tuple[int, float]]:
    """Under which open sections (as a count of those kept) a new count may begin, and its cost."""
    part = max((d + 1 for d, each in enumerate(open_) if each.style == "part"), default=0)
    if mark.style == "article":
        yield part, 0.2
        return
    if mark.style == "dec":
        for depth in range(len(open_), part, -1):
            each = open_[depth - 1]
            above = mark.count[:-1]
            if each.style == "dec" and each.count == above and each.family == mark.family:
                yield depth, 0.0
                return
            plain = each.style in ("article", "1.", "I.") and not mark.family
            if plain and len(mark.count) >= 2 and each.count == mark.count[:1]:
                yield depth, 0.1 + 0.3 * (len(mark.count) - 2)
                return
        shallower = [
            depth
            for depth in range(len(open_), part, -1)
            if open_[depth - 1].style == "dec" and len(open_[depth - 1].count) < len(mark.count)
        ]
        if (
            shallower
            and open_[shallower[0] - 1].count == mark.count[: len(open_[shallower[0] - 1].count)]
        ):
            yield shallower[0], 1.0
            return
        heads = max(
            (d + 1 for d, each in enumerate(open_) if each.style in ("part", "head")), default=0
        )
        yield heads, 1.5
        return
    yield len(open_), 1.0


def _keep_for_part(mark: Mark, open_: list[_Open]) -> int:
    """An exhibit stands outermost, but B-1 stands in B."""
    for depth, each in enumerate(open_):
        if each.style == "part" and mark.family.startswith((each.family + "-", each.family + ".")):
            return depth + 1
    return 0


def _keep_for_level(level: int, open_: list[_Open]) -> int:
    for depth, each in enumerate(open_):
        if each.style == "part" and each.level is None:
            continue
        if each.level is None or each.level >= level:
            return depth
    return len(open_)


def _keep_for_head(block: Block, open_: list[_Open]) -> int:
    """How many open sections stay above an unnumbered heading on a line of its own."""
    if block.level is not None:
        return _keep_for_level(block.level, open_)
    keep = 0
    for depth, each in enumerate(open_):
        larger = each.size > block.size * 1.04 or (
            abs(each.size - block.size) <= 0.04 * block.size
            and each.capitals
            and not is_capitals(block.text)
        )
        if each.style == "part" or (each.alone and (larger or each.level is not None)):
            keep = depth + 1
        else:
            break
    return keep


def _opened(
    style: str, family: str, count: tuple[int, ...], block: Block, alone: bool, index: int
) -> _Open:
    return _Open(
        style=style,
        family=family,
        count=count,
        alone=alone,
        bold=block.bold > 0,
        capitals=is_capitals(block.text),
        level=block.level,
        indent=block.indent,
        size=block.size,
        index=index,
    )


def _unlike(one: _Open, other: _Open) -> float:
    """How much two paragraphs differ in their looks; 0 for alike."""
    cost = 1.2 * (one.alone != other.alone) + 0.8 * (one.bold != other.bold)
    cost += 1.5 * ((one.level is None) != (other.level is None))
    if one.indent and other.indent:
        cost += 0.7 * (abs(one.indent - other.indent) > 6)
    if one.size and other.size:
        cost += 1.0 * (abs(one.size - other.size) > 0.6)
    return cost


def _introduces(block: Block, following: Block | None) -> bool:
    """Whether a short line in title case is followed by text that it can be the heading of."""
    if following is None or following.kind == "row":
        return following is not None and len(block.text) <= 80
    return len(following.text) > 90 or bool(marks(following))


def _numbered(open_: list[_Open]) -> bool:
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
