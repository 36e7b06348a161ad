"""Every level of a remittance held against the next: line, claim, payment; said, and loaded."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.fixtures.intake import fresh_practice, one
from tests.fixtures.x12 import Paid, Payment, Remitted, write_remittance


def _remittance(folder: Path, payment: Payment) -> tuple[dict[str, Any], dict[str, Any], Any]:
    practice = fresh_practice(folder / "workspace")
    answer = one(practice, write_remittance(folder / "r.835", [payment]))
    assert answer["status"] == "imported", answer["problem"]
    frame = practice.tables.frame(practice.tables.table("remittances"))
    (row,) = frame.to_dict("records")
    taken = practice.tables.frame(practice.tables.table("provider_adjustments"))
    return answer, row, taken.to_dict("records")


def test_a_payment_that_adds_up_says_nothing(tmp_path: Path) -> None:
    """140.00 for two claims, less 15.25 taken back, plus 2.25 interest (negative): 127.00."""
    payment = Payment(
        "CHK1", (Remitted("A1"), Remitted("A2")), adjustments=(("WO:A7", "15.25"), ("L6", "-2.25"))
    )
    answer, row, taken = _remittance(tmp_path, payment)
    assert answer["notes"] == []
    money = [row[n] for n in ("stated", "claims_paid", "provider_adjustments", "difference")]
    assert money == [Decimal(v) for v in ("127.00", "140.00", "13.00", "0.00")]
    assert [(each["reason"], each["amount"]) for each in taken] == [
        ("WO", Decimal("15.25")), ("L6", Decimal("-2.25"))]  # fmt: skip
    assert {each["payer"] for each in taken} == {row["payer"]} == {"Granite Peak Health Plan"}
    assert (row["trace_number"], str(row["payment_date"])) == ("CHK1", "2026-02-01")


def test_eight_provider_adjustments_in_two_segments_are_all_read(tmp_path: Path) -> None:
    many = tuple((f"W{n}", f"{n}.10") for n in range(8))
    _, row, taken = _remittance(tmp_path, Payment("CHK1", (Remitted("A1"),), adjustments=many))
    assert [each["reason"] for each in taken] == [reason for reason, _ in many]
    assert row["provider_adjustments"] == Decimal("28.80")


IMBALANCES = [
    pytest.param(
        Payment("CHK1", (Remitted("A1", (Paid(paid="75.00"),), paid="75.00"),)),
        "1 service line is not balanced", id="line"),
    pytest.param(
        Payment("CHK1", (Remitted("A1", charge="160.00"),)),
        "1 claim is not balanced", id="claim-charge"),
    pytest.param(
        Payment("CHK1", (Remitted("A1", (Paid(), Paid()), charge="300", paid="130.00"),)),
        "1 claim is not balanced", id="claim-payment"),
    pytest.param(Payment("CHK1", (Remitted("A1"),), stated="69.99"), "does not balance", id="bpr"),
]  # fmt: skip


@pytest.mark.parametrize(("payment", "said"), IMBALANCES)
def test_what_does_not_balance_is_loaded_and_said(
    tmp_path: Path, payment: Payment, said: str
) -> None:
    answer, _, _ = _remittance(tmp_path, payment)
    assert answer["rows"] == len(payment.claims[0].lines)
    assert any(said in note for note in answer["notes"]), answer["notes"]


def test_the_difference_stands_beside_the_payment(tmp_path: Path) -> None:
    answer, row, _ = _remittance(tmp_path, Payment("CHK1", (Remitted("A1"),), stated="69.99"))
    assert row["difference"] == Decimal("-0.01")
    assert any("-0.01 USD" in note for note in answer["notes"])


def test_a_claim_without_lines_counts_in_the_balance(tmp_path: Path) -> None:
    bare = Remitted("A2", (), charge="100", paid="40", reasons=(("CO", "45", "60"),))
    answer, row, _ = _remittance(tmp_path, Payment("CHK1", (Remitted("A1"), bare), stated="110"))
    assert (row["claims_paid"], row["difference"]) == (Decimal("110.00"), Decimal("0.00"))
    assert (answer["rows"], len(answer["rejected"])) == (1, 1)
    assert "without service lines" in answer["rejected"][0]["reason"]
    assert any("40.00 USD" in note for note in answer["notes"])


def test_a_payment_of_adjustments_alone_is_kept(tmp_path: Path) -> None:
    answer, row, taken = _remittance(tmp_path, Payment("CAP1", (), adjustments=(("CT", "-4500"),)))
    assert (answer["rows"], row["stated"], len(taken)) == (0, Decimal("4500.00"), 1)


def test_reasons_of_a_claim_of_several_lines_stand_on_none(tmp_path: Path) -> None:
    claim = Remitted("A1", (Paid(), Paid()), reasons=(("CO", "A2", "30.00"),))
    answer, row, _ = _remittance(tmp_path, Payment("CHK1", (claim,)))
    assert row["claims_paid"] == Decimal("110.00")
    assert any("stand on no line" in note and "30.00" in note for note in answer["notes"])
