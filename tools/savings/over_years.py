"""A shared-savings contract over the years: does a re-based target race to the bottom?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from knowledge.evidence import Basis, Cell, Figure, Sentence, Table, says
from tools.risk.assumed import Inputs, as_percent
from tools.risk.race_to_the_bottom import RaceYear, bottom, race
from tools.risk.simulation import Contract
from tools.risk.target_rule import TargetRule
from tools.savings.luck import as_arrangement
from tools.savings.shared_savings_terms import Terms

YEARS_AT_MOST = 10


@dataclass(frozen=True)
class Asked:
    """What was said of the years; None where nothing was."""

    years: int | None = None
    rebasing: Decimal | None = None
    trend: Decimal | None = None
    reduction: Decimal | None = None
    floor: Decimal | None = None

    @property
    def any(self) -> bool:
        """Whether the years were asked about at all."""
        return self != Asked()


@dataclass(frozen=True)
class OverYears:
    """Sentences, the table of the years, the assumptions they rest on, every input by name,
    how many years, and what they earn in all."""

    sentences: tuple[Sentence, ...]
    table: Table
    assumed: tuple[Sentence, ...]
    inputs: Mapping[str, Figure]
    years: int
    total: Figure


def over_years(
    asked: Asked, terms: Terms, target: Decimal, actual: Decimal, months: Figure
) -> OverYears:
    """The contract's years at expected cost, as asked and with a target that keeps savings.

    target and actual are USD per member per month of year one.
    """
    inputs = Inputs()
    inputs.held["months"] = months
    ours = "our assumption"
    years = inputs.take("years", "Years", asked.years, 5, "count", ours, 1, YEARS_AT_MOST)
    own = inputs.take("rebasing", "Part of each new target from our own spending",
                      as_percent(asked.rebasing), 100, "percent",
                      "the worst case, our assumption", most=100)  # fmt: skip
    grows = inputs.take("trend", "Cost and target grow a year", asked.trend, 5, "percent", ours,
                        -20, 30)  # fmt: skip
    lower = inputs.take("reduction", "We lower cost a year", asked.reduction, 2, "percent", ours,
                        most=30)  # fmt: skip
    floor = inputs.take("floor", "Floor of necessary care per member per month", asked.floor,
                        str((actual * Decimal("0.9")).quantize(Decimal("0.01"))),
                        "USD per member per month", "a tenth below today's cost, our assumption",
                        least=1)  # fmt: skip
    contract = Contract(
        float(target), float(actual), float(months.number) / 12, years=int(years),
        trend=float(grows), reduction=float(lower), floor=float(floor),
        rule=TargetRule(growth=float(grows), own=float(own)),
    )  # fmt: skip
    sharing = as_arrangement(terms)
    rows = race(contract, sharing)
    blend = replace(contract, rule=replace(contract.rule, region=50, region_growth=float(grows)))
    fair = race(blend, sharing)
    make = _Maker(inputs)
    total = make.dollars("Earned over the years", sum(row.earned for row in rows))
    return OverYears(
        tuple(_told(rows, fair, make, inputs, total)), _table(rows, fair, make), inputs.listed(),
        inputs.held, int(years), total,
    )  # fmt: skip


@dataclass(frozen=True)
class _Maker:
    inputs: Inputs

    def pmpm(self, name: str, value: float) -> Figure:
        return Figure(name, Decimal(str(round(value, 2))), "USD per member per month",
                      self._basis(), places=2)  # fmt: skip

    def dollars(self, name: str, value: float) -> Figure:
        return Figure(name, Decimal(str(round(value))), "USD", self._basis(), places=0)

    def _basis(self) -> Basis:
        words = "each year's target from the last by the re-basing rule, at expected cost"
        return Basis(words, self.inputs.figures())


def _told(
    rows: tuple[RaceYear, ...],
    fair: tuple[RaceYear, ...],
    make: _Maker,
    inputs: Inputs,
    total: Figure,
) -> list[Sentence]:
    first, last = rows[0], rows[-1]
    met = bottom(rows)
    kept = make.dollars("Earned over the years, half of the target regional",
                        sum(row.earned for row in fair))  # fmt: skip
    if met is not None:
        year = Figure("Year in which the target meets the floor", Decimal(met), "count",
                      Basis("first year whose target is at or below the floor of necessary care",
                            inputs.figures()))  # fmt: skip
        lead = says("Race to the bottom: yes. In year {year} the target reaches the floor of"
                    " necessary care, and nothing is left to gain without holding back care.",
                    year=year)  # fmt: skip
    else:
        lead = says("Race to the bottom: not within these years; the target stays above the floor"
                    " of necessary care.")  # fmt: skip
    return [
        lead,
        says("The most you could earn falls from {most} in the first year to {least} in the last;"
             " you earn {total} in all.",
             most=make.dollars("Most to earn, first year", first.most),
             least=make.dollars("Most to earn, last year", max(0.0, last.most)), total=total),
        says("Ask for a target that keeps your savings: with half of it from the region, the same"
             " years would pay {kept}.", kept=kept),
    ]  # fmt: skip


def _table(rows: tuple[RaceYear, ...], fair: tuple[RaceYear, ...], make: _Maker) -> Table:
    made: list[tuple[Cell, ...]] = []
    for row, other in zip(rows, fair, strict=True):
        name = f"Year {row.year}"
        made.append(
            (
                name,
                make.pmpm(f"{name}: target", row.target),
                make.pmpm(f"{name}: our cost", row.actual),
                make.pmpm(f"{name}: floor of necessary care", row.floor),
                make.dollars(f"{name}: earned", row.earned),
                make.dollars(f"{name}: most to earn", max(0.0, row.most)),
                make.dollars(f"{name}: earned, half of the target regional", other.earned),
            )
        )
    columns = (
        "Year", "Target (USD PMPM)", "Our cost (USD PMPM)", "Floor of care (USD PMPM)",
        "You earn (USD)", "Most to earn (USD)", "Half regional target: you earn (USD)",
    )  # fmt: skip
    return Table("The target year by year under the payer's re-basing", columns, tuple(made))
