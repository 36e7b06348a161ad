"""How a fixed payment's result swings from year to year with the members' own use."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from knowledge.evidence import Basis, Figure, Sentence, says
from knowledge.problems import BadInput
from tools.risk.assumed import GIVEN
from tools.risk.member_use import DRAWS, MemberUse, another_year
from tools.risk.outlook import outlook


@dataclass(frozen=True)
class Ahead:
    """Percent a year by which use or prices grow, and percent of the payment held back."""

    trend: Decimal | None = None
    withhold: Decimal | None = None


def swing_of(
    use: MemberUse | None,
    allowed: Figure,
    months: Figure,
    yearly: Decimal,
    short: str,
    pmpm: Decimal | None,
    ahead: Ahead,
) -> list[Sentence]:
    """What a heavy year costs at the offered payment (or at break-even) and how often it loses.

    allowed and months are of the period, `yearly` times of which make a year. Draws the
    members' own use again; says so where claims do not name members.
    """
    _checked(ahead)
    paid_for = allowed.number * yearly
    people = float(months.number * yearly) / 12
    offered = paid_for / (months.number * yearly) if pmpm is None else Decimal(str(pmpm))
    if use is None:
        return [
            says("The claims do not name members, so how a year's work may swing cannot be shown.")
        ]
    grown = 1 + float(ahead.trend or 0) / 100
    work = another_year(use, people)
    work = work / work.mean() * float(paid_for) * grown
    income = float(offered * months.number * yearly) * (1 - float(ahead.withhold or 0) / 100)
    found = outlook(np.asarray(income - work))
    inputs = (allowed, months, use.seen, *_said(ahead))

    def figure(name: str, value: float, percent: bool = False) -> Figure:
        words = f"from {DRAWS:,} seeded years of the members' own use, drawn again"
        number = Decimal(str(round(value, 1 if percent else 0)))
        return Figure(f"{short}: {name}", number, "percent" if percent else "USD",
                      Basis(words, inputs), places=1 if percent else 0)  # fmt: skip

    at = "At the offered payment" if pmpm is not None else "At break-even"
    made = [
        says(
            "{at} {loses} of years would bring less than the same work paid by fee; a heavy year"
            " (one in twenty) leaves {low}, a light one {high}, against the work at today's"
            " prices.",
            at=at, loses=figure("years that bring less than fees", found.owes, percent=True),
            low=figure("heavy year against fees", found.low),
            high=figure("light year against fees", found.high),
        )
    ]  # fmt: skip
    margin = (float(np.percentile(work, 90)) - income) / float(months.number * yearly)
    if margin > 0:
        needed = Figure(
            f"{short}: margin that covers nine years of ten", Decimal(str(round(margin, 2))),
            "USD per member per month",
            Basis("(90th of a hundred years' work - income) / member months", inputs), places=2,
        )  # fmt: skip
        made.append(
            says("To come out even in nine years of ten ask for {needed} more per member per"
                 " month.", needed=needed)
        )  # fmt: skip
    if ahead.trend or ahead.withhold:
        made.append(says("Counted in: {what}.", what=" and ".join(_words(ahead))))
    return made


def _checked(ahead: Ahead) -> None:
    if ahead.withhold is not None and not 0 <= ahead.withhold < 100:
        raise BadInput("withhold", "a withhold lies between 0% and 100%", "correct it")
    if ahead.trend is not None and not -20 <= ahead.trend <= 30:
        raise BadInput("trend", "a trend lies between -20% and 30% a year", "correct it")


def _said(ahead: Ahead) -> tuple[Figure, ...]:
    named = (("Trend a year", ahead.trend), ("Withhold", ahead.withhold))
    return tuple(Figure(name, value, "percent", Basis(GIVEN)) for name, value in named if value)


def _words(ahead: Ahead) -> list[str]:
    made = []
    if ahead.trend:
        made.append("a year of trend on the work, none on the payment")
    if ahead.withhold:
        made.append("the withhold as not paid back")
    return made
