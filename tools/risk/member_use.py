"""What each member used in a year at today's prices, and what another year's luck would bring.

The spread of a fixed payment's result comes from the practice's own members, drawn again with
replacement (the bootstrap; Efron and Tibshirani 1993), never from a curve laid over them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from knowledge.evidence import Basis, Figure
from tools.lines.claim_totals import allowed_of, chosen, exact, records
from tools.lines.left_out import period_where
from tools.period import Period
from tools.practice import Practice

DRAWS, SEED = 20_000, 20_260_102
_AT_ONCE = 4_000_000


@dataclass(frozen=True)
class MemberUse:
    """amounts: USD allowed for each member of the payer in the period, those never seen at
    zero; without keys the lines of nobody known are left out. seen: members with a line.
    told: the part (0 to 1) of the payer's allowed dollars whose member is known."""

    amounts: NDArray[np.float64]
    seen: Figure
    told: float


def member_use(
    practice: Practice,
    payer: str,
    span: Period,
    members: float,
    codes: list[str] | None = None,
) -> MemberUse | None:
    """The members' use on counting lines; None where fewer than half the dollars name a member.

    members: how many the contract covers; those beyond the members seen used nothing.
    """
    lines = chosen(practice, span, payers=[payer], codes=codes)
    lines = lines.filter(lines.counts, lines.code.notnull())
    lines = lines.select(member=lines.member_key, allowed=allowed_of(lines))
    found = records(practice, lines.group_by("member").aggregate(allowed=lines.allowed.sum()))
    known = [float(exact(r["allowed"])) for r in found if r["member"]]
    unknown = sum(float(exact(r["allowed"])) for r in found if not r["member"])
    whole = sum(known) + unknown
    if not known or whole <= 0 or sum(known) < whole / 2:
        return None
    idle = max(0, round(members) - len(known))
    basis = Basis("distinct members with a counting line", (), "claim_lines",
                  f"{payer}, {period_where(span)}")  # fmt: skip
    seen = Figure("Members seen", exact(len(known)), "count", basis)
    amounts = np.array([*known, *([0.0] * idle)]) * (whole / sum(known))
    return MemberUse(amounts, seen, sum(known) / whole)


def another_year(
    use: MemberUse, members: float, draws: int = DRAWS, seed: int = SEED
) -> NDArray[np.float64]:
    """What the same kind of members would use in a year, USD, `draws` times over."""
    chance = np.random.default_rng(seed)
    people = max(1, round(members))
    made = np.empty(draws)
    step = max(1, _AT_ONCE // people)
    for first in range(0, draws, step):
        last = min(draws, first + step)
        picked = chance.integers(0, use.amounts.size, (last - first, people))
        made[first:last] = use.amounts[picked].sum(axis=1)
    return made
