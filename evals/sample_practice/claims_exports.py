"""The two practice-management exports: different headers, one month in both.

claims_2025.csv holds service dates from November 2024 to November 2025, claims_2026.xlsx
from November 2025 to October 2026. Each holds a few rows that no importer may accept.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import xlsxwriter

from evals.sample_practice.claim_lines import Line
from evals.sample_practice.claims import claim_lines

Cell = str | int | Decimal
CSV_LAST, XLSX_FIRST = date(2025, 11, 30), date(2025, 11, 1)
WRITTEN = datetime(2026, 11, 21, 8, 30)
TITLES = (
    "Sagebrush Family Medicine (sample)",
    "Charge and payment detail, all payers",
    "Service dates 11/01/2025 through 10/31/2026; invented data",
)
_CSV_COLUMNS = (
    "Claim #,Line,DOS,Patient,DOB,Member ID,Payer,Plan,Ins Order,Proc Code,Mods,Units,POS,Dx,"
    "Charge,Allowed,Ins Paid,Pt Resp,Adj Codes,Status,Rendering NPI,Date Filed,Date Posted"
)
_XLSX_COLUMNS = (
    "Posting Date,Claim Number,Line No.,Service Date,Patient Name,Date of Birth,Member Number,"
    "Insurance Carrier,Product,Coverage Level,Procedure Code,Modifier 1,Modifier 2,Qty,"
    "Place of Service,Diagnosis,Billed Amount,Allowed Amount,Insurance Payment,"
    "Patient Responsibility,Reason Codes,Line Status,Provider NPI,Date Billed"
)
CSV_HEADER, XLSX_HEADER = _CSV_COLUMNS.split(","), _XLSX_COLUMNS.split(",")
_MONEY = range(16, 20)
# Which data row becomes a copy that must be refused, and what is wrong with the copy.
_CSV_BAD = {410: "2025-02-30", 2236: "", 5119: "2025-13-04", 7874: ""}
_XLSX_BAD = {1733: "02/30/2026", 4580: "", 8051: "00/00/2026"}


def csv_lines(seed: int) -> list[Line]:
    """The clean lines of the first export, in its order."""
    return _ordered(line for line in claim_lines(seed) if line.served <= CSV_LAST)


def xlsx_lines(seed: int) -> list[Line]:
    """The clean lines of the second export, in its order."""
    return _ordered(line for line in claim_lines(seed) if line.served >= XLSX_FIRST)


def _ordered(lines: Iterable[Line]) -> list[Line]:
    return sorted(lines, key=lambda line: (line.served, line.claim, line.posted, line.number))


def write_csv(path: Path, seed: int) -> dict[int, str]:
    """Writes the first export; its bad rows (1-based, header counted) and why."""
    rows = [_csv_row(line) for line in csv_lines(seed)]
    bad = _spoil(rows, _CSV_BAD, date_at=2, code_at=9)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(CSV_HEADER)
        writer.writerows(rows)
    return {at + 2: why for at, why in bad.items()}


def write_xlsx(path: Path, seed: int) -> dict[int, str]:
    """Writes the second export; its bad rows (1-based in the sheet) and why."""
    rows = [_xlsx_row(line) for line in xlsx_lines(seed)]
    bad = _spoil(rows, _XLSX_BAD, date_at=3, code_at=10)
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    book.set_properties({"title": TITLES[1], "author": TITLES[0], "created": WRITTEN})
    bold, money = book.add_format({"bold": True}), book.add_format({"num_format": "#,##0.00"})
    sheet = book.add_worksheet("Charge Detail")
    sheet.set_column(0, len(XLSX_HEADER) - 1, 15)
    for at, title in enumerate(TITLES):
        sheet.write_string(at, 0, title, bold)
    head = len(TITLES) + 1
    sheet.write_row(head, 0, XLSX_HEADER, bold)
    for at, row in enumerate(rows, start=head + 1):
        for column, value in enumerate(row):
            if isinstance(value, str):
                if value:
                    sheet.write_string(at, column, value)
            else:
                sheet.write_number(at, column, value, money if column in _MONEY else None)
    foot = head + 1 + len(rows)
    sheet.write_string(foot, 0, "Report total", bold)
    for column in _MONEY:
        total = sum(Decimal(str(row[column])) for row in rows)
        sheet.write_number(foot, column, total, money)
    sheet.write_string(foot + 1, 0, "End of report")
    book.close()
    return {at + head + 2: why for at, why in bad.items()}


def _csv_row(line: Line) -> list[Cell]:
    return [
        line.claim,
        str(line.number),
        line.served.isoformat(),
        line.patient.name,
        line.patient.born.isoformat(),
        line.patient.member_id,
        line.payer_as_written,
        line.product,
        line.order,
        line.code,
        line.modifiers,
        str(line.units),
        line.place,
        line.diagnosis,
        *(str(amount) for amount in (line.billed, line.allowed, line.paid, line.patient_share)),
        line.reasons,
        line.status,
        line.npi,
        line.filed.isoformat(),
        line.posted.isoformat(),
    ]


def _xlsx_row(line: Line) -> list[Cell]:
    first, _, second = line.modifiers.partition(" ")
    return [
        f"{line.posted:%m/%d/%Y}",
        line.claim,
        line.number,
        f"{line.served:%m/%d/%Y}",
        line.patient.name,
        f"{line.patient.born:%m/%d/%Y}",
        line.patient.member_id,
        line.payer_as_written,
        line.product,
        {"P": "Primary", "S": "Secondary"}[line.order],
        line.code,
        first,
        second,
        line.units,
        line.place,
        line.diagnosis,
        line.billed,
        line.allowed,
        line.paid,
        line.patient_share,
        line.reasons,
        line.status,
        line.npi,
        f"{line.filed:%m/%d/%Y}",
    ]


def _spoil(
    rows: list[list[Cell]], wanted: dict[int, str], date_at: int, code_at: int
) -> dict[int, str]:
    """Inserts spoiled copies of rows; their places among the rows, and what is wrong."""
    for at, text in wanted.items():
        copy = list(rows[at])
        copy[date_at if text else code_at] = text
        rows.insert(at, copy)
    return {at: "bad date" if text else "no code" for at, text in wanted.items()}
