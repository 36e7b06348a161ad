"""The segments of an X12 file, one by one, with the delimiters that each interchange states.

Line ends between segments, inside them (files wrapped at a fixed width) or none at all make
no difference. Memory stays bounded: a segment at a time is held.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

from knowledge.problems import BadInput

_CHUNK = 1 << 20
_LONGEST = 1 << 16
_BLANK = " \t\r\n\x00\x1a\xef\xbb\xbf"
_NO_LINE_ENDS = {10: None, 13: None}
_LAST_OF_HEADER = 16


class Marks(NamedTuple):
    """The delimiters of an interchange, one character each."""

    element: str
    component: str
    end: str


class Segment(NamedTuple):
    """One segment: its 1-based number in the file, its elements (the first is its name), the
    text as it stands in the file without its end mark, and the marks in force."""

    number: int
    elements: list[str]
    raw: str
    marks: Marks

    @property
    def name(self) -> str:
        """NM1, CLP and so on."""
        return self.elements[0]

    def at(self, place: int) -> str:
        """The element at a place as the standard counts them (CLP01 is 1); "" if not sent."""
        elements = self.elements
        return elements[place].strip(_BLANK) if place < len(elements) else ""

    def parts(self, place: int) -> list[str]:
        """The components of an element; [""] if not sent."""
        return [part.strip(_BLANK) for part in self.at(place).split(self.marks.component)]


def read_segments(file: BinaryIO, where: str) -> Iterator[Segment]:
    """Every segment of every interchange; raises BadInput where one is cut short.

    Bytes are read one for one, so that `raw` put together again is the file, blanks behind its
    last segment aside.
    """
    held = file.read(_CHUNK).decode("latin-1")
    at = number = 0
    before = ""
    while True:
        held, at = held[at:], 0
        while len(held) < _LONGEST and (more := file.read(_CHUNK).decode("latin-1")):
            held += more
        if not held.strip(_BLANK):
            return
        at = len(held) - len(held.lstrip(_BLANK))
        bare = number == 0 and not held.startswith("ISA", at)
        marks = _bare_marks(held[at:], where) if bare else _marks(held[at : at + 400], where)
        before = held[:at]
        inside = True
        while inside:
            end = held.find(marks.end, at)
            if end < 0:
                more = file.read(_CHUNK).decode("latin-1")
                held, at = held[at:], 0
                if more and len(held) < _LONGEST:
                    held += more
                    continue
                if bare and not more and not held.strip(_BLANK):
                    return
                last = ("IEA", "SE", "GE") if bare else ("IEA",)
                if more or not held.lstrip(_BLANK).startswith(last):
                    raise cut_short(where, "a segment has no end")
                end = len(held)
            raw, at = before + held[at:end], end + 1
            text = raw
            if "\n" in raw or "\r" in raw:
                text = raw.translate(_NO_LINE_ENDS)
            text = text.strip(_BLANK)
            if not text:
                before = raw + marks.end
                continue
            before = ""
            number += 1
            segment = Segment(number, text.split(marks.element), raw, marks)
            inside = segment.elements[0] != "IEA"
            yield segment


def as_text(element: str) -> str:
    """A name read as UTF-8 where it is, else byte for byte."""
    try:
        return element.encode("latin-1").decode("utf-8")
    except UnicodeDecodeError:
        return element


def cut_short(where: str, what: str) -> BadInput:
    """The refusal of a file that is not whole."""
    return BadInput(
        where, f"the file is cut short or damaged: {what}", "download it again and send it whole"
    )


_BARE = re.compile(r"(?:GS|ST)([^A-Za-z0-9\s])")


def _bare_marks(text: str, where: str) -> Marks:
    """The delimiters of a file without an interchange's header, as its first segments show
    them: what stands before the second segment's name ends the first."""
    opens = _BARE.match(text)
    if not opens:
        raise cut_short(where, "what follows an interchange is no other one (ISA)")
    element = re.escape(opens[1])
    second = re.search(rf"([^A-Za-z0-9])\s*(?:ST{element}83|BPR{element}|BHT{element})", text[:400])
    if not second or second[1] == opens[1]:
        raise cut_short(where, "its first segments are not whole")
    joined = re.search(rf"{element}(?:HC|N4|AD|ER)([^A-Za-z0-9\s])[0-9A-Z]{{5}}", text)
    return Marks(opens[1], joined[1] if joined else ":", second[1])


def _marks(text: str, where: str) -> Marks:
    """The delimiters that an ISA segment states by its own form."""
    element = text[3:4]
    if not text.startswith("ISA") or not element or element.isalnum() or element in _BLANK:
        raise cut_short(where, "what follows an interchange is no other one (ISA)")
    at = -1
    for _ in range(_LAST_OF_HEADER):
        at = text.find(element, at + 1, 400)
        if at < 0:
            raise cut_short(where, "its header (ISA) is not whole")
    left = text[at + 1 : at + 20].lstrip("\r\n")
    component, rest = left[:1], left[1:]
    bare = rest.lstrip("\r\n")
    if rest != bare and (bare[:3] in (f"GS{element}", "TA1") or not bare):
        end = "\n" if "\n" in rest[: len(rest) - len(bare)] else "\r"
    else:
        end = bare[:1]
    if not end or end.isalnum() or not component or component in (element, end):
        raise cut_short(where, "its header (ISA) is not whole")
    return Marks(element, component, end)
