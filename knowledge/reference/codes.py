"""Procedure codes in plain words, and the families and levels by which people name them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from knowledge.reference.dated import read_toml

OFFICE_VISITS = frozenset(
    ["99202", "99203", "99204", "99205", "99211", "99212", "99213", "99214", "99215"]
)
LEVEL = re.compile(r"\blevel[- ]?([1-5])(?:'?s)?\b")
NEW_PATIENT = re.compile(r"\bnew\b(?!.*\bestablished\b)")
LEVEL_WORDS = {word: str(n) for n, word in enumerate(["one", "two", "three", "four", "five"], 1)}
QUANTITY = (
    r"(?!,\d|\.\d|\s?%|\s(?:members?|member|patients?|lives|dollars?|usd|visits?|units?|people))"
)
CODE = re.compile(
    rf"(?<![$\d,.])\b(?<!zip )(?<!zip code )(?:\d{{5}}|[A-Z]\d{{4}}|\d{{4}}[A-Z])\b{QUANTITY}", re.I
)
CODE_RANGE = re.compile(r"\b(\d{5})\s*(?:-|–|to|through)\s*(\d{5}|\d{1,2})\b")


@dataclass(frozen=True)
class Family:
    """A family of codes: key, label for readers, names users say, codes with descriptions."""

    key: str
    label: str
    names: tuple[str, ...]
    codes: Mapping[str, str]
    ranges: tuple[tuple[str, str], ...] = ()


@cache
def families() -> Mapping[str, Family]:
    """All families by key, in the order of the table."""
    return {
        key: Family(
            key,
            row["label"],
            tuple(row["names"]),
            row["codes"],
            tuple((first, last) for first, last in row.get("ranges", ())),
        )
        for key, row in read_toml("codes.toml")["families"].items()
    }


@cache
def names_of_groups() -> Mapping[str, tuple[str, ...]]:
    """Every name users say for a family or group of families, with the codes it means."""
    said = {name: tuple(f.codes) for f in families().values() for name in f.names}
    for group in read_toml("codes.toml")["groups"]:
        codes = tuple(code for key in group["families"] for code in families()[key].codes)
        said.update(dict.fromkeys(group["names"], codes))
    return said


def description(code: str) -> str:
    """What a code is, in two to six words of our own; "" for a code we have no words for."""
    return next((f.codes[code] for f in families().values() if code in f.codes), "")


def descriptions_in(text: str) -> list[tuple[int, int]]:
    """Where our own descriptions that hold a number stand in a text, whole, as half-open spans."""
    return [match.span() for match in _numbered_descriptions().finditer(text)]


@cache
def _numbered_descriptions() -> re.Pattern[str]:
    said = {words for f in families().values() for words in f.codes.values()}
    held = sorted((words for words in said if re.search(r"\d", words)), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, held))})(?![\w-])", re.IGNORECASE)


def family_of(code: str) -> str | None:
    """The key of the family a code belongs to, by list and then by range; None where unknown."""
    for family in families().values():
        if code in family.codes:
            return family.key
    for family in families().values():
        if any(len(code) == len(a) and a <= code <= b for a, b in family.ranges):
            return family.key
    return None


def is_code(word: str) -> bool:
    """Whether a word has the form of a procedure code."""
    return CODE.fullmatch(word) is not None


def codes_named(words: str) -> list[str]:
    """The codes that a user's words name, in order: codes, ranges, levels, families.

    "level 4 visits" is 99214 unless "new" is said; "99202-99205" is each office visit of
    the range; "physicals" are the preventive visits. Codes and levels win over families,
    longer family names over shorter ones. Empty where the words name none.
    """
    found = _ranges(words) + [code.upper() for code in CODE.findall(words)]
    text = re.sub(r"\blevel[- ](\w+)", _digit, words.lower())
    levels = read_toml("codes.toml")["levels"]
    for said in LEVEL.finditer(text):
        before = text[max(0, said.start() - 25) : said.start()]
        kind = "new" if NEW_PATIENT.search(before) else "established"
        found += [levels[kind][said.group(1)]] if said.group(1) in levels[kind] else []
    return list(dict.fromkeys(found or _by_family(text)))


def _ranges(words: str) -> list[str]:
    known = sorted(code for family in families().values() for code in family.codes)
    found: list[str] = []
    for first, last in CODE_RANGE.findall(words):
        last = first[: 5 - len(last)] + last
        found += [code for code in known if code.isdigit() and first <= code <= last]
    return found


def _digit(match: re.Match[str]) -> str:
    word = match.group(1)
    return "level " + LEVEL_WORDS.get(word, LEVEL_WORDS.get(word.removesuffix("s"), word))


def _by_family(text: str) -> list[str]:
    found: list[str] = []
    for name in sorted(names_of_groups(), key=len, reverse=True):
        pattern = rf"(?<![\w-]){re.escape(name)}(?![\w-])"
        if re.search(pattern, text):
            text = re.sub(pattern, " ", text)
            found += names_of_groups()[name]
    return found
