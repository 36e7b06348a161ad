"""Headings found in order, made into sections with their path, extent and line of business."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from knowledge.documents.document import Section
from knowledge.documents.lines_of_business import line_of_business

_ONLY_FOR = re.compile(
    r"(?:appl(?:y|ies)|governs?|relates?|used)\s+(?:only\s+|solely\s+)?(?:to|for|when|where)"
    r"|in connection with|under",
    re.IGNORECASE,
)
OPENING = 400  # characters of an attachment that may say for whom it is


@dataclass(frozen=True)
class Heading:
    """A heading as found: where it begins, number as shown, caption, and what it stands under.

    above: places of the headings it stands under, outermost first. alone: it has a line of
    its own. style: how its number is written; see `marks.Mark`.
    """

    start: int
    number: str
    heading: str
    alone: bool
    style: str
    above: tuple[int, ...] = ()

    def below(self, above: Sequence[int]) -> Heading:
        """The same heading, under those."""
        return replace(self, above=tuple(above))

    def named(self, caption: str) -> Heading:
        """The same heading with the caption that stood on the next line."""
        return replace(self, heading=caption)


def sections_from(
    text: str, headings: Sequence[Heading], page_starts: Sequence[int]
) -> tuple[Section, ...]:
    """The sections that headings begin, each with all that stands below it."""
    made: list[Section] = []
    for at, heading in enumerate(headings):
        parent = made[heading.above[-1]] if heading.above else None
        later = (h.start for h in headings[at + 1 :] if len(h.above) <= len(heading.above))
        end = next(later, len(text))
        end = heading.start + len(text[heading.start : end].rstrip())
        part = heading.style == "part"
        own = f"{heading.number} {heading.heading}".strip()
        path = ((*parent.path, own) if parent else (own,)) if own else parent.path if parent else ()
        made.append(
            Section(
                number=_number(heading, headings, made),
                heading=heading.heading,
                path=path,
                start=heading.start,
                end=end,
                page=max(1, bisect_right(page_starts, heading.start)) if page_starts else None,
                level=len(heading.above) + 1,
                scope=_scope(heading, text[heading.start : end], parent),
                kind="exhibit" if part or (parent and parent.kind == "exhibit") else "body",
            )
        )
    return tuple(made)


def _number(heading: Heading, headings: Sequence[Heading], made: Sequence[Section]) -> str:
    """A section's number as cited: 5.2, 5.2(b), III.A.1, Exhibit B 1.2."""
    if not heading.number:
        return ""
    if heading.style in ("part", "article") and heading.number[0].isalpha():
        exhibit = _exhibit(heading, headings, made)
        return f"{exhibit} {heading.number}".strip()
    whole = heading.style in ("dec", "article")
    if not whole:
        for above in reversed(heading.above):
            number = made[above].number
            if not number:
                continue
            if headings[above].style in ("part",) or (
                " " in number.split("(")[0].strip() and (headings[above].style == "article")
            ):
                return f"{number} {heading.number}"
            return number + _linked(heading, headings[above])
        return heading.number
    exhibit = _exhibit(heading, headings, made)
    letter = exhibit.rpartition(" ")[2] if exhibit else ""
    own = heading.style == "dec" and letter.isalpha() and heading.number.startswith(letter)
    if exhibit and not own:
        return f"{exhibit} {heading.number}"
    return heading.number


def _linked(heading: Heading, above: Heading) -> str:
    bracketed = heading.number.startswith("(")
    return heading.number if bracketed else f".{heading.number}"


def _exhibit(heading: Heading, headings: Sequence[Heading], made: Sequence[Section]) -> str:
    for above in reversed(heading.above):
        if headings[above].style == "part" and made[above].number:
            return made[above].number
    return ""


def _scope(heading: Heading, text: str, parent: Section | None) -> str | None:
    """The line of business that the caption, or an attachment's first lines, names."""
    if named := line_of_business(heading.heading):
        outer = heading.style in ("part", "article", "head") or heading.alone
        if outer or parent is None or parent.scope is None:
            return named
    if heading.style == "part" and (match := _ONLY_FOR.search(text[:OPENING])):
        sentence = text[match.end() : match.end() + 120].split(". ")[0]
        if (named := line_of_business(sentence)) is not None:
            return named
    return parent.scope if parent else None
