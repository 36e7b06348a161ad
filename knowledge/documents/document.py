"""A document as it is kept: one text, its pages and its sections, all by code points.

Every offset counts code points of `Document.text`, half open; a page is the physical one,
from 1. Nothing here reads files: see `reader`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import asdict, dataclass
from typing import Any

from knowledge.documents.tracked import Change, Comment
from knowledge.evidence import Citation

_BARE_LETTER = re.compile(r"\(|[A-Za-z]{1,2}(?:\(|$|\.[a-z])")


@dataclass(frozen=True)
class Section:
    """One numbered or captioned part of a document, with everything that stands under it.

    number: as printed ("4.1", "ARTICLE IV", "(a)"), "" for a bare caption. heading: its
    caption, "" where it has none. path: headings from the outermost to this one, number and
    caption together. [start, end) runs from the number to the last character below it,
    subsections included. level: 1 for the outermost. scope: the line of business of the
    attachment or section it stands in (medicare_advantage, medicaid, chp_plus, commercial,
    workers_comp, tricare), None for the base agreement. kind: body, or exhibit where it is, or
    stands in, an exhibit, attachment, schedule or amendment.
    """

    number: str
    heading: str
    path: tuple[str, ...]
    start: int
    end: int
    page: int | None
    level: int
    scope: str | None
    kind: str = "body"

    @property
    def label(self) -> str:
        """The shortest name that finds it in the paper: its number, else its caption.

        A lettered part carries the number above it, "4.2(b)", or where nothing above is
        numbered the caption, "Late Bills A".
        """
        if self.number and _BARE_LETTER.match(self.number):
            above = next((each for each in self.path[-2::-1] if len(each) > 5), "")
            return f"{above} {self.number}".strip()
        return self.number or self.heading


@dataclass(frozen=True)
class Document:
    """A read document.

    kind: contract, amendment, offer, letter, email, guide or other; payer: canonical name or None;
    both are set by whoever ingests it. page_starts: offset at which each physical page
    begins, empty where the source has no pages. unread_pages: pages that hold a picture and
    hardly a word, so that nothing on them was read. hidden: texts that stand in the file but
    not before a reader's eye (white, tiny or marked hidden); they are not part of `text`.
    ocr_pages: pages whose words were read from a picture, each with the mean sureness of its
    words, 0 to 1 (0.0: nothing was found on it). changes, comments: what a Word draft proposes
    and remarks; `text` is its accepted view.
    """

    id: str
    name: str
    kind: str
    payer: str | None
    text: str
    page_starts: tuple[int, ...]
    sections: tuple[Section, ...]
    unread_pages: tuple[int, ...]
    title: str
    hidden: tuple[str, ...] = ()
    ocr_pages: tuple[tuple[int, float], ...] = ()
    changes: tuple[Change, ...] = ()
    comments: tuple[Comment, ...] = ()

    def page_of(self, offset: int) -> int | None:
        """The physical page, from 1, on which a character stands; None without pages."""
        if not self.page_starts:
            return None
        return max(1, bisect_right(self.page_starts, offset))

    def section_at(self, offset: int) -> Section | None:
        """The innermost section that holds a character, None before the first one."""
        found: Section | None = None
        for section in self.sections:
            if section.start > offset:
                break
            if offset < section.end:
                found = section
        return found

    def own_end(self, section: Section) -> int:
        """Where a section's own words end: at its first subsection, or at its end."""
        for other in self.sections:
            if section.start < other.start < section.end:
                return other.start
        return section.end

    def citation(self, start: int, end: int) -> Citation:
        """The citation of text[start:end], with section and page; raises ValueError outside."""
        if not 0 <= start < end <= len(self.text):
            raise ValueError(f"[{start}, {end}) is not a stretch of {self.name}")
        section = self.section_at(start)
        return Citation(
            source=self.name,
            section=section.label if section else "",
            page=self.page_of(start),
            start=start,
            end=end,
            quote=self.text[start:end],
            document=self.id,
        )

    def as_data(self) -> dict[str, Any]:
        """A plain dict for JSON."""
        return asdict(self)


def document_from(data: dict[str, Any]) -> Document:
    """The document that `as_data` described; raises KeyError or TypeError for other data."""
    sections = tuple(Section(**{**each, "path": tuple(each["path"])}) for each in data["sections"])
    return Document(
        **{
            **data,
            "page_starts": tuple(data["page_starts"]),
            "unread_pages": tuple(data["unread_pages"]),
            "hidden": tuple(data.get("hidden", ())),
            "ocr_pages": tuple((int(p), float(sure)) for p, sure in data.get("ocr_pages", ())),
            "changes": tuple(Change(**each) for each in data.get("changes", ())),
            "comments": tuple(Comment(**each) for each in data.get("comments", ())),
            "sections": sections,
        }
    )
