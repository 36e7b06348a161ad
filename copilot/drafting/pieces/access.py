"""Hours beyond the usual office day, and how soon an appointment is to be had."""

from __future__ import annotations

from decimal import Decimal

from copilot.drafting.pieces.piece import Piece, bounded
from copilot.drafting.pieces.volume import weekend_share
from knowledge.evidence import Figure
from tools.measures.opening_hours import hours_beyond
from tools.period import Period
from tools.practice import Practice


def access(practice: Practice, payer: str, span: Period | None) -> Piece | None:
    """Weekly hours before eight, after five and at weekends; None without opening hours.

    With claims, the share of this payer's visits that fell on a weekend stands beside it.
    """
    found = hours_beyond(practice)
    if found is None:
        return None
    shown, when, weekend = found
    values: dict[str, Figure | str] = {"hours": shown, "when": when}
    share = weekend_share(practice, payer, span) if span else None
    if share is not None and weekend:
        values["weekend"] = share
    return Piece(
        id="access",
        what=f"{shown.shown()} hours a week {when}",
        pain="access",
        strength=bounded(Decimal("0.35") + shown.number / 40),
        because="hours when the other choice is urgent care or the emergency room",
        values=values,
        topics=("access", "hours", "evening", "saturday", "weekend", "open", "late"),
    )
