"""Numbers as people say them on the telephone; the exact figure stays behind each."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from copilot.drafting.shared_values import Value
from knowledge.evidence import Basis, Figure

HALF = Decimal("0.5")
SPOKEN = "rounded to be said aloud"
MONEY_STEPS = ((1_000_000, 100_000), (100_000, 10_000), (10_000, 1_000), (1_000, 100), (100, 10))
COUNT_STEPS = ((100_000, 10_000), (10_000, 1_000), (1_000, 100))


def aloud(figure: Figure) -> Figure:
    """The figure as it is said: percents to the half, money and large counts to round sums.

    $63,434 is said $63,000; 90.9% is said 91%; 1,467 is said 1,500. A figure that needs no
    rounding, a date and a number of days stay as they are.
    """
    value = figure.value
    if not isinstance(value, Decimal):
        return figure
    said = _said(value, figure.unit)
    places = 0 if figure.unit in ("percent", "points", "USD") and not said % 1 else None
    rounded = Figure(f"{figure.name}, as said", said, figure.unit, Basis(SPOKEN, (figure,)),
                     figure.as_of, places)  # fmt: skip
    return figure if rounded.shown() == figure.shown() else rounded


def said_values(values: Mapping[str, Value], names: Mapping[str, str]) -> dict[str, Value]:
    """For each name its figure as said, under a new name, and the "about " that goes with it.

    names: {"worth": "worth"} makes worth_said and about_worth of the figure under "worth".
    """
    made: dict[str, Value] = {}
    for name, spoken in names.items():
        figure = values.get(name)
        if isinstance(figure, Figure):
            rounded = aloud(figure)
            made[f"{spoken}_said"] = rounded
            made[f"about_{spoken}"] = "" if rounded.value == figure.value else "about "
    return made


def _said(value: Decimal, unit: str) -> Decimal:
    if unit in ("percent", "points"):
        return (value / HALF).quantize(Decimal(1), rounding="ROUND_HALF_UP") * HALF
    if unit == "per 1,000":
        return value.quantize(Decimal(1), rounding="ROUND_HALF_UP")
    if unit == "USD":
        return _stepped(value, MONEY_STEPS)
    return _stepped(value, COUNT_STEPS) if unit == "count" else value


def _stepped(value: Decimal, steps: tuple[tuple[int, int], ...]) -> Decimal:
    for least, step in steps:
        if abs(value) >= least:
            rounded = (value / step).quantize(Decimal(1), rounding="ROUND_HALF_UP") * step
            return Decimal(rounded)
    return value
