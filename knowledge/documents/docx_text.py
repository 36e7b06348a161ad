"""A Word document as blocks: paragraphs and table rows in order, as the text now stands.

Pages are those that Word noted when it last laid the file out; a file without such notes
has none, for its own page breaks alone would count too few. Tracked insertions are kept and
deletions dropped; automatic numbers are written out; text marked hidden, white or tiny is
kept apart; notes stand at the end of their paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from knowledge.documents.blocks import Block, ReadFile
from knowledge.documents.docx_markup import (
    comments_told,
    has_markup,
    markup,
    row_change,
    row_words,
)
from knowledge.documents.docx_numbering import Numbering
from knowledge.documents.docx_package import Package, W
from knowledge.documents.file_type import FileType
from knowledge.documents.tracked import Change, Comment
from knowledge.problems import BadInput

_Mark = TypeVar("_Mark", Change, Comment)
MOST_PARAGRAPHS = 200_000
_GONE = {f"{W}{name}" for name in ("del", "moveFrom", "instrText", "delText", "pPr", "rPr")}
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_CAPTION_STYLE = re.compile(r"heading ?([1-9])|^(title)$", re.IGNORECASE)


@dataclass
class _Reading:
    """What has been read so far of one file."""

    numbering: Numbering
    headings: dict[str, int]
    bold_styles: set[str]
    notes: dict[str, str]
    blocks: list[Block] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    page: int = 1
    breaks: int = 0
    paragraphs: int = 0
    comments: dict[str, tuple[str, str, str]] = field(default_factory=dict)
    trail: list[tuple[Any, int, int]] = field(default_factory=list)
    waiting: list[Change] = field(default_factory=list)


def read(content: bytes, name: str, kind: FileType) -> ReadFile:
    """The blocks of a Word file. Raises BadInput for a damaged, hostile or empty one."""
    package = Package(content, name)
    root = package.part("word/document.xml")
    body = None if root is None else root.find(f"{W}body")
    if body is None:
        raise BadInput(name, "the Word file holds no document", "save it again in Word")
    styles = package.part("word/styles.xml")
    reading = _Reading(
        numbering=Numbering(package.part("word/numbering.xml"), styles),
        headings=_heading_styles(styles),
        bold_styles=_bold_styles(styles),
        notes=_notes(package.part("word/footnotes.xml")),
        comments=comments_told(package.part("word/comments.xml")),
    )
    for element in _flow(body):
        if element.tag == f"{W}tbl":
            _read_table(element, reading, name)
        else:
            _read_paragraph(element, reading, name)
    if not reading.blocks:
        raise BadInput(name, "the Word file holds no text", "send the document itself")
    last = reading.blocks[-1]
    late = tuple(_at(change, len(last.text)) for change in reading.waiting)
    reading.blocks[-1] = replace(last, changes=(*last.changes, *late))
    paged = reading.breaks > 0
    blocks = reading.blocks if paged else [_unpaged(block) for block in reading.blocks]
    return ReadFile(tuple(blocks), reading.page if paged else 0, (), tuple(reading.hidden))


def _flow(parent: Any) -> Iterator[Any]:
    """Paragraphs and tables below an element, through content controls and insertions."""
    for child in parent:
        if child.tag in (f"{W}p", f"{W}tbl"):
            yield child
        elif child.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}ins", f"{W}moveTo", f"{W}customXml"):
            yield from _flow(child)


def _read_paragraph(paragraph: Any, reading: _Reading, name: str) -> None:
    _count(reading, name)
    number = reading.numbering.number_of(paragraph)
    before = reading.page
    runs, changes, comments = _marked(paragraph, reading)
    text, bold = _joined(runs, _style(paragraph) in reading.bold_styles)
    if number and text:
        text, bold = f"{number} {text}", (len(number) + 1 + bold if bold else 0)
    if not text:
        reading.waiting += changes
        return
    shift = len(number) + 1 if number and len(text) > len(number) else 0
    properties = paragraph.find(f"{W}pPr")
    centered = properties is not None and any(
        each.get(f"{W}val") == "center" for each in properties.iter(f"{W}jc")
    )
    reading.blocks.append(
        Block(
            text=text,
            page=reading.page if runs and runs[0][2] > before else before,
            bold=min(bold, len(text)),
            level=reading.headings.get(_style(paragraph)),
            number=number,
            indent=_indent(properties),
            centered=centered,
            changes=(*_caught_up(reading), *(each.moved(shift) for each in changes)),
            comments=tuple(each.moved(shift) for each in comments),
        )
    )


def _read_table(table: Any, reading: _Reading, name: str) -> None:
    for row in table.iter(f"{W}tr"):
        _count(reading, name)
        if row.find(f"{W}trPr/{W}del") is not None:
            gone = row_change(row, row_words(row))
            reading.waiting += [gone] if gone else []
            continue
        page = reading.page
        cells, bold = [], True
        changes: list[Change] = []
        comments: list[Comment] = []
        at = 0
        for cell in row.iter(f"{W}tc"):
            words: list[str] = []
            for paragraph in cell.iter(f"{W}p"):
                number = reading.numbering.number_of(paragraph)
                runs, tracked, remarks = _marked(paragraph, reading)
                text, dark = _joined(runs, False)
                bold = bold and (not text or dark >= len(text))
                before = sum(len(word) + 1 for word in words if word)
                shift = at + before + (len(number) + 1 if number else 0)
                changes += [each.moved(shift) for each in tracked]
                comments += [each.moved(shift) for each in remarks]
                words.append(f"{number} {text}".strip())
            cells.append(" ".join(word for word in words if word))
            at += len(cells[-1]) + 3
        whole = " | ".join(cells)
        text = whole.strip()
        cut = len(whole) - len(whole.lstrip())
        added = row_change(row, text)
        if any(cells):
            reading.blocks.append(
                Block(
                    text,
                    page=page,
                    kind="row",
                    bold=len(text) if bold else 0,
                    changes=(
                        *_caught_up(reading),
                        *([added] if added else (_kept(each, -cut, text) for each in changes)),
                    ),
                    comments=tuple(_kept(each, -cut, text) for each in comments),
                )
            )
        else:
            reading.waiting += changes


def _marked(
    paragraph: Any, reading: _Reading
) -> tuple[list[tuple[str, bool, int]], list[Change], list[Comment]]:
    """The visible runs of a paragraph, and what is tracked and remarked in it."""
    reading.trail.clear()
    runs = list(_runs(paragraph, reading))
    if not has_markup(paragraph):
        return runs, [], []
    raw = "".join(text for text, _, _ in runs)
    return runs, *markup(paragraph, raw, reading.trail, reading.comments)


def _caught_up(reading: _Reading) -> tuple[Change, ...]:
    """Deletions of whole paragraphs and rows above, tied to where the next words begin."""
    waiting = tuple(_at(change, 0) for change in reading.waiting)
    reading.waiting.clear()
    return waiting


def _at(change: Change, place: int) -> Change:
    return replace(change, start=place, end=place, quote=f"{change.quote.strip()} ")


def _kept(mark: _Mark, by: int, text: str) -> _Mark:
    """A mark moved by so much and held within a text."""
    start, end = (min(len(text), max(0, each + by)) for each in (mark.start, mark.end))
    return replace(mark, start=start, end=end)


def _runs(paragraph: Any, reading: _Reading) -> Iterator[tuple[str, bool, int]]:
    """The visible runs of a paragraph: text, whether bold or underlined, page."""
    stack = list(reversed(list(paragraph)))
    length = 0
    while stack:
        element = stack.pop()
        if not isinstance(element.tag, str) or element.tag in _GONE or element.tag == _FALLBACK:
            continue
        if element.tag == f"{W}r":
            start = length
            for text, bold in _run(element, reading):
                length += len(text)
                yield text, bold, reading.page
            reading.trail.append((element, start, length))
        else:
            stack.extend(reversed(list(element)))


def _run(run: Any, reading: _Reading) -> Iterator[tuple[str, bool]]:
    looks = run.find(f"{W}rPr")
    text: list[str] = []
    for element in run.iter():
        tag = element.tag
        if tag == f"{W}t":
            text.append(element.text or "")
        elif tag in (f"{W}tab", f"{W}cr"):
            text.append(" ")
        elif tag == f"{W}noBreakHyphen":
            text.append("-")
        elif tag == f"{W}br":
            text.append(" ")
        elif tag == f"{W}lastRenderedPageBreak":
            reading.page, reading.breaks = reading.page + 1, reading.breaks + 1
        elif tag == f"{W}footnoteReference":
            note = reading.notes.get(element.get(f"{W}id", ""))
            text.append(f" [Note: {note}]" if note else "")
    words = "".join(text)
    if words.strip() and _is_hidden(looks):
        reading.hidden.append(" ".join(words.split()))
    elif words:
        yield words, _is_on(looks, "b") or _is_underlined(looks)


def _joined(runs: list[tuple[str, bool, int]], bold_style: bool) -> tuple[str, int]:
    """The runs as one text with single spaces, and how many leading characters are bold."""
    raw = "".join(text for text, _, _ in runs)
    text = " ".join(raw.split())
    if bold_style:
        return text, len(text)
    dark = ""
    for words, bold, _ in runs:
        if not bold and words.strip():
            break
        dark += words
    return text, len(" ".join(dark.split()))


def _is_on(looks: Any | None, name: str) -> bool:
    mark = None if looks is None else looks.find(f"{W}{name}")
    return mark is not None and mark.get(f"{W}val") not in ("0", "false", "off")


def _is_underlined(looks: Any | None) -> bool:
    mark = None if looks is None else looks.find(f"{W}u")
    return mark is not None and mark.get(f"{W}val") not in (None, "none")


def _is_hidden(looks: Any | None) -> bool:
    """Whether a run is marked hidden, below 2.5 points, or white without any shading."""
    if looks is None:
        return False
    size, color = looks.find(f"{W}sz"), looks.find(f"{W}color")
    tiny = (
        size is not None
        and (size.get(f"{W}val") or "24").isdigit()
        and int(size.get(f"{W}val") or "24") < 5
    )  # half points
    white = color is not None and (color.get(f"{W}val") or "").upper() in ("FFFFFF", "FEFEFE")
    shaded = looks.find(f"{W}shd") is not None or looks.find(f"{W}highlight") is not None
    cell = next(looks.iterancestors(f"{W}tc"), None)
    shaded = shaded or (cell is not None and cell.find(f"{W}tcPr/{W}shd") is not None)
    return _is_on(looks, "vanish") or tiny or (white and not shaded)


def _style(paragraph: Any) -> str:
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    return "" if style is None else str(style.get(f"{W}val", ""))


def _indent(properties: Any | None) -> float:
    indent = None if properties is None else properties.find(f"{W}ind")
    value = "" if indent is None else indent.get(f"{W}left") or indent.get(f"{W}start") or ""
    return int(value) / 20 if value.lstrip("-").isdigit() else 0.0


def _heading_styles(styles: Any | None) -> dict[str, int]:
    """Outline level by style id: Title is 0, Heading 1 is 1 and so on."""
    found: dict[str, int] = {}
    for style in [] if styles is None else styles.iter(f"{W}style"):
        name = style.find(f"{W}name")
        match = _CAPTION_STYLE.search("" if name is None else name.get(f"{W}val", ""))
        if match:
            found[style.get(f"{W}styleId", "")] = int(match[1] or 0)
    return found


def _bold_styles(styles: Any | None) -> set[str]:
    return {
        style.get(f"{W}styleId", "")
        for style in ([] if styles is None else styles.iter(f"{W}style"))
        if style.get(f"{W}type") == "paragraph" and _is_on(style.find(f"{W}rPr"), "b")
    }


def _notes(part: Any | None) -> dict[str, str]:
    if part is None:
        return {}
    return {
        note.get(f"{W}id", ""): " ".join("".join(t.text or "" for t in note.iter(f"{W}t")).split())
        for note in part.iter(f"{W}footnote")
        if note.get(f"{W}type") is None
    }


def _count(reading: _Reading, name: str) -> None:
    reading.paragraphs += 1
    if reading.paragraphs > MOST_PARAGRAPHS:
        raise BadInput(name, "it holds more paragraphs than we read at once", "split it into parts")


def _unpaged(block: Block) -> Block:
    return replace(block, page=None)
