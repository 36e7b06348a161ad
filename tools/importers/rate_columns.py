"""The rate columns of a fee schedule: which payer, product and setting each one is for.

Products may stand side by side ("PPO", "HMO"), each split into facility and non-facility,
with the product in a row above or the setting in a row below the header.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from knowledge.payer_names import PayerBook
from knowledge.payer_spelling import product_apart
from tools.importers.cell_values import clean, money
from tools.importers.columns import Columns, identifies, plain_header
from tools.importers.pay_rule import pay_rule

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
_NETWORK = re.compile(
    r"\b(?:ppo|hmo|epo|pos|hdhp|indemnity|advantage|exchange|marketplace|network|narrow)\b", re.I
)
_PER_UNIT = re.compile(r"\bconversion factor\b|\bper rvu\b|\bcf\b")
_YEAR = re.compile(r"\b20[0-4]\d\b")
_COMPONENT = re.compile(
    r"\b(?:26|tc|professional component|technical component|professional only|technical only)\b",
    re.I,
)
_FACILITY = re.compile(r"\b(?:facility|fac|hospital|f)\b")


@dataclass(frozen=True)
class RateColumn:
    """One column of rates and what it is for; None where the column does not say.

    year: the calendar year that its heading names. modifier: 26 or TC, where the column
    holds the rates of a component. per_unit: its amounts are USD per relative value unit.
    """

    index: int
    payer: str | None
    product: str | None
    setting: str | None
    year: int | None = None
    modifier: str | None = None
    per_unit: bool = False


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
    heading = ""
    for index in range(len(columns.header)):
        heading = columns.header[index] if clean(columns.header[index]) else heading
        split = index < len(below) and clean(below[index]) and not _is_amount(below[index])
        own = heading if split else columns.header[index]
        if index in others or index <= codes or (identifies(own) and index not in named):
            continue
        per_unit = _PER_UNIT.search(plain_header(own)) is not None
        if index not in named and not per_unit and _NO_RATE.search(plain_header(own)):
            continue
        if not _holds_rates([row[index] for row in sample if index < len(row)]):
            continue
        under = below[index] if index < len(below) and not _is_amount(below[index]) else ""
        group = groups[index] if index < len(groups) else ""
        if not clean(own + group + under):
            continue
        told = _told(index, own, group, under, payers)
        found.append(replace(told, product=None, per_unit=True) if per_unit else told)
    return _of_one([each for each in found if not each.per_unit] or found)


def _of_one(columns: list[RateColumn]) -> list[RateColumn]:
    """The columns without a product where all are of the same: then their heading only says
    in other words that they hold rates ("Compensation"), or it names a network (PPO)."""
    named = {each.product for each in columns}
    product = named.pop() if len(named) == 1 else None
    if product is None or _NETWORK.search(product):
        return columns
    return [replace(each, product=None) for each in columns]


def _told(index: int, own: str, group: str, under: str, payers: PayerBook) -> RateColumn:
    words = plain_header(f"{group} {own} {under}")
    year = _YEAR.search(f"{own} {group} {under}")
    component = _COMPONENT.search(words)
    words = _COMPONENT.sub(" ", _YEAR.sub(" ", words))
    own, group = (_COMPONENT.sub(" ", _YEAR.sub(" ", label)) for label in (own, group))
    setting = "office" if _OFFICE.search(words) else "facility" if _FACILITY.search(words) else None
    payer = product = None
    for label in (own, group):
        left = _RATE_WORDS.sub(" ", _FACILITY.sub(" ", _OFFICE.sub(" ", plain_header(label))))
        left = " ".join(re.sub(r"[()/]", " ", left).split())
        if not left:
            continue
        resolved = payers.resolve(left)
        rest, apart, _ = product_apart(f"x {left}")
        if resolved.name and (resolved.product or not apart):
            payer, product = payer or resolved.name, product or resolved.product
        elif product is None:
            product = (apart if rest == "x" else None) or _as_written(label, left)
    modifier = None
    if component:
        modifier = "TC" if component[0].casefold().startswith("t") else "26"
    return RateColumn(index, payer, product, setting, int(year[0]) if year else None, modifier)


def _as_written(label: str, left: str) -> str | None:
    """The words of the label that are left, in the label's own capitals."""
    words = re.findall(r"[\w+'-]+", label)
    known = [plain_header(word) in left.split() for word in words]
    kept = [
        word
        for place, word in enumerate(words)
        if known[place] or (place and known[place - 1] and word.casefold() in ("network", "plan"))
    ]
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
    good = sum(1 for cell in given if _is_amount(cell) or pay_rule(cell))
    return bool(given) and good >= 0.6 * len(given)


def _is_amount(cell: str) -> bool:
    try:
        return money(cell) is not None
    except ValueError:
        return False
