"""A change to a contract: the words that go, the words that come, and why."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Literal

Where = Literal["in place", "after the words", "new paragraph"]


@dataclass(frozen=True)
class Change:
    """One proposed change to one document.

    id: steady from one proposal to the next, so that an edit of `new` finds it again.
    position: the playbook position it follows; title: that position's name for readers.
    old: the words as they stand at [start, end) of the stored text; new: the words wanted,
    "" to take the old ones out. where: "in place" puts new for old; "after the words" adds
    new behind the character before `end`; "new paragraph" adds a clause after the paragraph
    that holds the character before `end`, with the looks of the paragraph at `like`, its
    caption `heading` and, where numbers are typed and not automatic, its `number`
    (`first_number` is the one that is free there before any clause is added).
    citation: where it stands, for readers; law: a statute with its date and "confirm with
    counsel", "" for none. weight: its place in the order of weight, 0 first.
    """

    id: str
    position: str
    title: str
    old: str
    new: str
    why: str
    guide: str
    citation: str
    document: str
    start: int
    end: int
    where: Where = "in place"
    like: int | None = None
    heading: str = ""
    number: str = ""
    first_number: str = ""
    level: str = ""
    law: str = ""
    severity: str = ""
    note: str = ""
    weight: int = 0

    @property
    def comment(self) -> tuple[str, ...]:
        """What the comment in Word says, a line a paragraph; the payer will read it."""
        lines = [self.title, self.why]
        if self.guide:
            lines.append(f"Contracting guide {self.guide}.")
        if self.law:
            lines.append(self.law.rstrip(".") + ".")
        return tuple(line for line in lines if line.strip())

    def worded(self, new: str) -> Change:
        """The same change with the user's own words."""
        return replace(self, new=" ".join(new.split()))

    def as_data(self) -> dict[str, Any]:
        """A plain dict for checkpoints, JSON and the page."""
        return {
            "id": self.id,
            "position": self.position,
            "title": self.title,
            "old": self.old,
            "new": self.new,
            "why": self.why,
            "guide": self.guide,
            "citation": self.citation,
            "document": self.document,
            "start": self.start,
            "end": self.end,
            "where": self.where,
            "heading": self.heading,
            "number": self.number,
            "level": self.level,
            "law": self.law,
            "severity": self.severity,
            "note": self.note,
        }
