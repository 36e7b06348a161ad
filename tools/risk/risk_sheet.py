"""A risk contract's settlement as a worksheet: the leading arrangement at expected cost.

The formulas are those of tools/risk/settlement.py. What luck does to them is drawn, and
stands beside them as values.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from knowledge.evidence import Figure, Table
from knowledge.money import to_cents
from knowledge.worksheet import (
    Column,
    Grid,
    Input,
    Result,
    Step,
    Worksheet,
    drawn_table,
    input_of,
)
from tools.risk.arrangement import Arrangement
from tools.risk.settlement import settled

LEVELS = tuple(Decimal(n) for n in (75, 80, 85, 90, 95, 98, 100, 102, 105, 110, 115, 120, 125))
NO_CAP = Decimal(1000)
TERMS = {
    "gain_part": "share", "loss_part": "loss_share", "least_gain": "minimum_savings_rate",
    "least_loss": "minimum_savings_rate", "most_gain": "gain_cap", "most_loss": "cap",
    "quality_part": "quality_factor",
}  # fmt: skip
TAKEN = ("members", "target_pmpm", "actual_pmpm")


def risk_sheet(
    short: str, terms: Arrangement, inputs: Mapping[str, Figure], drawn: Table
) -> Worksheet:
    """Year one of the arrangement; inputs: what the model took in, by name."""
    held = [input_of(name, inputs[name]) for name in TAKEN]
    amounts = {name: inputs[name].number for name in TAKEN}
    target, actual = (amounts[name] * amounts["members"] * 12 for name in TAKEN[1:])
    told = to_cents(Decimal(str(float(settled(float(target), float(actual), terms)))))
    steps = (
        Step("member_months", "Member months of a year", "members * 12", "count"),
        Step("aim", "Target in all, the payer's discount taken off",
             "target_pmpm * member_months * (100 - discount) / 100", "USD"),
        Step("spent", "Expected cost in all", "actual_pmpm * member_months", "USD"),
        Step("difference", "Below the target (below zero: above it)", "aim - spent", "USD"),
        Step("settlement", f"{short}: settlement (below zero: owed)",
             _settlement(terms, "aim", "difference"), "USD"),
    )  # fmt: skip
    levels = Grid(
        "At other costs",
        (
            Column("level", "Cost, of the target", "percent", LEVELS),
            Column("level_cost", "Cost in all (USD)", "USD",
                   formula="target_pmpm * member_months * level / 100"),
            Column("level_difference", "Below the target (USD)", "USD",
                   formula="aim - level_cost"),
            Column("level_settlement", "Received or owed (USD)", "USD",
                   formula=_settlement(terms, "aim", "level_difference")),
        ),
    )  # fmt: skip
    return Worksheet(
        f"{short[:1].upper()}{short[1:]}: settlement, {terms.name}",
        (*held, *_terms(terms, inputs)), steps,
        (Result("settlement", "First year's settlement if cost comes out as expected", told,
                "USD"),),
        (levels,), (drawn_table(drawn),),
        ("Year one, without luck. The chance to owe, bad years and reserves are drawn: see the"
         " sheet Drawn.", f"A cap of {NO_CAP}% means that there is none."),
    )  # fmt: skip


def _terms(terms: Arrangement, inputs: Mapping[str, Figure]) -> Sequence[Input]:
    """The terms that may be changed; a corridor's edge of 1,000 is no edge."""

    def term(name: str, label: str, value: float | None, unit: str = "percent") -> Input:
        exact = NO_CAP if value is None else Decimal(str(value))
        taken = inputs.get(TERMS.get(name, ""))
        if taken is not None and taken.number == exact:
            return input_of(name, taken, label)
        return Input(name, label, exact, unit, "terms", f"terms of {terms.name}")

    made = [term("discount", "Discount the payer takes off the target", terms.discount)]
    for n, (edge, share) in enumerate(terms.bands, 1):
        made += [term(f"band_{n}_edge", f"Corridor {n}: up to, of the target", edge),
                 term(f"band_{n}_part", f"Corridor {n}: our part", share)]  # fmt: skip
    if not terms.bands:
        made += [term("gain_part", "Our share of savings", terms.gain_share),
                 term("loss_part", "Our share of losses", terms.loss_share)]  # fmt: skip
    return [
        *made,
        term("least_gain", "Minimum saving before sharing, of the target", terms.least_gain),
        term("least_loss", "Minimum loss before sharing, of the target", terms.least_loss),
        term("most_gain", "Most we can earn, of the target", terms.most_gain),
        term("most_loss", "Most we can owe, of the target", terms.most_loss),
        term("quality_part", "Quality factor on gains", terms.quality, "ratio"),
    ]


def _settlement(terms: Arrangement, aim: str, difference: str) -> str:
    gain, loss = f"MAX({difference}, 0)", f"MAX(-{difference}, 0)"
    if terms.bands:
        earned, owed = (_banded(len(terms.bands), aim, size) for size in (gain, loss))
    else:
        earned, owed = f"{gain} * gain_part / 100", f"{loss} * loss_part / 100"
    kept = f"MIN(({earned}) * quality_part, {aim} * most_gain / 100)"
    paid = f"MIN({owed}, {aim} * most_loss / 100)"
    return (
        f"ROUND(IF({gain} >= {aim} * least_gain / 100, {kept}, 0)"
        f" - IF({loss} >= {aim} * least_loss / 100, {paid}, 0), 2)"
    )


def _banded(bands: int, aim: str, size: str) -> str:
    """The practice's part of a saving or a loss, corridor by corridor."""
    parts = []
    for n in range(1, bands + 1):
        below = f"{aim} * band_{n - 1}_edge / 100" if n > 1 else "0"
        parts.append(
            f"MAX(0, MIN({size}, {aim} * band_{n}_edge / 100) - {below}) * band_{n}_part / 100"
        )
    return " + ".join(parts)
