"""Claims exports as billing systems print them: the same clean lines, badly dressed."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from itertools import groupby
from pathlib import Path
from random import Random
from typing import Any

from evals.messy.clean import CleanPractice, Line
from evals.messy.plan import ExportFile, Plan, System
from evals.messy.workbooks import Sheet, write_workbook

EXCEL_EPOCH = date(1899, 12, 30)
SUMMED = ("billed", "allowed", "paid", "owed")
SHARED = ("served", "payer", "product", "order", "member")  # by all lines of a claim


def write_exports(plan: Plan, practice: CleanPractice, folder: Path) -> list[Path]:
    """All claims files of the plan's systems; each row stands for one clean line."""
    return [
        _write(plan, practice, system, file, folder / file.name)
        for system in plan.systems
        for file in system.exports
    ]


def lines_of(practice: CleanPractice, system: System, file: ExportFile) -> list[Line]:
    """The clean lines that a file prints, by date of service and claim."""
    own = [
        line
        for line in practice.lines
        if line.system == system.key
        and not line.only_there
        and file.start <= line.served <= file.end
    ]
    return sorted(own, key=lambda line: (line.served, line.claim, line.number, line.posted))


def _write(
    plan: Plan, practice: CleanPractice, system: System, file: ExportFile, path: Path
) -> Path:
    rng = Random(f"{plan.seed}/{file.name}")
    lines = lines_of(practice, system, file)
    lines += rng.sample(lines, min(file.repeats, len(lines)))
    lines.sort(key=lambda line: (line.served, line.claim))
    parts = _parts(file, lines)
    as_book = path.suffix == ".xlsx"
    headers = [header for _, header in system.columns]
    groups = [_groups(system)] if file.group_header else []
    sheets = []
    for title, part in parts:
        rows = _body(plan, system, file, part, as_book)
        above = [[text] for text in file.titles] + ([[]] if file.titles else [])
        below = [[], *([text] for text in file.footer)] if file.footer else []
        whole = [*above, *groups, headers, *rows, *below]
        ranges = _merged(system, whole) if file.merged_claims else ()
        sheets.append(Sheet(title, whole, merged=len(file.titles), ranges=ranges))
    if as_book:
        if file.notes_sheet:
            sheets.append(Sheet("Notes", _notes(rng, lines), hidden=True))
        write_workbook(path, sheets)
    else:
        out = io.StringIO(newline="")
        writer = csv.writer(out, delimiter=file.delimiter, lineterminator="\r\n")
        for sheet in sheets:
            writer.writerows(sheet.rows)
        path.write_bytes(out.getvalue().encode(file.encoding))
    return path


def _parts(file: ExportFile, lines: list[Line]) -> list[tuple[str, list[Line]]]:
    if file.sheets == "quarter":
        return [
            (f"{year} Q{quarter}", list(group))
            for (year, quarter), group in groupby(
                lines, key=lambda li: (li.served.year, (li.served.month + 2) // 3)
            )
        ]
    if file.sheets == "payer":  # in each, every spelling of the one payer
        lines = sorted(lines, key=lambda li: li.payer.role)
        return [
            (f"{role} {number}", list(group))
            for number, (role, group) in enumerate(
                groupby(lines, key=lambda li: li.payer.kind.split("_")[0].title()), start=1
            )
        ]
    return [("Detail", lines)]


def _groups(system: System) -> list[str]:
    """Headings over runs of columns, as a report writer prints them: each where its run starts."""
    kinds = {"served": "Service", "billed": "Amounts", "status": "Result", "payer": "Coverage"}
    return [kinds.get(field, "") for field, _ in system.columns]


def _merged(system: System, rows: list[list[Any]]) -> tuple[str, ...]:
    """The cell ranges merged down the lines of one claim; the cells below the first emptied."""
    fields = [field for field, _ in system.columns]
    claim = fields.index("claim")
    shared = [fields.index(name) for name in SHARED if name in fields]
    ranges, start = [], 0
    while start < len(rows):
        end = start + 1
        whole = len(rows[start]) == len(fields) and str(rows[start][claim]).isdigit()
        keys = [rows[start][claim]] + [rows[start][column] for column in shared] if whole else []
        while whole and end < len(rows) and len(rows[end]) == len(fields):
            if [rows[end][claim]] + [rows[end][column] for column in shared] != keys:
                break
            end += 1
        for column in [claim, *shared] if end - start > 1 else []:
            for row in rows[start + 1 : end]:
                row[column] = None
            letter = chr(ord("A") + column)
            ranges.append(f"{letter}{start + 1}:{letter}{end}")
        start = end
    return tuple(ranges)


def _notes(rng: Random, lines: Sequence[Line]) -> list[list[str]]:
    """A hidden sheet that names people; none of it may be read into a table."""
    some = rng.sample(list(lines), min(12, len(lines)))
    return [["Call back list"]] + [
        [f"{line.patient.first} {line.patient.last}", f"born {line.patient.born:%m/%d/%Y}"]
        for line in some
    ]


def _body(
    plan: Plan, system: System, file: ExportFile, lines: Iterable[Line], as_book: bool
) -> list[list[Any]]:
    rows: list[list[Any]] = []
    headers = [header for _, header in system.columns]
    count = 0
    for _, month in groupby(lines, key=lambda line: (line.served.year, line.served.month)):
        printed = list(month)
        for line in printed:
            count += 1
            cells = [
                _cell(plan, system, file, field, line, count, as_book)
                for field, _ in system.columns
            ]
            rows.append(cells)
            if file.page_every and count % file.page_every == 0:
                rows.append([f"Page {count // file.page_every}"])
                rows += [[text] for text in file.titles] + [list(headers)]
            if file.repeat_header and count % file.repeat_header == 0:
                rows.append(list(headers))
        if file.subtotals:
            rows.append(_subtotal(system, file, printed))
            rows.append([])
    return rows


def _subtotal(system: System, file: ExportFile, lines: Sequence[Line]) -> list[Any]:
    row: list[Any] = []
    for place, (field, _) in enumerate(system.columns):
        if place == 0:
            row.append(f"Subtotal {lines[0].served:%B %Y}")
        elif field in SUMMED:
            row.append(_money(sum((getattr(li, field) for li in lines), Decimal(0)), file.money))
        else:
            row.append("")
    return row


def _cell(
    plan: Plan,
    system: System,
    file: ExportFile,
    field: str,
    line: Line,
    count: int,
    as_book: bool,
) -> Any:
    """One cell: what the column's field says of the line, in the file's dialect."""
    turn = Random(f"{plan.seed}/{line.claim}/{line.number}/{field}")
    if field in SUMMED or field == "adjusted":
        amount = line.billed - line.allowed if field == "adjusted" else getattr(line, field)
        if as_book and file.money == "plain":
            return amount
        return _money(amount, file.money)
    if field in ("served", "posted", "through"):
        day = line.posted if field == "posted" else line.served
        return _date(day, turn.choice(file.dates), as_book)
    if field == "units":
        negative = line.status == "reversal" and system.reversal_units == "negative"
        units = -line.units if negative else line.units
        return f"{units}.00" if system.unit_style == "decimal" else units
    if field in ("code", "code_mod"):
        text = _code(system, line, joined=field == "code_mod", turn=turn)
        return int(text) if system.code_style == "number" and text.isdigit() else text
    texts = {
        "claim": line.claim,
        "number": line.number,
        "patient": f"{line.patient.last}, {line.patient.first}",
        "born": f"{line.patient.born:%m/%d/%Y}",
        "member": line.patient.member,
        "payer": Random(f"{line.claim}/{line.payer.role}").choice(line.payer.spellings),
        "product": line.product,
        "order": system.orders[line.order],
        "modifier": line.modifier,
        "place": str(int(line.place)) if system.place_style == "short" else line.place,
        "status": system.statuses[line.status],
        "reason": line.reason,
        "denial": line.reason if line.status == "denied" else "",
        "npi": line.npi,
        "index": count,
        "notes": _remark(turn, line),
        "blank": "",
    }
    return texts[field]


def _code(system: System, line: Line, joined: bool, turn: Random) -> str:
    code = line.code
    if joined and line.modifier:
        code += (" " if system.code_style == "space" else "-") + line.modifier
    if system.code_style == "apostrophe":
        return f"'{code}"
    if system.code_style == "padded" and turn.random() < 0.3:
        return f" {code} "
    return code


def _remark(turn: Random, line: Line) -> str:
    if turn.random() < 0.04:
        return f"Spoke to {line.patient.first} {line.patient.last} about the balance"
    return ""


def _date(day: date, form: str, as_book: bool) -> Any:
    if form == "serial":
        return (day - EXCEL_EPOCH).days
    if form == "native":
        return day if as_book else f"{day:%m/%d/%Y}"
    return day.strftime(form)


def _money(amount: Decimal, style: str) -> str:
    """An amount as text: plain, dollar_paren ("($1,204.50)"), trailing ("1,204.50-"),
    blank_zero (nothing for zero), inner_sign ("$-1,204.50").
    """
    size = f"{abs(amount):,.2f}"
    if style == "dollar_paren":
        return f"(${size})" if amount < 0 else f"${size}"
    if style == "dollar_dash":
        return "-" if not amount else f"-${size}" if amount < 0 else f"$ {size}"
    if style == "blank_zero":
        return "" if not amount else f"-{size}" if amount < 0 else size
    if style == "inner_sign":
        return f"$-{size}" if amount < 0 else f"${size}"
    if style == "trailing":
        return f"{size}-" if amount < 0 else size
    return f"{amount:.2f}"
