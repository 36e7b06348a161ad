"""Running heads, running feet and page numbers: what a page repeats and no one agreed to."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from knowledge.documents.page_lines import Line

_MARGIN = 0.14  # share of the page's height, above and below, where furniture stands
_PAGE_NUMBER = re.compile(
    r"(?:page|pg\.?|p\.)?\s*[-–—]?\s*(?:\d{1,4}|[ivxl]{1,6})\s*[-–—]?"
    r"(?:\s*(?:of|/)\s*\d{1,4})?",
    re.IGNORECASE,
)


def without_furniture(
    pages: Sequence[Sequence[Line]], heights: Sequence[float]
) -> list[list[Line]]:
    """The lines of each page without what stands in the margin of many pages.

    A line goes when its words, digits aside, stand at the same height on at least three
    pages and on three in ten; when it is a bare page number in the margin; or when it is the
    outermost line, well apart from the text, at one height on most pages.
    """
    seen: Counter[tuple[str, int]] = Counter()
    for lines, height in zip(pages, heights, strict=True):
        seen.update({_mark(line) for line in lines if _in_margin(line, height)})
    enough = max(3, round(0.3 * len(pages))) if len(pages) > 2 else 2
    often = {mark for mark, count in seen.items() if count >= enough}
    apart = _apart(pages, heights)
    kept: list[list[Line]] = []
    for lines, height in zip(pages, heights, strict=True):
        kept.append(
            [
                line
                for line in lines
                if not (
                    _in_margin(line, height)
                    and (
                        _near(_mark(line), often)
                        or _PAGE_NUMBER.fullmatch(line.text.strip())
                        or round(line.base) in apart
                    )
                )
            ]
        )
    return kept


def _mark(line: Line) -> tuple[str, int]:
    words = re.sub(r"\d+", "#", line.text.lower())
    return " ".join(words.split()), round(line.base / 4)


def _near(mark: tuple[str, int], often: set[tuple[str, int]]) -> bool:
    return any((mark[0], mark[1] + step) in often for step in (-1, 0, 1))


def _in_margin(line: Line, height: float) -> bool:
    return line.base < _MARGIN * height or line.top > (1 - _MARGIN) * height


def _apart(pages: Sequence[Sequence[Line]], heights: Sequence[float]) -> set[int]:
    """Heights at which most pages hold their outermost line, well apart from the text."""
    at: defaultdict[int, list[bool]] = defaultdict(list)
    for lines, height in zip(pages, heights, strict=True):
        stacked = sorted(lines, key=lambda line: line.base)
        if len(stacked) < 3:
            continue
        for edge, inner in ((stacked[0], stacked[1]), (stacked[-1], stacked[-2])):
            if _in_margin(edge, height):
                gap = abs(edge.base - inner.base)
                at[round(edge.base)].append(gap > 2.2 * inner.size and len(edge.text) < 120)
    return {
        height
        for height, gaps in at.items()
        if len(gaps) >= max(4, 0.6 * len(pages)) and sum(gaps) >= 0.85 * len(gaps)
    }
