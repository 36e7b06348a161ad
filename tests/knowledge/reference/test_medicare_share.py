"""Medicare's part of a fee, on the worked example of the field."""

from __future__ import annotations

from decimal import Decimal

from knowledge.reference.medicare_share import limiting_charge, patient_pays, plan_pays


def test_a_fee_parts_between_plan_and_patient_and_has_a_limiting_charge() -> None:
    # Fee 90.08: 80% is 72.064, so the plan pays 72.06 and the patient 18.02. Limiting charge:
    # 90.08 x 0.95 x 1.15 = 98.4124, so 98.41.
    fee = Decimal("90.08")
    assert plan_pays(fee) == Decimal("72.06")
    assert patient_pays(fee) == Decimal("18.02")
    assert limiting_charge(fee) == Decimal("98.41")
