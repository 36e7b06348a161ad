"""How many members a contract covers, for a year or in member months: given, or on a list."""

from __future__ import annotations

from decimal import Decimal

from knowledge.evidence import Basis, Figure
from knowledge.problems import MoreNeeded
from tools.measures.member_months import roster_member_months
from tools.practice import Practice
from tools.risk.assumed import GIVEN


def months_given(
    members: int | None, member_months: int | None, months: int = 12, whose: str = ""
) -> Figure | None:
    """Member months as given, else members as given times the months; None where neither was.

    whose: a payer's short name for the figures' names.
    """
    name = f"{whose}: member months" if whose else "Member months"
    if member_months:
        return Figure(name, Decimal(member_months), "count", Basis(GIVEN))
    if not members:
        return None
    people = _people(members, f"{whose}: members" if whose else "Members")
    said = "twelve" if months == 12 else str(months)
    basis = Basis(f"members as you gave them x {said} months", (people,))
    return Figure(name, people.number * months, "count", basis)


def contract_months(
    practice: Practice, payer: str | None, members: int | None, member_months: int | None
) -> Figure:
    """Member months of a contract's year: given, else those of the latest year on file.

    Raises MoreNeeded where nothing tells.
    """
    found = months_given(members, member_months) or roster_member_months(practice, payer)
    if found is None:
        whose = f" with {practice.payers.short_name(payer)}" if payer else ""
        question = f"How many members does the contract cover{whose}?"
        raise MoreNeeded("members", "members", question, ())
    return found


def year_members(
    practice: Practice, payer: str | None, members: int | None, member_months: int | None
) -> Figure:
    """Members counted for a whole year: as given, else member months / 12, given or on file.

    Raises MoreNeeded where nothing tells.
    """
    if members:
        return _people(members, "Members")
    months = contract_months(practice, payer, None, member_months)
    number = (months.number / 12).quantize(Decimal(1))
    basis = Basis("member months / 12, to the person", (months,))
    return Figure("Members", max(number, Decimal(1)), "count", basis)


def _people(members: int, name: str) -> Figure:
    return Figure(name, Decimal(members), "count", Basis(GIVEN))
