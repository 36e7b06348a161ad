"""The words of a PDF page with their places and looks, as pdfium's text layer gives them."""

from __future__ import annotations

import ctypes
from dataclasses import dataclass
from typing import Any

SMALLEST_SIZE = 2.5  # points; below it nobody reads
_LINE_END_HYPHEN = 2  # pdfium's mark for it; no line break follows
_WHITE = 248  # red, green and blue at least this: white on paper


@dataclass(frozen=True)
class Word:
    """One word: text, box in points from the top left of the page, font size, looks.

    line: the number of the text layer's own line, words of one line come in reading order.
    """

    text: str
    left: float
    top: float
    right: float
    bottom: float
    size: float
    bold: bool
    line: int

    @property
    def base(self) -> float:
        """The height at which it stands, in points from the top."""
        return self.bottom


@dataclass(frozen=True)
class PageWords:
    """The words of one page, what stands hidden on it, and whether it holds a picture."""

    words: tuple[Word, ...]
    hidden: str
    picture: bool
    width: float
    height: float


def page_words(page: Any) -> PageWords:
    """The words of a pdfium page, in the text layer's order."""
    import pypdfium2.raw as raw

    width, height = page.get_size()
    layer = page.get_textpage()
    shades = _Shades(page, height)
    words: list[Word] = []
    hidden: list[str] = []
    line = 0
    run: list[int] = []
    count = layer.count_chars()
    codes = [raw.FPDFText_GetUnicode(layer, at) for at in range(count)]

    def close() -> None:
        if run:
            word, seen = _word(layer, codes, run, height, line, shades, (width, height))
            if word.text:
                if seen:
                    words.append(word)
                else:
                    hidden.append(word.text)
            run.clear()

    for at, code in enumerate(codes):
        letter = chr(code) if code else " "
        if letter in "\r\n":
            close()
            line += letter == "\n"
        elif code == _LINE_END_HYPHEN:
            run.append(at)
            close()
            line += 1
        elif letter.isspace() or code in (0, 0xFFFE, 0xFFFF):
            close()
        else:
            run.append(at)
    close()
    picture = any(True for _ in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=3))
    layer.close()
    return PageWords(tuple(words), " ".join(hidden), picture, width, height)


def _word(
    layer: Any,
    codes: list[int],
    run: list[int],
    height: float,
    line: int,
    shades: _Shades,
    page: tuple[float, float],
) -> tuple[Word, bool]:
    """A word from its characters, and whether a reader can see it."""
    import pypdfium2.raw as raw

    left, _, top, bottom = _box(layer, run[0], height)
    _, right, last_top, last_bottom = _box(layer, run[-1], height)
    size = float(raw.FPDFText_GetFontSize(layer, run[0])) or (bottom - top)
    text = _joined([codes[at] for at in run])
    word = Word(
        text=text,
        left=left,
        top=min(top, last_top),
        right=max(right, left),
        bottom=max(bottom, last_bottom),
        size=size,
        bold=_is_bold(layer, run[0]),
        line=line,
    )
    drawn = abs(bottom - top)
    inside = word.right > 0 and word.left < page[0] and word.bottom > 0 and word.top < page[1]
    tiny = 0 < drawn < SMALLEST_SIZE and size < SMALLEST_SIZE and len(text) > 1
    return word, inside and not tiny and not shades.swallow(layer, run[0], word)


def _joined(codes: list[int]) -> str:
    """The characters, ligatures taken apart, surrogate pairs and soft hyphens mended."""
    letters = []
    for code in codes:
        if 0xD800 <= code <= 0xDFFF or (code < 32 and code != _LINE_END_HYPHEN):
            continue
        letters.append(_LIGATURES.get(code) or chr(code))
    return "".join(letters)


_LIGATURES = {
    _LINE_END_HYPHEN: "-",
    0xAD: "-",
    0xFB00: "ff",
    0xFB01: "fi",
    0xFB02: "fl",
    0xFB03: "ffi",
    0xFB04: "ffl",
    0x200B: "",
    0xFEFF: "",
}


def _box(layer: Any, at: int, height: float) -> tuple[float, float, float, float]:
    """Left, right, top, bottom of a character (its loose box), in points from the top left."""
    import pypdfium2.raw as raw

    box = raw.FS_RECTF()
    if not raw.FPDFText_GetLooseCharBox(layer, at, ctypes.byref(box)):
        return 0.0, 0.0, 0.0, 0.0
    return box.left, box.right, height - box.top, height - box.bottom


def _is_bold(layer: Any, at: int) -> bool:
    import pypdfium2.raw as raw

    if raw.FPDFText_GetFontWeight(layer, at) >= 600:
        return True
    room = ctypes.create_string_buffer(128)
    flags = ctypes.c_int()
    raw.FPDFText_GetFontInfo(layer, at, room, 128, ctypes.byref(flags))
    name = room.value.lower()
    return any(mark in name for mark in (b"bold", b"black", b"heavy"))


class _Shades:
    """Tells white words on white paper, which nobody sees, from white words on a dark bar."""

    def __init__(self, page: Any, height: float) -> None:
        self._page = page
        self._height = height
        self._bars: list[tuple[float, float, float, float]] | None = None

    def swallow(self, layer: Any, at: int, word: Word) -> bool:
        import pypdfium2.raw as raw

        red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
        if not raw.FPDFText_GetFillColor(layer, at, red, green, blue, alpha):
            return False
        if alpha.value == 0:
            return True
        if min(red.value, green.value, blue.value) < _WHITE:
            return False
        middle = (word.left + word.right) / 2, (word.top + word.bottom) / 2
        return not any(
            left <= middle[0] <= right and top <= middle[1] <= bottom
            for left, top, right, bottom in self._dark_bars()
        )

    def _dark_bars(self) -> list[tuple[float, float, float, float]]:
        import pypdfium2.raw as raw

        if self._bars is None:
            kinds = [raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_IMAGE]
            self._bars = []
            for thing in self._page.get_objects(filter=kinds, max_depth=3):
                if thing.type == raw.FPDF_PAGEOBJ_PATH and _is_pale(thing):
                    continue
                left, bottom, right, top = thing.get_bounds()
                self._bars.append((left, self._height - top, right, self._height - bottom))
        return self._bars


def _is_pale(path: Any) -> bool:
    import pypdfium2.raw as raw

    fill, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(path, ctypes.byref(fill), ctypes.byref(stroke))
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    known = raw.FPDFPageObj_GetFillColor(path, red, green, blue, alpha)
    return not fill.value or not known or min(red.value, green.value, blue.value) >= _WHITE
