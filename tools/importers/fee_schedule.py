"""Fee schedules: rates by code and product, and rules that name a percent of Medicare."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from tools.importers.cell_values import day, money, number
from tools.importers.columns import Columns
from tools.importers.medicare_rule import MedicareRule, codes_spoken_of, medicare_rule
from tools.importers.procedure_code import code_span, modifiers
from tools.importers.rate_columns import RateColumn, rate_columns
from tools.importers.row import Context, Fields, Reader, Refusal

_DAY = r"(\d{1,2}/\d{1,2}/\d{2,4}|\d{4}-\d{2}-\d{2}|[A-Z][a-z]+ \d{1,2}, \d{4})"


class FeeSchedule:
    """One row of the file is a code (or a range, or all others) with one or several rates."""

    kind = "fee_schedule"
    table = "fee_schedules"
    keys = ("code",)
    personal = False

    def recognises(self, columns: Columns, sample: Sequence[Sequence[str]]) -> bool:
        """A column of codes, and rates, percents or rules beside it."""
        from knowledge.payer_names import PayerBook

        fields = columns.fields.keys()
        if "code" not in fields:
            return False
        if {"percent_of_medicare", "basis"} & fields:
            return True
        return bool(rate_columns(columns, sample, (), (), PayerBook()))

    def rows(self, context: Context) -> Reader:
        """One entry a code and rate column; the payer as the row, the column or the file says."""
        columns = context.columns
        rates = rate_columns(columns, context.sample, context.above, context.below, context.payers)
        from_titles = effective_in(context.titles)

        def entries(fields: Fields) -> Iterator[dict[str, Any]]:
            whole_row = " ".join(fields.at(i) for i in range(len(fields.cells)) if fields.at(i))
            try:
                codes = code_span(fields.text("code")) if fields.text("code") else []
            except ValueError as wrong:
                codes = codes_spoken_of(whole_row) if medicare_rule(whole_row) else []
                if not codes:
                    raise Refusal(f"column {fields.label('code')}: {wrong}") from None
            if not codes:
                raise Refusal(f"no code in column {fields.label('code')}")
            common = _common(fields, context, from_titles)
            found = list(_priced(fields, rates)) or list(_ruled(fields, whole_row))
            if not found:
                raise Refusal("no rate in this row")
            for priced in found:
                for code in codes:
                    yield {
                        **common,
                        "code": code,
                        **{k: v for k, v in priced.items() if v is not None},
                    }

        return entries


def _common(
    fields: Fields, context: Context, from_titles: tuple[date | None, date | None]
) -> dict[str, Any]:
    given = fields.text("payer")
    start, end = fields.read("effective_from", day), fields.read("effective_to", day)
    if start and end and end < start:
        raise Refusal("the rate ends before it begins")
    try:
        modifier = " ".join(modifiers(fields.texts("modifier"))) or None
    except ValueError as wrong:
        raise Refusal(f"column {fields.label('modifier')}: {wrong}") from None
    return {
        "payer": None,
        "payer_as_given": given or None,
        "product": fields.text("product") or None,
        "modifier": modifier,
        "setting": _setting(fields.text("setting")),
        "locality": fields.text("locality") or None,
        "effective_from": start or from_titles[0],
        "effective_to": end or (from_titles[1] if not start else None),
    }


def _priced(fields: Fields, rates: list[RateColumn]) -> Iterator[dict[str, Any]]:
    for column in rates:
        cell = fields.at(column.index)
        if not cell:
            continue
        told = {
            "payer_as_given": column.payer,
            "product": column.product,
            "setting": column.setting,
        }
        rule = medicare_rule(cell)
        if rule:
            yield {**told, **_of(rule)}
            continue
        try:
            rate = money(cell)
        except ValueError as wrong:
            raise Refusal(f"a rate column: {wrong}") from None
        if rate is None:
            continue
        if rate <= 0:
            raise Refusal("a rate is zero or below")
        yield {**told, "rate": rate}


def _ruled(fields: Fields, whole_row: str) -> Iterator[dict[str, Any]]:
    """The row's rule: a percent column with its year, or the sentence of a basis column."""
    text = fields.text("percent_of_medicare")
    if text and re.search(r"\d", text) and not medicare_rule(text):
        try:
            percent = number(text.replace("%", "").strip())
        except ValueError as wrong:
            raise Refusal(f"column {fields.label('percent_of_medicare')}: {wrong}") from None
        assert percent is not None
        percent = percent * 100 if percent <= 5 and "%" not in text else percent
        year = re.search(r"20\d{2}", fields.text("medicare_year") or fields.text("basis"))
        yield _of(MedicareRule(percent, int(year[0]) if year else None, None))
        return
    rule = medicare_rule(text) or medicare_rule(fields.text("basis")) or medicare_rule(whole_row)
    if rule:
        yield _of(rule)


def _of(rule: MedicareRule) -> dict[str, Any]:
    if not Decimal(10) <= rule.percent <= Decimal(1000):
        raise Refusal("the percent of Medicare is below 10 or above 1,000")
    return {
        "percent_of_medicare": rule.percent.quantize(Decimal("0.0001")),
        "medicare_year": rule.year,
        "locality": rule.locality,
    }


def _setting(text: str) -> str | None:
    word = text.casefold()
    if not word or word in ("both", "all", "any"):
        return None
    if re.match(r"non.?fac|office|nf$|11\b", word):
        return "office"
    if re.match(r"fac|hospital|f$|2[1-4]\b|19\b", word):
        return "facility"
    raise Refusal("the setting is neither facility nor non-facility")


def effective_in(titles: Sequence[str]) -> tuple[date | None, date | None]:
    """First and last day of effect that the words above the table state."""
    for title in titles:
        found = re.search(
            rf"effective(?: date)?(?: from| as of)?[:\s]*{_DAY}"
            rf"(?:\s*(?:-|–|to|through|until)\s*{_DAY})?",
            title,
            re.I,
        )
        if found:
            try:
                return day(found[1]), day(found[2] or "")
            except ValueError:
                continue
    return None, None
