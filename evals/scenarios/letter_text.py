"""A text as a reader takes it in: its paragraphs, sentences, numbers and days."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

ENDS = re.compile(r"(?<=[.?!])[\"”’)]*\s+(?=[\"“A-Z0-9$(])")
SHORT = re.compile(
    r"\b(?:Dr|Mr|Ms|Mrs|St|No|Nos|Sec|Art|vs|approx|Inc|Co|C\.R\.S|U\.S|a\.m|p\.m)\.$"
)
GREETING = re.compile(r"^(?:dear|hello|hi|good (?:morning|afternoon|day|evening)|to)\b", re.I)
HEADING = re.compile(r"\s*(?:#|\||>|---|\*\*[^*]+\*\*\s*$)")
CLOSING = re.compile(
    r"^(?:regards|best|kind regards|best regards|warm regards|sincerely|thank you|thanks|"
    r"with thanks|many thanks|yours|respectfully|cordially|best wishes)[\w ]{0,20}[,.]?$",
    re.I,
)
NUMBER = re.compile(r"(?<![\w.])(\$?)(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?(?![\d])(%?)")
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTH = "|".join([*MONTHS, *(f"{m[:3]}\\.?" for m in MONTHS)])
ROUGH = re.compile(r"\b(?:about|around|roughly|nearly|some|close to)\s+$", re.I)
DATE = re.compile(
    rf"(?:\b({'|'.join(DAYS)}),? (?:the )?)?\b({_MONTH}) (\d{{1,2}})(?!\d)(?:st|nd|rd|th)?"
    rf"(?:,? (\d{{4}}))?(?!\d)"
)
ISO = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b")


@dataclass(frozen=True)
class Day:
    """A date as written: the day, the weekday named with it or "", and where it stands."""

    on: date
    weekday: str
    start: int


@dataclass(frozen=True)
class Said:
    """A number as written: its value, whether dollars or percent, decimals and place.

    about: whether it is told as a rough one.
    """

    value: Decimal
    money: bool
    percent: bool
    places: int
    start: int
    words: str
    about: bool = False


@dataclass(frozen=True)
class Text:
    """One text to be judged, with all that may own a number in it.

    body: Markdown without tokens. said: the user's messages of the thread. figures,
    citations: plain data as the answer gives them. before: the thread's earlier texts.
    routed: whether the message itself led to it. papers: the payer's documents as stored.
    """

    kind: str
    subject: str
    body: str
    today: date
    payer: str | None
    said: tuple[str, ...] = ()
    figures: tuple[dict[str, Any], ...] = ()
    citations: tuple[dict[str, Any], ...] = ()
    unsupported: tuple[str, ...] = ()
    pieces: int | None = None
    before: tuple[str, ...] = ()
    routed: bool = True
    wanted: bool = True
    profile: tuple[str, ...] = field(default_factory=tuple)
    papers: tuple[str, ...] = ()

    @cached_property
    def whole(self) -> str:
        """Subject and body."""
        return f"{self.subject}\n\n{self.body}"

    @cached_property
    def paragraphs(self) -> tuple[str, ...]:
        """The body's paragraphs between greeting and closing, headings and tables left out."""
        return tuple(prose(self.body))

    @cached_property
    def sentences(self) -> tuple[str, ...]:
        """The sentences of the paragraphs."""
        return tuple(s for paragraph in self.paragraphs for s in sentences_of(paragraph))

    @cached_property
    def greeting(self) -> str:
        """The first line where it greets, else ""."""
        lines = (ln.strip() for ln in self.body.splitlines())
        first = next((ln for ln in lines if ln and not HEADING.match(ln)), "")
        return first if GREETING.match(first) and len(first.split()) <= 9 else ""

    @cached_property
    def words(self) -> int:
        """How many words the body has, tables included."""
        return len(re.findall(r"[\w$%.,’'/-]*\w[\w%]*", unmarked(self.body)))


def unmarked(text: str) -> str:
    """Markdown without its marks."""
    text = re.sub(r"\*\*|__|`", "", text)
    text = re.sub(r"^\s*#{1,6}\s*", "", text, flags=re.M)
    return re.sub(r"^\s*[-*]\s+", "", text, flags=re.M)


def prose(body: str) -> list[str]:
    """Paragraphs and list items in order, without greeting, closing, headings and tables."""
    out: list[str] = []
    for block in re.split(r"\n\s*\n", body.strip()):
        lines = [ln.rstrip() for ln in block.splitlines() if ln.strip()]
        lines = [ln for ln in lines if not HEADING.match(ln)]
        if not lines:
            continue
        if CLOSING.match(lines[0].strip()) and out:
            break
        if not out and GREETING.match(lines[0].strip()) and len(lines[0].split()) <= 9:
            lines = lines[1:]
        items: list[str] = []
        for line in lines:
            if re.match(r"\s*(?:[-*]|\d+[.)])\s+", line) or not items:
                items.append(re.sub(r"^\s*(?:[-*]|\d+[.)])\s+", "", line))
            else:
                items[-1] += " " + line.strip()
        out += [unmarked(item).strip() for item in items if item.strip()]
    return out


def sentences_of(paragraph: str) -> list[str]:
    """A paragraph's sentences; an abbreviation's point ends none."""
    out: list[str] = []
    for piece in ENDS.split(paragraph):
        if out and SHORT.search(out[-1].rstrip('"”’)')):
            out[-1] += " " + piece
        elif piece.strip():
            out.append(piece.strip())
    return out


def days_in(text: str, today: date) -> list[Day]:
    """The dates a text names, in order; a day without a year is the next such day."""
    found: list[Day] = []
    for match in DATE.finditer(text):
        weekday, month, day, year = match.groups()
        number = next(i for i, m in enumerate(MONTHS, 1) if m[:3] == month[:3])
        try:
            on = date(int(year) if year else today.year, number, int(day))
            if not year and (today - on).days > 180:
                on = date(today.year + 1, number, int(day))
        except ValueError:
            continue
        found.append(Day(on, weekday or "", match.start()))
    for match in ISO.finditer(text):
        try:
            found.append(Day(date(*map(int, match.groups())), "", match.start()))
        except ValueError:
            continue
    return sorted(found, key=lambda d: d.start)


def numbers_in(text: str) -> list[Said]:
    """The numbers a text holds apart from those of dates, in order."""
    bare = re.sub(r"^\s*\d+[.)]\s", lambda m: " " * len(m[0]), text, flags=re.M)
    for pattern in (DATE, ISO):
        bare = pattern.sub(lambda m: " " * len(m[0]), bare)
    found = []
    for match in NUMBER.finditer(bare):
        dollar, whole, part, percent = match.groups()
        value = Decimal(whole.replace(",", "") + (part or ""))
        word = re.match(r"\s?percent\b", bare[match.end() :])
        found.append(
            Said(
                value,
                bool(dollar),
                bool(percent or word),
                len(part) - 1 if part else 0,
                match.start(),
                match[0],
                bool(ROUGH.search(bare[: match.start()])),
            )
        )
    return found


def meets(said: Said, value: Decimal) -> bool:
    """Whether a written number is a value as people round it.

    Decimals shown are those rounded to; a sum of a thousand and more may end in zeros, to
    the nearest of which it is rounded, three figures at least kept, two of a rough one.
    """
    if said.places:
        return abs(said.value - value) <= Decimal(5) / Decimal(10) ** (said.places + 1)
    step = Decimal(1)
    if said.value >= 1000:
        kept = 10 if said.about else 100
        while said.value % (step * 10) == 0 and said.value / (step * 10) >= kept:
            step *= 10
    return abs(said.value - value) <= step / 2


def says_number(text: str, value: Decimal) -> bool:
    """Whether a text holds a value, as people round it."""
    return any(meets(said, value) for said in numbers_in(text))


def of_words(text: str, words: Sequence[str]) -> list[str]:
    """Those of the words that stand in a text, without regard to case."""
    return [w for w in words if re.search(rf"(?<!\w){re.escape(w)}(?!\w)", text, re.I)]
