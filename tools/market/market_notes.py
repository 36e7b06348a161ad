"""What a comparison with published rates is worth, and what must be said beside it."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from knowledge.evidence import Basis, Figure, Sentence, says
from tools.market.comparable import Market
from tools.market.market_figures import CodeRates
from tools.market.percentiles import LEAST_GROUPS
from tools.period import Period

LAW = (
    "45 CFR 147.212 for payers, 85 FR 72158 of November 12, 2020; 45 CFR 180.50 for hospitals;"
    " 15 U.S.C. 1 on agreements between competitors; confirm with counsel"
)


def worth_said(
    rows: Sequence[CodeRates], short: str, span: Period | None
) -> tuple[Figure | None, tuple[Sentence, ...]]:
    """What the median on every code below it would bring in the period, at unchanged volume."""
    low = [row for row in rows if row.short_of > 0]
    if not low or span is None:
        return None, ()
    amount = sum((row.short_of * row.units for row in low), Decimal(0))
    inputs = tuple(f for row in low for f in (row.median, row.ours) if f is not None)
    worth = Figure(
        f"{short}: worth of the published median", amount, "USD",
        Basis("sum over codes below it of (median - ours) x units of the period", inputs),
    )  # fmt: skip
    return worth, (
        says("The median on the codes where you are below it would be worth {worth} {period}, at"
             " unchanged volume.", worth=worth, period=span.during),
    )  # fmt: skip


def notes_of(
    market: Market, rows: Sequence[CodeRates], short: str, span: Period | None
) -> tuple[Sentence, ...]:
    """What was left out, what the file leaves open, and how such figures may be used."""
    where = f"{short}, published rates"
    made: list[Sentence] = []
    if market.left_out:
        values: dict[str, Figure | str] = {}
        parts = []
        for at, (why, number) in enumerate(market.left_out.items()):
            key = f"n{at}"
            basis = Basis(why, (), "market_rates", where, number)
            values[key] = Figure(f"{short}: rates left out, {why}", Decimal(number), "count", basis)
            values[f"{key}_why"] = why
            parts.append(f"{{{key}}} {{{key}_why}}")
        made.append(says("Left out as not like for like: " + ", ".join(parts) + ".", **values))
    few = [row for row in rows if len(row.rates) < LEAST_GROUPS]
    if few:
        least = Figure("Fewest groups for a percentile", Decimal(LEAST_GROUPS), "count",
                       Basis("our rule, so that no single practice's rate is told"))  # fmt: skip
        made.append(says("Codes with fewer than {least} groups show only how many there are.",
                         least=least))  # fmt: skip
    for number, words in (
        (market.blank_class, "do not say whether they are professional or institutional"),
        (market.blank_specialty, "name no specialty: payers list rates also for groups that never"
                                 " bill the code"),
    ):  # fmt: skip
        if number:
            count = Figure(f"{short}: kept rates that {words.split(':')[0]}", Decimal(number),
                           "count", Basis(words, (), "market_rates", where, number))  # fmt: skip
            made.append(says("{count} of the rates kept {words}.", count=count, words=words))
    if market.last is not None:
        basis = Basis("the day the file names for itself", (), "market_rates", where)
        day = Figure(f"{short}: day of the file", market.last, "date", basis)
        made.append(says("The file is of {day}.", day=day))
    if span is not None and any(row.ours for row in rows):
        made.append(says("Ours is what {short} allowed per unit in the office {period}.",
                         short=short, period=span.during))  # fmt: skip
    made.append(
        says("Each tax id counts once, by the median of its rates, and none is named. Use only"
             " files that payers and hospitals must publish, never what another practice told you,"
             " and agree on nothing with competitors ({law}).", law=LAW)
    )  # fmt: skip
    return tuple(made)
