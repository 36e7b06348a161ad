"""How much of a shared-savings result is luck: what a small practice is never shown.

The panel's luck is that of tools/risk/panel_cost.py; the share, the minimum and the cap are the
contract's own.
"""

from __future__ import annotations

from decimal import Decimal

from knowledge.evidence import Basis, Figure, Sentence, says
from tools.risk.arrangement import Arrangement
from tools.risk.assumed import GIVEN
from tools.risk.outlook import outlook
from tools.risk.simulation import DRAWS, Contract, courses, results_of
from tools.savings.shared_savings_terms import Terms

SPREAD = Decimal(3)


def as_arrangement(terms: Terms) -> Arrangement:
    """The contract's terms as the simulation takes them."""
    return Arrangement(
        "shared savings", float(terms.share), 0.0 if terms.cap is None else float(terms.share),
        float(terms.minimum), float(terms.minimum), None,
        None if terms.cap is None else float(terms.cap), (), 0.0, float(terms.quality),
    )  # fmt: skip


def luck_of(
    terms: Terms, target: Decimal, actual: Decimal, months: Figure, spread: Decimal | None
) -> list[Sentence]:
    """The chance that luck alone pays where nothing was saved, and that it takes a real saving.

    target and actual are USD per member per month; months are the contract's member months.
    """
    wide = Figure(
        "Spread of one member's yearly cost, times its mean", spread or SPREAD, "ratio",
        Basis(GIVEN if spread else "our assumption for all care"),
    )  # fmt: skip
    members = float(months.number) / 12
    if members < 1:
        return []
    held = Contract(float(target), float(actual), members, spread=float(wide.number))
    none = Contract(float(target), float(target), members, spread=float(wide.number))
    sharing = as_arrangement(terms)
    told = outlook(results_of(courses(held), sharing)[:, 0])
    by_luck = outlook(results_of(courses(none), sharing)[:, 0])

    def chance(name: str, value: float) -> Figure:
        basis = Basis(f"from {DRAWS:,} seeded draws of the panel's cost", (months, wide))
        return Figure(name, Decimal(str(round(value, 1))), "percent", basis, places=1)

    made = [
        says(
            "Luck at this size: had you saved nothing, {false} of years would pay you all the same;"
            " with this saving, {missed} of years would pay nothing or less (spread of a member's"
            " cost {spread}, {why}).",
            false=chance("Years paid by luck alone", by_luck.earns),
            missed=chance("Years unpaid in spite of the saving", 100 - told.earns),
            spread=wide, why=wide.basis.words,
        )
    ]  # fmt: skip
    if actual < target:
        average = Figure(
            "Average earned over good and bad luck", Decimal(str(round(told.expected))), "USD",
            Basis(f"mean of {DRAWS:,} seeded draws", (months, wide)), places=0,
        )  # fmt: skip
        made.append(says("Over good and bad luck it averages {average} a year.", average=average))
    return made
