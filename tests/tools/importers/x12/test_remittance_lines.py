"""What one 835 line becomes: amounts, reasons, status, units, codes, and what is left out."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.fixtures.intake import fresh_practice, one
from tests.fixtures.x12 import Paid, Payment, Remitted, write_remittance
from tools.practice import Practice


def _lines(practice: Practice) -> list[dict[str, Any]]:
    frame = practice.tables.frame(practice.tables.table("claim_lines"))
    rows: list[dict[str, Any]] = frame.to_dict("records")
    return sorted(rows, key=lambda row: int(row["source_row"]))


def _read(folder: Path, *claims: Remitted, **given: Any) -> tuple[dict[str, Any], list[Any]]:
    practice = fresh_practice(folder / "workspace")
    file = write_remittance(folder / "r.835", [Payment("CHK1", claims, **given)])
    answer = one(practice, file)
    assert answer["status"] == "imported", answer["problem"]
    return answer, _lines(practice)


def test_a_line_keeps_its_amounts_reasons_and_dates(tmp_path: Path) -> None:
    """Charge 150.00 = 60.00 contract + 20.00 copay + 70.00 paid; allowed 70.00 + 20.00."""
    line = Paid(code="HC:99213:25", remarks=("N206", "MA01"), control="0002")
    answer, (row,) = _read(
        tmp_path, Remitted("A1", (line,), indicator="16", more=("DTM*050*20260120",))
    )
    assert (answer["kind"], answer["rows"], answer["rejected"]) == ("remittance", 1, [])
    assert answer["payer"] == row["payer"] == "Granite Peak Health Plan"
    told = {name: row[name] for name in ("claim_id", "code", "modifiers", "status", "line_number")}
    assert told == {"claim_id": "A1", "code": "99213", "modifiers": "25", "status": "paid",
                    "line_number": "2"}  # fmt: skip
    money = [row[n] for n in ("billed", "allowed", "paid", "patient_responsibility")]
    assert money == [Decimal(v) for v in ("150.00", "90.00", "70.00", "20.00")]
    assert row["adjustments"] == "CO-45:60.00 PR-3:20.00"
    assert row["reason_codes"] == "CO-45 PR-3"
    assert row["remark_codes"] == "MA01 N206"
    days = [row[n] for n in ("service_date", "submitted_date", "paid_date")]
    assert days == [date(2026, 1, 15), date(2026, 1, 20), date(2026, 2, 1)]
    assert (row["place_of_service"], row["line_of_business"]) == ("11", "medicare_advantage")
    assert (row["source_format"], row["counts"]) == ("835", True)


def test_the_allowed_amount_is_taken_where_the_payer_states_it(tmp_path: Path) -> None:
    _, (row,) = _read(tmp_path, Remitted("A1", (Paid(allowed="91.04"),)))
    assert row["allowed"] == Decimal("91.04")


def test_six_reasons_of_one_segment_are_all_read(tmp_path: Path) -> None:
    many = "CAS*CO*45*10**97*20**59*5**253*1.4**131*2**A1*3"
    line = Paid(reasons=(), charge="150.00", paid="108.60", more=(many,))
    answer, (row,) = _read(tmp_path, Remitted("A1", (line,)))
    assert row["adjustments"] == (
        "CO-131:2.00 CO-253:1.40 CO-45:10.00 CO-59:5.00 CO-97:20.00 CO-A1:3.00"
    )
    assert answer["notes"] == []


STATUS = [
    pytest.param("1", "70.00", (("CO", "45", "60"), ("PR", "3", "20")), "paid", True, id="primary"),
    pytest.param("19", "70.00", (("CO", "45", "60"), ("PR", "3", "20")), "paid", True, id="first"),
    pytest.param("4", "0", (("CO", "31", "150"),), "denied", False, id="denied-claim"),
    pytest.param("1", "0", (("CO", "197", "150"),), "denied", False, id="nothing-paid"),
    pytest.param("1", "0", (("CO", "45", "60"), ("PR", "1", "90")), "paid", True, id="deductible"),
    pytest.param("2", "20.00", (("OA", "23", "130"),), "paid", False, id="secondary"),
    pytest.param("3", "5.00", (("OA", "23", "145"),), "paid", False, id="tertiary"),
    pytest.param("20", "0", (("OA", "23", "150"),), "paid", False, id="secondary-forwarded"),
    pytest.param("2", "0", (("CO", "29", "150"),), "denied", False, id="secondary-too-late"),
]


@pytest.mark.parametrize(("status", "paid", "reasons", "becomes", "counts"), STATUS)
def test_a_claims_status_tells_denied_from_paid(
    tmp_path: Path, status: str, paid: str, reasons: Any, becomes: str, counts: bool
) -> None:
    """CLP02 4, or nothing paid and no patient share, is a denial; a deductible is none."""
    _, (row,) = _read(tmp_path, Remitted("A1", (Paid(paid=paid, reasons=reasons),), status=status))
    assert (row["status"], bool(row["counts"])) == (becomes, counts)
    assert row["payer_order"] == ("secondary" if status in ("2", "3", "20") else "primary")


UNITS = [
    pytest.param("3", "", "3", id="paid-units"),
    pytest.param("", "", "1", id="not-sent"),
    pytest.param("", "4", "1", id="one-paid-of-four"),
    pytest.param("0", "2", "2", id="none-paid-of-two"),
    pytest.param("1.5", "", "1.5", id="a-half"),
]


@pytest.mark.parametrize(("units", "submitted", "expected"), UNITS)
def test_units_are_those_paid_for(
    tmp_path: Path, units: str, submitted: str, expected: str
) -> None:
    _, (row,) = _read(tmp_path, Remitted("A1", (Paid(units=units, submitted_units=submitted),)))
    assert row["units"] == Decimal(expected)


LEFT_OUT = [
    pytest.param("NU:0450", "revenue code", id="revenue-code"),
    pytest.param("AD:D0120", "dental", id="dental"),
    pytest.param("HC:D0120", "dental", id="dental-as-hcpcs"),
    pytest.param("N4:00004196501", "NDC", id="drug"),
    pytest.param("HC", "no procedure code", id="no-code"),
    pytest.param("HC:9921", "5 characters", id="four-digits"),
    pytest.param("HC:99213:X", "modifier", id="bad-modifier"),
]


@pytest.mark.parametrize(("code", "why"), LEFT_OUT)
def test_a_line_without_a_professional_code_is_listed(tmp_path: Path, code: str, why: str) -> None:
    answer, rows = _read(tmp_path, Remitted("A1", (Paid(code=code, control="1"),)), Remitted("A2"))
    (refused,) = answer["rejected"]
    assert why in refused["reason"] or "hospital" in refused["reason"]
    assert refused["row"] == 12  # ISA GS ST BPR TRN DTM N1 N1 LX CLP NM1 SVC
    assert [row["claim_id"] for row in rows] == ["A2"]
    assert answer["rows"] + len(answer["rejected"]) == 2


def test_unread_amounts_and_days_are_refused_by_segment(tmp_path: Path) -> None:
    lines = (Paid(charge="1,5", control="1"), Paid(day="20261332", control="2"), Paid(day=""))
    claim = Remitted("A1", lines, charge="450", paid="210")
    answer, rows = _read(tmp_path, claim)
    assert [each["reason"].split(":")[0] for each in answer["rejected"]] == [
        "the charge", "the date of service", "no date of service"]  # fmt: skip
    assert rows == []


def test_a_claims_own_day_stands_for_lines_without_one(tmp_path: Path) -> None:
    _, (row,) = _read(tmp_path, Remitted("A1", (Paid(day=""),), more=("DTM*232*20260107",)))
    assert row["service_date"] == date(2026, 1, 7)


def test_another_code_paid_than_submitted_is_said(tmp_path: Path) -> None:
    answer, (row,) = _read(tmp_path, Remitted("A1", (Paid(submitted="HC:99214"),)))
    assert row["code"] == "99213"
    assert any("another code" in note for note in answer["notes"])


def test_a_mark_other_than_the_stated_one_is_understood(tmp_path: Path) -> None:
    """Some senders' files state ":" in ISA16 and write ">" between code and modifier."""
    _, (row,) = _read(tmp_path, Remitted("A1", (Paid(code="HC>99213>25"),)))
    assert (row["code"], row["modifiers"]) == ("99213", "25")


NOT_CLAIMS = [pytest.param("23", "another payer", id="23"), pytest.param("25", "price", id="25")]


@pytest.mark.parametrize(("status", "why"), NOT_CLAIMS)
def test_what_was_not_adjudicated_is_no_line(tmp_path: Path, status: str, why: str) -> None:
    claim = Remitted("A1", (Paid(paid="0", reasons=(("OA", "109", "150"),)),), status=status)
    answer, rows = _read(tmp_path, claim, Remitted("A2"))
    assert [row["claim_id"] for row in rows] == ["A2"]
    assert why in answer["rejected"][0]["reason"]


def test_a_claims_own_reasons_belong_to_its_only_line(tmp_path: Path) -> None:
    """800.00 charged, 300.00 deductible on the line, 50.00 off the claim: 450.00 was paid."""
    line = Paid(charge="800.00", paid="500.00", reasons=(("PR", "1", "300.00"),))
    answer, (row,) = _read(tmp_path, Remitted("A1", (line,), reasons=(("CO", "A2", "50.00"),)))
    assert row["paid"] == Decimal("450.00")
    assert row["adjustments"] == "CO-A2:50.00 PR-1:300.00"
    assert answer["notes"] == []


def test_rendering_provider_and_member_come_from_the_claim(tmp_path: Path) -> None:
    claim = Remitted("A1", (Paid(), Paid(more=("REF*HPI*1999999984",))),
                     more=("NM1*82*1*GREY*ANN****XX*1588888883",))  # fmt: skip
    _, rows = _read(tmp_path, claim)
    assert [row["rendering_npi"] for row in rows] == ["1588888883", "1999999984"]
    assert len({row["member_key"] for row in rows}) == 1 and rows[0]["member_key"]
