"""Whole paragraphs as tracked changes: a clause added after another, a paragraph taken out."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from lxml import etree

from knowledge.documents.docx_package import W
from knowledge.redline.change import Change
from knowledge.redline.marks import Pen, run_of
from knowledge.redline.word_paragraphs import WordParagraph

CAPTION = 90  # characters; a longer paragraph is more than a caption
_AFTER_LOOKS = (f"{W}sectPr", f"{W}pPrChange")
_NOT_COPIED = ("sectPr", "pPrChange", "rPr", "pageBreakBefore", "framePr")


def added_clause(
    change: Change, after: WordParagraph, like: WordParagraph, numbered: bool, pen: Pen
) -> tuple[Any, ...]:
    """The paragraphs of a new clause, put into the body behind `after` with the looks of `like`.

    numbered: whether `like` is numbered by Word itself, so that no number is typed.
    """
    number = "" if numbered or not change.number else f"{change.number} "
    caption = f"{change.heading}. " if change.heading else ""
    head, body = _look_of_head(like), _look_of_body(like)
    parted = like is not after and len(like.text) <= CAPTION and not like.text.endswith(".")
    if parted and caption:
        made = [
            _paragraph(like, [(number + change.heading, head)], pen),
            _paragraph(after, [(change.new, _look_of_body(after))], pen),
        ]
    else:
        body = body if like.text.rstrip().endswith((".", ";", ":")) else _look_of_body(after)
        words = [(number + caption, head)] if number or caption else []
        made = [_paragraph(like, [*words, (change.new, body)], pen)]
    place = _outside_tables(after.element)
    for each in reversed(made):
        place.addnext(each)
    return tuple(made)


def takes_its_mark(paragraph: Any) -> bool:
    """Whether a paragraph's own mark can go: another paragraph follows, and no section ends."""
    behind = paragraph.getnext()
    while behind is not None and behind.tag != f"{W}p" and behind.tag.endswith(("Start", "End")):
        behind = behind.getnext()
    ends = paragraph.find(f"{W}pPr/{W}sectPr") is not None
    return behind is not None and behind.tag == f"{W}p" and not ends


def delete_mark(paragraph: Any, pen: Pen) -> Any:
    """Mark a paragraph's own end as deleted; gives the mark."""
    mark = pen.mark("del")
    _mark_looks(paragraph).insert(0, mark)
    return mark


def _paragraph(like: WordParagraph, words: list[tuple[str, Any | None]], pen: Pen) -> Any:
    made = etree.Element(f"{W}p")
    looks = like.element.find(f"{W}pPr")
    if looks is not None:
        copied = deepcopy(looks)
        copied.tail = None
        for name in _NOT_COPIED:
            for each in copied.findall(f"{W}{name}"):
                copied.remove(each)
        made.append(copied)
    _mark_looks(made).insert(0, pen.mark("ins"))
    inserted = pen.mark("ins")
    for text, look in words:
        inserted.append(run_of(text, look))
    made.append(inserted)
    return made


def _mark_looks(paragraph: Any) -> Any:
    """The looks of a paragraph's mark, made where there are none."""
    looks = paragraph.find(f"{W}pPr")
    if looks is None:
        looks = etree.Element(f"{W}pPr")
        paragraph.insert(0, looks)
    mark = looks.find(f"{W}rPr")
    if mark is None:
        mark = etree.Element(f"{W}rPr")
        behind = next((each for each in looks if each.tag in _AFTER_LOOKS), None)
        if behind is None:
            looks.append(mark)
        else:
            behind.addprevious(mark)
    return mark


def _look_of_head(like: WordParagraph) -> Any | None:
    """The looks of the first words, which a caption has."""
    inked = next((x for x in like.letters if not x.char.isspace()), None)
    return None if inked is None else inked.run.find(f"{W}rPr")


def _look_of_body(like: WordParagraph) -> Any | None:
    """The looks of the last words, which running text has."""
    inked = next((x for x in reversed(like.letters) if x.char.isalnum()), None)
    return None if inked is None else inked.run.find(f"{W}rPr")


def _outside_tables(element: Any) -> Any:
    """The element, or the outermost table around it."""
    tables = [above for above in element.iterancestors() if above.tag == f"{W}tbl"]
    return tables[-1] if tables else element
