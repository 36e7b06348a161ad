"""What a column holds, told from its cells where its header says nothing we know.

Only claims are read this way, and codes of a schedule. A relation between amounts (charge
at least allowed, allowed at least paid) tells them apart; what stays open is left unmapped.
Numbers of persons are never told by content; a claim's number only where it holds lines of one
day together and no other column does.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from itertools import permutations
from typing import Any

from tools.importers.cell_values import clean, day, money
from tools.importers.claim_status import stated
from tools.importers.columns import identifies, known_words, plain_header
from tools.importers.header_words import kinds_of_plan
from tools.importers.procedure_code import code_and_modifiers

_LEAST = 3


def _listed(words: str) -> frozenset[str]:
    return frozenset(words.split())


_PLACES = _listed(
    "01 02 03 04 10 11 12 13 14 15 17 19 20 21 22 23 24 26 31 32 33 34 41 49 50 51 52 53 55 56 57 "
    "60 61 62 65 71 72 81 2 3 4"
)
_MODIFIERS = _listed(
    "22 24 25 26 33 50 51 52 53 54 55 56 57 58 59 62 76 77 78 79 80 82 90 91 93 95 AI AS CR CS EP "
    "FQ GA GC GE GQ GT GW GX GY GZ HO JW JZ KX LT PT QW RT SA TC TS XE XP XS XU E1 E2 F1 F2"
)
_DIAGNOSIS = re.compile(r"[A-TV-Z]\d[0-9A-Z](?:\.?[0-9A-Z]{1,4})?")
_INSURERS = re.compile(
    r"\b(?:health|hlth|insur\w*|ins|mutual|mut|medicare|medicaid|blue cross|bcbs|hmo|ppo|"
    r"advantage|assur\w*|self.?pay|tricare|aetna|cigna|humana|kaiser|anthem|uhc|"
    r"united ?health\w*|benefits?|bnfts)\b",
    re.I,
)
_NO_SERVICE = frozenset(
    ("birth", "paid", "post", "posted", "posting", "entry", "check", "payment", "termination",
     "term", "effective", "end", "through", "thru", "print", "remit", "submitted", "bill", "billed",
     "to", "created", "updated", "modified", "report", "run", "due", "admit", "discharge", "eff")
)  # fmt: skip
_NO_AMOUNT = frozenset(
    ("adjustment", "balance", "writeoff", "write", "off", "contractual", "discount", "patient",
     "tax", "interest", "withhold", "expected", "variance", "cost", "days", "age")
)  # fmt: skip
_ANY_MONEY = frozenset(
    (
        "amount",
        "total",
        "usd",
        "dollars",
        "money",
        "sum",
        "line",
        "value",
        "original",
        "full",
        "our",
    )
)
_YEAR = re.compile(
    r"(?:\d{1,2}[-/.]\d{1,2}[-/.]((?:19|20)\d\d)|((?:19|20)\d\d)-\d{1,2}-\d{1,2})(?:[T ].*)?"
)
_PERSONS = re.compile(
    r"[^\W\d_][\w'’-]+, [^\W\d_][\w'’-]*(?: [^\W\d_]\.?)?"  # Last, First M
    r"|\d{3}-\d{2}-\d{4}|[\w.+-]+@[\w-]+\.\w+|\(?\d{3}\)?[-. ]\d{3}[-. ]\d{4}"
    r"|\d{1,5} (?:[NSEW]\.? )?\w+(?: \w+)? (?:st|street|ave|avenue|rd|road|ln|lane|dr|drive|ct|"
    r"court|blvd|way|pl|place|cir|circle)\b\.?.*",
    re.I,
)


def holds_persons(cells: Sequence[str]) -> bool:
    """Whether cells look like names, birth dates, phone numbers, mail or street addresses."""
    given = [text for cell in cells if (text := clean(cell))]
    if not given:
        return False
    alike = sum(bool(_PERSONS.fullmatch(text)) for text in given)
    if alike >= max(1, 0.5 * len(given)):
        return True
    days = [found for text in given if (found := _YEAR.fullmatch(text))]
    early = sum(int(found[1] or found[2]) < 2012 for found in days)
    return bool(given) and len(days) >= 0.8 * len(given) and early >= 0.3 * len(given)


def told_by_content(
    table: str,
    header: Sequence[str],
    sample: Sequence[Sequence[str]],
    fields: Mapping[str, Sequence[int]],
) -> dict[int, str]:
    """Column -> field for columns that no name has told; only fields that are still open."""
    if table not in ("claim_lines", "fee_schedules"):
        return {}
    taken = {index for indexes in fields.values() for index in indexes}
    columns = _Columns(header, sample, taken)
    found: dict[int, str] = {}
    if "code" not in fields:
        best = columns.best(_is_code, lambda words: not words & {"zip", "account", "id"})
        if best is not None:
            found[best] = "code"
    if table == "fee_schedules":
        return found
    columns.taken |= set(found)
    if "service_date" not in fields and (served := _service_day(columns)) is not None:
        found[served] = "service_date"
        columns.taken.add(served)
    for name, test in _SHAPES:
        if name not in fields:
            anywhere = name == "payer"  # names of insurers are told whatever stands above
            best = columns.best(test, (lambda words: True) if anywhere else columns.foreign)
            if best is not None:
                found[best] = name
                columns.taken.add(best)
    if "claim_id" not in fields:
        of_claims = _claim_number(columns, {**fields, **_as(found)})
        if of_claims is not None:
            found[of_claims] = "claim_id"
            columns.taken.add(of_claims)
    told = {**found, **_amounts(columns, fields)}
    columns.taken |= set(told)
    return {**told, **_by_their_sum(columns, {**fields, **_as(told)})}


_ADD_UP = ("allowed", "paid", "patient_responsibility")


def _by_their_sum(columns: _Columns, fields: Mapping[str, Sequence[int]]) -> dict[int, str]:
    """The one of allowed, paid and the patient's part that is missing, where one column makes
    paid and the patient's part add up to allowed on nearly every line, whatever it is called."""
    missing = [name for name in _ADD_UP if name not in fields]
    if len(missing) != 1:
        return {}
    held = {name: fields[name][0] for name in _ADD_UP if name in fields}
    good = []
    for index in range(len(columns.header)):
        if index in columns.taken or not _is_money(columns.cells(index), len(columns.lines)):
            continue
        at = {**held, missing[0]: index}
        rows = [{name: _amount(row, place) for name, place in at.items()} for row in columns.lines]
        full = [row for row in rows if None not in row.values() and any(row.values())]
        telling = sum(all(row.values()) for row in full)
        fits = sum(
            row["paid"] + row["patient_responsibility"] == row["allowed"]  # type: ignore[operator]
            for row in full
        )
        if telling >= 5 and fits >= 0.97 * len(full):
            good.append(index)
    return {good[0]: missing[0]} if len(good) == 1 else {}


def _as(found: Mapping[int, str]) -> dict[str, tuple[int, ...]]:
    return {name: (index,) for index, name in found.items()}


def _claim_number(columns: _Columns, fields: Mapping[str, Sequence[int]]) -> int | None:
    """The one open column of numbers that stand on several rows, always of one day."""
    if "service_date" not in fields:
        return None
    dated = fields["service_date"][0]
    good = []
    for index in columns.open():
        cells = columns.cells(index)
        shaped = all(re.fullmatch(r"[A-Z]{0,4}[-#]?\d[\w-]{3,}", text, re.I) for text in cells)
        if len(cells) < max(6, 0.95 * len(columns.lines)) or not shaped or _reads_other(cells):
            continue
        of_day: dict[str, set[str]] = {}
        for row in columns.lines:
            if max(index, dated) < len(row) and clean(row[index]):
                of_day.setdefault(clean(row[index]), set()).add(clean(row[dated]))
        several = len(cells) - len(of_day) >= max(2, 0.1 * len(cells))
        spread = len(of_day) >= 0.25 * len(cells)
        if several and spread and all(len(days) == 1 for days in of_day.values()):
            good.append(index)
    return good[0] if len(good) == 1 else None


def _reads_other(cells: list[str]) -> bool:
    """Whether cells are days, amounts, codes or a provider's numbers."""
    return (
        _is_day(cells, len(cells)) > 0
        or _is_npi(cells, len(cells)) > 0
        or any("." in text or "$" in text for text in cells)
        or len(_read(cells, code_and_modifiers)) >= 0.5 * len(cells)
    )


class _Columns:
    """The open columns of a sheet's sample, each with its filled cells."""

    def __init__(
        self, header: Sequence[str], sample: Sequence[Sequence[str]], taken: set[int]
    ) -> None:
        self.header, self.sample, self.taken = header, sample, taken
        self.lines = [row for row in sample if sum(1 for cell in row if clean(cell)) >= 3]

    def open(self) -> list[int]:
        """Columns that are not taken and whose header names no person."""
        return [
            index
            for index, cell in enumerate(self.header)
            if index not in self.taken and not identifies(cell)
        ]

    def cells(self, index: int) -> list[str]:
        """The column's filled cells."""
        return [text for row in self.lines if index < len(row) and (text := clean(row[index]))]

    def words(self, index: int) -> frozenset[str]:
        """The words of the column's header."""
        return frozenset(plain_header(self.header[index]).split())

    def foreign(self, words: frozenset[str]) -> bool:
        """Whether no word of a header is one that we know."""
        return not words & known_words()

    def best(
        self, test: Callable[[list[str], int], float], said: Callable[[frozenset[str]], bool]
    ) -> int | None:
        """The open column that a test likes best, above nothing; the first of equals."""
        scored = [
            (test(self.cells(index), len(self.lines)), -index)
            for index in self.open()
            if said(self.words(index)) and not _is_header_a_cell(test, self.header[index])
        ]
        score, place = max(scored, default=(0.0, 0))
        return -place if score > 0 else None


def _is_header_a_cell(test: Callable[[list[str], int], float], cell: str) -> bool:
    """Whether the header cell itself passes for a cell: then the row is no header."""
    return bool(clean(cell)) and test([cell] * 5, 5) > 0


def _read(given: Sequence[str], reader: Callable[[str], Any]) -> list[Any]:
    found = []
    for text in given:
        try:
            found.append(reader(text))
        except ValueError:
            continue
    return found


@lru_cache(maxsize=1)
def _common_codes() -> frozenset[str]:
    from knowledge.reference.dated import read_csv

    return frozenset(row["code"] for row in read_csv("mpfs.csv"))


def _is_code(cells: list[str], rows: int) -> float:
    """Codes of five characters of which some are those of office medicine."""
    read = [each[0] for each in _read(cells, code_and_modifiers)]
    if len(cells) < min(_LEAST, rows) or len(read) < 0.9 * len(cells) or not read:
        return 0.0
    usual = sum(code in _common_codes() for code in read) / len(read)
    return usual if usual >= 0.3 else 0.0


def _is_day(cells: list[str], rows: int) -> float:
    dated = [text for text in cells if re.search(r"\d[-/. ]|[a-z]", text, re.I)]
    days = _read(dated, day)
    good = [each for each in days if each and 2012 <= each.year <= 2035]
    return len(good) / len(cells) if cells and len(good) >= 0.9 * len(cells) else 0.0


def _is_npi(cells: list[str], rows: int) -> float:
    good = [text for text in cells if re.fullmatch(r"[12]\d{9}", text) and _luhn(f"80840{text}")]
    return float(bool(cells) and len(good) >= 0.9 * len(cells))


def _luhn(digits: str) -> bool:
    doubled = [int(d) * (1 + place % 2) for place, d in enumerate(reversed(digits))]
    return sum(d - 9 if d > 9 else d for d in doubled) % 10 == 0


def _is_payer(cells: list[str], rows: int) -> float:
    if not cells or len(cells) < 0.5 * rows or len(set(cells)) > 0.6 * len(cells) + 3:
        return 0.0
    said = sum(bool(_INSURERS.search(text)) for text in cells) / len(cells)
    long = sum(len(text) > 5 for text in cells) / len(cells)
    good = said >= 0.5 and long >= 0.7 and not kinds_of_plan(cells) and not _is_status(cells, rows)
    return said if good else 0.0


def _is_status(cells: list[str], rows: int) -> float:
    words = [text for text in cells if not text.isdigit() and len(text) > 3]
    good = [text for text in words if any(stated(text, ""))]
    few = len(set(cells)) <= 8
    return float(few and len(cells) >= 0.5 * rows > 0 and len(good) >= 0.9 * len(cells))


def _is_diagnosis(cells: list[str], rows: int) -> float:
    good = [text for text in cells if _DIAGNOSIS.match(text.upper()) and not _code(text)]
    dotted = any("." in text for text in cells)
    return float(bool(cells) and dotted and len(good) >= 0.9 * len(cells))


def _code(text: str) -> bool:
    return bool(_read([text], code_and_modifiers))


def _is_place(cells: list[str], rows: int) -> float:
    good = sum(text in _PLACES for text in cells)
    office = sum(text in ("11", "02", "2", "10", "22") for text in cells)
    return float(len(cells) >= 0.8 * rows > 0 and good == len(cells) and office >= 0.5 * good)


def _is_modifier(cells: list[str], rows: int) -> float:
    good = sum(text.upper() in _MODIFIERS for text in cells)
    letters = any(text.upper() in ("25", "95", "59", "GT") for text in cells)
    return float(0 < len(cells) <= 0.8 * rows and letters and good >= 0.95 * len(cells))


_SHAPES: tuple[tuple[str, Callable[[list[str], int], float]], ...] = (
    ("rendering_npi", _is_npi),
    ("payer", _is_payer),
    ("status", _is_status),
    ("diagnoses", _is_diagnosis),
    ("modifiers", _is_modifier),
    ("place_of_service", _is_place),
)


def _service_day(columns: _Columns) -> int | None:
    """The column of days that lies before all others on nearly every row."""
    open_days = [
        index
        for index in columns.open()
        if not columns.words(index) & _NO_SERVICE
        and _is_day(columns.cells(index), len(columns.lines)) > 0
        and not _read([clean(columns.header[index]) or "x"], day)
    ]
    if len(open_days) <= 1:
        return open_days[0] if open_days else None
    for one in open_days:
        others = [index for index in open_days if index != one]
        if all(_before(columns, one, other) for other in others):
            return one
    return None


def _before(columns: _Columns, one: int, other: int) -> bool:
    pairs = [
        (first[0], second[0])
        for row in columns.lines
        if max(one, other) < len(row)
        and (first := _read([row[one]], day))
        and (second := _read([row[other]], day))
        and first[0]
        and second[0]
    ]
    return bool(pairs) and sum(a <= b for a, b in pairs) >= 0.95 * len(pairs)


def _amounts(columns: _Columns, fields: Mapping[str, Sequence[int]]) -> dict[int, str]:
    """Which open columns of money are charge, allowed, paid and the patient's part.

    Told only where one reading fits nine rows of ten and no other reading does.
    """
    order = ("billed", "allowed", "paid", "patient_responsibility")
    held = {name: fields[name][0] for name in order if name in fields}
    open_money = [
        index
        for index in columns.open()
        if (columns.foreign(columns.words(index)) or columns.words(index) <= _ANY_MONEY)
        and not columns.words(index) & _NO_AMOUNT
        and _is_money(columns.cells(index), len(columns.lines))
    ]
    if not open_money or len(open_money) > 5:
        return {}
    values = {
        index: [_amount(row, index) for row in columns.lines]
        for index in (*open_money, *held.values())
    }
    missing = [name for name in order if name not in held]
    if len(missing) == 4 and len(open_money) == 1:
        return {}
    fits = []
    for many in range(min(len(missing), len(open_money)), 0, -1):
        for names in _chosen(missing, many):
            for chosen in permutations(open_money, many):
                reading = {**held, **dict(zip(names, chosen, strict=True))}
                if (score := _fit(reading, values)) >= 0.9:
                    fits.append((score, dict(zip(chosen, names, strict=True))))
        if fits:
            break
    best = max((score for score, _ in fits), default=0.0)
    readings = [reading for score, reading in fits if score == best]
    return readings[0] if len(readings) == 1 else {}


def _chosen(names: list[str], many: int) -> list[tuple[str, ...]]:
    from itertools import combinations

    return list(combinations(names, many))


def _is_money(cells: list[str], rows: int) -> bool:
    given = _read(cells, money)
    cents = sum(bool(re.search(r"[.]\d\d\b|\$", text)) for text in cells)
    return (
        len(cells) >= 0.5 * rows > 0 and len(given) >= 0.95 * len(cells) and 2 * cents > len(cells)
    )


def _amount(row: Sequence[str], index: int) -> Decimal | None:
    read = _read([row[index]], money) if index < len(row) else []
    return read[0] if read else None


def _fit(reading: Mapping[str, int], values: Mapping[int, list[Decimal | None]]) -> float:
    """The share of rows on which a reading's amounts stand in their order and add up.

    Needs allowed with paid and the patient's part adding up, or a strict order of the three.
    """
    column = {name: values[index] for name, index in reading.items()}
    if "billed" not in column or not column.keys() & {"allowed", "paid"}:
        return 0.0
    rows = good = strict = 0
    for place in range(len(column["billed"])):
        at = {name: cells[place] for name, cells in column.items()}
        billed, allowed, paid = at["billed"], at.get("allowed"), at.get("paid")
        share = at.get("patient_responsibility")
        if billed is None or billed <= 0:
            continue
        rows += 1
        fine = (allowed is None or allowed <= billed) and (paid is None or paid <= billed)
        if allowed is not None and paid is not None:
            fine = fine and paid <= allowed
            if share is not None and allowed:
                fine = fine and paid + share == allowed
        strict += (allowed if allowed is not None else paid or Decimal(0)) < billed
        good += fine
    if not rows or strict < 0.5 * rows:
        return 0.0
    if "patient_responsibility" in column:
        # Payer and patient add up to allowed either way round; the payer bears more of it.
        if not {"allowed", "paid"} <= column.keys():
            return 0.0
        if _total(column["paid"]) <= _total(column["patient_responsibility"]):
            return 0.0
    return good / rows


def _total(cells: Sequence[Decimal | None]) -> Decimal:
    return sum((cell for cell in cells if cell is not None), Decimal(0))
