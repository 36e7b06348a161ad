"""Which column of a file holds which field: by name, by likeness of name, by what it holds.

Only mapped columns are ever read (an allowlist). A column that names or reaches a person
is told apart, so that the stored copy of the file can leave it blank.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from tools.importers.cell_values import clean, clock, day, money, number, whole
from tools.importers.procedure_code import code_and_modifiers, code_span

_MANY = frozenset({"modifiers", "diagnoses", "reason_codes", "patient_share_part"})
_ALIKE = 88
_CHECKS: dict[tuple[str, str], Callable[[str], Any]] = {
    ("claim_lines", "code"): code_and_modifiers,
    ("fee_schedules", "code"): code_span,
}
_CHECKS_ANYWHERE: dict[str, Callable[[str], Any]] = {
    **dict.fromkeys(
        ("service_date", "posting_date", "submitted_date", "paid_date", "term_date"), day
    ),
    **dict.fromkeys(
        ("billed", "allowed", "paid", "patient_responsibility", "patient_share_part"), money
    ),
    **dict.fromkeys(("units", "risk_score"), number),
    **dict.fromkeys(("members", "numerator", "denominator"), whole),
    **dict.fromkeys(("opens",), clock),
}


@dataclass(frozen=True)
class Columns:
    """One header read as one kind: field -> column indexes, and the columns of persons.

    `header` holds the cells as given, `score` says how well the header fits the kind.
    """

    table: str
    header: tuple[str, ...]
    fields: Mapping[str, tuple[int, ...]]
    identifiers: tuple[int, ...]
    score: float

    def mapping(self) -> dict[str, str | None]:
        """Header cell -> field, None for a column that is not read; for people to confirm."""
        by_column = {index: name for name, indexes in self.fields.items() for index in indexes}
        return {cell: by_column.get(index) for index, cell in enumerate(self.header) if clean(cell)}

    def unread(self) -> tuple[int, ...]:
        """The columns that are not mapped to any field."""
        read = {index for indexes in self.fields.values() for index in indexes}
        return tuple(index for index in range(len(self.header)) if index not in read)


@lru_cache(maxsize=1)
def _names() -> dict[str, Any]:
    path = Path(__file__).with_name("columns.toml")
    return tomllib.loads(path.read_text(encoding="utf-8"))


@lru_cache(maxsize=20_000)
def plain_header(text: str) -> str:
    """A header cell in lower case, words apart, abbreviations written out."""
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", clean(text))
    words = re.sub(r"[^0-9a-z%#+]+", " ", spaced.casefold()).replace("#", " number ")
    words = words.replace("%", " percent ")
    written = _names()["abbreviations"]
    return " ".join(written.get(word, word) for word in words.split())


@lru_cache(maxsize=8)
def _synonyms(table: str) -> dict[str, tuple[str, int]]:
    """Plain header -> (field, place in the field's list) for one table."""
    found: dict[str, tuple[str, int]] = {}
    for name, spellings in _names()[table].items():
        for place, spelling in enumerate((name.replace("_", " "), *spellings)):
            found.setdefault(plain_header(spelling), (name, place))
    return found


@lru_cache(maxsize=1)
def _identifier_names() -> frozenset[str]:
    return frozenset(plain_header(name) for name in _names()["identifiers"]["names"])


def identifies(header: str) -> bool:
    """Whether a column of this name holds what names or reaches a person."""
    plain = plain_header(header)
    if plain in _identifier_names():
        return True
    words = f" {plain} "
    return any(f" {word} " in words for word in _names()["identifiers"]["words"])


def columns_of(
    table: str,
    header: Sequence[str],
    sample: Sequence[Sequence[str]],
    remembered: Mapping[str, str | None] | None = None,
) -> Columns:
    """The header read as one of `table`; `sample` holds rows below it.

    `remembered` (header cell -> field) comes from the user and wins over all guesses.
    """
    fields: dict[str, list[int]] = {}
    taken: set[int] = set()
    if remembered:
        for index, cell in enumerate(header):
            if cell in remembered and (name := remembered[cell]):
                fields.setdefault(name, []).append(index)
            taken.add(index)
    offers = sorted(_offers(table, header), key=lambda offer: (-offer[0], *offer[1:3]))
    # A plainly named column that hardly holds its field is taken when no better one is
    # there: its rows are then refused one by one, not the file as a whole.
    for least in (None, 0.0):
        for score, _, index, name in offers:
            if index in taken or (name in fields and (least == 0.0 or name not in _MANY)):
                continue
            if least == 0.0 and score < 100:
                continue
            share = least if least is not None else 0.8 if score < 100 else 0.34
            cells = [row[index] for row in sample if index < len(row)]
            if _holds(table, name, cells, share, score < 100):
                fields.setdefault(name, []).append(index)
                taken.add(index)
    named = {index for indexes in fields.values() for index in indexes}
    persons = [
        index
        for index, cell in enumerate(header)
        if (index not in named and identifies(cell)) or index in fields.get("member_id", ())
    ]
    ordered = {name: tuple(sorted(indexes)) for name, indexes in fields.items()}
    return Columns(table, tuple(header), ordered, tuple(persons), float(len(fields)))


def _offers(table: str, header: Sequence[str]) -> list[tuple[float, int, int, str]]:
    """(likeness, place in the synonyms, column, field) of every column that may be a field."""
    from rapidfuzz import fuzz, process

    synonyms = _synonyms(table)
    offers: list[tuple[float, int, int, str]] = []
    for index, cell in enumerate(header):
        plain = plain_header(cell)
        if not plain:
            continue
        if plain in synonyms:
            name, place = synonyms[plain]
            offers.append((100.0, place, index, name))
        elif not identifies(cell) and len(plain) >= 4:
            near = process.extract(
                plain, list(synonyms), scorer=fuzz.token_sort_ratio, score_cutoff=_ALIKE, limit=3
            )
            offers += [(likeness, *synonyms[word][::-1][:1], index, synonyms[word][0])
                       for word, likeness, _ in near]  # fmt: skip
    return offers


def _holds(table: str, name: str, cells: Sequence[str], share: float, strict: bool) -> bool:
    """Whether at least this share of what a column holds, and one cell, can be the field.

    Blanks say nothing; `strict` is for a column that is only named alike.
    """
    check = _CHECKS.get((table, name)) or _CHECKS_ANYWHERE.get(name)
    given = [cell for cell in cells if clean(cell)][:60]
    if check is None:
        return not strict or name not in ("payer", "claim_id", "member_id")
    if not given:
        return not strict
    read = 0
    for cell in given:
        try:
            check(cell)
            read += 1
        except ValueError:
            continue
    return read >= max(1, len(given) * share)


def signature(header: Sequence[str]) -> str:
    """A name for a header, under which its confirmed mapping is remembered."""
    plain = "\x1f".join(plain_header(cell) for cell in header).rstrip("\x1f")
    return hashlib.sha256(plain.encode()).hexdigest()[:16]
