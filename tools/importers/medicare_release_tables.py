"""The rows of CMS's relative value file and index file, whose names stand in several rows.

The relative value file opens with titles and a header split over up to five rows; the last
of them begins with HCPCS. Columns are found by their joined names, never by place.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from knowledge.problems import BadInput, NotKnown
from knowledge.reference.medicare import conversion_factors

_COLUMNS = {
    "status": r"\bSTATUS\b",
    "work": r"\bWORK RVU",
    "office_pe": r"NON ?-? ?FAC\w* PE RVU",
    "facility_pe": r"(?<!NON )(?<!NON-)(?<!NON- )\bFAC\w* PE RVU",
    "malpractice": r"\b(?:MP|PLI|MALPRACTICE) RVU",
    "factor": r"\bCONV\w* FACTOR",
}
_LETTERS = {
    "bilateral": r"\bBILAT\w* SURG",
    "multiple": r"\bMULT\w* PROC",
    "assistant": r"\bASST SURG|\bASSISTANT",
}
_CODE = re.compile(r"[A-Z0-9]{5}")
USUAL_LOCALITIES = (100, 120)


@dataclass
class Release:
    """Rows by canonical table, and what was refused, ignored or worth a warning."""

    tables: dict[str, list[dict[str, Any]]] = field(
        default_factory=lambda: {"medicare_values": [], "medicare_localities": []}
    )
    rejected: list[dict[str, Any]] = field(default_factory=list)
    ignored: list[dict[str, Any]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Member:
    """One file of a release: its label, year, rows, and the factor it states.

    qualifying: the file of qualifying participants in advanced payment models.
    """

    table: str
    label: str
    year: int
    rows: list[dict[str, Any]]
    factor: Decimal | None
    qualifying: bool
    rejected: list[dict[str, Any]]
    ignored: list[dict[str, Any]]
    notes: list[str]


def read_member(name: str, text: str, where: str) -> Member:
    """One CSV of the release. Raises BadInput where its columns or year cannot be told."""
    grid = list(csv.reader(io.StringIO(text.replace("\r\n", "\n").replace("\r", "\n"))))
    head = next(
        (at for at, row in enumerate(grid[:40]) if row and row[0].strip().upper() == "HCPCS"), None
    )
    if head is not None:
        return _values(name, grid, head, where)
    head = next(
        (
            at
            for at, row in enumerate(grid[:40])
            if any(re.search(r"locality (?:number|no|#)", cell, re.I) for cell in row)
        ),
        None,
    )
    if head is not None:
        return _places(name, grid, head, where)
    raise BadInput(where, f"{name} has no header that CMS's files have", "send CMS's own file")


def join_releases(members: Sequence[Member], where: str) -> Release:
    """All files as one: the qualifying file gives its factor only, beside the other's."""
    made = Release()
    values = [member for member in members if member.table == "medicare_values"]
    for year in sorted({member.year for member in values}):
        own = [member for member in values if member.year == year]
        others = [member for member in own if not member.qualifying]
        main = max(others or own, key=lambda member: (len(member.rows), member.label))
        qualifying = next((member.factor for member in own if member.qualifying), None)
        factor = main.factor
        if main.qualifying:
            factor = _shipped_factor(year, where)
            made.notes.append(
                "this is the file for qualifying participants; the factor for everybody else "
                f"is the shipped one of {year}"
            )
        if factor is None:
            raise BadInput(where, f"{main.label} states no conversion factor",
                           "send CMS's own file")  # fmt: skip
        for row in main.rows:
            made.tables["medicare_values"].append(
                {**row, "conversion_factor": factor, "qualifying_factor": qualifying}
            )
    for member in members:
        if member.table == "medicare_localities":
            made.tables["medicare_localities"] += member.rows
        made.rejected += member.rejected
        made.ignored += member.ignored
        made.notes += member.notes
    if not any(made.tables.values()):
        raise BadInput(where, "no row of it could be read", "send CMS's own file")
    return made


def _values(name: str, grid: list[list[str]], head: int, where: str) -> Member:
    top = max(0, head - 4)
    names = [_joined(grid[top : head + 1], column) for column in range(len(grid[head]))]
    at = {key: _column(names, pattern) for key, pattern in _COLUMNS.items()}
    lost = [key for key, place in at.items() if place is None]
    if lost:
        raise BadInput(where, f"{name} lacks the column of {lost[0].replace('_', ' ')}",
                       "send CMS's own file")  # fmt: skip
    letters = {key: _column(names, pattern) for key, pattern in _LETTERS.items()}
    titles = " ".join(cell for row in grid[:head] for cell in row)
    year, label = _year(titles, name, where), name.rsplit(".", 1)[0]
    rows, rejected = [], []
    ignored = [{"row": n, "reason": "title above the table", "sheet": name}
               for n in range(1, head + 2)]  # fmt: skip
    factors: Counter[Decimal] = Counter()
    for number, row in enumerate(grid[head + 1 :], start=head + 2):
        code = row[0].strip().upper() if row else ""
        if not any(cell.strip() for cell in row) or not _CODE.fullmatch(code):
            ignored.append({"row": number, "reason": "blank row or note", "sheet": name})
            continue
        try:
            amounts = {key: _number(row, at[key]) for key in _COLUMNS if key != "status"}
        except ValueError:
            reason = "a relative value is not a number"
            rejected.append({"row": number, "reason": reason, "sheet": name})
            continue
        if stated := amounts.pop("factor"):
            factors[stated] += 1
        rows.append(
            {
                "source_row": number,
                "source_sheet": name,
                "year": year,
                "release": label,
                "code": code,
                "modifier": row[1].strip().upper() if len(row) > 1 else "",
                "status": _cell(row, at["status"]).upper(),
                **amounts,
                **{key: _cell(row, place) for key, place in letters.items()},
            }
        )
    factor = factors.most_common(1)[0][0] if factors else None
    apart = re.search(r"(?<!non)(?<!non[-_ ])qpp", name, re.I) is not None
    return Member("medicare_values", label, year, rows, factor, apart, rejected, ignored, [])


def _places(name: str, grid: list[list[str]], head: int, where: str) -> Member:
    names = [" ".join(cell.split()) for cell in grid[head]]
    floor = _column(names, r"(?:PW|WORK).*GPCI.*with 1\.0|with 1\.0.*(?:PW|WORK)")
    at = {
        "contractor": _column(names, r"contractor|carrier|\bMAC\b"),
        "state": _column(names, r"^state$"),
        "number": _column(names, r"locality (?:number|no|#)"),
        "name": _column(names, r"locality name"),
        "work": floor if floor is not None else _column(names, r"\bPW\b|work"),
        "practice": _column(names, r"\bPE\b|practice"),
        "malpractice": _column(names, r"\bMP\b|malpractice|PLI"),
    }
    lost = [key for key, place in at.items() if place is None and key != "state"]
    if lost:
        raise BadInput(where, f"{name} lacks the column of {lost[0]}", "send CMS's own file")
    year = _year(" ".join(cell for row in grid[: head + 1] for cell in row), name, where)
    rows, rejected = [], []
    ignored = [{"row": n, "reason": "title above the table", "sheet": name}
               for n in range(1, head + 2)]  # fmt: skip
    for number, row in enumerate(grid[head + 1 :], start=head + 2):
        contractor, locality = (
            re.sub(r"\D", "", _cell(row, at[k])) for k in ("contractor", "number")
        )
        if not contractor or not locality:
            ignored.append({"row": number, "reason": "blank row or note", "sheet": name})
            continue
        try:
            indices = {key: _number(row, at[key]) for key in ("work", "practice", "malpractice")}
        except ValueError:
            reason = "an index is not a number"
            rejected.append({"row": number, "reason": reason, "sheet": name})
            continue
        if not all(Decimal("0.2") <= value <= 4 for value in indices.values()):
            reason = "an index lies outside 0.2 to 4"
            rejected.append({"row": number, "reason": reason, "sheet": name})
            continue
        rows.append(
            {
                "source_row": number,
                "source_sheet": name,
                "year": year,
                "number": contractor.zfill(5) + locality.zfill(2),
                "state": _cell(row, at["state"]),
                "name": " ".join(_cell(row, at["name"]).replace("*", " ").split()).title(),
                **indices,
            }
        )
    return Member("medicare_localities", name, year, rows, None, False, rejected, ignored,
                  _doubts(rows))  # fmt: skip


def _doubts(rows: Sequence[Mapping[str, Any]]) -> list[str]:
    """Warnings where the file does not look like CMS's own."""
    notes = []
    low, high = USUAL_LOCALITIES
    if not low <= len(rows) <= high:
        notes.append(f"it lists {len(rows)} localities where CMS lists about 109; check its source")
    states: dict[tuple[Any, ...], set[str]] = {}
    for row in rows:
        key = row["work"], row["practice"], row["malpractice"]
        states.setdefault(key, set()).add(row["state"] or row["number"][:5])
    most = max((len(each) for each in states.values()), default=0)
    if most > 5:
        notes.append(
            f"the same indices stand for {most} states, which CMS's file does not do; check it"
        )
    return notes


def _joined(rows: Sequence[Sequence[str]], column: int) -> str:
    """A column's name from the rows of a split header; a row with a long cell is a title."""
    parts = [
        row[column].strip().upper()
        for row in rows
        if column < len(row) and all(len(cell.strip()) <= 25 for cell in row)
    ]
    return " ".join(" ".join(part for part in parts if part).split())


def _column(names: Sequence[str], pattern: str) -> int | None:
    return next((n for n, name in enumerate(names) if re.search(pattern, name, re.I)), None)


def _cell(row: Sequence[str], place: int | None) -> str:
    return row[place].strip() if place is not None and place < len(row) else ""


def _number(row: Sequence[str], place: int | None) -> Decimal:
    """A number of the row, blank as zero; raises ValueError for anything else."""
    text = _cell(row, place)
    if not text:
        return Decimal(0)
    if not re.fullmatch(r"-?\d*\.?\d+", text):
        raise ValueError(text)
    try:
        return Decimal(text)
    except InvalidOperation:
        raise ValueError(text) from None


def _year(titles: str, name: str, where: str) -> int:
    found = re.search(r"\b(20\d\d)\b\s+(?:National|P[WE] GPCI|PW)", titles) or re.search(
        r"(?:PPRRVU|GPCI)_?(20\d\d)", name, re.I
    )
    found = found or re.search(r"\b(20\d\d)\b", titles)
    short = re.search(r"(?:PPRRVU|GPCI)_?(\d\d)(?!\d)", name, re.I)
    if found:
        return int(found[1])
    if short:
        return 2000 + int(short[1])
    raise BadInput(where, f"{name} does not say which year it is for", "send CMS's own file")


def _shipped_factor(year: int, where: str) -> Decimal:
    try:
        return conversion_factors().on(date(year, 12, 31))
    except NotKnown:
        raise BadInput(
            where,
            "it is the file for qualifying participants alone",
            "send the release's other file (nonQPP) too",
        ) from None
