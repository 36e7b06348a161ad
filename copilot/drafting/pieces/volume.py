"""How many of a payer's members come, how often, and on which days: from its claims alone."""

from __future__ import annotations

from decimal import Decimal

from copilot.drafting.pieces.piece import Piece, bounded
from knowledge.evidence import Basis, Figure
from knowledge.money import percent_of
from tools.lines.claim_totals import chosen
from tools.period import Period
from tools.practice import Practice

COUNTING = "counting lines: primary payer, not denied, not taken back, units above zero"


def where_in(payer: str, span: Period) -> str:
    """The claim lines in words; a full year is said as people say it."""
    return f"{payer}, {said_period(span)}"


def said_period(span: Period) -> str:
    """The period inside a sentence, after "in"."""
    if span.months == 12:
        return f"the twelve months to {span.end:%B %Y}"
    return span.label


def volume(practice: Practice, payer: str, span: Period) -> Piece | None:
    """Members seen and visits of the period; None where no line counts.

    Visits are distinct (claim, day) pairs with a counting line, members distinct keys.
    """
    lines = chosen(practice, span, payers=[payer])
    lines = lines.filter(lines.counts)
    days = lines.select("claim_id", "service_date").distinct()
    counted = practice.tables.frame(
        lines.aggregate(members=lines.member_key.nunique(), lines=lines.count())
    )
    visits = int(practice.tables.frame(days.aggregate(visits=days.count()))["visits"][0])
    members, rows = int(counted["members"][0]), int(counted["lines"][0])
    if not visits:
        return None
    where = where_in(payer, span)
    values: dict[str, Figure | str] = {
        "visits": Figure(
            f"Visits, {where}", Decimal(visits), "count",
            Basis(f"distinct claim and day over {COUNTING}", (), "claim_lines", where, rows),
        ),
        "period": said_period(span),
    }  # fmt: skip
    if members:
        values["members"] = Figure(
            f"Members seen, {where}", Decimal(members), "count",
            Basis(f"distinct members over {COUNTING}", (), "claim_lines", where, rows),
        )  # fmt: skip
    return Piece(
        id="volume",
        what=f"{members:,} of their members and {visits:,} visits in {said_period(span)}",
        pain="network",
        strength=bounded(Decimal("0.3") + Decimal(members) / 2000),
        because="the number of their members who would need another doctor",
        values=values,
        topics=("volume", "visits", "members", "patients", "panel", "size"),
    )


def weekend_share(practice: Practice, payer: str, span: Period) -> Figure | None:
    """Visits on a Saturday or Sunday as a share of all visits, percent; None without any."""
    lines = chosen(practice, span, payers=[payer])
    lines = lines.filter(lines.counts)
    days = lines.select("claim_id", "service_date").distinct()
    weekend = days.service_date.day_of_week.index() >= 5
    counted = practice.tables.frame(days.aggregate(visits=days.count(), weekend=weekend.sum()))
    visits, on_weekend = int(counted["visits"][0]), int(counted["weekend"][0] or 0)
    if not visits or not on_weekend:
        return None
    where = where_in(payer, span)
    made = Figure(
        f"Visits on Saturday or Sunday, {where}", Decimal(on_weekend), "count",
        Basis("distinct claim and day on those weekdays", (), "claim_lines", where, on_weekend),
    )  # fmt: skip
    every = Figure(
        f"Visits, {where}", Decimal(visits), "count",
        Basis("distinct claim and day", (), "claim_lines", where, visits),
    )  # fmt: skip
    return Figure(
        f"Share of visits on Saturday or Sunday, {where}",
        percent_of(made.number, every.number),
        "percent",
        Basis("100 x weekend visits / visits", (made, every), "claim_lines", where),
        places=0,
    )
