"""One payer's rates over time as figures: averages, the price and the mix in their change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from knowledge.evidence import Basis, Figure, Unit
from knowledge.money import percent_of, to_cents
from tools.lines.left_out import period_where
from tools.period import Period
from tools.rates.rate_figures import COUNTING, allowed_figure
from tools.trends.periods import Trend
from tools.trends.price_and_mix import Split, price_and_mix
from tools.trends.sales import Item, Sales

METHOD = (
    "fixed basket (Laspeyres): the older period's units of each product, code, modifier and"
    " setting billed in both periods, at the newer prices; Consumer Price Index Manual, 2020"
)
UNMOVED = Decimal("0.05")


@dataclass(frozen=True)
class PayerTrend:
    """Averages a unit and a visit by stretch, and the change from the oldest to the latest.

    price + mix = change, to the cent. index: percent by which the same codes pay more; None
    where no code was billed in both periods. basket: percent of the older period's allowed
    that stands in codes billed in both.
    """

    payer: str
    averages: Mapping[int, Figure]
    visits: Mapping[int, Figure]
    before: Figure
    after: Figure
    change: Figure
    price: Figure
    mix: Figure
    index: Figure | None
    basket: Figure
    still: Figure
    split: Split[Item]

    @property
    def unmoved(self) -> bool:
        """Whether the same codes pay the same, within a twentieth of a percent."""
        return self.index is not None and abs(self.index.number) < UNMOVED


def payer_trend(
    payer: str, trend: Trend, sales: Mapping[int, Sales], which: str
) -> PayerTrend | None:
    """The trend of a payer that has units in the oldest and the latest stretch, else None."""
    last = len(trend.periods) - 1
    ends = sales.get(0), sales.get(last)
    if ends[0] is None or ends[1] is None or not ends[0].units or not ends[1].units:
        return None
    split = price_and_mix(ends[0].items, ends[1].items)
    averages = {
        at: _average(payer, trend.periods[at], held, which)
        for at, held in sales.items()
        if held.units
    }
    visits = {
        at: _per_visit(payer, trend.periods[at], held, which)
        for at, held in sales.items()
        if held.visits
    }
    before, after = averages[0], averages[last]
    years = f"{trend.first.label} to {trend.last.label}"

    def made(name: str, value: Decimal, unit: Unit, words: str, *inputs: Figure) -> Figure:
        basis = Basis(words, inputs, "claim_lines", f"{payer}{which}, {years}")
        return Figure(f"{payer}: {name}", value, unit, basis)

    old = made(
        "basket of the older period",
        split.basket,
        "USD",
        "allowed of the older period for what was billed in both",
    )
    new = made("the same basket at newer prices", split.repriced, "USD", METHOD, old)
    price = made(
        "price effect a unit",
        split.price,
        "USD",
        "(the basket at newer prices - the basket) / units of the older period",
        new,
        old,
    )
    change = made(
        "change of the average a unit",
        split.change,
        "USD",
        "average of the latest period - average of the oldest",
        after,
        before,
    )
    mix = made(
        "mix effect a unit",
        split.mix,
        "USD",
        "change of the average - price effect: other codes, other shares",
        change,
        price,
    )
    index = (
        None
        if split.index is None
        else made(
            "the same codes pay more by",
            split.index,
            "percent",
            "100 x (the basket at newer prices / the basket - 1)",
            new,
            old,
        )
    )
    allowed = made("allowed in the older period", ends[0].allowed, "USD", "sum of allowed")
    basket = made(
        "dollars in codes billed in both periods",
        _share(split.basket, ends[0].allowed),
        "percent",
        "100 x the basket / allowed of the older period",
        old,
        allowed,
    )
    still = made(
        "dollars whose price stayed to the cent",
        _share(split.still, split.basket),
        "percent",
        "100 x allowed of what pays the same a unit in both / the basket",
        old,
    )
    return PayerTrend(payer, averages, visits, before, after, change, price, mix, index, basket,
                      still, split)  # fmt: skip


def _share(part: Decimal, whole: Decimal) -> Decimal:
    return percent_of(part, whole) if whole else Decimal(0)


def _average(payer: str, period: Period, held: Sales, which: str) -> Figure:
    where = f"{payer}{which}, {period_where(period)}"
    name = f"{payer} {period.label}"
    allowed = allowed_figure(held.allowed, held.lines, where, name)
    units = Figure(
        f"{name}: units", held.units, "count",
        Basis(f"sum of units over {COUNTING}", (), "claim_lines", where, held.lines),
    )  # fmt: skip
    return Figure(
        f"{name}: average allowed a unit", to_cents(held.allowed / held.units), "USD",
        Basis("allowed / units over the counting lines, all settings, to the cent",
              (allowed, units), "claim_lines", where, held.lines), places=2,
    )  # fmt: skip


def _per_visit(payer: str, period: Period, held: Sales, which: str) -> Figure:
    where = f"{payer}{which}, {period_where(period)}"
    name = f"{payer} {period.label}"
    allowed = allowed_figure(held.allowed, held.lines, where, name)
    visits = Figure(
        f"{name}: visits", Decimal(held.visits), "count",
        Basis("distinct claims and dates of service with a counting line", (), "claim_lines",
              where, held.lines),
    )  # fmt: skip
    return Figure(
        f"{name}: average allowed a visit", to_cents(held.allowed / held.visits), "USD",
        Basis("allowed / visits over the counting lines, to the cent",
              (allowed, visits), "claim_lines", where, held.lines), places=2,
    )  # fmt: skip
