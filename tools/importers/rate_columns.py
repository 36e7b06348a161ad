"""The rate columns of a fee schedule: which payer, product and setting each one is for.

Products may stand side by side ("PPO", "HMO"), each split into facility and non-facility,
with the product in a row above or the setting in a row below the header.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.payer_names import PayerBook
from knowledge.payer_spelling import product_apart
from tools.importers.cell_values import clean, money
from tools.importers.columns import Columns, identifies, plain_header
from tools.importers.medicare_rule import medicare_rule

_NO_RATE = re.compile(
    r"\b(?:medicare|cms|mpfs|rvu|rvus|gpci|difference|variance|charge|billed|volume|units?|count|"
    r"description|status|conversion|factor|percent|category|year|locality|date|work|pe|mp|total|"
    r"number|row|line|frequency|utilization|annual|revenue)\b"
)
_RATE_WORDS = re.compile(
    r"\b(?:rates?|fees?|amount|allowed|allowable|contract(?:ed)?|reimbursement|price|schedule|"
    r"product|payment|usd|maximum|max|in|the|setting|network)\b|\$"
)
_OFFICE = re.compile(r"\b(?:non facility|office|nf|non fac)\b")
_FACILITY = re.compile(r"\b(?:facility|fac|hospital|f)\b")


@dataclass(frozen=True)
class RateColumn:
    """One column of rates and what it is for; None where the column does not say."""

    index: int
    payer: str | None
    product: str | None
    setting: str | None


def rate_columns(
    columns: Columns,
    sample: Sequence[Sequence[str]],
    above: Sequence[str],
    below: Sequence[str],
    payers: PayerBook,
) -> list[RateColumn]:
    """Every column of the sheet that holds rates or rules, from left to right."""
    named = {i for f in ("rate", "rate_office", "rate_facility") for i in columns.fields.get(f, ())}
    others = {i for f, ix in columns.fields.items() for i in ix if i not in named}
    codes = min(columns.fields.get("code", (0,)))
    groups = _carried_right(above, after=codes)
    found = []
    for index in range(len(columns.header)):
        own = columns.header[index]
        if index in others or index <= codes or (identifies(own) and index not in named):
            continue
        if index not in named and _NO_RATE.search(plain_header(own)):
            continue
        if not _holds_rates([row[index] for row in sample if index < len(row)]):
            continue
        under = below[index] if index < len(below) and not _is_amount(below[index]) else ""
        group = groups[index] if index < len(groups) else ""
        if not clean(own + group + under):
            continue
        found.append(_told(index, own, group, under, payers))
    return found


def _told(index: int, own: str, group: str, under: str, payers: PayerBook) -> RateColumn:
    words = plain_header(f"{group} {own} {under}")
    setting = "office" if _OFFICE.search(words) else "facility" if _FACILITY.search(words) else None
    payer = product = None
    for label in (own, group):
        left = _RATE_WORDS.sub(" ", _FACILITY.sub(" ", _OFFICE.sub(" ", plain_header(label))))
        left = " ".join(re.sub(r"[()/]", " ", left).split())
        if not left:
            continue
        resolved = payers.resolve(left)
        _, apart, _ = product_apart(f"x {left}")
        if resolved.name and (resolved.product or not apart):
            payer, product = payer or resolved.name, product or resolved.product
        elif product is None:
            product = apart or _as_written(label, left)
    return RateColumn(index, payer, product, setting)


def _as_written(label: str, left: str) -> str | None:
    """The words of the label that are left, in the label's own capitals."""
    kept = [word for word in re.findall(r"[\w+'-]+", label) if plain_header(word) in left]
    return " ".join(kept)[:40] or None


def _carried_right(row: Sequence[str], after: int) -> list[str]:
    """A row of group headings with each heading carried over the blanks to its right."""
    groups, current = [], ""
    several = sum(1 for cell in row if clean(cell)) >= 2 or any(
        product_apart(f"x {clean(cell)}")[1] for cell in row if clean(cell)
    )
    for index, cell in enumerate(row):
        current = clean(cell) or current
        groups.append(current if several and index > after and len(current) <= 40 else "")
    return groups


def _holds_rates(cells: Sequence[str]) -> bool:
    given = [cell for cell in cells if clean(cell)]
    good = sum(1 for cell in given if _is_amount(cell) or medicare_rule(cell))
    return bool(given) and good >= 0.6 * len(given)


def _is_amount(cell: str) -> bool:
    try:
        return money(cell) is not None
    except ValueError:
        return False
