"""Reversals, corrections, repeats, pieces and any order of files: the money stays the same."""

from __future__ import annotations

import tempfile
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fixtures.intake import fresh_practice, one
from tests.fixtures.x12 import (
    Form,
    Paid,
    Payment,
    Remitted,
    Sent,
    Submission,
    write_claims,
    write_remittance,
)
from tools.practice import Practice


def _sums(practice: Practice) -> dict[str, Any]:
    """USD over all lines and payments, and how many lines there are and count."""
    lines = practice.tables.frame(practice.tables.table("claim_lines"))
    payments = practice.tables.frame(practice.tables.table("remittances"))
    taken = practice.tables.frame(practice.tables.table("provider_adjustments"))
    zero = Decimal("0.00")
    return {
        "lines": len(lines),
        "counting": int(lines["counts"].sum()) if len(lines) else 0,
        "paid": sum(lines["paid"], zero),
        "stated": sum(payments["stated"], zero),
        "claims": sum(payments["claims_paid"], zero),
        "taken": sum(taken["amount"], zero),
        "difference": sum(payments["difference"], zero),
    }


def _load(folder: Path, files: list[tuple[str, list[Payment], Form]]) -> dict[str, Any]:
    practice = fresh_practice(folder / "workspace")
    for name, payments, form in files:
        answer = one(practice, write_remittance(folder / name, payments, form))
        assert answer["status"] == "imported", answer["problem"]
        served = sum(len(claim.lines) or 1 for each in payments for claim in each.claims)
        assert answer["rows"] + len(answer["rejected"]) == served
    return _sums(practice)


FIRST = Payment("CHK1", (Remitted("A1"), Remitted("A2", (Paid(), Paid()))))
SECOND = Payment("CHK2", (Remitted("A3"),), adjustments=(("WO", "5.00"), ("L6", "-1.00")))
WHOLE = {"lines": 4, "counting": 4, "paid": Decimal("280.00"), "stated": Decimal("276.00"),
         "claims": Decimal("280.00"), "taken": Decimal("4.00"),
         "difference": Decimal("0.00")}  # fmt: skip
PLAIN, OTHER = Form(), Form(control="000000777", line_end="", sets_apart="ISA")
RELOADS = [
    pytest.param([("a.835", [FIRST, SECOND], PLAIN)], id="once"),
    pytest.param([("a.835", [FIRST, SECOND], PLAIN), ("b.835", [FIRST, SECOND], OTHER)],
                 id="renamed-and-enveloped-anew"),
    pytest.param([("a.835", [FIRST, SECOND], PLAIN), ("b.835", [SECOND], PLAIN),
                  ("c.835", [FIRST], PLAIN)], id="whole-then-pieces"),
    pytest.param([("c.835", [FIRST], PLAIN), ("b.835", [SECOND], PLAIN),
                  ("a.835", [FIRST, SECOND], PLAIN)], id="pieces-then-whole"),
    pytest.param([("a.835", [FIRST, SECOND, FIRST], PLAIN)], id="twice-in-one-file"),
    pytest.param([("a.835", [FIRST, SECOND], Form(width=80)),
                  ("b.835", [SECOND, FIRST], Form(element="|", end="!"))], id="other-marks"),
    pytest.param([("a.835", [Payment("CHK1", (Remitted("A1"),), stated="210.00")], PLAIN),
                  ("b.835", [Payment("CHK1", FIRST.claims[1:], stated="210.00"), SECOND], PLAIN)],
                 id="one-payment-cut-in-two"),
    pytest.param([("a.835", [Payment("CHK1", (Remitted("A1"),))], PLAIN),
                  ("b.835", [Payment("CHK1", FIRST.claims[1:]), SECOND], PLAIN),
                  ("c.835", [FIRST], PLAIN)], id="pieces-that-state-their-own-sums"),
]  # fmt: skip


@pytest.mark.parametrize("files", RELOADS)
def test_a_remittance_loaded_again_doubles_nothing(tmp_path: Path, files: Any) -> None:
    """Two visits of one claim are equal in every amount and stay two lines."""
    assert _load(tmp_path, files) == WHOLE


TAKEN = (("CO", "45", "-60.00"), ("PR", "3", "-20.00"))
CORRECTED = (("CR", "45", "-60.00"), ("CR", "3", "-20.00"))


@pytest.mark.parametrize("reasons", [TAKEN, CORRECTED], ids=["first-groups", "group-CR"])
@pytest.mark.parametrize("units", ["1", "-1"])
@pytest.mark.parametrize("order", [(0, 1), (1, 0)], ids=["in-turn", "turned-round"])
def test_a_reversal_and_its_correction_leave_the_corrected_line(
    tmp_path: Path, reasons: Any, units: str, order: tuple[int, int]
) -> None:
    """70.00 paid, taken back, 85.00 paid instead: 85.00 stands on one counting line."""
    back = Paid(charge="-150.00", paid="-70.00", reasons=reasons, units=units)
    again = Paid(paid="85.00", reasons=(("CO", "45", "45.00"), ("PR", "3", "20.00")))
    first = Payment("CHK1", (Remitted("A1"),))
    later = Payment("CHK2", (Remitted("A1", (back,), status="22"), Remitted("A1", (again,))),
                    day="20260301")  # fmt: skip
    files = [("a.835", [first], PLAIN), ("b.835", [later], PLAIN)]
    sums = _load(tmp_path, [files[place] for place in order])
    assert (sums["lines"], sums["counting"]) == (3, 1)
    assert sums["paid"] == sums["stated"] == sums["claims"] == Decimal("85.00")


def test_a_secondary_payment_taken_back_meets_its_original(tmp_path: Path) -> None:
    second = (("OA", "23", "120.00"), ("CO", "45", "10.00"))
    given = Remitted("A1", (Paid(paid="20.00", reasons=second),), status="2")
    less = (("OA", "23", "-120.00"), ("CO", "45", "-10.00"))
    back = Remitted("A1", (Paid(charge="-150", paid="-20.00", reasons=less),), status="22")
    practice = fresh_practice(tmp_path / "workspace")
    for name, claim in (("a", given), ("b", back)):
        one(practice, write_remittance(tmp_path / name, [Payment(name, (claim,))]))
    rows = practice.tables.frame(practice.tables.table("claim_lines"))
    assert set(rows["payer_order"]) == {"secondary"}
    assert sum(rows["paid"]) == 0


AMOUNT = st.integers(min_value=1, max_value=50_000).map(lambda cents: Decimal(cents) / 100)


@st.composite
def stories(draw: st.DrawFn) -> tuple[list[tuple[str, list[Payment], Form]], Decimal]:
    """Files of payments, some repeated, in any order, and what is truly paid over all."""
    payments: list[Payment] = []
    truth = Decimal("0.00")
    for number in range(draw(st.integers(min_value=1, max_value=3))):
        lines = []
        for _ in range(draw(st.integers(min_value=1, max_value=3))):
            paid, off = draw(AMOUNT), draw(AMOUNT)
            lines.append(Paid(charge=str(paid + off), paid=str(paid),
                              reasons=(("CO", "45", str(off)),)))  # fmt: skip
        claim = Remitted(f"A{number}", tuple(lines))
        payments.append(Payment(f"CHK{number}", (claim,)))
        truth += claim.total("paid")
        if draw(st.booleans()):
            back = tuple(
                Paid(charge=f"-{line.charge}", paid=f"-{line.paid}",
                     reasons=(("CR", "45", f"-{line.reasons[0][2]}"),)) for line in lines
            )  # fmt: skip
            share = draw(AMOUNT)
            new = Remitted(claim.number, (Paid(charge=str(share), paid=str(share), reasons=()),))
            payments.append(
                Payment(f"BACK{number}", (Remitted(claim.number, back, status="22"), new))
            )
            truth += share - claim.total("paid")
    files = [(f"{n}.835", [payment], PLAIN) for n, payment in enumerate(payments)]
    files += [
        (f"again-{n}.835", draw(st.permutations(payments)), OTHER)
        for n in range(draw(st.integers(min_value=0, max_value=1)))
    ]
    return draw(st.permutations(files)), truth


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(stories())
def test_money_in_is_money_out(story: Any) -> None:
    files, truth = story
    with tempfile.TemporaryDirectory() as folder:
        sums = _load(Path(folder), files)
    assert sums["paid"] == sums["stated"] == sums["claims"] == truth
    assert sums["difference"] == 0


@pytest.mark.parametrize("export_first", [True, False], ids=["export-first", "835-first"])
def test_a_line_of_an_export_and_of_an_835_is_one_that_keeps_both(
    tmp_path: Path, export_first: bool
) -> None:
    """The export tells product, the 835 reasons, the claim sent the place and diagnosis."""
    practice = fresh_practice(tmp_path / "workspace")
    export = tmp_path / "e.csv"
    export.write_text(
        "Claim ID,DOS,Payer,Product,CPT,Units,Billed,Allowed,Paid,Patient Resp\n"
        "A1,1/15/2026,Granite Peak Health Plan,PPO,99213,1,150.00,90.00,70.00,20.00\n"
    )
    line = Paid(remarks=("N206",), control="800941258001")
    remit = write_remittance(
        tmp_path / "r.835", [Payment("CHK1", (Remitted("A1", (line,), place=""), Remitted("A2")))]
    )
    sent = write_claims(tmp_path / "c.837", [Submission("A1", (Sent(place="02"),))])
    for file in [export, remit] if export_first else [remit, export]:
        assert one(practice, file)["status"] == "imported"
    one(practice, sent)
    rows = practice.tables.frame(practice.tables.table("claim_lines")).to_dict("records")
    assert len(rows) == 2
    (row,) = [row for row in rows if row["claim_id"] == "A1"]
    told = {n: row[n] for n in ("product", "adjustments", "reason_codes", "remark_codes",
                                "place_of_service", "diagnoses")}  # fmt: skip
    assert told == {"product": "PPO", "adjustments": "CO-45:60.00 PR-3:20.00",
                    "reason_codes": "CO-45 PR-3", "remark_codes": "N206",
                    "place_of_service": "02", "diagnoses": "F32.1"}  # fmt: skip
    assert sum(each["paid"] for each in rows) == Decimal("140.00")
