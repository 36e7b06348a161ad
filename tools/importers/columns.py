"""Which column of a file holds which field: by name, by likeness of name, by what it holds.

Only mapped columns are ever read (an allowlist). A column that names or reaches a person
is told apart, so that the stored copy of the file can leave it blank.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from tools.importers.cell_values import clean, clock, day, last_day, money, number, whole
from tools.importers.claim_status import payer_order
from tools.importers.header_words import REASON_CODE, only_networks, told_by_words
from tools.importers.procedure_code import code_and_modifiers, code_span, modifiers
from tools.importers.worded_columns import worded_fields

_PERSONAL = re.compile(
    r"\d{3}-\d{2}-\d{4}|@\w|\d{3}[-. ]\d{3}[-. ]\d{4}|\b\d{1,2}[/-]\d{1,2}[/-](?:19)\d\d\b"
    r"|\b19\d\d-\d\d-\d\d\b|\b(?:patient|member|name|subscriber|guarantor|mrn|dob)\s*:\s*\S"
    r"|\b\d{7,}\b",
    re.I,
)
_MADE = frozenset(
    ("report date", "run date", "export date", "extract date", "exported", "printed", "print date",
     "printed on", "generated", "generated on", "date generated", "download date", "file name",
     "report run date", "exported on", "extracted on")
)  # fmt: skip
_COUNTERS = frozenset(
    ("", "number", "row", "row number", "rownum", "index", "unnamed 0", "s number", "sr number",
     "record", "record number", "item", "seq", "level 0", "row id", "rowid")
)  # fmt: skip


def _product_word(text: str) -> str:
    """The text of a product; raises ValueError for primary and secondary."""
    try:
        ordered = payer_order(text)
    except ValueError:
        return text
    if ordered:
        raise ValueError("it says whose turn it is, not which product")
    return text


_OF_PERSONS_TOO = frozenset(
    ("patient_responsibility", "reason_codes", "service_date", "paid_date", "posting_date")
)
_NETWORK = re.compile(r"\b(?:ppo|hmo|epo|pos|hdhp|indemnity|narrow|open access)\b", re.I)
# Words that name a column alone, but mean little beside another ("Date/Time", "Code/Desc").
_LOOSE = frozenset(("date", "from", "reason", "line", "sequence", "count", "fee", "place"))
# What ends is blank as long as all goes on: a plain name is enough for such a column.
_OFTEN_BLANK = frozenset(("term_date", "effective_to"))
_ONE_ONLY = frozenset(("numerator", "denominator", "practice_value", "comparison_value"))
_SUBTOTAL = re.compile(r"\b(?:sub-?\s?totals?|grand totals?|totals?)\b", re.I)
_MANY = frozenset({"modifiers", "diagnoses", "reason_codes", "patient_share_part"})
_AMOUNTS = frozenset(("billed", "allowed", "paid", "patient_responsibility"))
_ALIKE, _SLIPPED, _WORDED, _SIDED, _VARIED = 88, 90.0, 95.0, 96.0, 99.0


def _status_word(text: str) -> str:
    """The text of a status; raises ValueError for a reason code ("CO-97")."""
    if re.search(r"[A-Za-z]", text) and REASON_CODE.fullmatch(clean(text)):
        raise ValueError("it is a reason code, not a status")
    return text


def _place_number(text: str) -> str:
    """The text of a place of service; raises ValueError where no two digits stand in it."""
    if not re.match(r"\W*\d{1,2}(?!\d)", text):
        raise ValueError("it is no number of a place of service")
    return text


def _named(text: str) -> str:
    """A text that is words; raises ValueError for an amount or a number."""
    if not re.search(r"[A-Za-z]", text):
        raise ValueError("it is a number, not a name")
    return text


def _person_number(text: str) -> str:
    """A member's number; raises ValueError for a name."""
    if not re.search(r"\d", text):
        raise ValueError("it is a name, not a number")
    return text


_CHECKS: dict[tuple[str, str], Callable[[str], Any]] = {
    ("claim_lines", "code"): code_and_modifiers,
    ("claim_lines", "product"): _product_word,
    ("claim_lines", "modifiers"): lambda text: modifiers([text]),
    ("claim_lines", "place_of_service"): _place_number,
    ("fee_schedules", "code"): code_span,
    ("practice_costs", "amount"): money,
    ("practice_costs", "category"): _named,
}
_CHECKS_ANYWHERE: dict[str, Callable[[str], Any]] = {
    **dict.fromkeys(("service_date", "posting_date", "submitted_date", "paid_date"), day),
    "term_date": last_day,
    "payer_order": payer_order,
    "status": _status_word,
    **dict.fromkeys(
        ("billed", "allowed", "paid", "patient_responsibility", "patient_share_part"), money
    ),
    **dict.fromkeys(("units", "risk_score"), number),
    **dict.fromkeys(("members", "numerator", "denominator"), whole),
    **dict.fromkeys(("opens",), clock),
    "member_id": _person_number,
}


@dataclass(frozen=True)
class Columns:
    """One header read as one kind: field -> column indexes, and the columns of persons.

    `header` holds the cells as given, `score` says how well the header fits the kind. `hows`
    tells for each mapped column how it was recognised (confirmed, exact, synonym, similar or
    content); `counters` are columns that only number the rows of the file or date its making.
    """

    table: str
    header: tuple[str, ...]
    fields: Mapping[str, tuple[int, ...]]
    identifiers: tuple[int, ...]
    score: float
    hows: Mapping[int, str] = field(default_factory=dict)
    counters: tuple[int, ...] = ()

    def mapping(self) -> dict[str, str | None]:
        """Header cell -> field, None for a column that is not read; for people to confirm."""
        by_column = {index: name for name, indexes in self.fields.items() for index in indexes}
        return {
            header_shown(cell, index): by_column.get(index)
            for index, cell in enumerate(self.header)
            if clean(cell) or index in by_column
        }

    def unread(self) -> tuple[int, ...]:
        """The columns that are not mapped to any field."""
        read = {index for indexes in self.fields.values() for index in indexes}
        return tuple(index for index in range(len(self.header)) if index not in read)


def header_shown(cell: str, index: int) -> str:
    """The header cell as it may be shown and kept: cut short, "column 7" where it is blank or
    holds what a person is known by."""
    text = cell if cell.isprintable() else clean(cell)
    if not text.strip() or len(text) > 120 or _PERSONAL.search(text):
        return f"column {index + 1}"
    return text


@lru_cache(maxsize=1)
def _names() -> dict[str, Any]:
    path = Path(__file__).with_name("columns.toml")
    return tomllib.loads(path.read_text(encoding="utf-8"))


@lru_cache(maxsize=20_000)
def plain_header(text: str) -> str:
    """A header cell in lower case, words apart, abbreviations written out."""
    dotless = re.sub(r"\b(?:[A-Za-z]\.){2,}", lambda m: m[0].replace(".", "") + " ", clean(text))
    spaced = re.sub(r"(?<=[a-z0-9]{2})(?=[A-Z])", " ", dotless)
    words = re.sub(r"[^0-9a-z%#$]+", " ", spaced.casefold()).replace("#", " number ")
    words = words.replace("%", " percent ").replace("$", " amount ")
    written = _names()["abbreviations"]
    out = " ".join(written.get(word, word) for word in words.split())
    return re.sub(r"\b(\w+) \1\b", r"\1", out)


@lru_cache(maxsize=16)
def _synonyms(table: str) -> dict[str, tuple[str, int]]:
    """Plain header -> (field, place in the field's list) for one table."""
    return {spelling: fields[0] for spelling, fields in _meanings(table).items()}


@lru_cache(maxsize=16)
def _meanings(table: str) -> dict[str, list[tuple[str, int]]]:
    """Plain header -> every (field, place) it may stand for; the first is the usual one."""
    found: dict[str, list[tuple[str, int]]] = {}
    for name, spellings in _names()[table].items():
        for place, spelling in enumerate((name.replace("_", " "), *spellings)):
            meant = found.setdefault(plain_header(spelling), [])
            if name not in {each for each, _ in meant}:
                meant.append((name, place + 100 * bool(meant)))
    return found


@lru_cache(maxsize=16)
def _run_together(table: str) -> dict[str, str]:
    """Names written without spaces ("servicedate") -> the plain header."""
    return {plain.replace(" ", ""): plain for plain in _meanings(table) if " " in plain}


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
    content: bool = False,
) -> Columns:
    """The header read as one of `table`; `sample` holds rows below it.

    `remembered` (header cell -> field) comes from the user and wins over all guesses. With
    `content`, a column under a header that says nothing is told by what it holds.
    """
    sample = _lines_among(header, sample)
    fields: dict[str, list[int]] = {}
    hows: dict[int, str] = {}
    taken: set[int] = set()
    if remembered:
        for index, cell in enumerate(header):
            if name := remembered.get(header_shown(cell, index), remembered.get(cell)):
                fields.setdefault(name, []).append(index)
                hows[index] = "confirmed"
            taken.add(index)
    offers = sorted(_offers(table, header, sample), key=lambda offer: (-offer[0], *offer[1:3]))
    # A plainly named column that hardly holds its field is taken when no better one is
    # there: its rows are then refused one by one, not the file as a whole.
    for least in (None, 0.0):
        for score, place, index, name in offers:
            if index in taken or (name in fields and (least == 0.0 or name not in _MANY)):
                continue
            if least == 0.0 and score < 100:
                continue
            share = least if least is not None else 0.8 if score < 100 else 0.34
            cells = [row[index] for row in sample if index < len(row)]
            if least is None and _either(table, header[index]) and not any(map(clean, cells)):
                continue
            if holds(table, name, cells, share, score < 100):
                fields.setdefault(name, []).append(index)
                hows[index] = "similar" if score < _VARIED else "exact" if place == 0 else "synonym"
                taken.add(index)
    if content and not remembered:
        from tools.importers.column_content import told_by_content

        for index, name in told_by_content(table, header, sample, fields).items():
            fields.setdefault(name, []).append(index)
            hows[index] = "content"
    if table == "claim_lines" and not remembered:
        _class_or_product(sample, fields)
        _received(header, fields)
    persons = _persons(header, sample, fields)
    ordered = {name: tuple(sorted(indexes)) for name, indexes in fields.items()}
    named = {index for indexes in fields.values() for index in indexes}
    return Columns(
        table,
        tuple(header),
        ordered,
        persons,
        float(len(fields)),
        hows,
        tuple(i for i, cell in enumerate(header) if i not in named and _counts(cell, i, sample)),
    )


def _lines_among(header: Sequence[str], sample: Sequence[Sequence[str]]) -> Sequence[Sequence[str]]:
    """The sample without repeats of the header, subtotals and notes: what they hold would
    speak against columns that are what they are called."""
    own = [clean(cell) for cell in header]
    kept = [
        row
        for row in sample
        if [clean(cell) for cell in row[: len(own)]] != own
        and not (_SUBTOTAL.search(next((text for cell in row if (text := clean(cell))), "")))
    ]
    wide = [row for row in kept if sum(1 for cell in row if clean(cell)) > 1]
    return wide or kept or sample


def _received(header: Sequence[str], fields: dict[str, list[int]]) -> None:
    """A day received is the payment's, where no other column says when that came."""
    at = fields.get("submitted_date")
    if at and not {"paid_date", "posting_date"} & fields.keys():
        words = plain_header(header[at[0]]).split()
        if "received" in words and "claim" not in words:
            fields["paid_date"] = fields.pop("submitted_date")


def _class_or_product(sample: Sequence[Sequence[str]], fields: dict[str, list[int]]) -> None:
    """A column named for the line of business that holds networks (PPO, HMO) is the product."""
    if "product" in fields or "line_of_business" not in fields:
        return
    at = fields["line_of_business"][0]
    cells = [text for row in sample if at < len(row) and (text := clean(row[at]))]
    if any(_NETWORK.search(text) for text in cells):
        fields["product"] = fields.pop("line_of_business")


def _persons(
    header: Sequence[str], sample: Sequence[Sequence[str]], fields: Mapping[str, Sequence[int]]
) -> tuple[int, ...]:
    """The columns that name or reach a person, by their header or by what they hold."""
    from tools.importers.column_content import holds_persons

    named = {index for indexes in fields.values() for index in indexes}
    width = max([len(header), *(len(row) for row in sample)], default=0)
    return tuple(
        index
        for index in range(width)
        if index in fields.get("member_id", ())
        or (
            index not in named
            and (
                (index < len(header) and identifies(header[index]))
                or holds_persons([row[index] for row in sample if index < len(row)])
            )
        )
    )


def _counts(cell: str, index: int, sample: Sequence[Sequence[str]]) -> bool:
    """Whether a column only numbers the rows one by one, or says when the file was made."""
    plain = plain_header(cell)
    if plain in _MADE:
        return True
    if plain not in _COUNTERS:
        return False
    texts = [clean(row[index]) if index < len(row) else "" for row in sample]
    numbers = [int(text) for text in texts if text.isdigit() and len(text) < 9]
    steps = [b - a for a, b in pairwise(numbers)]
    return (
        len(numbers) >= 0.9 * sum(map(bool, texts))
        and bool(numbers)
        and all(step >= 1 for step in steps)
        and sum(step == 1 for step in steps) >= 0.8 * len(steps)
    )


def _offers(
    table: str, header: Sequence[str], sample: Sequence[Sequence[str]]
) -> list[tuple[float, int, int, str]]:
    """(likeness, place in the synonyms, column, field) of every column that may be a field."""
    from rapidfuzz import fuzz, process

    meanings, synonyms = _meanings(table), _synonyms(table)
    together = _run_together(table)
    offers: list[tuple[float, int, int, str]] = []
    for index, cell in enumerate(header):
        plain = plain_header(cell)
        if not plain:
            continue
        plain = plain if plain in meanings else together.get(plain, plain)
        if plain in meanings:
            offers += [(100.0, place, index, name) for name, place in meanings[plain]]
            if table == "claim_lines":
                offers += _read_as_words(cell, plain, index, sample)
            else:
                offers += _worded(table, plain, index, sample)
            continue
        if (known := next((v for v in _variants(cell) if v in meanings), None)) is not None:
            offers += [
                (_VARIED, place, index, name)
                for name, place in meanings[known]
                if name not in _AMOUNTS or "code" not in plain.split()
            ]
        elif identifies(cell):
            slips = [w for w in synonyms if len(w) >= 12 and slip(plain, w)]
            offers += [(_SLIPPED, synonyms[w][1], index, synonyms[w][0]) for w in slips
                       if synonyms[w][0] == "patient_responsibility"]  # fmt: skip
        elif len(plain) >= 4:
            slips = [word for word in synonyms if len(word) >= 5 and slip(plain, word)]
            offers += [(_SLIPPED, synonyms[w][1], index, synonyms[w][0]) for w in slips]
            near = process.extract(
                plain, list(synonyms), scorer=fuzz.token_sort_ratio, score_cutoff=_ALIKE, limit=3
            )
            offers += [(likeness, *synonyms[word][::-1][:1], index, synonyms[word][0])
                       for word, likeness, _ in near]  # fmt: skip
        if table == "claim_lines":
            offers += _read_as_words(cell, plain, index, sample)
        else:
            offers += _worded(table, plain, index, sample)
    return [each for each in offers if each[3] not in _ONE_ONLY or not _several(each, offers)]


def _several(
    one: tuple[float, int, int, str], offers: Sequence[tuple[float, int, int, str]]
) -> bool:
    """Whether another column's words say the same: payers side by side, each with its counts."""
    return one[0] <= _WORDED and any(
        each[3] == one[3] and each[2] != one[2] and each[0] <= _WORDED for each in offers
    )


def _worded(
    table: str, plain: str, index: int, sample: Sequence[Sequence[str]]
) -> list[tuple[float, int, int, str]]:
    cells = [row[index] for row in sample if index < len(row)]
    told = worded_fields(table, plain, cells)
    return [(_WORDED - place, 50, index, name) for place, name in enumerate(told)]


def _either(table: str, cell: str) -> bool:
    """Whether a header's name may stand for several fields: an empty column then waits."""
    return len(_meanings(table).get(plain_header(cell), ())) > 1


def _read_as_words(
    cell: str, plain: str, index: int, sample: Sequence[Sequence[str]]
) -> list[tuple[float, int, int, str]]:
    """Offers for a header of which a side ("Payer/Plan") or the words say what it may be."""
    meanings, person = _meanings("claim_lines"), identifies(cell)
    offers = []
    for place, side in enumerate(re.split(r"[/|\\;&]| or ", clean(cell))):
        for name, rank in meanings.get(plain_header(side), ()):
            if side != clean(cell) and not person and plain_header(side) not in _LOOSE:
                offers.append((_SIDED - place, rank, index, name))
    told = told_by_words(plain, [row[index] for row in sample if index < len(row)])
    for place, name in enumerate(told):
        if not person or name in _OF_PERSONS_TOO or name == "member_id":
            offers.append((_WORDED - place, 50, index, name))
    return offers


def slip(one: str, other: str) -> bool:
    """Whether two headers differ by a slip of a letter or two neighbours changed, or by two
    such in a long one."""
    from rapidfuzz.distance import OSA

    allowed = 1 if min(len(one), len(other)) < 12 else 2
    return OSA.distance(one, other, score_cutoff=allowed) <= allowed


def _variants(cell: str) -> list[str]:
    """A header without notes in brackets, words that only say "line", and "amount" behind it."""
    plain = plain_header(re.sub(r"\([^)]*\)|\[[^\]]*\]", " ", cell))
    inner = re.sub(r"^(?:service line|claim line|line item|line|detail|charge line) ", "", plain)
    found = [plain, inner]
    for text in (plain, inner):
        found.append(re.sub(r" (?:amount|value|usd|code|text)$", "", text))
        found.append(re.sub(r"^(?:total|net|current|claim|original|our|all) ", "", text))
        found.append(re.sub(r"\b(?:the|was|is|of|by|for) ", "", text))
    return list(dict.fromkeys(each for each in found if each))


def holds(table: str, name: str, cells: Sequence[str], share: float, strict: bool) -> bool:
    """Whether at least this share of what a column holds, and one cell, can be the field.

    Blanks say nothing; `strict` is for a column that is only named alike.
    """
    check = _CHECKS.get((table, name)) or _CHECKS_ANYWHERE.get(name)
    given = [cell for cell in cells if clean(cell)][:60]
    if name == "payer" and only_networks([clean(cell) for cell in given]):
        return False
    if check is None:
        return not strict or _holds_words(name, given)
    if not given:
        return not strict or name in _OFTEN_BLANK
    if name in _AMOUNTS and _only_counts(given):
        return False
    read = 0
    for cell in given:
        try:
            check(cell)
            read += 1
        except ValueError:
            continue
    return read >= max(1, len(given) * share)


def _only_counts(given: Sequence[str]) -> bool:
    """Whether a column of amounts would hold nothing but 1, 2, 3: then it counts something."""
    small = all(re.fullmatch(r"[1-9]|1\d", clean(cell)) for cell in given)
    return small and len(given) >= 5


def _holds_words(name: str, given: Sequence[str]) -> bool:
    """Whether a column that is only named alike may hold payers or claim numbers."""
    from tools.importers.column_content import holds_persons

    if name == "member_id" or not given or holds_persons(given):
        return name not in ("payer", "claim_id", "member_id")
    if name == "payer":
        words = sum(bool(re.search(r"[A-Za-z]{3}", text)) for text in given)
        return words >= 0.9 * len(given) and len(set(given)) <= 0.6 * len(given) + 2
    return name != "claim_id" or all(re.search(r"\d", text) for text in given)


def signature(header: Sequence[str]) -> str:
    """A name for a header, under which its confirmed mapping is remembered."""
    plain = "\x1f".join(plain_header(cell) for cell in header).rstrip("\x1f")
    return hashlib.sha256(plain.encode()).hexdigest()[:16]


@lru_cache(maxsize=1)
def known_words() -> frozenset[str]:
    """Every word that the names of columns are made of, those of persons too."""
    named = _names()
    spelled = [
        spelling
        for table, fields in named.items()
        if table not in ("abbreviations", "identifiers", "market_rates")
        for spellings in fields.values()
        for spelling in spellings
    ]
    spelled += [*named["identifiers"]["names"], *named["abbreviations"].values()]
    words = {word for spelling in spelled for word in plain_header(spelling).split()}
    return frozenset(words - {"m1", "m2", "m3", "m4", "a", "b"})


def fields_of(kind: str) -> tuple[str, ...]:
    """The fields that columns of a kind of file may hold; () for a kind that has none."""
    tables = {"claims": "claim_lines", "fee_schedule": "fee_schedules"}
    named = _names().get(tables.get(kind, kind), {})
    return tuple(named) if kind not in ("abbreviations", "identifiers") else ()


def unreadable(table: str, header: Sequence[str], sample: Sequence[Sequence[str]]) -> str:
    """' (column "Billed": ...)' for the first column that is plainly named but none of whose
    cells can be read as what it names; "" where there is none."""
    synonyms = _synonyms(table)
    for index, cell in enumerate(header):
        name = synonyms.get(plain_header(cell), ("", 0))[0]
        check = _CHECKS.get((table, name)) or _CHECKS_ANYWHERE.get(name)
        given = [row[index] for row in sample if index < len(row) and clean(row[index])]
        if check is None or not given or holds(table, name, given, 0.01, False):
            continue
        try:
            check(given[0])
        except ValueError as wrong:
            return f' (column "{header_shown(clean(cell), index)[:40]}": {wrong})'
    return ""
