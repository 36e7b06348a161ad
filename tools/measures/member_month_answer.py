"""The answer to "how many member months": each payer's, over the months asked about."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from knowledge.evidence import Basis, Figure, Finding, Sentence, Table, says
from knowledge.problems import NotKnown
from tools.measures.member_months import payers_with_rosters, roster_member_months, roster_months
from tools.period import Period
from tools.practice import Practice


def member_month_answer(practice: Practice, payers: Sequence[str] | None, span: Period) -> Finding:
    """Member months of a period by payer: distinct members per payer and month, summed.

    Raises NotKnown where no roster covers a month of it.
    """
    held = payers_with_rosters(practice)
    wanted = [payer for payer in payers or held if payer in held]
    found = {p: f for p in wanted if (f := _of(practice, p, span)) is not None}
    if not found:
        who = " and ".join(practice.payers.short_name(payer) for payer in payers or ())
        raise NotKnown(
            what=f"no member list of {who or 'any payer'} covers {span.label}",
            do="add the payer's attribution list or member counts by month",
        )
    total = Figure(
        f"Member months, {span.label}", sum((f.number for f in found.values()), Decimal(0)),
        "count", Basis("sum over the payers", tuple(found.values())),
    )  # fmt: skip
    lead, *others = found
    said = found[lead] if not others else total
    months = {payer: len(roster_months(practice, payer, span)) for payer in found}
    return Finding(
        headline=says(
            "{payer} lists {months} member months with you {period}.",
            payer=practice.payers.short_name(lead), months=said, period=span.during,
        ) if not others else says(
            "Your payers list {months} member months with you {period}.",
            months=said, period=span.during,
        ),
        sentences=(),
        figures=(said,),
        table=Table(
            f"Member months, {span.label}",
            ("Payer", "Member months", "A month on average"),
            tuple(
                (practice.payers.short_name(payer), figure, _average(practice, payer, figure, n))
                for payer, n, figure in ((p, months[p], f) for p, f in found.items())
            ),
        ),
        caveats=(
            *_method(found),
            *_short(practice, span, months),
            *_absent(practice, [p for p in payers or () if p not in found], span),
        ),
        next_steps=(
            f"Which {practice.payers.short_name(lead)} members are attributed to us but never"
            " seen?",
            f"What payment per member per month would replace {practice.payers.short_name(lead)}'s"
            " fee for service?",
        ),
        details={
            "payers": list(found),
            "payer": lead,
            "period": span.label,
            "period_start": span.start.isoformat(),
            "period_end": span.end.isoformat(),
            "member_months": {payer: figure.id for payer, figure in found.items()},
        },
        done=f"Counted {said.shown()} member months",
    )  # fmt: skip


def _of(practice: Practice, payer: str, span: Period) -> Figure | None:
    found = roster_member_months(practice, payer, span)
    if found is None:
        return None
    name = f"{practice.payers.short_name(payer)}: member months, {span.label}"
    return Figure(name, found.number, "count", found.basis)


def _average(practice: Practice, payer: str, months: Figure, number: int) -> Figure:
    name = f"{practice.payers.short_name(payer)}: members a month on average"
    return Figure(name, months.number / max(1, number), "count",
                  Basis("member months / months with a list", (months,)), places=1)  # fmt: skip


def _method(found: dict[str, Figure]) -> list[Sentence]:
    told = dict.fromkeys(figure.basis.words for figure in found.values())
    return [says("Member months: {words}.", words="; ".join(told))]


def _short(practice: Practice, span: Period, months: dict[str, int]) -> list[Sentence]:
    """Payers whose lists do not fill the period."""
    return [
        says(
            "{payer}'s lists cover {held} of the {all_of} months.",
            payer=practice.payers.short_name(payer),
            held=_count(held, "Months with a list"),
            all_of=_count(span.months, "Months asked about"),
        )
        for payer, held in months.items()
        if held < span.months
    ]


def _absent(practice: Practice, payers: Sequence[str], span: Period) -> list[Sentence]:
    return [
        says("No member list of {payer} covers {period}.",
             payer=practice.payers.short_name(payer), period=span.label)
        for payer in payers
    ]  # fmt: skip


def _count(number: int, name: str) -> Figure:
    return Figure(name, Decimal(number), "count", Basis("calendar months", (), "membership"))
