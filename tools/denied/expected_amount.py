"""What a refused line would have brought: the contract's rate, else the payer's own average."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from knowledge.money import to_cents
from knowledge.problems import NotKnown
from knowledge.reference.settings_of_service import Setting
from tools.denied.denied_lines import DeniedGroup
from tools.lines.claim_totals import CodeTotal
from tools.practice import Practice
from tools.schedules.contract_rate import ScheduleRow, contract_rate

Key = tuple[str, str, Setting]


@dataclass(frozen=True)
class Expected:
    """USD of all lines of a group and of those never paid; how the price was found.

    way: "contract", "average", or "" where neither is known (then both amounts are zero).
    """

    amount: Decimal
    unpaid: Decimal
    way: str


def averages(totals: Sequence[CodeTotal]) -> dict[Key, Decimal]:
    """Allowed per unit by payer, code and setting over the counting lines, unrounded."""
    units: dict[Key, Decimal] = {}
    allowed: dict[Key, Decimal] = {}
    for total in totals:
        key = (total.payer, total.code, total.setting)
        units[key] = units.get(key, Decimal(0)) + total.units
        allowed[key] = allowed.get(key, Decimal(0)) + total.allowed
    return {key: allowed[key] / units[key] for key in units if units[key] and allowed[key]}


def expected_amount(
    practice: Practice,
    group: DeniedGroup,
    schedules: Sequence[ScheduleRow],
    usual: Mapping[Key, Decimal],
) -> Expected:
    """The expected amount of a group of denied lines; a zero rate counts as not known."""
    price, way = None, ""
    try:
        held = contract_rate(
            schedules,
            payer=group.payer,
            code=group.code,
            on=group.day,
            product=group.product,
            modifiers=group.modifiers,
            setting=group.setting,
            locality=practice.locality,
        )
        price, way = held.amount, "contract"
    except NotKnown:
        average = usual.get((group.payer, group.code, group.setting))
        price, way = average, "average"
    if not price or not group.units:
        return Expected(Decimal(0), Decimal(0), "")
    unpaid = to_cents(price * (group.units - group.later_units))
    return Expected(unpaid + to_cents(price * group.later_units), unpaid, way)
