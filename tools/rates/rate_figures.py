"""The figures of a rate comparison: each with its formula, its inputs and the lines read."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from knowledge.evidence import Basis, Figure
from knowledge.money import percent_of
from knowledge.reference.settings_of_service import Setting, telehealth_rule
from tools.rates.benchmark import Benchmark, Compared

COUNTING = "counting lines: primary payer, not denied, not taken back, units above zero"


@dataclass(frozen=True)
class RateFigures:
    """One comparison as figures; the last five are None where Medicare has no price.

    worth: the same units at Medicare's price. gap: worth minus allowed, USD.
    """

    units: Figure
    allowed: Figure
    rate: Figure
    price: Figure | None
    worth: Figure | None
    percent: Figure | None
    gap: Figure | None


def rate_figures(
    row: Compared, benchmark: Benchmark, setting: Setting | None, where: str, name: str
) -> RateFigures:
    """Figures of one row; `name` says whose it is ("Granite Peak 99214"), `where` which lines."""
    units = units_figure(row, where, name)
    allowed = allowed_figure(row.allowed, row.lines, where, name)
    rate = Figure(
        f"{name}: allowed per unit",
        row.allowed / row.units if row.units else Decimal(0),
        "USD",
        Basis("effective rate: allowed / units, all products and modifiers", (allowed, units),
              "claim_lines", where, row.lines),
        places=2,
    )  # fmt: skip
    if not row.priced:
        return RateFigures(units, allowed, rate, None, None, None, None)
    price = benchmark.price_figure(row.code, setting) if row.code and setting else None
    label = benchmark.label(setting)
    counted = units
    if row.priced_units != row.units:
        counted = Figure(
            f"{name}: units Medicare prices", row.priced_units, "count",
            Basis("sum of units over the lines with a Medicare price", (), "claim_lines", where),
        )  # fmt: skip
    worth = Figure(
        f"{name}: the same units at Medicare's price",
        row.worth,
        "USD",
        Basis(
            f"sum of units x price, {label}; {telehealth_rule(benchmark.day)}",
            (counted, *([price] if price else [])), "claim_lines", where, row.lines,
        ),
    )  # fmt: skip
    paid = allowed
    if row.priced_allowed != row.allowed:
        paid = Figure(
            f"{name}: allowed on what Medicare prices", row.priced_allowed, "USD",
            Basis(f"sum of allowed over lines with a price; {COUNTING}", (), "claim_lines", where),
        )  # fmt: skip
    percent = Figure(
        f"{name}: percent of {label}",
        percent_of(row.priced_allowed, row.worth),
        "percent",
        Basis(
            "100 x sum of allowed / sum of (units x Medicare price), over the same lines",
            (paid, worth), "claim_lines", where, row.lines,
        ),
    )  # fmt: skip
    gap = Figure(
        f"{name}: gap to Medicare",
        row.gap,
        "USD",
        Basis("units at Medicare's price minus allowed", (worth, paid), "claim_lines", where),
    )
    return RateFigures(units, allowed, rate, price, worth, percent, gap)


def units_figure(row: Compared, where: str, name: str) -> Figure:
    """Units over counting lines."""
    basis = Basis(f"sum of units over {COUNTING}", (), "claim_lines", where, row.lines)
    return Figure(f"{name}: units", row.units, "count", basis)


def allowed_figure(amount: Decimal, lines: int, where: str, name: str) -> Figure:
    """Allowed in USD over counting lines."""
    words = f"sum of allowed (as given, else paid + patient responsibility) over {COUNTING}"
    return Figure(f"{name}: allowed", amount, "USD", Basis(words, (), "claim_lines", where, lines))


def magnitude(figure: Figure, name: str) -> Figure:
    """The figure without its sign, for sentences that say "more" or "less" in words."""
    if figure.number >= 0:
        return figure
    basis = Basis("the same amount, said without its sign", (figure,))
    return Figure(name, -figure.number, figure.unit, basis, places=figure.places)


def count(number: int, name: str, words: str, where: str | None = None) -> Figure:
    """A small count (codes, payers, lines) as a figure."""
    return Figure(name, Decimal(number), "count", Basis(words, (), "claim_lines", where))


def words(figure: Figure, one: str, more: str | None = None) -> str:
    """The noun that fits a count: line for one, lines for others."""
    return one if figure.number == 1 else more or one + "s"
