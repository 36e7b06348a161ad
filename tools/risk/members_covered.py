"""How many members a contract covers for a year."""

from __future__ import annotations

from decimal import Decimal

from knowledge.evidence import Basis, Figure
from knowledge.problems import MoreNeeded
from tools.measures.member_months import roster_member_months
from tools.practice import Practice


def year_members(
    practice: Practice, payer: str | None, members: int | None, member_months: int | None
) -> Figure:
    """Members counted for a whole year: as given, else member months / 12, given or on file.

    Raises MoreNeeded where nothing tells.
    """
    if members:
        return Figure("Members", Decimal(members), "count", Basis("as you gave it"))
    if member_months:
        given = Figure("Member months", Decimal(member_months), "count", Basis("as you gave it"))
        return _whole_year(given)
    found = roster_member_months(practice, payer)
    if found is None:
        whose = f" with {practice.payers.short_name(payer)}" if payer else ""
        question = f"How many members does the contract cover{whose}?"
        raise MoreNeeded("members", "members", question, ())
    return _whole_year(found)


def _whole_year(months: Figure) -> Figure:
    number = (months.number / 12).quantize(Decimal(1))
    basis = Basis("member months / 12, to the person", (months,))
    return Figure("Members", max(number, Decimal(1)), "count", basis)
