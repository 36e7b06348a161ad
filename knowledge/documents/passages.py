"""A document cut into passages for the index, along its own sections, never blindly.

A captioned section small enough is one passage with all that stands below it. A larger one
gives its own words, and its parts in turn; parts without a caption are put together while
they fit. What is still too long is parted at sentence ends, each piece taking up the last
sentence of the one before.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from knowledge.documents.document import Document, Section
from knowledge.documents.sentences import sentences

LONGEST = 1200  # characters of one passage
TOGETHER = 900  # characters up to which uncaptioned parts are put together
SHORTEST_LEAD = 60  # characters of a section's own words worth a passage of their own


@dataclass(frozen=True)
class Cut:
    """One passage: [start, end) of the text, its heading path, line of business and kind."""

    start: int
    end: int
    path: tuple[str, ...]
    scope: str | None
    kind: str


@dataclass(frozen=True)
class _Node:
    section: Section
    children: tuple[_Node, ...]


def passages(document: Document) -> tuple[Cut, ...]:
    """The passages of a document in order; together they hold all its words."""
    tops = _tree(document.sections)
    cuts: list[Cut] = []
    at = 0
    for node in tops:
        cuts += _free(document.text, at, node.section.start)
        cuts += _cuts(document.text, node)
        at = node.section.end
    cuts += _free(document.text, at, len(document.text))
    return tuple(cuts)


def _tree(sections: Sequence[Section]) -> tuple[_Node, ...]:
    def below(low: int, high: int, level: int) -> tuple[_Node, ...]:
        nodes = []
        at = low
        while at < high:
            last = at + 1
            while last < high and sections[last].level > sections[at].level:
                last += 1
            nodes.append(_Node(sections[at], below(at + 1, last, level + 1)))
            at = last
        return tuple(nodes)

    return below(0, len(sections), 1)


def _free(text: str, start: int, end: int) -> Iterator[Cut]:
    """Words outside any section: title, parties, recitals without a caption."""
    for low, high in _pieces(text, start, end):
        yield Cut(low, high, (), None, "front")


def _cuts(text: str, node: _Node) -> Iterator[Cut]:
    section = node.section
    if section.end - section.start <= LONGEST and not any(map(_captioned, node.children)):
        yield _cut(section, section.start, section.end)
        return
    if not node.children:
        for low, high in _pieces(text, section.start, section.end):
            yield _cut(section, low, high)
        return
    lead_end = node.children[0].section.start
    lead = text[section.start : lead_end].strip()
    heading_only = len(lead) <= len(section.number) + len(section.heading) + SHORTEST_LEAD
    start = section.start
    if not heading_only:
        for low, high in _pieces(text, section.start, lead_end):
            yield _cut(section, low, high)
        start = lead_end
    elif _captioned(node.children[0]):
        start = lead_end
    yield from _parts(text, node, start)


def _parts(text: str, node: _Node, start: int) -> Iterator[Cut]:
    """The parts of a section; neighbours without a caption of their own are put together."""
    low = start
    run: list[_Node] = []

    def close() -> Iterator[Cut]:
        nonlocal low
        if len(run) == 1 and (run[0].section.end - low > LONGEST or run[0].children):
            yield from _cuts(text, run[0])
        elif run:
            owner = run[0].section if len(run) == 1 else node.section
            yield _cut(owner, low, run[-1].section.end)
        run.clear()

    for child in node.children:
        alone = _captioned(child) or child.section.end - child.section.start > TOGETHER
        if run and (alone or child.section.end - low > TOGETHER):
            yield from close()
        if not run:
            low = child.section.start if child is not node.children[0] else start
        if alone:
            yield from _cuts(text, child)
        else:
            run.append(child)
    yield from close()


def _captioned(node: _Node) -> bool:
    return bool(node.section.heading)


def _cut(section: Section, start: int, end: int) -> Cut:
    return Cut(start, end, section.path, section.scope, section.kind)


def _pieces(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """A stretch parted at sentence ends into pieces of at most LONGEST, one sentence shared."""
    parts = [piece for low, high in sentences(text, start, end) for piece in _chopped(low, high)]
    pieces: list[tuple[int, int]] = []
    if not parts:
        return pieces
    low = 0
    for at in range(1, len(parts) + 1):
        if at < len(parts) and parts[at][1] - parts[low][0] <= LONGEST:
            continue
        pieces.append((parts[low][0], parts[at - 1][1]))
        if at == len(parts):
            break
        shared = at - 1
        fits = shared > low and parts[at][1] - parts[shared][0] <= LONGEST
        low = shared if fits else at
    return pieces


def _chopped(low: int, high: int) -> list[tuple[int, int]]:
    """A sentence longer than a passage, cut into equal lengths."""
    count = -(-(high - low) // LONGEST)
    edges = [low + (high - low) * at // count for at in range(count + 1)]
    return list(pairwise(edges))
