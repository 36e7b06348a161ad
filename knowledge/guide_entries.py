"""The guide, its resource sheet and the Colorado market sheet, entry by entry.

Each file holds front matter and then entries under `## SECTION Title`. An entry keeps the
code point offsets of its text in the file as stored, so that a quote from it can be opened
on its words. Sections: "2/5.3" (chapter 2, paragraph 5.3), "2/KT-I" (a key takeaway),
"5/R.4" (resource sheet), "M/carriers" (market).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from importlib.resources import files

from knowledge.problems import NotKnown

SOURCES = (
    "guide/chapter_1",
    "guide/chapter_2",
    "guide/chapter_3",
    "guide/chapter_4",
    "guide/chapter_5",
    "guide/resource_sheet",
    "guide/chapter_6",
    "market/colorado",
)

HEADING = re.compile(r"^## (?P<section>\S+) (?P<title>.+)$", re.MULTILINE)


@dataclass(frozen=True)
class GuideEntry:
    """One numbered entry; `text` is `stored_text(source)[start:end]`, without its heading."""

    section: str
    title: str
    text: str
    start: int
    end: int
    source: str


@cache
def stored_text(source: str) -> str:
    """The whole text of one file of the guide or market, named as in `GuideEntry.source`.

    Raises NotKnown for a name that is not among SOURCES.
    """
    if source not in SOURCES:
        raise NotKnown(
            f"No guide file is called {source!r}",
            do=f"choose one of {', '.join(SOURCES)}",
        )
    return files("knowledge").joinpath(f"{source}.md").read_text(encoding="utf-8")


@cache
def guide_entries() -> tuple[GuideEntry, ...]:
    """Every entry, in reading order: chapters with the resource sheet after the fifth, market."""
    return tuple(found for source in SOURCES for found in _entries_of(source))


def entry(section: str) -> GuideEntry:
    """The entry of one section, such as "2/5.3"; NotKnown names the nearest sections."""
    by_section = _by_section()
    if section in by_section:
        return by_section[section]
    near = get_close_matches(section, by_section, n=4, cutoff=0.3) or list(by_section)[:4]
    raise NotKnown(
        f"The guide has no section {section!r}",
        why=f"the nearest are {', '.join(near)}",
        do="ask for one of these, or search the guide in plain words",
    )


@cache
def _by_section() -> dict[str, GuideEntry]:
    by_section = {found.section: found for found in guide_entries()}
    assert len(by_section) == len(guide_entries()), "a section stands twice in the guide"
    return by_section


def _entries_of(source: str) -> list[GuideEntry]:
    whole = stored_text(source)
    headings = list(HEADING.finditer(whole))
    ends = [heading.start() for heading in headings[1:]] + [len(whole)]
    entries = []
    for heading, end in zip(headings, ends, strict=True):
        between = whole[heading.end() : end]
        text = between.strip()
        start = heading.end() + len(between) - len(between.lstrip())
        entries.append(
            GuideEntry(
                section=heading["section"],
                title=heading["title"],
                text=text,
                start=start,
                end=start + len(text),
                source=source,
            )
        )
    return entries
