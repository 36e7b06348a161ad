"""The figures of a change of rates: each code before and after, and the percent of Medicare."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from knowledge.evidence import Basis, Figure, Unit
from knowledge.money import percent_of, to_cents
from tools.lines.claim_totals import CodeTotal
from tools.rates.benchmark import compared, together
from tools.rates.rate_figures import COUNTING, allowed_figure, rate_figures
from tools.rates.repricing import Ask, RepricedCode


def code_cells(row: RepricedCode, short: str, where: str, formula: str) -> tuple[Figure, ...]:
    """Units, old allowed, new allowed and change of one code."""
    place, name = f"{row.code}, {where}", f"{short} {row.code}"
    units = Figure(f"{name}: units, all settings", row.units, "count",
                   Basis(f"sum of units over {COUNTING}", (), "claim_lines", place,
                         row.lines))  # fmt: skip
    old = allowed_figure(row.old, row.lines, f"{place}, all settings", name)
    new = usd(f"{name}: allowed at the new rate", row.new, formula, (units, old), place)
    change = usd(f"{name}: change", new.number - old.number, "new - old", (new, old), place)
    return units, old, new, change


def percent_before(totals: Sequence[CodeTotal], ask: Ask, where: str, short: str) -> Figure | None:
    """Today\'s percent of Medicare over office lines with a price; None where there are none."""
    whole = together(compared(totals, ask.benchmark, "office"), short)
    return rate_figures(whole, ask.benchmark, "office", f"office, {where}", short).percent


def percent_after(
    before: Figure | None,
    change: Figure,
    ask: Ask,
    totals: Sequence[CodeTotal],
    codes: Sequence[str] | None,
    short: str,
    where: str,
) -> Figure | None:
    """The percent of Medicare at the new rates, over the same office lines with a price."""
    if before is None:
        return None
    paid = worth = Decimal(0)
    for total in totals:
        price = ask.benchmark.price(total.code, total.setting, total.component)
        if total.setting != "office" or price is None:
            continue
        new = ask.new_allowed(total) if codes is None or total.code in codes else total.allowed
        paid += total.allowed if new is None else new
        worth += total.units * price
    basis = Basis(
        "100 x allowed at the new rates / the same units at Medicare's price",
        (before, change), "claim_lines", f"office, {where}",
    )  # fmt: skip
    name = f"{short}: percent of {ask.benchmark.label('office')} at the new rates"
    return Figure(name, percent_of(paid, worth), "percent", basis)


def usd(name: str, amount: Decimal, words: str, inputs: tuple[Figure, ...], where: str) -> Figure:
    """An amount over claim lines, in USD to the cent."""
    unit: Unit = "USD"
    return Figure(name, to_cents(amount), unit, Basis(words, inputs, "claim_lines", where))
