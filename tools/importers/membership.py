"""Rosters of members by month, and monthly counts where a payer gives no more."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from tools.importers.cell_values import clean, day, first_day, last_day, number, whole
from tools.importers.columns import Columns, columns_of
from tools.importers.member_key import member_key
from tools.importers.period_columns import PeriodColumn, looks_periodic, period_columns
from tools.importers.period_text import month, period_within
from tools.importers.row import Context, Fields, Reader, Refusal

_TOTAL = re.compile(
    r"^(?:grand |sub-?\s?)?totals?\b|\btotals?$|^all (?:payers|products|plans)", re.I
)
_IN, _OUT = ("x", "y", "yes", "1", "active", "a", "enrolled", "e", "✓"), ("", "n", "no", "0", "-")
_LONGEST = 60


class Membership:
    """One row of the file is a member in one month or more, or a count of members."""

    kind = "membership"
    table = "membership"
    keys = ("member_id", "members", "payer")
    personal = True

    def recognises(self, columns: Columns, sample: Sequence[Sequence[str]]) -> bool:
        """Member ids with a month, term date or risk score; or counts by month."""
        fields = columns.fields.keys()
        if _of_services(columns, sample):
            return False
        months = looks_periodic(columns.header)
        if "members" in fields:
            return bool({"month", "payer"} & fields)
        if "member_id" in fields:
            told = {"month", "term_date", "risk_score", "effective_from", "payer", "product"}
            return bool(told & fields) or months >= 2
        counts = months >= 2 and _count_like(columns, sample)
        return bool({"payer", "product"} & fields) and counts

    def rows(self, context: Context) -> Reader:
        """One entry a member and month, or a count; the month from its column or the titles."""
        fields = context.columns.fields.keys()
        titled = period_within(context.titles)
        wide = [] if "members" in fields or "month" in fields else [
            each for each in period_columns(context.columns, titled) if each.months == 1
        ]  # fmt: skip

        def entries(row: Fields) -> Iterator[dict[str, Any]]:
            common = {
                "payer": None,
                "payer_as_given": row.text("payer") or None,
                "product": row.text("product") or None,
            }
            if any(_TOTAL.search(row.text(name)) for name in ("payer", "product", "month")):
                raise Refusal("subtotal or total row, not a member or a count")
            if not row.has("member_id"):
                yield from ({**common, **one} for one in _counts(row, wide, titled))
                return
            person = member_key(row.text("member_id"), context.secret)
            if person is None:
                raise Refusal(f"no member id in column {row.label('member_id')}")
            told = {
                **common,
                "member_key": person,
                "term_date": row.read("term_date", last_day),
                "risk_score": _risk(row),
            }
            if wide:
                yield from ({**told, "month": each.start} for each in _flagged(row, wide))
                return
            yield from ({**told, "month": first} for first in _months(row, titled))

        return entries


def _of_services(columns: Columns, sample: Sequence[Sequence[str]]) -> bool:
    """Whether the sheet is one of services: a column of procedure codes beside an amount, a day or
    units."""
    if "month" in columns.fields and "member_id" not in columns.fields:
        return False
    services = columns_of("claim_lines", columns.header, sample, content=True).fields.keys()
    told = {"billed", "allowed", "paid", "service_date", "units", "status"}
    return "code" in services and bool(told & services)


def _count_like(columns: Columns, sample: Sequence[Sequence[str]]) -> bool:
    """Whether the columns of months hold whole numbers, as counts of members do."""
    at = [i for i, cell in enumerate(columns.header) if looks_periodic([cell])]
    cells = [clean(row[i]) for row in sample for i in at if i < len(row) and clean(row[i])]
    return bool(cells) and sum(_is_whole(cell) for cell in cells) >= 0.8 * len(cells)


def _is_whole(text: str) -> bool:
    try:
        found = whole(text)
    except ValueError:
        return False
    return found is not None and "$" not in text


def _counts(
    row: Fields, wide: Sequence[PeriodColumn], titled: tuple[date, date] | None
) -> Iterator[dict[str, Any]]:
    if not wide:
        of_month = _month(row, titled)
        members = row.read("members", whole)
        if members is None or members < 0:
            raise Refusal(f"no count of members in column {row.label('members')}")
        yield {"month": of_month, "members": members}
        return
    found = 0
    for each in wide:
        try:
            members = whole(row.at(each.index))
        except ValueError as wrong:
            raise Refusal(f"the count of {each.start:%B %Y}: {wrong}") from None
        if members is not None and members < 0:
            raise Refusal(f"the count of {each.start:%B %Y} is below zero")
        if members is not None:
            found += 1
            yield {"month": each.start, "members": members}
    if not found:
        raise Refusal("no count in any month's column")


def _flagged(row: Fields, wide: Sequence[PeriodColumn]) -> list[PeriodColumn]:
    """The months in which a member's row is marked."""
    marked = []
    for each in wide:
        text = row.at(each.index).casefold()
        if text in _IN:
            marked.append(each)
        elif text not in _OUT:
            raise Refusal(f"the mark of {each.start:%B %Y} is neither a yes nor a no")
    if not marked:
        raise Refusal("not a member in any of the months")
    return marked


def _months(row: Fields, titled: tuple[date, date] | None) -> list[date]:
    """The months a member's row is of: its month, the title's one month, or all from the
    start to the end of coverage within the title's months."""
    named = _named(row)
    if named is not None:
        return [named]
    one = titled if titled and _same_month(*titled) else None
    if one is not None:
        return [one[0].replace(day=1)]
    began, ended = row.read("effective_from", first_day), row.read("term_date", last_day)
    start = max(filter(None, (began, titled[0] if titled else None)), default=None)
    end = min(filter(None, (ended, titled[1] if titled else None)), default=None)
    if began is None or start is None or end is None:
        raise Refusal("no month: neither a column nor a title says which month this row is of")
    if end < start:
        raise Refusal("coverage ends before it begins, or lies outside the months of the title")
    count = (end.year - start.year) * 12 + end.month - start.month + 1
    if count > _LONGEST:
        raise Refusal("coverage runs over more than five years; give the months of the roster")
    first = start.year * 12 + start.month - 1
    return [date(at // 12, at % 12 + 1, 1) for at in range(first, first + count)]


def _same_month(start: date, end: date) -> bool:
    return (start.year, start.month) == (end.year, end.month)


def _named(row: Fields) -> date | None:
    text = row.text("month")
    if not text:
        return None
    named = month(text) or row.read("month", day)
    return named.replace(day=1) if named else None


def _month(row: Fields, titled: tuple[date, date] | None) -> date:
    named = _named(row)
    if named is None and titled and _same_month(*titled):
        named = titled[0].replace(day=1)
    if named is None:
        raise Refusal("no month: neither a column nor a title says which month this row is of")
    return named


def _risk(fields: Fields) -> Decimal | None:
    score = fields.read("risk_score", number)
    if score is not None and not 0 <= score < 1000:
        raise Refusal(f"column {fields.label('risk_score')}: it is no risk score")
    return score.quantize(Decimal("0.0001")) if score is not None else None
