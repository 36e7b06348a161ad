"""Rosters of members by month, and monthly counts where a payer gives no more."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from tools.importers.cell_values import clean, day, number, whole
from tools.importers.columns import Columns
from tools.importers.member_key import member_key
from tools.importers.period_text import month, period_within
from tools.importers.row import Context, Fields, Reader, Refusal


class Membership:
    """One row of the file is a member in a month, or a count of members in one month or more."""

    kind = "membership"
    table = "membership"
    keys = ("member_id", "members", "payer")
    personal = True

    def recognises(self, columns: Columns, sample: Sequence[Sequence[str]]) -> bool:
        """Member ids with a month, term date or risk score; or counts by month."""
        fields = columns.fields.keys()
        if "members" in fields:
            return bool({"month", "payer"} & fields)
        if "member_id" in fields:
            return bool(
                {"month", "term_date", "risk_score", "effective_from", "payer", "product"} & fields
            )
        return "payer" in fields and len(month_columns(columns)) >= 2

    def rows(self, context: Context) -> Reader:
        """One entry a member and month, or a count; the month from its column or the titles."""
        wide = (
            []
            if context.columns.fields.keys() & {"member_id", "members"}
            else month_columns(context.columns)
        )
        titled = period_within(context.titles)
        # A title that names one month dates a roster; a whole year does not.
        said = (
            titled[0]
            if titled
            and (titled[0].year, titled[0].month)
            == (
                titled[1].year,
                titled[1].month,
            )
            else None
        )

        def entries(fields: Fields) -> Iterator[dict[str, Any]]:
            common = {
                "payer": None,
                "payer_as_given": fields.text("payer") or None,
                "product": fields.text("product") or None,
            }
            if wide:
                counted = list(_side_by_side(fields, wide))
                if not counted:
                    raise Refusal("no count in any month's column")
                yield from ({**common, **one} for one in counted)
                return
            of_month = _month(fields, said)
            if fields.has("members"):
                members = fields.read("members", whole)
                if members is None or members < 0:
                    raise Refusal(f"no count of members in column {fields.label('members')}")
                yield {**common, "month": of_month, "members": members}
                return
            person = member_key(fields.text("member_id"), context.secret)
            if person is None:
                raise Refusal(f"no member id in column {fields.label('member_id')}")
            yield {
                **common,
                "month": of_month,
                "member_key": person,
                "term_date": fields.read("term_date", _ended),
                "risk_score": _risk(fields),
            }

        return entries


def month_columns(columns: Columns) -> list[tuple[int, date]]:
    """Columns whose header names one month, with that month's first day."""
    found = [(index, month(clean(cell))) for index, cell in enumerate(columns.header)]
    return [(index, first) for index, first in found if first is not None]


def _side_by_side(fields: Fields, wide: list[tuple[int, date]]) -> Iterator[dict[str, Any]]:
    for index, first in wide:
        try:
            members = whole(fields.at(index))
        except ValueError as wrong:
            raise Refusal(f"the count of {first:%B %Y}: {wrong}") from None
        if members is not None:
            yield {"month": first, "members": members}


def _month(fields: Fields, said: date | None) -> date:
    text = fields.text("month")
    if text:
        named = month(text)
        if named is None:
            named = fields.read("month", day)
        if named is not None:
            return named.replace(day=1)
    if said is None:
        raise Refusal("no month: neither a column nor a title says which month this row is of")
    return said


def _ended(text: str) -> date | None:
    """A term date; 12/31/9999 and its like mean that coverage has not ended."""
    return None if "9999" in text or "2999" in text else day(text)


def _risk(fields: Fields) -> Decimal | None:
    score = fields.read("risk_score", number)
    if score is not None and not 0 <= score < 1000:
        raise Refusal(f"column {fields.label('risk_score')}: it is no risk score")
    return score.quantize(Decimal("0.0001")) if score is not None else None
