"""Each payment model's year for one payer's members, on the same draws of use and cost.

A year's result is income less the work beyond an average year at today's prices, so that a
busy year paid by fee is no gain and a busy year under a fixed payment is a loss.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from tools.risk.arrangement import Arrangement
from tools.risk.outlook import Outlook, outlook
from tools.risk.simulation import Contract, courses, results_of

Model = Literal[
    "fee_for_service", "care_management", "capitation", "shared_savings", "two_sided", "hybrid"
]
DRAWS = 20_000


@dataclass(frozen=True)
class Terms:
    """What the models are compared on; USD and percents.

    fees: today's allowed of a year. months: member months of a year. care: monthly care
    management fee per member. fixed: capitation per member per month. prepaid: percent of
    primary-care fees that the hybrid pays monthly. total: the total-cost contract, or None.
    upside, both: its arrangements.
    """

    fees: float
    months: float
    care: float
    fixed: float
    prepaid: float
    total: Contract | None
    upside: Arrangement
    both: Arrangement


def side_by_side(terms: Terms, use: NDArray[np.float64]) -> Mapping[Model, Outlook]:
    """The outlook of a year under each model; those on total cost only where it is known.

    use: draws of a year's work at today's prices, USD (tools/risk/member_use.py).
    """
    extra = use - use.mean()
    flat = np.full(use.size, terms.fees)
    made: dict[Model, NDArray[np.float64]] = {
        "fee_for_service": flat,
        "care_management": flat + terms.care * terms.months,
        "capitation": terms.fixed * terms.months - extra,
    }
    hybrid = flat - extra * terms.prepaid / 100
    if terms.total is not None:
        drawn = courses(terms.total, use.size)
        gain = results_of(drawn, terms.upside)[:, 0]
        made["shared_savings"] = flat + gain
        made["two_sided"] = flat + results_of(drawn, terms.both)[:, 0]
        hybrid = hybrid + gain
    made["hybrid"] = hybrid
    return {name: outlook(result) for name, result in made.items()}


def after_risk(each: Outlook) -> float:
    """The average less half the way down to the bad year: what a cautious practice weighs."""
    return each.expected - (each.expected - each.low) / 2
