"""The numbers that Word prints before paragraphs, worked out from the file's own lists."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from knowledge.documents.docx_package import W


@dataclass(frozen=True)
class _Level:
    format: str
    text: str
    start: int
    restart: int | None
    legal: bool


class Numbering:
    """Counts along with the document: `number_of` must see each paragraph once, in order."""

    def __init__(self, numbering: Any | None, styles: Any | None) -> None:
        self._lists: dict[str, dict[int, _Level]] = {}
        self._abstract: dict[str, str] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._styles: dict[str, tuple[str | None, str | None, int | None]] = {}
        if numbering is not None:
            self._read_lists(numbering)
        for style in [] if styles is None else styles.iter(f"{W}style"):
            self._styles[style.get(f"{W}styleId", "")] = (
                _value(style, "basedOn"),
                _value(style, "pPr", "numPr", "numId"),
                _whole(_value(style, "pPr", "numPr", "ilvl")),
            )

    def number_of(self, paragraph: Any) -> str:
        """The printed number of a paragraph, e.g. "4.1" or "(b)"; "" for none or a bullet."""
        number, level = self._list_of(paragraph)
        levels = self._lists.get(number or "")
        if not number or number == "0" or not levels or level not in levels:
            return ""
        abstract = self._abstract[number]
        counts = self._counts.setdefault(abstract, {})
        counts[level] = counts.get(level, levels[level].start - 1) + 1
        for lower in [each for each in counts if each > level]:
            restart = levels[lower].restart if lower in levels else None
            if restart is None or (restart > 0 and level < restart):
                del counts[lower]
        return _shown(levels, level, counts)

    def _list_of(self, paragraph: Any) -> tuple[str | None, int]:
        properties = paragraph.find(f"{W}pPr")
        number = level = None
        style = None
        if properties is not None:
            number = _value(properties, "numPr", "numId")
            level = _whole(_value(properties, "numPr", "ilvl"))
            style = _value(properties, "pStyle")
        for _ in range(12):
            if style is None or style not in self._styles:
                break
            base, style_number, style_level = self._styles[style]
            number = number if number is not None else style_number
            level = level if level is not None else style_level
            style = base
        return number, level or 0

    def _read_lists(self, root: Any) -> None:
        abstracts = {
            each.get(f"{W}abstractNumId"): {
                int(level.get(f"{W}ilvl", "0")): _level(level) for level in each.iter(f"{W}lvl")
            }
            for each in root.iter(f"{W}abstractNum")
        }
        for num in root.iter(f"{W}num"):
            id, abstract = num.get(f"{W}numId"), _value(num, "abstractNumId")
            if id is None or abstract is None or abstract not in abstracts:
                continue
            levels = dict(abstracts[abstract])
            key = abstract
            for override in num.iter(f"{W}lvlOverride"):
                at = int(override.get(f"{W}ilvl", "0"))
                own = override.find(f"{W}lvl")
                start = _whole(_value(override, "startOverride"))
                if own is not None:
                    levels[at] = _level(own)
                elif start is not None and at in levels:
                    old = levels[at]
                    levels[at] = _Level(old.format, old.text, start, old.restart, old.legal)
                key = f"{abstract}/{id}"  # an overridden list counts for itself
            self._lists[id] = levels
            self._abstract[id] = key


def _level(level: Any) -> _Level:
    return _Level(
        format=_value(level, "numFmt") or "decimal",
        text=_value(level, "lvlText") or "",
        start=_whole(_value(level, "start")) or (0 if _value(level, "start") == "0" else 1),
        restart=_whole(_value(level, "lvlRestart")),
        legal=level.find(f"{W}isLgl") is not None,
    )


def _shown(levels: dict[int, _Level], level: int, counts: dict[int, int]) -> str:
    own = levels[level]
    if own.format in ("bullet", "none") or "%" not in own.text:
        return "" if own.format in ("bullet", "none") else own.text.strip()

    def put(match: re.Match[str]) -> str:
        at = int(match[1]) - 1
        if at not in levels:
            return ""
        count = counts.get(at, levels[at].start)
        return _written(count, "decimal" if own.legal and at != level else levels[at].format)

    return re.sub(r"%(\d)", put, own.text).strip()


def _written(count: int, format: str) -> str:
    if format in ("lowerLetter", "upperLetter"):
        letter = chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1) if count > 0 else ""
        return letter.upper() if format == "upperLetter" else letter
    if format in ("lowerRoman", "upperRoman"):
        return roman(count) if format == "upperRoman" else roman(count).lower()
    if format == "decimalZero":
        return f"{count:02d}"
    return str(count)


def roman(count: int) -> str:
    """A count from 1 in capital Roman numerals; "" for less."""
    steps = (
        (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"),
        (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
    )  # fmt: skip
    made = ""
    for value, mark in steps:
        while count >= value:
            made += mark
            count -= value
    return made


def _value(element: Any, *path: str) -> str | None:
    for name in path:
        element = element.find(f"{W}{name}")
        if element is None:
            return None
    value = element.get(f"{W}val")
    return None if value is None else str(value)


def _whole(text: str | None) -> int | None:
    return int(text) if text is not None and text.isdigit() else None
