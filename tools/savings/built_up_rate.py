"""A capitation built up from use and price, by members' age and sex where they are told.

Rate per member per month = visits per 1,000 members a year x cost of a visit / 12,000, and
with a load of so many percent on top. By age and sex: the visits each cell is expected to
make, at the same cost a visit, over the member months of all cells.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from knowledge.evidence import Basis, Figure, Sentence, says
from knowledge.problems import BadInput
from tools.risk.assumed import GIVEN

_CELL = re.compile(
    r"(?P<who>.*?)[:\s]*(?P<members>\d[\d,]*)\s*(?:members?|patients?|people)?\s*(?:at|x|with|,|;)?"
    r"\s*(?P<visits>\d+(?:\.\d+)?)\s*visits?",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class AgeSexCell:
    """Members of one age and sex, and the visits one of them makes in a year."""

    who: str
    members: Decimal
    visits: Decimal


def built_up(visits_per_1000: Decimal, cost: Decimal, load: Decimal = Decimal(0)) -> Decimal:
    """USD per member per month; cost is USD a visit, load a percent on top."""
    return visits_per_1000 * cost / 12_000 * (100 + load) / 100


def cells_of(said: Sequence[str]) -> list[AgeSexCell]:
    """The cells as told: "boys to 14: 285 members at 2.10 visits"; BadInput for one unread."""
    made = []
    for each in said:
        found = _CELL.search(each)
        if found is None:
            raise BadInput("panel", "a cell needs its members and their visits a year",
                           "say it as: women 45 to 64: 57 members at 3.93 visits")  # fmt: skip
        members = Decimal(found["members"].replace(",", ""))
        made.append(AgeSexCell(found["who"].strip(" :,"), members, Decimal(found["visits"])))
    return made


def by_age_and_sex(cells: Sequence[AgeSexCell], cost: Decimal) -> tuple[Decimal, Decimal]:
    """Visits a year of all cells, and USD per member per month at a cost of a visit."""
    members = sum((each.members for each in cells), Decimal(0))
    if not members:
        raise BadInput("panel", "the cells hold no members", "correct it")
    visits = sum((each.members * each.visits for each in cells), Decimal(0))
    return visits, built_up(1000 * visits / members, cost)


@dataclass(frozen=True)
class Use:
    """The period's visits, dollars and member months that a rate is built up from."""

    visits: Figure
    allowed: Figure
    months: Figure
    short: str


def built_up_said(
    use: Use, even: Figure, load: Decimal | None, panel: Sequence[str] | None
) -> list[Sentence]:
    """Break-even as use times price, with the load asked for, and for a panel told by cells."""
    if not use.visits.number:
        return []
    cost = Figure(f"{use.short}: allowed per visit", use.allowed.number / use.visits.number, "USD",
                  Basis("allowed / visits", (use.allowed, use.visits)), places=2)  # fmt: skip
    per = Figure(f"{use.short}: visits per 1,000 members a year",
                 use.visits.number * 12_000 / use.months.number, "per 1,000",
                 Basis("visits x 12,000 / member months", (use.visits, use.months)),
                 places=0)  # fmt: skip
    made = [says("That is {per} members in visits a year, at {cost} a visit.", per=per, cost=cost)]
    if load is not None:
        if not 0 <= load <= 100:
            raise BadInput("load", "a load lies between 0% and 100%", "correct it")
        extra = Figure("Load", Decimal(str(load)), "percent", Basis(GIVEN))
        rate = Figure(
            f"{use.short}: break-even with the load", built_up(per.number, cost.number, load),
            "USD per member per month",
            Basis("visits per 1,000 x cost of a visit / 12,000 x (100% + load)",
                  (per, cost, extra)), places=2,
        )  # fmt: skip
        made.append(says("With a load of {load} for risk and administration ask for {rate}.",
                         load=extra, rate=rate))  # fmt: skip
    if panel:
        made += _panel_said(cells_of(panel), cost, even, use.short)
    return made


def _panel_said(
    cells: Sequence[AgeSexCell], cost: Figure, even: Figure, short: str
) -> list[Sentence]:
    visits, amount = by_age_and_sex(cells, cost.number)
    inputs = tuple(
        Figure(f"{each.who or 'Cell'}: visits a year", each.members * each.visits, "count",
               Basis("members x visits of one, as you gave them")) for each in cells
    )  # fmt: skip
    basis = Basis("sum over cells of members x visits of one", inputs)
    total = Figure(f"{short}: visits of the panel by age and sex", visits, "count", basis, places=2)
    rate = Figure(f"{short}: rate by age and sex", amount, "USD per member per month",
                  Basis("visits of the panel x cost of a visit / (12 x members)", (total, cost)),
                  places=2)  # fmt: skip
    factor = Figure(f"{short}: age and sex factor of the panel", amount / even.number, "ratio",
                    Basis("rate by age and sex / break-even", (rate, even)), places=3)  # fmt: skip
    return [says("By age and sex the panel you told makes {visits} visits a year: a rate of {rate},"
                 " a factor of {factor} to today's members.", visits=total, rate=rate,
                 factor=factor)]  # fmt: skip
