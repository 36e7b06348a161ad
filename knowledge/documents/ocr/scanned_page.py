"""What is read on the picture of a page: words placed as a text layer places them."""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from statistics import median
from typing import Any

from knowledge.documents.file_type import file_type
from knowledge.documents.ocr.deskew import straight
from knowledge.documents.ocr.engine import Found, turned, words_in
from knowledge.documents.ocr.pictures import PagePicture, frame, pdf_page
from knowledge.documents.pdf_words import Word

UNSURE = 60.0  # mean sureness below which the page may lie on its side or head
_NUMBER = re.compile(
    r"(?<=^\d),(?=\d{1,2}$)|(?<=^\d\d),(?=\d{1,2}$)"
)  # 3,2 that leads a line is 3.2
_NOISE = 25.0  # a word less sure than this, without two letters or digits, is dirt
_DESCENDING = frozenset("gjpqy,;()[]{}|/\\_Q$@§")
_TALL = frozenset("bdfhklt0123456789()[]$%&/|\\!?")


@dataclass(frozen=True)
class ScannedPage:
    """The words read on one page, and how sure they are on average, 0 to 1."""

    words: tuple[Word, ...]
    sureness: float
    width: float
    height: float


def read_page(path: str, page: int, name: str) -> dict[str, Any]:
    """The child's entry point: a page of a PDF or picture, read, as plain data."""
    content = Path(path).read_bytes()
    drawn = (
        pdf_page(content, page, name)
        if file_type(content, name) == "pdf"
        else frame(content, page, name)
    )
    return asdict(scanned(drawn, name))


def scanned(drawn: PagePicture, name: str) -> ScannedPage:
    """The page as tesseract reads it, set straight first and turned upright where it must be."""
    drawn = replace(drawn, image=straight(drawn.image))
    found = words_in(drawn.image, name)
    if _sureness(found) * 100 < UNSURE and (quarter := turned(drawn.image, name)):
        upright = drawn.image.rotate(-quarter, expand=True)
        sizes = (drawn.height, drawn.width) if quarter in (90, 270) else (drawn.width, drawn.height)
        again = PagePicture(straight(upright), *sizes)
        better = words_in(again.image, name)
        if _sureness(better) > _sureness(found):
            drawn, found = again, better
    kept = [word for word in found if not _is_dirt(word)]
    scale = drawn.width / drawn.image.width
    words = [word for line in _lines(kept) for word in _placed(line, scale)]
    return ScannedPage(_evened(words), _sureness(kept), drawn.width, drawn.height)


def page_from(text: str) -> ScannedPage:
    """The page that `json.dumps(read_page(...))` described; raises ValueError for other text."""
    data = json.loads(text)
    try:
        return ScannedPage(**{**data, "words": tuple(Word(**each) for each in data["words"])})
    except (TypeError, KeyError) as other:
        raise ValueError("not a scanned page") from other


def _sureness(found: tuple[Found, ...] | list[Found]) -> float:
    """The mean over the words, each by its length, 0 to 1, to three places."""
    letters = sum(len(word.text) for word in found)
    total = sum(word.sure * len(word.text) for word in found)
    return round(total / letters / 100, 3) if letters else 0.0


def _is_dirt(word: Found) -> bool:
    solid = sum(letter.isalnum() for letter in word.text)
    return (word.sure < _NOISE and solid < 2) or (solid == 0 and word.sure < 60)


def _lines(words: list[Found]) -> list[list[Found]]:
    lines: dict[int, list[Found]] = {}
    for word in words:
        lines.setdefault(word.line, []).append(word)
    return list(lines.values())


def _placed(line: list[Found], scale: float) -> list[Word]:
    """The words of one line on a common base, in points, with the size its letters tell.

    A letter's box is a share of its font's size: about 0.72 with an ascender or capital, 0.5
    without, 0.22 more with a descender. The base of a word is where its loose box would
    end, 0.22 of the size below the letters, as pdfium gives it.
    """
    level = [word.bottom for word in line if not _DESCENDING & set(word.text)]
    feet = median(level) if level else max(word.bottom for word in line)
    sizes = [(word.bottom - word.top) / _share(word.text) for word in line
             if sum(letter.isalnum() for letter in word.text) > 1]  # fmt: skip
    size = median(sizes or [(word.bottom - word.top) / 0.72 for word in line])
    base = feet + 0.22 * size
    return [
        Word(
            text=_NUMBER.sub(".", _plain(word.text)) if word is line[0] else _plain(word.text),
            left=round(word.left * scale, 2),
            top=round((base - size) * scale, 2),
            right=round(word.right * scale, 2),
            bottom=round(base * scale, 2),
            size=round(size * scale, 2),
            bold=False,
            line=word.line,
        )
        for word in line
    ]


def _share(text: str) -> float:
    tall = any(letter in _TALL or letter.isupper() for letter in text)
    return (0.7 if tall else 0.49) + (0.21 if _DESCENDING & set(text) else 0.0)


def _plain(text: str) -> str:
    """A word without what a scan's edge adds to it."""
    return text.replace("ﬁ", "fi").replace("ﬂ", "fl").strip("|") or text


def _evened(words: list[Word]) -> tuple[Word, ...]:
    """The words, those near the page's usual size given that size, for a scan's sizes waver."""
    if not words:
        return ()
    usual = median(word.size for word in words)
    near = [abs(word.size - usual) < 0.22 * usual for word in words]
    return tuple(
        replace(word, size=round(usual, 2)) if close else word
        for word, close in zip(words, near, strict=True)
    )
