"""The fee tables in a contract's text: code and rate, range and percent, groups in words.

A table that only works the rule out ("examples", "for convenience") gives no rates: the rule
does. Each row keeps where it stands, so that an answer can open on it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from knowledge.documents.document import Document

_BLOCK = re.compile(r"(?:^[^\n|]*\|[^\n]*(?:\n{1,2}|\Z))+", re.M)
_CODE = r"(?:[A-Z]\d{4}|\d{5}|\d{4}[A-Z])"
_SPAN = re.compile(rf"({_CODE})(?:\s*(?:-|–|to|through|thru)\s*({_CODE}))?", re.I)
_MONEY = re.compile(r"\$?\s?(\d{1,3}(?:,\d{3})*|\d+)\.(\d{2})|\$\s?(\d+)")
_PERCENT = re.compile(r"(\d{1,3}(?:\.\d+)?)\s*(?:%|percent)", re.I)
_WORKED = re.compile(
    r"\bexamples?\b|illustrat|convenience|worked (?:out|prices)|should it differ|prevails? over"
    r"|priced by the rule|help the parties check",
    re.I,
)
_MEDICARE = re.compile(r"medicare|\bmpfs\b|\brbrvs\b|\bcms\b", re.I)
_OTHER_SCHEDULE = re.compile(
    r"laborator|clinical lab|clfs|average sales|\basp\b|\bawp\b|list price|payment limit|supplies"
    r"|licen[cs]e|centers for disease|state (?:fee )?schedule|state administration",
    re.I,
)
_CHARGES = re.compile(r"charges?\b|billed|usual (?:fee|amount)", re.I)
_REST = re.compile(
    r"\b(?:all|any) other|\bother services|remaining|no medicare|without a medicare|not (?:listed|"
    r"priced)|everything else|with no\b|for which medicare|all else",
    re.I,
)
_UNPAID = re.compile(r"not (?:paid|payable|reimbursed)|included in|no separate|bundled", re.I)
GROUPS = (
    ("lab", r"laborator|\blabs?\b|waived tests?"),
    ("vaccine", r"vaccine|immuniz"),
    ("drug", r"\bdrugs?\b|injectable|medication"),
    ("supply", r"\bsuppl(?:y|ies)\b"),
)
_ADMINISTRATION = re.compile(r"\bgiving\b|administ", re.I)


@dataclass(frozen=True)
class TableRow:
    """What one row sets: a code, range, family or "*", and a rate or a rule; its place."""

    code: str
    start: int
    end: int
    rate: Decimal | None = None
    percent: Decimal | None = None
    year: int | None = None
    then_current: bool = False
    of_charges: Decimal | None = None
    cannot_price: str | None = None


@dataclass(frozen=True)
class FeeTables:
    """The rows of all fee tables of a document, and where rows stand that could not be read."""

    rows: tuple[TableRow, ...]
    unread: tuple[tuple[int, int], ...]


def fee_tables(document: Document) -> FeeTables:
    """Every row of the document's fee tables, in order."""
    rows: list[TableRow] = []
    unread: list[tuple[int, int]] = []
    for block in _BLOCK.finditer(document.text):
        lead = document.text[max(0, block.start() - 350) : block.start()]
        lines = list(_lines(block))
        if len(lines) < 2 or _WORKED.search(lead.rsplit("|", 1)[-1]):
            continue
        header = lines[0][2]
        if not _is_fee_table(header, [cells for _, _, cells in lines[1:]]):
            continue
        for start, end, cells in lines[1:]:
            if cells == header:
                continue
            found = list(_read(cells, header, start, end))
            rows += found
            if not found:
                unread.append((start, end))
    return FeeTables(tuple(rows), tuple(unread))


def _lines(block: re.Match[str]) -> Iterator[tuple[int, int, list[str]]]:
    at = block.start()
    for line in block[0].splitlines(keepends=True):
        text = line.rstrip("\n")
        if "|" in text:
            yield at, at + len(text), [cell.strip() for cell in text.split("|")]
        at += len(line)


def _is_fee_table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> bool:
    """Half of the rows name a code, range or group in their first cells, and set something."""
    named = " ".join(header)
    if not re.search(r"rate|price|payment|amount|allow|fee|percent|yardstick|basis", named, re.I):
        return False
    if re.search(r"\bmeasures?\b|\btargets?\b", named, re.I):
        return False
    naming = [row for row in rows if _codes(row) or _groups(row[0]) or _REST.search(row[0])]
    setting = [row for row in naming if _sets_something(row)]
    return 2 * len(setting) >= len(rows)


def _sets_something(row: Sequence[str]) -> bool:
    last = " ".join(row[1:])
    return bool(_MONEY.search(row[-1]) or _PERCENT.search(last) or _UNPAID.search(last)
                or _OTHER_SCHEDULE.search(last))  # fmt: skip


def _read(cells: Sequence[str], header: Sequence[str], start: int, end: int) -> Iterator[TableRow]:
    whole, last = " ".join(cells), cells[-1]
    codes = _codes(cells)
    if codes and (amount := _amount(cells, header)) is not None:
        for code in codes:
            yield TableRow(code, start, end, rate=amount)
        return
    percent = _PERCENT.search(" ".join(cells[1:]))
    if "_" in last and not percent:
        return
    rest = bool(_REST.search(cells[0]) or _REST.search(whole))
    targets = codes or (list(_groups(cells[0])) if not _ADMINISTRATION.search(cells[0]) else [])
    rule = " ".join(cells[1:])
    if _UNPAID.search(last) and targets:
        for code in targets:
            yield TableRow(code, start, end, cannot_price=f"“{last[:80]}”")
        return
    if _OTHER_SCHEDULE.search(rule) and targets:
        for code in targets:
            yield TableRow(code, start, end, cannot_price=f"“{rule[:120]}”")
        return
    if percent is None:
        return
    share = Decimal(percent[1])
    if _CHARGES.search(rule) and (rest or targets):
        for code in targets or ["*"]:
            yield TableRow(code, start, end, of_charges=share)
        return
    about = f"{' '.join(header)} {whole}"
    if _MEDICARE.search(about) and not _OTHER_SCHEDULE.search(whole) and (codes or rest):
        years = re.findall(r"\b(20[0-4]\d)\b", f"{whole} {' '.join(header)}")
        moving = bool(re.search(r"then[- ]current|in effect on|date of service", about, re.I))
        for code in codes or ["*"]:
            yield TableRow(code, start, end, percent=share, year=int(years[0]) if years else None,
                           then_current=moving)  # fmt: skip


def _codes(cells: Sequence[str]) -> list[str]:
    """Codes and ranges that one of the first two cells consists of."""
    for cell in cells[:2]:
        bare = re.sub(r"\b(?:and|codes?|cpt|hcpcs)\b|[,;&:]", " ", cell, flags=re.I)
        spans = list(_SPAN.finditer(bare))
        if spans and not _SPAN.sub(" ", bare).strip(" .()"):
            return [f"{s[1]}-{s[2]}".upper() if s[2] else s[1].upper() for s in spans]
    return []


def _groups(text: str) -> Iterator[str]:
    for key, pattern in GROUPS:
        if re.search(pattern, text, re.I):
            yield key


def _amount(cells: Sequence[str], header: Sequence[str]) -> Decimal | None:
    """The contract's amount: the last cell in dollars that is not Medicare's own column."""
    for index in range(len(cells) - 1, 0, -1):
        name = header[index] if index < len(header) else ""
        found = _MONEY.fullmatch(cells[index].strip())
        if found and not (_MEDICARE.search(name) and not re.search(r"contract|%", name, re.I)):
            whole = (found[1] or found[3]).replace(",", "")
            return Decimal(f"{whole}.{found[2] or '00'}")
    return None
