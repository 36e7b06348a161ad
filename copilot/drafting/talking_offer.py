"""The talking points about an offer: what it gives, what it lacks, what it wants back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from copilot.drafting.asked import Ask
from copilot.drafting.on_the_table import OnTheTable, gap_to, offer_values
from copilot.drafting.shared_values import Value
from knowledge.evidence import Citation


@dataclass(frozen=True)
class Part:
    """One point to be said: the part of the wordings and what it may name.

    name: by which it is dropped: a piece's id, "clause", or the part's own.
    """

    key: str
    name: str
    values: Mapping[str, Value]
    citations: tuple[Citation, ...] = ()


def offer_parts(held: OnTheTable | None, ask: Ask) -> tuple[Part, ...]:
    """What the offer on the table gives, lacks against our request, and wants back."""
    values: dict[str, Value] = offer_values(held) if held else {}
    gap = gap_to(held, ask) if held else ask.gap
    if held is None and ask.offered is not None:
        values |= {"offered_price": ask.offered, "of_what": ""}
        if ask.offered_worth is not None:
            values["offered_worth"] = ask.offered_worth
    cited = held.citations() if held else ()
    if "offer_said" in values:
        parts = [Part("offer_letter", "offer", values, cited)]
    elif "offered_price" in values:
        parts = [Part("offer_told", "offer", values)]
    else:
        return ()
    if gap is not None:
        parts.append(Part("offer_gap", "offer_gap", {**values, "gap": gap}))
    else:
        parts.append(Part("offer_compare", "offer_gap", values))
    if "in_return" in values:
        parts.append(Part("offer_return", "offer_return", values, cited))
    return tuple(parts)
