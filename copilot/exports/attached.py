"""The files that go with a letter: its rate exhibit, and the list of the lines it disputes.

A file goes along where the letter stands on it: where a figure of the finding that holds
it is said in the letter, or went into one that is.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from copilot.exports.live_workbook import as_live_workbook
from copilot.exports.page import Attached
from knowledge.worksheet import Column, Grid, Result, Step, Worksheet, worksheet_from

WORDS = (
    ("claim", "Claim"),
    ("line", "Line"),
    ("date", "Date of service"),
    ("code", "Code"),
    ("modifiers", "Modifiers"),
    ("rule", "Contract rate by"),
)
AMOUNTS = (("units", "Units", "count"), ("allowed", "Allowed (USD)", "USD"),
           ("contract", "Contract rate x units (USD)", "USD"))  # fmt: skip


def stands_on(shown: Sequence[str], figures: Mapping[str, Mapping[str, Any]]) -> set[str]:
    """The ids of the figures shown and of all that went into them."""
    seen: set[str] = set()
    waiting = list(shown)
    while waiting:
        key = waiting.pop()
        if key in figures and key not in seen:
            seen.add(key)
            waiting += figures[key]["basis"]["inputs"]
    return seen


def exhibit_of(
    findings: Sequence[Mapping[str, Any]],
    payer: str | None,
    short: str | None,
    practice: str,
    stood: set[str],
) -> Worksheet | None:
    """The rate exhibit that a draft to a payer stands on: the latest such, or None."""
    for each in reversed(findings):
        details = each["details"]
        asked = each["tool"] == "model_fee_change" and details.get("payer") == payer
        if asked and details.get("worth") in stood and details.get("worksheet"):
            held = worksheet_from(details["worksheet"])
            return replace(held, title=f"Rate exhibit: {practice}, {short}")
    return None


def attached(
    findings: Sequence[Mapping[str, Any]],
    payer: str,
    short: str,
    practice: str,
    stood: set[str],
) -> tuple[Attached, ...]:
    """The files of a letter to a payer: exhibit and list, where it stands on them."""
    made = []
    exhibit = exhibit_of(findings, payer, short, practice, stood)
    if exhibit is not None:
        book = as_live_workbook(exhibit, practice, outward=True)
        made.append(Attached(f"Rate exhibit {short}.xlsx", book, " \n".join(words_of(book))))
    for each in reversed(findings):
        details = each["details"]
        lines = [line for line in details.get("line_list") or () if line["payer"] == short]
        if lines and details.get("payer") == payer and details.get("shortfall") in stood:
            book = as_live_workbook(_disputed(lines, short, practice), practice, outward=True)
            made.append(Attached(f"Underpaid lines {short}.xlsx", book,
                                 " \n".join(words_of(book))))  # fmt: skip
            break
    return tuple(made)


def words_of(book: bytes) -> Iterator[str]:
    """Every text of a workbook, for the guard to read as it reads a letter."""
    import openpyxl

    held = openpyxl.load_workbook(io.BytesIO(book), read_only=True)
    for page in held:
        yield str(page.title)
        for row in page.iter_rows(values_only=True):
            yield from (f"{cell}." for cell in row if isinstance(cell, str) and cell[:1] != "=")
    held.close()


def _disputed(lines: Sequence[Mapping[str, str]], short: str, practice: str) -> Worksheet:
    """The lines with what each falls short of the contract, and the sum."""
    columns = [Column(name, label, "", tuple(line[name] for line in lines))
               for name, label in WORDS[:5]]  # fmt: skip
    columns += [
        Column(name, label, unit, tuple(Decimal(line[name]) for line in lines), fixed=True)
        for name, label, unit in AMOUNTS
    ]
    columns.append(Column("short", "Short (USD)", "USD", formula="contract - allowed"))
    columns += [Column(name, label, "", tuple(line[name] for line in lines))
                for name, label in WORDS[5:]]  # fmt: skip
    total = sum((Decimal(line["shortfall"]) for line in lines), Decimal(0))
    return Worksheet(
        f"{practice}, {short}: lines allowed below the contract rate", (),
        (Step("short_in_all", "Short in all, on the lines listed", "SUM(all(short))", "USD"),),
        (Result("short_in_all", "Short in all", total, "USD"),),
        (Grid("Lines", tuple(columns)),),
    )  # fmt: skip
