"""The number at the head of a paragraph: how it is written, and where it stands in its count.

Letters that are also Roman numerals are given both readings; `outline` chooses by what came
before.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from knowledge.documents.blocks import Block
from knowledge.documents.docx_numbering import roman

PART_WORDS = (
    "EXHIBIT|ATTACHMENT|APPENDIX|SCHEDULE|ANNEX|ADDENDUM|AMENDMENT|RIDER|SUPPLEMENT|ENCLOSURE"
)
_NUMBER_WORDS = "ONE TWO THREE FOUR FIVE SIX SEVEN EIGHT NINE TEN ELEVEN TWELVE THIRTEEN"
_WORDS = _NUMBER_WORDS.split()
_COUNT = rf"(?:[IVXLC]{{1,7}}|\d{{1,3}}|{'|'.join(_WORDS)})"

_PART = re.compile(
    rf"(?P<word>{PART_WORDS})\s+(?:NO\.?\s*|NUMBER\s+|#\s*)?"
    rf"(?P<id>\d{{1,2}}(?:[.-]\d{{1,2}}|-?[A-Z])?|(?:{'|'.join(_WORDS)})|[IVX]{{2,5}}"
    r"|[A-Z]{1,2}(?:[.-]?\d{1,2})?)(?=[\s.:;,–—-]|$)[\s.:–—-]*",
    re.IGNORECASE,
)
_ARTICLE = re.compile(
    rf"(?P<word>ARTICLE|CHAPTER|PART|SECTION|TITLE|CLAUSE)\s+(?P<id>{_COUNT})(?![.\d]*\d)"
    r"(?=[\s.:–—-]|$)[\s.:–—-]*",
    re.IGNORECASE,
)
_DECIMAL = re.compile(
    r"(?:(?:Section|SECTION|Sec\.|SEC\.|Clause|Paragraph|¶|§+)\s*)?"
    r"(?:(?P<prefix>[A-Z]{0,2}?)[.-]?(?P<number>\d{1,3}(?:[.-]\d{1,3}){1,5})"
    r"|(?P<letter>[A-Z])[.-](?P<single>\d{1,3}))(?P<sub>[a-z]?)"
    r"\.?(?=[\s:–—]|$)[\s:–—]*"
)
_SIGN = re.compile(r"(?:§+|Section|SECTION|Sec\.|SEC\.)\s*(?P<number>\d{1,3})\.?(?=\s|$)\s*")
_PLAIN = re.compile(r"(?P<number>\d{1,3})[.)](?=\s|$)\s*")
_DOTTED = re.compile(r"(?P<letter>[A-Za-z]|[IVXL]{2,6}|[ivxl]{2,6})\.(?=\s|$)\s*")
_BRACKETED = re.compile(
    r"\(?(?P<letter>[a-z]{1,2}|[A-Z]{1,2}|[ivxl]{1,6}|[IVXL]{1,6}|\d{1,2})\)(?=\s|$)\s*"
)
_SENTENCE = re.compile(
    r"(?:is|are|was|of|to|and|or|shall|will|may|sets?|contains?|lists?|does|applies|for|in|the"
    r"|prevails?|governs?|means|states|by|as|at|which|that|hereto|attached|above|below)\b|[,;)]"
)
_REFERENCE = re.compile(
    r"(?:of|and|or|shall|will|to|above|below|hereof|herein|is|are|applies|which|through)\b|[,;)]"
)


@dataclass(frozen=True)
class Mark:
    """A number at the head of a paragraph.

    style: how it is written ("part", "article", "dec", "1.", "A.", "a.", "I.", "i.", "(a)",
    "(A)", "(i)", "(I)", "(1)"); count: its places, outermost first, (4, 1) for 4.1; family:
    what distinguishes counts of one style ("Article", "S" for S4.1). number: as a citation
    shows it. length: how many characters it takes, space after it included.
    """

    style: str
    count: tuple[int, ...]
    family: str
    number: str
    length: int

    @property
    def last(self) -> int:
        """The innermost place of its count."""
        return self.count[-1]


def marks(block: Block) -> tuple[Mark, ...]:
    """The readings of the number at the head of a block; () when there is none."""
    text = block.text
    if block.kind == "row" and " | " in text:
        return ()
    for reading in (_part, _article, _lettered_part, _decimal):
        if (mark := reading(text, block)) is not None:
            return (mark,)
    if match := _PLAIN.match(text):
        return (Mark("1.", (int(match["number"]),), "", match["number"], match.end()),)
    if match := _DOTTED.match(text):
        return _letters(match["letter"], "A." if match["letter"].isupper() else "a.", match.end())
    if match := _BRACKETED.match(text):
        letter = match["letter"]
        if letter.isdigit():
            return (Mark("(1)", (int(letter),), "", f"({letter})", match.end()),)
        return _letters(letter, "(A)" if letter.isupper() else "(a)", match.end())
    return ()


def roman_value(letters: str) -> int | None:
    """The value of a Roman numeral in either case, None where the letters are none."""
    values = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
    numerals = [values.get(letter) for letter in letters.lower()]
    if not numerals or None in numerals:
        return None
    total = 0
    for at, value in enumerate(numerals):
        assert value is not None
        later = numerals[at + 1] if at + 1 < len(numerals) else None
        total += -value if later is not None and later > value else value
    return total if roman(total).lower() == letters.lower() else None


def _part(text: str, block: Block) -> Mark | None:
    match = _PART.match(text)
    if not match or not match["word"][0].isupper() or not match["id"][0].isalnum():
        return None
    if match["id"].islower() or (len(match["id"]) > 1 and match["id"].isalpha() and (
        match["id"].upper() not in _WORDS and roman_value(match["id"]) is None
    )):  # fmt: skip
        return None
    rest = text[match.end() :]
    prominent = block.level is not None or block.bold >= match.end() - 3 or match["word"].isupper()
    if _SENTENCE.match(rest) and not (prominent and len(text) < 120):
        return None
    if len(text) > 200 or (rest.endswith((".", ";")) and len(rest) > 90 and not prominent):
        return None
    word = match["word"].capitalize()
    family = f"{word} {match['id'].upper()}"
    return Mark("part", (0,), family, f"{word} {match['id'].upper()}", match.end())


def _article(text: str, block: Block) -> Mark | None:
    match = _ARTICLE.match(text)
    if not match or not match["word"][0].isupper():
        return None
    rest = text[match.end() :]
    id = match["id"]
    if _SENTENCE.match(rest) or (match["word"].upper() == "PART" and id in ("C", "L")):
        return None
    if id.isdigit():
        count = int(id)
    elif id.upper() in _WORDS:
        count = _WORDS.index(id.upper()) + 1
    else:
        value = roman_value(id)
        if value is None:
            return None
        count = value
    word = match["word"].capitalize()
    shown = id if word == "Section" and id.isdigit() else f"{word} {id.upper()}"
    return Mark("article", (count,), word, shown, match.end())


def _lettered_part(text: str, block: Block) -> Mark | None:
    match = re.match(r"(?:Part|PART)\s+(?P<id>[A-Z])(?:[.:–—-]+\s*|\s+(?=[A-Z])|$)", text)
    if not match:
        return None
    return Mark(
        "article", (ord(match["id"]) - 64,), "Part letter", f"Part {match['id']}", match.end()
    )


def _decimal(text: str, block: Block) -> Mark | None:
    if match := _SIGN.match(text):
        if _SENTENCE.match(text[match.end() :]):
            return None
        return Mark("article", (int(match["number"]),), "Section", match["number"], match.end())
    match = _DECIMAL.match(text)
    if not match or _REFERENCE.match(text[match.end() :]):
        return None
    prefix = match["prefix"] or match["letter"] or ""
    number = match["number"] or match["single"]
    if prefix in ("CR", "US") or ("-" in number and not prefix):
        return None
    places = tuple(int(place) for place in re.split(r"[.-]", number))
    shown = match[0].strip().rstrip(".:–—").strip()
    shown = re.sub(r"^(?:Section|SECTION|Sec\.|SEC\.|Clause|Paragraph|¶|§+)\s*", "", shown)
    if match["sub"]:
        places += (ord(match["sub"]) - 96,)
    return Mark("dec", places, prefix, shown, match.end())


def _letters(letter: str, style: str, length: int) -> tuple[Mark, ...]:
    """A letter read as a letter, as a Roman numeral, or as either."""
    shown = f"({letter})" if style.startswith("(") else letter
    readings = []
    value = roman_value(letter)
    single = letter.lower()
    if len(letter) == 1 or (len(set(single)) == 1 and value is None):
        place = ord(single[0]) - 96 + 26 * (len(letter) - 1)
        readings.append(Mark(style, (place,), "", shown, length))
    if value is not None and (len(letter) > 1 or single in "ivx"):
        numeral = {"A.": "I.", "a.": "i.", "(A)": "(I)", "(a)": "(i)"}[style]
        readings.append(Mark(numeral, (value,), "", shown, length))
    return tuple(readings)
