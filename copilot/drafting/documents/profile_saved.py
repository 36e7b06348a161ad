"""What the practice's care saved a payer: only as far as the payer's own report shows it.

No price of a visit or an admission is assumed; dollars stand here only where the report
itself counts dollars a member a month and the payer's lists give the months.
"""

from __future__ import annotations

from decimal import Decimal

from copilot.drafting.documents.parts import Part, listed, part
from copilot.drafting.looked_up import LookedUp
from copilot.drafting.wording import capital
from knowledge.evidence import Basis, Figure, Sentence, says
from knowledge.money import to_cents
from tools.measures.member_months import roster_member_months, roster_months
from tools.measures.utilization_rows import Reported, reported
from tools.period import named
from tools.practice import Practice

LEAST = Decimal(1)


def saved(looked: LookedUp, practice: Practice, payer: str) -> Part | None:
    """Events a year that the report's difference comes to on today's list, and dollars."""
    latest = {each.key: each for each in reported(practice, [payer], None)}
    better = [each for each in latest.values() if each.better and each.theirs is not None]
    lines: list[Sentence | None] = []
    told = listed_members(looked, payer)
    members = told[0] if told else None
    for each in sorted(better, key=lambda e: e.name):
        if each.ours.unit == "USD per member per month":
            lines.append(_dollars(practice, payer, each))
        elif each.ours.unit == "per 1,000" and members is not None:
            lines.append(_events(each, members))
    return part("saved", "What that is to you", listed(lines))


def listed_members(looked: LookedUp, payer: str) -> tuple[Figure, str] | None:
    """Members a month on the payer's own lists, on average, and over which months."""
    found = looked.finding("cost_and_utilization", payers=[payer], topic="member months")
    cell = found.table.rows[0][2] if found and found.table else None
    if found is None or not isinstance(cell, Figure):
        return None
    members = Figure(f"{cell.name}, in whole members", cell.number, "count",
                     Basis("as said to a reader", (cell,)), places=0)  # fmt: skip
    return members, str(found.details["period"])


def _events(each: Reported, members: Figure) -> Sentence | None:
    """How many events a year the difference to the comparison comes to on these members."""
    assert each.theirs is not None and each.metric is not None
    apart = abs(each.theirs.number - each.ours.number)
    number = Figure(
        f"{each.name}: fewer a year on the members listed",
        apart * members.number / 1000, "count",
        Basis("(comparison - ours) / 1,000 x members a month on the payer's lists",
              (each.theirs, each.ours, members)), places=0,
    )  # fmt: skip
    if number.number < LEAST or each.metric.better != "lower":
        return None
    return says(
        "{metric}: about {n} fewer a year than at your comparison's rate, on the {members} members"
        " your lists give us.", metric=capital(each.name), n=number, members=members,
    )  # fmt: skip


def _dollars(practice: Practice, payer: str, each: Reported) -> Sentence:
    """The difference a member a month; its dollars where the lists cover the report's months."""
    assert each.theirs is not None
    gap = Figure(
        f"{each.name}: below the comparison", each.theirs.number - each.ours.number,
        "USD per member per month", Basis("comparison - ours", (each.theirs, each.ours)), places=2,
    )  # fmt: skip
    span = named(each.start, each.end)
    months = roster_member_months(practice, payer, span)
    whole = (each.end.year - each.start.year) * 12 + each.end.month - each.start.month + 1
    if months is None or len(roster_months(practice, payer, span)) < whole:
        return says("{metric}: {gap} a member a month below your comparison.",
                    metric=capital(each.name), gap=gap)  # fmt: skip
    total = Figure(
        f"{each.name}: below the comparison in the report's period",
        to_cents(gap.number * months.number), "USD",
        Basis("difference a member a month x member months of the same period", (gap, months)),
    )  # fmt: skip
    return says("{metric}: {gap} a member a month below your comparison, {total} over {months}"
                " member months.", metric=capital(each.name), gap=gap, total=total,
                months=months)  # fmt: skip
