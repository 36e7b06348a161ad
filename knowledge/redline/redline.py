"""Changes written into a Word file: tracked, each with its comment, the rest untouched."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from knowledge.documents.docx_numbering import Numbering
from knowledge.redline import clauses, comments
from knowledge.redline.change import Change
from knowledge.redline.marks import Pen, replaced
from knowledge.redline.placement import Placement, Stretch
from knowledge.redline.word_diff import edits
from knowledge.redline.word_file import WordFile
from knowledge.redline.word_paragraphs import WordParagraph, word_paragraphs

NOT_FOUND = "its words could not be found again in the Word file"
OVERLAPS = "another change rewrites the same words"


@dataclass(frozen=True)
class Redlined:
    """A marked file. placed: ids of the changes in it; left: those that are not, and why."""

    content: bytes
    placed: tuple[str, ...]
    left: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class _Edit:
    """Letters [start, end) of a paragraph become `new`, for one change."""

    change: int
    paragraph: int
    start: int
    end: int
    new: str
    whole: bool = False


def write_redline(
    original: bytes,
    text: str,
    changes: Sequence[Change],
    author: str,
    day: date,
    name: str = "the contract",
    note: Sequence[str] = (),
) -> Redlined:
    """The Word file with the changes tracked in it, one comment a change.

    text: the stored text that the changes' offsets count in. note: lines of a first comment
    at the top of the paper. What cannot be placed for certain is left out and named. Raises
    BadInput for a file that cannot be marked.
    """
    file = WordFile(original, name)
    paragraphs = word_paragraphs(file.body)
    placement = Placement(text, paragraphs)
    automatic = _automatic(file, paragraphs)
    pen = Pen(comments.writable(author).strip() or "Practice", day.isoformat(), file.first_free_id)
    found: list[_Edit] = []
    left: list[tuple[str, str]] = []
    additions: list[tuple[int, int, int]] = []
    for at, change in enumerate(changes):
        if change.where == "new paragraph":
            place = _addition(change, placement)
            if place is None:
                left.append((change.id, NOT_FOUND))
            else:
                additions.append((at, *place))
            continue
        wanted = _edits(at, change, placement, paragraphs)
        if not wanted:
            left.append((change.id, NOT_FOUND))
        elif any(_clash(one, other) for one in wanted for other in found):
            left.append((change.id, OVERLAPS))
        else:
            found += wanted
    marks: dict[int, list[Any]] = {at: [] for at in range(len(changes))}
    for edit in sorted(found, key=lambda e: (e.paragraph, e.start, e.end), reverse=True):
        paragraph = paragraphs[edit.paragraph]
        marks[edit.change] += replaced(paragraph, edit.start, edit.end, edit.new, pen)
        if edit.whole:
            clauses.delete_mark(paragraph.element, pen)
    for at, after, like in reversed(additions):
        made = clauses.added_clause(
            changes[at], paragraphs[after], paragraphs[like], like in automatic, pen
        )
        marks[at] += [each[-1] for each in made]
    if note and paragraphs:
        top = next((p for p in paragraphs if p.text), paragraphs[0])
        number = pen.taken()
        comments.anchor_paragraph(number, top.element)
        file.add_comment(comments.comment(note, number, pen))
    for at, change in enumerate(changes):
        if marks[at]:
            number = pen.taken()
            comments.anchor(number, marks[at])
            file.add_comment(comments.comment(change.comment, number, pen))
    placed = tuple(change.id for at, change in enumerate(changes) if marks[at])
    return Redlined(file.as_bytes(), placed, tuple(left))


def _edits(
    at: int, change: Change, placement: Placement, paragraphs: Sequence[WordParagraph]
) -> list[_Edit]:
    """The letters to change, () where the words cannot be told for certain."""
    if change.where == "after the words":
        stretches = placement.stretches(change.start, change.end)
        if not stretches:
            return []
        last = stretches[-1]
        here = paragraphs[last.paragraph].spans[last.end - 1][1]
        return [_Edit(at, last.paragraph, here, here, f" {_clean(change.new)}")]
    stretches = placement.stretches(change.start, change.end)
    if not stretches:
        return []
    new = _clean(change.new)
    if len(stretches) == 1:
        return _within(at, stretches[0], new, paragraphs)
    made: list[_Edit] = []
    for number, stretch in enumerate(stretches):
        part = new if number == 0 else ""
        made += _within(at, stretch, part, paragraphs)
    return made


def _within(
    at: int, stretch: Stretch, new: str, paragraphs: Sequence[WordParagraph]
) -> list[_Edit]:
    paragraph = paragraphs[stretch.paragraph]
    spans, words = paragraph.spans, paragraph.text
    start, end = stretch.start, stretch.end
    whole = start == 0 and end == len(words)
    if not new:
        if not whole and start and words[start - 1] == " ":
            start -= 1
        elif not whole and end < len(words) and words[end] == " ":
            end += 1
        low, high = spans[start][0], spans[end - 1][1]
        gone = whole and clauses.takes_its_mark(paragraph.element)
        return [_Edit(at, stretch.paragraph, low, high, "", gone)]
    made = []
    for edit in edits(words[start:end], new):
        low, high = start + edit.start, start + edit.end
        first = spans[low][0] if low < len(spans) else spans[-1][1]
        last = spans[high - 1][1] if high > low else first
        if high == low and low:
            first = last = spans[low - 1][1]
        made.append(_Edit(at, stretch.paragraph, first, last, edit.new))
    return made


def _addition(change: Change, placement: Placement) -> tuple[int, int] | None:
    """The paragraph a clause comes after, and the one whose looks it takes."""
    stretches = placement.stretches(change.start, change.end)
    if not stretches:
        return None
    after = stretches[-1].paragraph
    like = None if change.like is None else placement.paragraph_at(change.like)
    return after, after if like is None else like


def _clash(one: _Edit, other: _Edit) -> bool:
    if one.paragraph != other.paragraph:
        return False
    if one.start == one.end and other.start == other.end:
        return one.start == other.start
    return one.start < other.end and other.start < one.end


def _automatic(file: WordFile, paragraphs: Sequence[WordParagraph]) -> set[int]:
    """The paragraphs that Word numbers by itself."""
    numbering = Numbering(file.numbering, file.styles)
    return {at for at, each in enumerate(paragraphs) if numbering.number_of(each.element)}


def _clean(words: str) -> str:
    return " ".join(comments.writable(words.replace("\n", " ")).split())
