"""Our reading of 835s held against oxedi, which was written by others and shares no code."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from tests.fixtures.intake import fresh_practice, one
from tests.fixtures.x12 import Form, Paid, Payment, Remitted, write_remittance

oxedi = pytest.importorskip("oxedi")

LESS = Paid(charge="30.00", paid="0", reasons=(("CO", "97", "30.00"),), code="HC:90471:59")
BACK = Paid(charge="-150", paid="-70", reasons=(("CR", "45", "-60"), ("CR", "3", "-20")))
PAYMENTS = (
    Payment("CHK1", (Remitted("A1", (Paid(control="1"), LESS)), Remitted("A2", status="2"))),
    Payment("CHK2", (Remitted("A1", (BACK,), status="22"), Remitted("A1", (Paid(units="3"),))),
            adjustments=(("WO:X", "12.34"), ("L6", "-0.50"))),
    Payment("CHK3", (), adjustments=(("CT", "-900"),)),
)  # fmt: skip
FORMS = [
    pytest.param(Form(), id="one-group"),
    pytest.param(Form(sets_apart="GS", line_end=""), id="a-group-a-set"),
    pytest.param(Form(sets_apart="ISA"), id="an-interchange-a-set"),
]


def _others(path: Path, table: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = pa.table(oxedi.parse_file(str(path)).tables[table]).to_pylist()
    return rows


@pytest.mark.parametrize("form", FORMS)
def test_two_readers_agree(tmp_path: Path, form: Form) -> None:
    """Service lines, payments and provider adjustments, to the cent and with their segments."""
    practice = fresh_practice(tmp_path / "workspace")
    file = write_remittance(tmp_path / "r.835", PAYMENTS, form)
    assert one(practice, file)["rows"] == 5
    tables = {
        name: practice.tables.frame(practice.tables.table(name)).to_dict("records")
        for name in ("claim_lines", "remittances", "provider_adjustments")
    }
    services = _others(file, "services")
    ours = sorted((r["source_row"], r["paid"], str(r["code"])) for r in tables["claim_lines"])
    theirs = sorted(
        (s["segment"] + 1, s["payment_amount"], s["procedure_code"].decode()) for s in services
    )
    assert ours == theirs
    stated = Counter(row["stated"] for row in tables["remittances"])
    assert stated == Counter(p["total_payment_amount"] for p in _others(file, "payments"))
    taken = Counter(row["amount"] for row in tables["provider_adjustments"])
    assert taken == Counter(a["amount"] for a in _others(file, "provider_adjustments"))
    reasons = sum(
        (Decimal(each.split(":")[1]) for row in tables["claim_lines"]
         for each in row["adjustments"].split()), Decimal(0))  # fmt: skip
    assert reasons == sum(each["amount"] for each in _others(file, "adjustments"))
