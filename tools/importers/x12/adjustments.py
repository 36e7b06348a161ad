"""Claim adjustments (CAS): who bears an amount that was charged and not paid, and why."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from tools.importers.cell_values import money
from tools.importers.x12.segments import Segment

_GROUPS = frozenset(("CO", "PR", "OA", "PI", "CR"))
_REASON = re.compile(r"[A-Z]{0,2}\d{1,4}")
_PATIENTS = frozenset(("1", "2", "3"))  # deductible, coinsurance, copay


@dataclass(frozen=True)
class Adjustment:
    """A group (CO contract, PR patient, OA other, PI payer, CR correction), a reason code of
    the published list, and USD; a positive amount lowers the payment."""

    group: str
    reason: str
    amount: Decimal


def adjustments(segments: Iterable[Segment]) -> list[Adjustment]:
    """All reasons of CAS segments, up to six in each; raises ValueError where one is unread."""
    found: list[Adjustment] = []
    for segment in segments:
        group = segment.at(1).upper()
        if group not in _GROUPS:
            raise ValueError("an adjustment (CAS) names no known group")
        for place in range(2, min(len(segment.elements), 20), 3):
            reason = segment.at(place).upper()
            amount = money(segment.at(place + 1))
            if not reason and not amount:
                continue
            if not _REASON.fullmatch(reason) or amount is None:
                raise ValueError("an adjustment (CAS) lacks its reason or its amount")
            found.append(Adjustment(group, reason, amount))
    return found


def total(found: Iterable[Adjustment]) -> Decimal:
    """USD of all adjustments together."""
    return sum((each.amount for each in found), Decimal("0.00"))


def patient_share(found: Iterable[Adjustment]) -> Decimal:
    """USD that the patient owes: group PR, and on a correction (CR) its copay, coinsurance
    and deductible."""
    return total(
        each
        for each in found
        if each.group == "PR" or (each.group == "CR" and each.reason in _PATIENTS)
    )


def by_reason(found: Iterable[Adjustment]) -> dict[str, Decimal]:
    """USD by "CO-45", in alphabetical order, the same reason added up."""
    sums: dict[str, Decimal] = {}
    for each in found:
        name = f"{each.group}-{each.reason}"
        sums[name] = sums.get(name, Decimal("0.00")) + each.amount
    return dict(sorted(sums.items()))


def prior_payer(found: Iterable[Adjustment]) -> bool:
    """Whether an earlier payer's part is taken off (reason 23): the payer is not the first."""
    return any(each.reason == "23" for each in found)
