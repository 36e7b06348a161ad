"""Tracked changes and comments of a Word paragraph, placed in its text as it is read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from knowledge.documents.docx_package import W
from knowledge.documents.tracked import Change, Comment

_INSERTED = (f"{W}ins", f"{W}moveTo")
_DELETED = (f"{W}del", f"{W}moveFrom")
_COMMENTED = (f"{W}commentRangeStart", f"{W}commentRangeEnd", f"{W}commentReference")
_RUN = f"{W}r"
_WORDS = (f"{W}t", f"{W}delText", f"{W}tab", f"{W}noBreakHyphen")

Trail = Sequence[tuple[Any, int, int]]  # runs as read: element, where its words begin and end
Told = Mapping[str, tuple[str, str, str]]  # comments by id: author, date, text


def comments_told(part: Any | None) -> dict[str, tuple[str, str, str]]:
    """The comments of a file by their id: author, date, text."""
    found: dict[str, tuple[str, str, str]] = {}
    for comment in [] if part is None else part.iter(f"{W}comment"):
        paragraphs = (_words(each) for each in comment.iter(f"{W}p"))
        text = " ".join(" ".join(each.split()) for each in paragraphs if each.strip())
        found[comment.get(f"{W}id", "")] = (*_who(comment), text)
    return found


def has_markup(paragraph: Any) -> bool:
    """Whether anything in a paragraph is tracked or commented."""
    return next(paragraph.iter(*_INSERTED, *_DELETED, *_COMMENTED), None) is not None


def markup(
    paragraph: Any, raw: str, trail: Trail, told: Told
) -> tuple[list[Change], list[Comment]]:
    """The changes and comments of a paragraph, by offsets in its words with single spaces.

    raw: the words of its runs as they stand; trail: where in `raw` each run's words are.
    """
    places = {element: (start, end) for element, start, end in trail}
    at = 0
    changes: list[Change] = []
    begun: dict[str, int] = {}
    ended: dict[str, int] = {}
    for element in paragraph.iter(_RUN, *_INSERTED, *_DELETED, *_COMMENTED):
        if element.tag == _RUN:
            at = places.get(element, (at, at))[1]
        elif element.tag in _INSERTED:
            spans = [places[run] for run in element.iter(_RUN) if run in places]
            if spans and (words := raw[spans[0][0] : spans[-1][1]]).strip():
                start = _low(raw, spans[0][0])
                quote = " ".join(words.split())
                changes.append(Change("ins", *_who(element), start, start + len(quote), quote))
        elif element.tag in _DELETED:
            if (words := _words(element)).strip():
                low = _low(raw, at)
                changes.append(Change("del", *_who(element), low, low, _spaced(words)))
        elif (id := element.get(f"{W}id", "")) in told:
            first = element.tag != f"{W}commentRangeEnd"
            (begun if first else ended).setdefault(id, at)
    text = " ".join(raw.split())
    comments = []
    for id, low in begun.items():
        start = _low(raw, low)
        end = max(start, _high(raw, ended.get(id, len(raw))))
        author, date, words = told[id]
        comments.append(Comment(author, date, start, end, text[start:end], words))
    return _joined(changes), comments


def row_change(row: Any, text: str) -> Change | None:
    """The change that inserts or deletes a whole row of a table; None where none does."""
    for kind in ("ins", "del"):
        mark = row.find(f"{W}trPr/{W}{kind}")
        if mark is not None and text:
            end = len(text) if kind == "ins" else 0
            return Change("ins" if kind == "ins" else "del", *_who(mark), 0, end, text)
    return None


def row_words(row: Any) -> str:
    """All words of a row, deleted ones too, its cells parted by a bar."""
    return " | ".join(" ".join(_words(cell).split()) for cell in row.iter(f"{W}tc"))


def _joined(changes: Sequence[Change]) -> list[Change]:
    """Changes of one kind by one author that follow one another, as one change."""
    joined: list[Change] = []
    for change in changes:
        last = joined[-1] if joined else None
        same = last is not None and (last.kind, last.author) == (change.kind, change.author)
        if last is not None and same and change.start - last.end <= (change.kind == "ins"):
            gap = " " * (change.start - last.end)
            quote = last.quote + gap + change.quote
            joined[-1] = Change(
                last.kind, last.author, last.date, last.start, change.end, _spaced(quote)
            )
        else:
            joined.append(change)
    return joined


def _who(element: Any) -> tuple[str, str]:
    author = " ".join(str(element.get(f"{W}author", "")).split())[:120]
    return author, str(element.get(f"{W}date", ""))[:30]


def _words(element: Any) -> str:
    """The words below an element, deleted ones too."""
    return "".join(
        (each.text or "") if each.tag in _WORDS[:2] else " " if each.tag == _WORDS[2] else "-"
        for each in element.iter(*_WORDS)
    )


def _spaced(words: str) -> str:
    """Words with single spaces, one kept at each edge that has any."""
    inner = " ".join(words.split())
    left = " " if words[:1].isspace() else ""
    right = " " if words[-1:].isspace() else ""
    return left + inner + right


def _low(raw: str, at: int) -> int:
    """Where the words after raw[:at] begin in the text with single spaces."""
    before = " ".join(raw[:at].split())
    apart = raw[at - 1 : at].isspace() or raw[at : at + 1].isspace()
    return len(before) + (1 if before and apart and raw[at:].strip() else 0)


def _high(raw: str, at: int) -> int:
    """Where the words of raw[:at] end in the text with single spaces."""
    return len(" ".join(raw[:at].split()))
