"""How Medicare's fee parts between plan and patient, and the most that may be charged for it.

The plan pays 80% of the fee once the deductible is met. Who does not take assignment is held
to 115% of the non-participating fee, which is 95% of the fee.
"""

from __future__ import annotations

from decimal import Decimal

from knowledge.money import to_cents
from knowledge.reference.dated import read_toml


def plan_pays(fee: Decimal) -> Decimal:
    """USD that Medicare pays of a fee after the deductible, to the cent."""
    return to_cents(fee * _percent("plan") / 100)


def patient_pays(fee: Decimal) -> Decimal:
    """USD that the patient owes of a fee after the deductible, to the cent."""
    return to_cents(fee - plan_pays(fee))


def limiting_charge(fee: Decimal) -> Decimal:
    """USD that may be charged at most without assignment, to the cent."""
    return to_cents(fee * _percent("nonparticipating") / 100 * _percent("limiting") / 100)


def _percent(name: str) -> Decimal:
    return Decimal(str(read_toml("medicare_share.toml")[name]))
