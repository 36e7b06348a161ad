"""Where a number may be taken on: the open sections, and what each reading would cost.

A number either carries on the count of an open section, or begins a count below one. The
costs were set by hand on papers in nine styles (tests/knowledge/documents/outlines.toml).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from knowledge.documents.blocks import Block
from knowledge.documents.captions import is_capitals, stands_alone
from knowledge.documents.marks import Mark, marks


@dataclass(frozen=True)
class Open:
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
class Choice:
    """One way to take a number: its cost, how many open sections stay, and the reading."""

    cost: float
    keep: int
    mark: Mark


def choices(block: Block, open_: list[Open]) -> Iterator[Choice]:
    """The ways to take the number of a block among the open sections."""
    for mark in marks(block):
        alone = stands_alone(block, mark.length) or not block.text[mark.length :].strip()
        looks = opened(mark.style, mark.family, mark.count, block, alone, 0)
        if block.level is not None:
            keep = _keep_for_level(block.level, open_)
            if mark.style == "part":
                keep = 0
            yield Choice(0.0, keep, mark)
            continue
        if mark.style == "part":
            yield Choice(0.0, _keep_for_part(mark, open_), mark)
            continue
        for depth in range(len(open_) - 1, -1, -1):
            far = 0.1 * (len(open_) - 1 - depth)
            yield from _as_next(mark, looks, open_, depth, far)
        yield from _as_first(mark, looks, open_)


def _as_next(
    mark: Mark, looks: Open, open_: list[Open], depth: int, far: float
) -> Iterator[Choice]:
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
    yield Choice(cost + far + _unlike(looks, other), depth, mark)


def _as_first(mark: Mark, looks: Open, open_: list[Open]) -> Iterator[Choice]:
    """A number taken as the first of a count below an open section."""
    depths = _parents(mark, open_)
    for depth, cost in depths:
        late = 0.0 if mark.last <= 1 or mark.style in ("dec", "article") else 1.5 * mark.last
        same = any(
            each.style == mark.style and _unlike(looks, each) < 1.0 for each in open_[:depth]
        )
        yield Choice(cost + late + (2.6 if same and mark.style != "dec" else 0.0), depth, mark)


def _parents(mark: Mark, open_: list[Open]) -> Iterator[tuple[int, float]]:
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


def _keep_for_part(mark: Mark, open_: list[Open]) -> int:
    """An exhibit stands outermost, but B-1 stands in B."""
    for depth, each in enumerate(open_):
        if each.style == "part" and mark.family.startswith((each.family + "-", each.family + ".")):
            return depth + 1
    return 0


def _keep_for_level(level: int, open_: list[Open]) -> int:
    for depth, each in enumerate(open_):
        if each.style == "part" and each.level is None:
            continue
        if each.level is None or each.level >= level:
            return depth
    return len(open_)


def keep_for_head(block: Block, open_: list[Open]) -> int:
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


def opened(
    style: str, family: str, count: tuple[int, ...], block: Block, alone: bool, index: int
) -> Open:
    return Open(
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


def _unlike(one: Open, other: Open) -> float:
    """How much two paragraphs differ in their looks; 0 for alike."""
    cost = 1.2 * (one.alone != other.alone) + 0.8 * (one.bold != other.bold)
    cost += 1.5 * ((one.level is None) != (other.level is None))
    if one.indent and other.indent:
        cost += 0.7 * (abs(one.indent - other.indent) > 6)
    if one.size and other.size:
        cost += 1.0 * (abs(one.size - other.size) > 0.6)
    return cost
