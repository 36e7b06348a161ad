"""Who proposes what in a Word draft: tracked changes and comments, by their place in the text.

The text of a document is the accepted view: insertions stand in it, deletions do not.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from knowledge.documents.document import Document

SOMEONE = "an unnamed author"
_STOPS = frozenset(".,;:)?!")  # a space before one of these came with the insertion
_NAMED = 4  # authors named in a sentence


@dataclass(frozen=True)
class Change:
    """One tracked change that nobody has accepted or rejected yet.

    ins: [start, end) of the text is the insertion. del: start = end is where `quote` stood;
    its outer spaces are kept. date: as the file gives it (ISO 8601), "" where it does not.
    """

    kind: Literal["ins", "del"]
    author: str
    date: str
    start: int
    end: int
    quote: str

    def moved(self, by: int) -> Change:
        """The same change in a text that begins `by` characters earlier."""
        return Change(self.kind, self.author, self.date, self.start + by, self.end + by, self.quote)


@dataclass(frozen=True)
class Comment:
    """A comment and the words [start, end) it is tied to; start = end ties it to a place."""

    author: str
    date: str
    start: int
    end: int
    quote: str
    text: str

    def moved(self, by: int) -> Comment:
        """The same comment in a text that begins `by` characters earlier."""
        return Comment(
            self.author, self.date, self.start + by, self.end + by, self.quote, self.text
        )


def original_text(document: Document) -> str:
    """The text as it stood before any tracked change: insertions out, deletions back in."""
    parts: list[str] = []
    at = 0
    for change in sorted(document.changes, key=lambda each: (each.start, each.kind == "ins")):
        if change.kind == "ins" and change.end > at:
            before = document.text[at : max(at, change.start)]
            at = change.end
            parts.append(before.rstrip(" ") if document.text[at : at + 1] in _STOPS else before)
        elif change.kind == "del" and change.start >= at:
            parts += [document.text[at : change.start], change.quote]
            at = change.start
    parts.append(document.text[at:])
    paragraphs = "".join(parts).split("\n")
    return "\n".join(" ".join(each.split()) for each in paragraphs)


def changes_within(document: Document, start: int, end: int) -> tuple[Change, ...]:
    """The tracked changes that touch a stretch of the text."""
    return tuple(each for each in document.changes if each.start <= end and each.end >= start)


def tracked_sentences(document: Document) -> list[str]:
    """What a reader must know of an unsettled draft: who changes how much, who comments."""
    told: list[str] = []
    inserted = _by_author(each.author for each in document.changes if each.kind == "ins")
    deleted = _by_author(each.author for each in document.changes if each.kind == "del")
    if inserted:
        told.append(f"Tracked and not yet accepted: {_counted('insertion', inserted)}, "
                    "read as accepted.")  # fmt: skip
    if deleted:
        told.append(f"Tracked and not yet accepted: {_counted('deletion', deleted)}, "
                    "left out of the text that is read.")  # fmt: skip
    if document.comments:
        by = _by_author(each.author for each in document.comments)
        told.append(f"It carries {_counted('comment', by)}; a comment is no part of the contract.")
    return told


def _by_author(authors: Iterable[str]) -> Counter[str]:
    return Counter(author.strip() or SOMEONE for author in authors)


def _counted(noun: str, by: Counter[str]) -> str:
    """ "3 insertions by A Payer" or "5 insertions (3 by A Payer, 2 by B)"."""
    total = sum(by.values())
    amount = f"{total} {noun}{'' if total == 1 else 's'}"
    if len(by) == 1:
        return f"{amount} by {next(iter(by))}"
    named = [f"{count} by {author}" for author, count in by.most_common(_NAMED)]
    more = len(by) - len(named)
    return f"{amount} ({', '.join(named)}{f' and others ({more})' if more else ''})"
