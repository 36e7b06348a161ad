"""Fee schedules: rates by code and product, and rules that name a percent of Medicare."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from tools.importers.cell_values import first_day, last_day, money, number
from tools.importers.columns import Columns, columns_of
from tools.importers.market_rates import of_the_market
from tools.importers.medicare_rule import codes_spoken_of
from tools.importers.pay_rule import PayRule, pay_rule
from tools.importers.procedure_code import code_and_modifiers, code_span, modifiers
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
        if "code" not in fields or _of_claims(columns, sample) or of_the_market(columns):
            return False
        if {"percent_of_medicare", "basis"} & fields:
            return True
        return bool(rate_columns(columns, sample, (), (), PayerBook()))

    def rows(self, context: Context) -> Reader:
        """One entry a code and rate column; the payer as the row, the column or the file says."""
        columns = context.columns
        rates = rate_columns(columns, context.sample, context.above, context.below, context.payers)
        from_titles = effective_in(context.titles)
        years = _years(rates)
        lesser = any(pays_lesser(title) for title in context.titles)

        def entries(fields: Fields) -> Iterator[dict[str, Any]]:
            whole_row = " ".join(fields.at(i) for i in range(len(fields.cells)) if fields.at(i))
            named, within = _named(fields.text("code"))
            try:
                codes = [named] if named else []
                if not codes and fields.text("code"):
                    codes = code_span(fields.text("code"))
            except ValueError as wrong:
                rated = any(fields.at(column.index) for column in rates)
                ruled = pay_rule(whole_row) or fields.text("percent_of_medicare")
                codes = codes_spoken_of(whole_row) if rated or ruled else []
                if not codes:
                    raise Refusal(f"column {fields.label('code')}: {wrong}") from None
            if not codes:
                raise Refusal(f"no code in column {fields.label('code')}")
            common = _common(fields, context, from_titles, within)
            found = list(_priced(fields, rates, years)) or list(_ruled(fields, whole_row))
            if not found:
                raise Refusal("no rate in this row")
            for priced in found:
                held = {**common, **{k: v for k, v in priced.items() if v is not None}}
                if lesser and "cannot_price" not in priced:
                    held["lesser_of_charges"] = True
                for code in codes:
                    yield {**held, "code": code}

        return entries


_TOLD_OF_CLAIMS = frozenset(
    ("claim_id", "status", "paid", "paid_date", "posting_date", "patient_responsibility",
     "payer_order", "diagnoses", "rendering_npi", "submitted_date", "reason_codes")
)  # fmt: skip


def _of_claims(columns: Columns, sample: Sequence[Sequence[str]]) -> bool:
    """Whether the sheet holds what was done and paid day by day: no rate is read out of it.

    A sheet that tells so of itself in many columns is one though its days cannot be read.
    """
    told = columns_of("claim_lines", columns.header, sample).fields
    spoken = len(_TOLD_OF_CLAIMS & told.keys())
    return spoken >= 5 or ("service_date" in told and spoken >= 3)


def _named(text: str) -> tuple[str, tuple[str, ...]]:
    """One code and the modifiers written with it ("93000-26"); "" where it is not one code."""
    try:
        return code_and_modifiers(text) if text else ("", ())
    except ValueError:
        return "", ()


def _years(rates: Sequence[RateColumn]) -> dict[int, tuple[date | None, date | None]]:
    """First and last day of each rate column whose heading names a year, where several do.

    One year alone names the schedule, not its end: rates often stand for years.
    """
    named = sorted({column.year for column in rates if column.year})
    if len(named) < 2:
        return {}
    return {
        column.index: (
            date(column.year, 1, 1),
            None if column.year == named[-1] else date(column.year, 12, 31),
        )
        for column in rates
        if column.year
    }


def _common(
    fields: Fields,
    context: Context,
    from_titles: tuple[date | None, date | None],
    within: tuple[str, ...],
) -> dict[str, Any]:
    given = fields.text("payer")
    start, end = fields.read("effective_from", first_day), fields.read("effective_to", last_day)
    if start and end and end < start:
        raise Refusal("the rate ends before it begins")
    try:
        modifier = " ".join(modifiers([*fields.texts("modifier"), *within])) or None
    except ValueError as wrong:
        raise Refusal(f"column {fields.label('modifier')}: {wrong}") from None
    return {
        "payer": None,
        "payer_as_given": given or None,
        "product": _one_product(fields.text("product")),
        "modifier": modifier,
        "setting": _setting(fields.text("setting")),
        "locality": fields.text("locality") or None,
        "effective_from": start or from_titles[0],
        "effective_to": end or (from_titles[1] if not start else None),
    }


_EVERY = re.compile(
    r"(?:all|any|every|each)(?: (?:other|covered|commercial|lines?|of|business|products?|plans?|"
    r"networks?|members?|and|/))*|n/?a|-+|\*|all lob",
    re.I,
)


def _one_product(text: str) -> str | None:
    """The product a row is of; None where it is of all ("All products")."""
    return None if not text or _EVERY.fullmatch(" ".join(text.split())) else text


def _priced(
    fields: Fields,
    rates: list[RateColumn],
    years: dict[int, tuple[date | None, date | None]],
) -> Iterator[dict[str, Any]]:
    for column in rates:
        cell = fields.at(column.index)
        if not cell:
            continue
        start, end = years.get(column.index, (None, None))
        told = {
            "payer_as_given": column.payer,
            "product": column.product,
            "setting": column.setting,
            "modifier": column.modifier,
            "effective_from": start,
            "effective_to": end,
        }
        rule = pay_rule(cell)
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
        if column.per_unit:
            per_unit = number(cell.replace("$", "").strip())
            yield {**told, "conversion_factor": per_unit, "medicare_year": column.year}
            continue
        yield {**told, "rate": rate}


def _ruled(fields: Fields, whole_row: str) -> Iterator[dict[str, Any]]:
    """The row's rule: a percent column with its year, or the sentence of a basis column.

    The basis says what a bare percent is of: Medicare's price, the charge, or a table that
    is not held here; without one it is of Medicare. A year may stand in the percent's head.
    """
    text = fields.text("percent_of_medicare")
    if text and re.search(r"\d", text) and not pay_rule(text):
        try:
            percent = number(text.replace("%", "").strip())
        except ValueError as wrong:
            raise Refusal(f"column {fields.label('percent_of_medicare')}: {wrong}") from None
        assert percent is not None
        percent = percent * 100 if percent <= 5 and "%" not in text else percent
        basis = fields.text("basis")
        beside = f"{basis} {fields.text('medicare_year')} {fields.label('percent_of_medicare')}"
        year = re.search(r"\b20\d{2}\b", beside)
        said = pay_rule(f"{percent.normalize():f}% of {basis}") if basis else None
        if said is not None and said.percent is None:
            yield _of(said)
            return
        place = said.locality if said else None
        yield _of(PayRule(percent, year=int(year[0]) if year else None, locality=place))
        return
    rule = pay_rule(text) or pay_rule(fields.text("basis")) or pay_rule(whole_row)
    if rule:
        yield _of(rule)


def _of(rule: PayRule) -> dict[str, Any]:
    try:
        return rule.as_entry()
    except ValueError as wrong:
        raise Refusal(str(wrong)) from None


def pays_lesser(text: str) -> bool:
    """Whether words above the table say that the lesser of charge and rate is paid."""
    return bool(re.search(r"(?:lesser|lower) of\b.{0,80}?(?:charge|billed)", text, re.I))


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
                return first_day(found[1]), last_day(found[2] or "")
            except ValueError:
                continue
    return None, None
