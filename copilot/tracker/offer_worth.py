"""What a price named in a talk is worth a year, by the tool that prices every change of fees."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from copilot.drafting.looked_up import figure_named
from copilot.tracker.agreed import is_agreed
from copilot.tracker.entries import Entry, Offer
from knowledge.evidence import Basis, Figure, Finding, long_date
from knowledge.problems import BadInput, NotKnown

Run = Callable[..., Finding]


def amount_of(entry: Entry, offer: Offer, short: str) -> Figure | None:
    """The price itself as a figure; None where only words were kept."""
    who = f"{short} offered" if offer.by == "payer" else f"We asked {short} for"
    who = f"Agreed with {short}" if is_agreed(entry, offer) else who
    basis = Basis(f"as told of {long_date(entry.on)}", source=entry.file or None)
    if offer.percent is not None:
        return _figure(f"{who}, percent on today's rates", offer.percent, basis)
    if offer.percent_of_medicare is not None:
        return _figure(f"{who}, percent of Medicare", offer.percent_of_medicare, basis)
    if offer.dollars is not None:
        return Figure(f"{who}, a year", offer.dollars, "USD", basis)
    return None


def worth_of(run: Run, entry: Entry, offer: Offer, short: str) -> Figure | None:
    """USD a year at today's volume; None where it cannot be priced (no claims, no rates).

    Percents go through model_fee_change, as anywhere else; dollars stand as they were said.
    """
    if offer.dollars is not None and offer.percent is None and offer.percent_of_medicare is None:
        return amount_of(entry, offer, short)
    if offer.percent is not None:
        args: dict[str, Any] = {"percent": offer.percent}
    elif offer.percent_of_medicare is not None:
        args = {"percent_of_medicare": offer.percent_of_medicare}
    else:
        return None
    try:
        return figure_named(run("model_fee_change", payer=entry.payer, **args), "worth")
    except (NotKnown, BadInput):
        return None


def of_medicare(offer: Offer) -> str:
    """ " of Medicare" behind an amount that is one, else nothing."""
    medicare = offer.percent is None and offer.percent_of_medicare is not None
    return " of Medicare" if medicare else ""


def _figure(name: str, value: Decimal, basis: Basis) -> Figure:
    places = 0 if value == value.to_integral_value() else None
    return Figure(name, value, "percent", basis, places=places)
