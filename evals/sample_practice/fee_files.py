"""Three payers' fee schedules, each untidy in the way such files arrive."""

from __future__ import annotations

import csv
import tomllib
from datetime import date, datetime
from pathlib import Path
from typing import Any

import xlsxwriter

from evals.sample_practice.contract_rates import price_rows, unit_rate
from evals.sample_practice.payers import payers

_DAY = date(2026, 10, 31)
WRITTEN = datetime(2026, 11, 2, 9, 0)


def _services() -> dict[str, dict[str, str]]:
    text = (Path(__file__).parent / "services.toml").read_text(encoding="utf-8")
    read: dict[str, dict[str, str]] = tomllib.loads(text)
    return read


def write_granite_peak(path: Path) -> None:
    """PPO and HMO side by side, group headings among the rows, the date in a cell of its own."""
    payer = payers()["granite_peak"]
    book, formats = _book(path, "Granite Peak fee schedule")
    sheet = book.add_worksheet("2020 Fees")
    sheet.set_column(1, 1, 44)
    sheet.write_string(0, 0, "GRANITE PEAK HEALTH PLAN (sample)", formats["bold"])
    sheet.write_string(1, 0, "Professional fees, office setting - Sagebrush Family Medicine")
    sheet.write_string(2, 0, "Effective date")
    sheet.write_datetime(2, 1, datetime(2020, 7, 1), formats["date"])
    sheet.write_row(4, 0, ("Code", "Service", "PPO", "HMO"), formats["bold"])
    at = 5
    for group, codes in _services().items():
        sheet.write_string(at, 0, group.replace("_", " ").upper(), formats["bold"])
        at += 1
        for code, words in codes.items():
            rate = unit_rate(payer, code, _DAY, "11")
            if rate is None:
                continue
            sheet.write_number(at, 0, int(code))
            sheet.write_string(at, 1, words)
            sheet.write_number(at, 2, rate, formats["money"])
            sheet.write_number(at, 3, rate, formats["money"])
            at += 1
        at += 1
    sheet.write_string(at, 0, "Vaccines and drugs: see Exhibit B. Invented sample.")
    book.close()


def write_kestrel(path: Path) -> None:
    """Percent-of-Medicare rules on one sheet, fixed amounts on another."""
    book, formats = _book(path, "Kestrel fee schedule")
    rules = book.add_worksheet("Rules")
    rules.set_column(0, 6, 20)
    rules.write_string(0, 0, "Kestrel National Health (sample) - rates by rule", formats["bold"])
    rules.write_string(1, 0, "Lesser of billed charge or the rate; effective 04/01/2024")
    head = ("Product", "Service", "Codes", "% of Medicare", "Medicare Year", "Locality", "From")
    rules.write_row(3, 0, head, formats["bold"])
    rows: list[tuple[str, str, str, float, int | str]] = []
    for product in ("PPO", "HMO"):
        rows.append((product, "Office visits", "99202-99215", 1.2, 2024))
        rows.append((product, "Preventive visits", "99381-99397", 1.2, 2024))
        rows.append((product, "All other services with a Medicare price", "All other", 1.05, 2024))
    rows.append(("Medicare Advantage", "All services", "All", 1.0, "Current"))
    for at, (product, words, codes, percent, year) in enumerate(rows, start=4):
        rules.write_row(at, 0, (product, words, codes))
        rules.write_number(at, 3, percent, formats["percent"])
        rules.write(at, 4, year)
        rules.write_string(at, 5, "Colorado")
        rules.write_string(at, 6, "04/01/2024")
    fixed = book.add_worksheet("Carve-outs")
    fixed.write_string(0, 0, "Amounts outside the rules, commercial products", formats["bold"])
    fixed.write_row(2, 0, ("Proc", "Description", "Allowed", "Eff."), formats["bold"])
    words_of = {code: words for group in _services().values() for code, words in group.items()}
    for at, (code, rate) in enumerate(payers()["kestrel"].fixed.items(), start=3):
        fixed.write_string(at, 0, code)
        fixed.write_string(at, 1, words_of[code])
        fixed.write_number(at, 2, rate, formats["money"])
        fixed.write_string(at, 3, "04/01/2024")
    book.close()


def write_tarn_lake(path: Path) -> None:
    """The contract's price list as a Windows-1252 text: dollar signs, apostrophes before codes."""
    with path.open("w", encoding="cp1252", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["Tarn Lake Insurance (sample) – the practice’s price list"])
        writer.writerow(["Lesser of your charge and the price", "", "", "Printed 02/2025"])
        writer.writerow([])
        writer.writerow(["CODE", "WHAT IT IS", "PRICE", "FROM"])
        for code, words, amount in price_rows("tarn_lake"):
            writer.writerow([f"'{code}", words, f"${amount:,.2f}", "4/1/2025"])


def _book(path: Path, title: str) -> tuple[Any, dict[str, Any]]:
    book = xlsxwriter.Workbook(str(path))
    book.set_properties({"title": title, "author": "sample", "created": WRITTEN})
    return book, {
        "bold": book.add_format({"bold": True}),
        "money": book.add_format({"num_format": "$#,##0.00"}),
        "percent": book.add_format({"num_format": "0%"}),
        "date": book.add_format({"num_format": "mm/dd/yyyy"}),
    }
