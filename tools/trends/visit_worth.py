"""What a visit brought over one stretch: allowed dollars / visits, by payer."""

from __future__ import annotations

from collections.abc import Sequence

from knowledge.evidence import Basis, Figure, Sentence, says
from knowledge.money import to_cents
from tools.mix.payer_sums import WAYS, payer_sums
from tools.period import period_of
from tools.practice import Practice
from tools.trends.periods import Trend


def a_visit_brought(
    practice: Practice, payers: Sequence[str], period: str | None, product: str | None
) -> list[Sentence]:
    """One sentence: USD a visit for one payer, or the most and the least of several.

    Allowed over counting lines / distinct claims and dates of service with one. The stretch is
    the one asked about, the last full twelve months where none was.
    """
    span = period_of(period, practice)
    trend = Trend((span,))
    allowed, visits = (
        {each.key[0]: each.amount for each in payer_sums(practice, trend, "payer", way, product)}
        for way in ("allowed", "visits")
    )
    worth = [
        Figure(
            f"{payer}: allowed a visit, {span.label}",
            to_cents(allowed[payer] / visits[payer]),
            "USD",
            Basis(f"{WAYS['allowed'].formula} / visits, to the cent", (), "claim_lines",
                  f"{payer}, {span.label}"),
        )
        for payer in payers
        if visits.get(payer) and payer in allowed
    ]  # fmt: skip
    named = [payer for payer in payers if visits.get(payer) and payer in allowed]
    if not worth:
        return []
    short = practice.payers.short_name
    ranked = sorted(zip(worth, named, strict=True), key=lambda each: (-each[0].number, each[1]))
    most, least = ranked[0], ranked[-1]
    if len(ranked) == 1:
        return [says("Over all of it, {payer} allowed {worth} a visit {period}.",
                     payer=short(most[1]), worth=most[0], period=span.during)]  # fmt: skip
    return [says("A visit brought most at {most}, {high}, and least at {least}, {low}, {period}.",
                 most=short(most[1]), high=most[0], least=short(least[1]), low=least[0],
                 period=span.during)]  # fmt: skip
