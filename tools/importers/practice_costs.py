"""What the practice spends: a ledger, or a profit and loss sheet with months as columns.

Totals and income stand in such sheets beside costs; they are listed and not taken in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from tools.importers.cell_values import clean, day, money
from tools.importers.columns import Columns, identifies
from tools.importers.period_columns import PeriodColumn, looks_periodic, period_columns
from tools.importers.period_text import months_between, period, period_within
from tools.importers.row import Context, Fields, Reader, Refusal

_EXPENSES = re.compile(
    r"\b(?:rent\b|lease|salar|wage|payroll|benefit|suppl|utilit|insurance|malpractice|software|"
    r"licen[cs]|telephone|internet|postage|office (?:suppl|expense)|marketing|advertis|travel|"
    r"legal|accounting|billing service|depreciation|repair|maintenance|cleaning|janitor|dues|"
    r"subscription|staff|contract labor|compensation|overhead|expense|it support|ehr|emr)",
    re.I,
)
_TOTAL = re.compile(
    r"\b(?:sub-?\s?)?totals?\b|^(?:net|gross|operating) (?:\w+ ){0,2}(?:income|profit|loss|margin)"
    r"|\bebitda\b|^net (?:cash|change)|\bbalance\b",
    re.I,
)
_INCOME = re.compile(
    r"^(?:(?:net |gross |total |other |operating |ordinary |fee |patient |insurance |service |"
    r"professional |capitation |medical )*"
    r"(?:income|revenues?|sales|receipts|collections|charges))\b"
    r"|\b(?:revenue|collections)\b|^(?:patient|insurance|medicare|payer|capitation|incentive|bonus)"
    r" payments?\b|\bgrants?\b|\brefunds? received\b|^contractual (?:adjust|allow)",
    re.I,
)
_NOT_INCOME = re.compile(r"\b(?:tax|expense|fees? paid|cost|billing|service fee)\b", re.I)
_INCOME_BELOW = re.compile(r"^(?:other |ordinary |operating )*(?:income|revenues?|sales)\b", re.I)
_COSTS_BELOW = re.compile(
    r"^(?:other |ordinary |operating |total )*(?:expenses?|costs?|expenditures?|cost of .*|cogs|"
    r"overhead)$",
    re.I,
)


class PracticeCosts:
    """One row of the file is a cost: one amount, or one for each month's column."""

    kind = "practice_costs"
    table = "practice_costs"
    keys = ("amount",)
    personal = False

    def recognises(self, columns: Columns, sample: Sequence[Sequence[str]]) -> bool:
        """Categories that speak of expenses, with amounts or with months as columns."""
        fields = columns.fields
        if "category" not in fields or any(map(_of_patients, columns.header)):
            return False
        amounts = "amount" in fields or {"debit", "credit"} & fields.keys()
        if not amounts and looks_periodic(columns.header) < 1:
            return False
        at = fields["category"][0]
        cells = [clean(row[at]) for row in sample if at < len(row) and clean(row[at])]
        spoken = {match[0].casefold() for cell in cells if (match := _EXPENSES.search(cell))}
        return len(spoken) >= 2 or (len(spoken) == 1 and len(cells) <= 3)

    def rows(self, context: Context) -> Reader:
        """One entry a cost and period; amounts that stand negative throughout are turned."""
        titled = period_within(context.titles)
        fields = context.columns.fields
        wide = [] if {"amount", "debit", "credit"} & fields.keys() and not _many(
            context, titled
        ) else period_columns(context.columns, titled)  # fmt: skip
        sign = -1 if _mostly_negative(context, wide) else 1
        below = {"income": False}

        def entries(row: Fields) -> Iterator[dict[str, Any]]:
            category = row.text("category")
            given = list(_amounts(row, wide))
            if _COSTS_BELOW.match(category):
                below["income"] = False
            if not category:
                raise Refusal("no category")
            if not given:
                if _INCOME_BELOW.match(category):
                    below["income"] = True
                raise Refusal("a heading or a row without an amount, not a cost")
            if _TOTAL.search(category):
                raise Refusal("total row, not a cost")
            income = _INCOME.search(category) and not _NOT_INCOME.search(category)
            if below["income"] or income or _INCOME_BELOW.match(row.text("section")):
                raise Refusal("income, not a cost")
            for column, amount in given:
                start, end = (column.start, column.end) if column else _when(row, titled)
                yield {
                    "category": category[:120],
                    "amount": sign * amount,
                    "period_start": start,
                    "period_end": end,
                    "site": row.text("site") or None,
                }

        return entries


def _of_patients(header: str) -> bool:
    """Whether a column speaks of patients; an account or a note may be the ledger's own."""
    return identifies(header) and bool(
        re.search(r"patient|member|birth|dob|mrn|ssn|subscriber|guarantor|insured", header, re.I)
    )


def _many(context: Context, titled: tuple[date, date] | None) -> bool:
    """Whether months stand as columns though one column is called total or amount."""
    return len(period_columns(context.columns, titled)) >= 2


def _amounts(
    row: Fields, wide: Sequence[PeriodColumn]
) -> Iterator[tuple[PeriodColumn | None, Decimal]]:
    for column in wide:
        try:
            amount = money(row.at(column.index))
        except ValueError as wrong:
            raise Refusal(f"the amount of {column.start:%B %Y}: {wrong}") from None
        if amount is not None:
            yield column, amount
    if wide:
        return
    if row.has("amount"):
        amount = row.read("amount", money)
    else:
        debit, credit = row.read("debit", money), row.read("credit", money)
        amount = (
            (debit or Decimal(0)) - (credit or Decimal(0))
            if debit is not None or credit is not None
            else None
        )
    if amount is not None:
        yield None, amount


def _mostly_negative(context: Context, wide: Sequence[PeriodColumn]) -> bool:
    """Whether the sheet writes what is spent below zero, as an account's statement does."""
    indexes = [column.index for column in wide] or list(context.columns.fields.get("amount", ()))
    below = above = 0
    for row in context.sample:
        for index in indexes:
            try:
                amount = money(row[index]) if index < len(row) else None
            except ValueError:
                continue
            below, above = below + bool(amount and amount < 0), above + bool(amount and amount > 0)
    return below > 0 and below >= 4 * above


def _when(row: Fields, titled: tuple[date, date] | None) -> tuple[date, date]:
    """The months a cost is of: its own period, the month of its day, or the title's."""
    start, end = row.read("period_start", day), row.read("period_end", day)
    if start and end and start <= end:
        return start, end
    text = row.text("period")
    if text:
        try:
            if named := period(text):
                return named
        except ValueError:
            on = row.read("period", day)
            if on is not None:
                return months_between(on.year, on.month, on.month)
    if titled is None:
        raise Refusal("no period: neither a column nor a title says which month this cost is of")
    return titled
