"""Tracked changes inside a paragraph: runs cut, words marked as deleted or inserted.

A run is cut without changing its looks; what is marked can be rejected to the very words and
formats that stood there. Deleting a field's whole result deletes the field.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from knowledge.documents.docx_package import W
from knowledge.redline.word_paragraphs import Letter, WordParagraph, runs_of

SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_OTHERS = (f"{W}ins", f"{W}moveTo")
_DELETED = {f"{W}t": f"{W}delText", f"{W}instrText": f"{W}delInstrText"}


@dataclass
class Pen:
    """Who marks, when, and the next free id; `day` is YYYY-MM-DD."""

    author: str
    day: str
    next_id: int
    made: list[Any] = field(default_factory=list)

    def mark(self, name: str) -> Any:
        """A new w:ins or w:del with an id of its own."""
        made = etree.Element(f"{W}{name}")
        made.set(f"{W}id", str(self.taken()))
        made.set(f"{W}author", self.author)
        made.set(f"{W}date", f"{self.day}T00:00:00Z")
        return made

    def taken(self) -> int:
        """An id that nothing else has."""
        self.next_id += 1
        return self.next_id - 1


def replaced(paragraph: WordParagraph, start: int, end: int, new: str, pen: Pen) -> tuple[Any, ...]:
    """Mark letters [start, end) deleted and `new` inserted behind them; gives the marks.

    Letters from `start` on must not have been cut before; those before it stay good.
    """
    letters = paragraph.letters
    look, home = _look(letters, start, end)
    fields = _whole_fields(paragraph, letters[start:end]) if end > start else []
    marks: list[Any] = []
    last: Any = None
    for group in reversed(list(_pieces(letters[start:end]))):
        run = _cut_out(group)
        mark = _deleted(run, pen)
        last = last if last is not None else mark
        marks.insert(0, mark)
    for run in fields:
        mark = _deleted(run, pen)
        marks.append(mark)
        if last is not None and _order(paragraph.element, mark) > _order(paragraph.element, last):
            last = mark
    if new:
        made = pen.mark("ins")
        made.append(_run(new, look))
        if last is not None:
            _put(made, last, pen)
        elif home is not None:
            _put_at(made, home, letters, start, pen)
        else:
            paragraph.element.append(made)
        marks.append(made)
    return tuple(marks)


def run_of(text: str, look: Any | None) -> Any:
    """A run of words with the looks (w:rPr) given."""
    return _run(text, look)


def top_of(element: Any) -> Any:
    """The child of the paragraph that an element stands in, or is."""
    while element.getparent().tag != f"{W}p":
        element = element.getparent()
    return element


def _run(text: str, look: Any | None) -> Any:
    run = etree.Element(f"{W}r")
    if look is not None:
        run.append(_plain_look(look))
    piece = etree.SubElement(run, f"{W}t")
    piece.text = text
    piece.set(SPACE, "preserve")
    return run


def _plain_look(look: Any) -> Any:
    """The looks without a record of their own tracked change, which belongs to its author."""
    made = deepcopy(look)
    made.tail = None
    for name in ("rPrChange", "ins", "del", "moveFrom", "moveTo"):
        for each in made.findall(f"{W}{name}"):
            made.remove(each)
    return made


def _look(letters: Sequence[Letter], start: int, end: int) -> tuple[Any | None, Letter | None]:
    """The looks of what comes in, and the letter beside which it stands."""
    if end > start:
        inked = next((x for x in letters[start:end] if not x.char.isspace()), letters[start])
        return inked.run.find(f"{W}rPr"), letters[start]
    before = letters[start - 1] if start else None
    after = letters[start] if start < len(letters) else None
    chosen = before or after
    if before and after and before.run.getparent() is not after.run.getparent():
        chosen = next((x for x in (before, after) if x.run.getparent().tag == f"{W}p"), before)
    if chosen is None:
        return None, None
    look = chosen.run.find(f"{W}rPr")
    return (None if _linked(chosen.run) else look), chosen


def _linked(run: Any) -> bool:
    return any(above.tag == f"{W}hyperlink" for above in run.iterancestors())


def _put_at(made: Any, home: Letter, letters: Sequence[Letter], start: int, pen: Pen) -> None:
    """Put an insertion before letter `start`, on the side where its home letter stands."""
    if start < len(letters) and letters[start].run is home.run and letters[start] is home:
        right = _split(home.run, home.piece, home.at)
        anchor, after = right, False
    else:
        nexts = letters[start] if start < len(letters) else None
        if nexts is not None and nexts.run is home.run and _still_there(nexts):
            _split(nexts.run, nexts.piece, nexts.at)
        anchor, after = home.run, True
    if _linked(anchor) and _edge(anchor, after):
        anchor = next(a for a in anchor.iterancestors() if a.tag == f"{W}hyperlink")
    if not after:
        _put_before(made, anchor, pen)
    else:
        _put(made, anchor, pen)


def _still_there(letter: Letter) -> bool:
    """Whether a letter's run has not been cut before it by an edit further on."""
    piece = letter.piece
    inside = piece.tag != f"{W}t" or letter.at < len(piece.text or "")
    return inside and piece.getparent() is letter.run


def _edge(run: Any, after: bool) -> bool:
    beside = run.getnext() if after else run.getprevious()
    return beside is None


def _put(made: Any, anchor: Any, pen: Pen) -> None:
    """Put a mark behind an element; another author's insertion around it is cut in two."""
    home = anchor.getparent()
    if home.tag in _OTHERS:
        rest = _copy_of(home, pen)
        for each in list(anchor.itersiblings()):
            rest.append(each)
        home.addnext(made)
        if len(rest):
            made.addnext(rest)
    else:
        anchor.addnext(made)


def _put_before(made: Any, anchor: Any, pen: Pen) -> None:
    before = anchor.getprevious()
    home = anchor.getparent()
    if home.tag in _OTHERS:
        if before is None:
            home.addprevious(made)
        else:
            _put(made, before, pen)
    else:
        anchor.addprevious(made)


def _copy_of(mark: Any, pen: Pen) -> Any:
    made = etree.Element(mark.tag)
    for name, value in mark.attrib.items():
        made.set(name, value)
    made.set(f"{W}id", str(pen.taken()))
    return made


def _pieces(letters: Sequence[Letter]) -> Iterator[list[Letter]]:
    """The letters in groups that one run holds in pieces that touch."""
    group: list[Letter] = []
    for letter in letters:
        if group and not (
            letter.run is group[-1].run
            and (letter.piece is group[-1].piece or group[-1].piece.getnext() is letter.piece)
        ):
            yield group
            group = []
        group.append(letter)
    if group:
        yield group


def _cut_out(group: Sequence[Letter]) -> Any:
    """The letters of a group in a run of their own."""
    first, last = group[0], group[-1]
    till = last.at + 1
    if last.piece.tag == f"{W}t" and till < len(last.piece.text or ""):
        _split(last.run, last.piece, till)
    elif last.piece.getnext() is not None:
        _split(last.run, last.piece.getnext(), 0)
    return _split(first.run, first.piece, first.at)


def _split(run: Any, piece: Any, at: int) -> Any:
    """The run that begins at a place: cut off from the given one, or itself at its start."""
    children = [child for child in run if child.tag != f"{W}rPr"]
    if at == 0 and children and children[0] is piece:
        return run
    right = etree.Element(f"{W}r")
    for name, value in run.attrib.items():
        right.set(name, value)
    look = run.find(f"{W}rPr")
    if look is not None:
        kept = deepcopy(look)
        kept.tail = None
        right.append(kept)
    moved = children[children.index(piece) :]
    if at > 0:
        rest = etree.SubElement(right, piece.tag)
        rest.text = piece.text[at:]
        rest.set(SPACE, "preserve")
        piece.text = piece.text[:at]
        piece.set(SPACE, "preserve")
        moved = moved[1:]
    for child in moved:
        right.append(child)
    run.addnext(right)
    return right


def _deleted(run: Any, pen: Pen) -> Any:
    """Mark a run as deleted; gives the mark."""
    for child in run:
        child.tag = _DELETED.get(child.tag, child.tag)
    mark = pen.mark("del")
    run.addprevious(mark)
    mark.append(run)
    return mark


def _whole_fields(paragraph: WordParagraph, letters: Iterable[Letter]) -> list[Any]:
    """The runs of codes of the fields whose whole result is among the letters."""
    gone = {(id(x.piece), x.at) for x in letters}
    kept = {id(x.run) for x in paragraph.letters if (id(x.piece), x.at) not in gone}
    touched = {id(x.run) for x in paragraph.letters} - kept
    found: list[Any] = []
    open_runs: list[Any] = []
    depth = 0
    for run in runs_of(paragraph.element):
        kinds = [c.get(f"{W}fldCharType") for c in run.findall(f"{W}fldChar")]
        depth += kinds.count("begin")
        if depth:
            open_runs.append(run)
        if "end" in kinds:
            depth = max(0, depth - kinds.count("end"))
            if depth == 0:
                result = [each for each in open_runs if each.find(f"{W}t") is not None]
                if result and all(id(each) in touched for each in result):
                    found += [each for each in open_runs if each.find(f"{W}t") is None]
                open_runs = []
    return found


def _order(paragraph: Any, element: Any) -> int:
    for at, each in enumerate(paragraph.iter()):
        if each is element:
            return at
    raise AssertionError("the mark stands in its paragraph")
