"""What a reader marked in a copy of the exercise: paragraphs edited, added, struck, commented.

Edits are the difference between the accepted view and the sample contract, so that tracked
and untracked changes count alike; comments are those of the Word file.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from knowledge.documents.document import Document

MOST_STRETCHES = 3  # of one paragraph; more than these read as one
LIKE_ENOUGH = 45.0  # of 100; below it a paragraph is another one
_WORDS = re.compile(r"\s+|\([\w%]+\)|[\w$%]+|[^\w\s]")
_NUMBER = re.compile(r"\s*((?:\d+|[A-Z])\.\d+)\s")


@dataclass(frozen=True)
class Paragraph:
    """One paragraph of a document at [start, end) of its text."""

    text: str
    start: int
    end: int

    @property
    def number(self) -> str:
        """The section number it begins with, "" for none."""
        found = _NUMBER.match(self.text)
        return found[1] if found else ""


@dataclass(frozen=True)
class Mark:
    """One mark.

    kind: edit (words of a paragraph changed), struck (a paragraph or nearly all of its words
    gone), added (a paragraph of the reader's own) or comment. section: the number of the
    sample's section it stands in, or behind, "" before the first. before, after: the
    paragraph then and now. removed, put_in: the words that went and came. text: a comment's
    words; quote: the words it is tied to.
    """

    kind: Literal["edit", "struck", "added", "comment"]
    section: str
    before: str = ""
    after: str = ""
    removed: str = ""
    put_in: str = ""
    text: str = ""
    quote: str = ""

    @property
    def words(self) -> str:
        """The mark in the reader's words, for a table."""
        if self.kind == "comment":
            return f"Comment: {self.text}"
        if self.kind == "struck" and not self.put_in:
            return "Struck out"
        if self.kind == "added":
            return f"Added: {self.put_in}"
        if not self.removed:
            return f"Put in: {self.put_in}"
        return f"{self.removed} → {self.put_in or '(taken out)'}"


def marks_in(sample: Document, marked: Document) -> tuple[Mark, ...]:
    """Every mark of a marked copy, in the order of its text."""
    before, after = paragraphs(sample), paragraphs(marked)
    pairs = _paired(before, after)
    found: list[tuple[float, Mark]] = []
    partner = {new: old for old, new in pairs.items()}
    for at, old in enumerate(before):
        if at not in pairs:
            mark = Mark("struck", _section(before, at), old.text, removed=_body(old.text))
            found.append((at, mark))
        elif (new := after[pairs[at]]).text != old.text:
            edit = _edit(old.text, new.text, _section(before, at))
            found += [(at, edit)] if edit else []
    place = -1.0
    for at, new in enumerate(after):
        if at in partner:
            place = partner[at]
        else:
            where = _section(before, int(place)) if place >= 0 else ""
            mark = Mark("added", where, after=new.text, put_in=new.text.strip())
            found.append((place + 0.5, mark))
    found += _comments(marked, before, after, partner)
    return tuple(mark for _, mark in sorted(found, key=lambda each: each[0]))


def paragraphs(document: Document) -> list[Paragraph]:
    """The paragraphs and table rows of a document's text that hold a word."""
    found, at = [], 0
    for line in document.text.split("\n"):
        if re.search(r"\w", line):
            found.append(Paragraph(line, at, at + len(line)))
        at += len(line) + 1
    return found


def _paired(before: Sequence[Paragraph], after: Sequence[Paragraph]) -> dict[int, int]:
    """Which paragraph of the copy each of the sample's became; those struck are left out.

    The same words first, then the same section number, then the likest between neighbours.
    """
    from rapidfuzz import fuzz

    matcher = difflib.SequenceMatcher(
        None, [p.text for p in before], [p.text for p in after], autojunk=False
    )
    pairs: dict[int, int] = {}
    for tag, low, high, low2, high2 in matcher.get_opcodes():
        if tag == "equal":
            pairs.update(zip(range(low, high), range(low2, high2), strict=True))
            continue
        ranked = []
        for i in range(low, high):
            for j in range(low2, high2):
                old, new = before[i], after[j]
                score = fuzz.ratio(old.text, new.text)
                same = bool(old.number) and old.number == new.number
                if same or score >= LIKE_ENOUGH:
                    ranked.append((same, score, i, j))
        taken: set[int] = set()
        for _, _, i, j in sorted(ranked, reverse=True):
            if i not in pairs and j not in taken:
                pairs[i] = j
                taken.add(j)
    return pairs


def _edit(before: str, after: str, section: str) -> Mark | None:
    """A paragraph's edit as the words that went and came; None for spacing, commas, capitals."""
    letters = [re.sub(r"[^a-z0-9$%_]", "", each.lower()) for each in (before, after)]
    if letters[0] == letters[1]:
        return None
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    apart = [each for each in matcher.get_opcodes() if each[0] != "equal"]
    stretches = [apart[0][1:]]
    for _, low, high, low2, high2 in apart[1:]:
        last = stretches[-1]
        if _near("".join(old[last[1] : low])):
            stretches[-1] = (last[0], high, last[2], high2)
        else:
            stretches.append((low, high, low2, high2))
    if len(stretches) > MOST_STRETCHES:
        first, last = stretches[0], stretches[-1]
        stretches = [(first[0], last[1], first[2], last[3])]
    gone = ["".join(old[low:high]).strip() for low, high, _, _ in stretches]
    come = ["".join(new[low:high]).strip() for _, _, low, high in stretches]
    left = len(_body(after).split()) / max(1, len(_body(before).split()))
    removed, put_in = " … ".join(filter(None, gone)), " … ".join(filter(None, come))
    nearly_all = left < 0.3 and len(put_in.split()) < 4
    kind: Literal["edit", "struck"] = "struck" if nearly_all else "edit"
    return Mark(kind, section, before, after, removed, "" if nearly_all else put_in)


def _near(between: str) -> bool:
    """Whether two changes are so near that they read as one."""
    return len(between.split()) < 4 and "." not in between


def _comments(
    marked: Document,
    before: Sequence[Paragraph],
    after: Sequence[Paragraph],
    partner: dict[int, int],
) -> list[tuple[float, Mark]]:
    found = []
    for comment in marked.comments:
        at = next((n for n, p in enumerate(after) if p.start <= comment.start <= p.end), None)
        if at is None:
            at = max((n for n, p in enumerate(after) if p.start <= comment.start), default=0)
        near = max((n for n in partner if n <= at), default=None)
        place = partner[near] if near is not None else 0
        mark = Mark(
            "comment", _section(before, place), text=comment.text.strip(), quote=comment.quote
        )
        if mark.text:
            found.append((place + 0.25, mark))
    return found


def _section(before: Sequence[Paragraph], at: int) -> str:
    """The number of the section that a paragraph of the sample stands in."""
    return next((before[n].number for n in range(at, -1, -1) if before[n].number), "")


def _body(text: str) -> str:
    """A paragraph's words behind its number and caption."""
    number = _NUMBER.match(text)
    rest = text[number.end() :] if number else text
    caption = re.match(r"[^.]{3,40}\.\s", rest)
    return rest[caption.end() :] if number and caption else rest
