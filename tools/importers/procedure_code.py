"""Procedure codes and modifiers as files write them: apostrophes, blanks, a modifier inside.

A lost leading zero is not guessed. Shapes only are checked, for the code lists belong to
their owners: five digits, four digits and a letter, or a letter and four digits.
"""

from __future__ import annotations

import re
from functools import lru_cache

from tools.importers.cell_values import clean

_CODE = r"(?:\d{5}|\d{4}[A-Z]|[A-Z]\d{4})"
_ONE = re.compile(rf"({_CODE})((?:[-\s,:/.]+[A-Z0-9]{{2}})*)")
# A code with words behind it, set apart by a mark: "99213 - Office visit".
_WORDED = re.compile(
    rf"({_CODE})((?:-[A-Z0-9]{{2}})*)(?:\s*[-–—:|(\[]\s*|\s{{1,3}})[A-Z][A-Z]+(?![A-Z0-9]*\d).{{0,200}}"
)
# "All other covered codes", "Everything else", "Default": words of this kind and no others.
_ALL_OTHERS = re.compile(
    r"(?:(?:ALL|ANY|EVERY|EVERYTHING|EACH|OTHERS?|ELSE|REMAINING|REST|DEFAULT|UNLISTED|NOT|LISTED|"
    r"COVERED|ELIGIBLE|PROFESSIONAL|MEDICAL|CPT|HCPCS|CODES?|SERVICES?|PROCEDURES?|ITEMS?|OF|THE|"
    r"AND|OR|ABOVE|BELOW)[\s/&,.-]*)+"
)
_EVERY = re.compile(r"\b(?:ALL|ANY|EVERY|EVERYTHING|OTHERS?|REMAINING|REST|DEFAULT|UNLISTED)\b")
_SPAN = re.compile(rf"({_CODE})\s*(?:-|–|—|to|through|thru)\s*({_CODE})", re.I)


@lru_cache(maxsize=50_000)
def code_and_modifiers(text: str) -> tuple[str, tuple[str, ...]]:
    """The code in capitals and the modifiers written with it ("99213-25").

    Raises ValueError in words that do not repeat the cell.
    """
    bare = re.sub(r"\.0+$", "", clean(text).upper()).strip("'\"* ")
    found = _ONE.fullmatch(bare) or _ONE.fullmatch(bare.replace(" ", ""))
    if found:
        return found[1], tuple(re.findall(r"[A-Z0-9]{2}", found[2]))
    if worded := _WORDED.fullmatch(bare):
        return worded[1], tuple(re.findall(r"[A-Z0-9]{2}", worded[2]))
    if re.fullmatch(r"\d{1,4}", bare):
        raise ValueError(
            f"it has {len(bare)} digits where a code has 5 characters; a spreadsheet may have "
            "dropped leading zeros, so format the column as text and export again"
        )
    raise ValueError("it is not a procedure code of 5 characters")


def code_span(text: str) -> list[str]:
    """Codes and ranges of a schedule's cell: "99202-99205, 99211-99215", "99213", "*" for all.

    Raises ValueError where a piece is neither.
    """
    bare = clean(text).upper().strip("'\"")
    if bare == "*" or (_ALL_OTHERS.fullmatch(bare) and _EVERY.search(bare)):
        return ["*"]
    spans = []
    for piece in re.split(r"\s*(?:,|;|&|\bAND\b)\s*", bare):
        if found := _SPAN.fullmatch(piece):
            first, last = found[1].upper(), found[2].upper()
            if first > last or _digits_at(first) != _digits_at(last):
                raise ValueError("a range of codes runs backwards or mixes two kinds of code")
            spans.append(first if first == last else f"{first}-{last}")
        else:
            spans.append(code_and_modifiers(piece)[0])
    return spans


def _digits_at(code: str) -> str:
    return re.sub(r"\d", "9", code)


def modifiers(texts: list[str]) -> tuple[str, ...]:
    """Two-character modifiers of one or several cells, each once, sorted.

    Raises ValueError where a piece does not have two characters.
    """
    found: set[str] = set()
    for text in texts:
        for piece in re.split(r"[\s,;:/|.\-]+", re.sub(r"\.0+$", "", text.upper())):
            if not piece:
                continue
            if re.fullmatch(r"[A-Z0-9]{2}", piece):
                found.add(piece)
            elif re.fullmatch(r"(?:[A-Z0-9]{2}){2,4}", piece):
                found |= set(re.findall("..", piece))
            else:
                raise ValueError("a modifier has two characters")
    return tuple(sorted(found))
