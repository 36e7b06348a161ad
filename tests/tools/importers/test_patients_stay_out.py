"""Planted patients: nowhere in the workspace, in no answer, whatever column or row held them."""

from __future__ import annotations

import json
from pathlib import Path

import xlsxwriter

from tests.fixtures.intake import fresh_practice, one
from tests.fixtures.planted import found_in

PLANTED = (
    "Quillfeather",
    "Zebulon",
    "1961-03-09",
    "03/09/1961",
    "78-4412907",
    "7844129",
    "512-44-9031",
    "zq@example.org",
    "720-555-0143",
    "Thistle Lane",
    "XQ88123407",
    "wanders at night",
    "MRN55501",
)
HEADER = [
    "Claim ID",
    "DOS",
    "Pt Name",
    "DOB",
    "Chart #",
    "SSN",
    "E-mail",
    "Home Phone",
    "Street",
    "Member ID",
    "Notes",
    "Column1",
    "Payer",
    "CPT",
    "Units",
    "Billed",
    "Paid",
    "Status",
]
PERSON = [
    "Quillfeather, Zebulon",
    "03/09/1961",
    "MRN55501",
    "512-44-9031",
    "zq@example.org",
    "720-555-0143",
    "9 Thistle Lane",
    "XQ88123407",
    "wanders at night",
    "Zebulon",
]


def _rows() -> list[list[str]]:
    good = ["77", "1/5/2026", *PERSON, "Aetna", "99213", "1", "150.00", "70.00", "Paid"]
    shifted = [*good[:2], "x", *good[2:-1]]
    no_code = [*good[:13], "Zebulon Quillfeather", *good[14:]]
    in_payer = [*good[:12], "Self Quillfeather Zebulon", *good[13:]]
    in_status = [*good[:17], "Denied - Zebulon Quillfeather"]
    in_claim = ["512-44-9031", *good[1:]]
    too_long = [*good, "Quillfeather"]
    footer = ["Printed for Zebulon Quillfeather"]
    total = ["Total Quillfeather", *[""] * 17]
    return [good, shifted, no_code, in_payer, in_status, in_claim, too_long, total, footer]


def _check(tmp_path: Path, file: Path) -> None:
    practice = fresh_practice(tmp_path / "practice")
    answer = one(practice, file)
    assert answer["status"] == "imported"
    assert answer["rows"] >= 1
    for word in PLANTED:
        assert found_in(practice.workspace, word) == []
        assert word.casefold() not in json.dumps(answer).casefold()
    (kept,) = practice.workspace.originals.rglob("*.csv")
    assert kept.name.endswith(".redacted.csv")
    assert "99213" in kept.read_text()
    assert list(practice.workspace.tables.glob(".*")) == []


def test_patients_in_a_csv_stay_out(tmp_path: Path) -> None:
    file = tmp_path / "export.csv"
    lines = [["Aging report of Zebulon Quillfeather"], HEADER, *_rows()]
    file.write_text("\n".join(",".join(f'"{c}"' for c in row) for row in lines) + "\n")
    _check(tmp_path, file)


def test_patients_in_a_workbook_stay_out(tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(str(tmp_path / "export.xlsx"))
    sheet = book.add_worksheet("Detail")
    for at, row in enumerate([["Aging report of Zebulon Quillfeather"], HEADER, *_rows()]):
        sheet.write_row(at, 0, row)
    book.add_worksheet("Quillfeather").write(0, 0, "Zebulon")
    book.close()
    practice = fresh_practice(tmp_path / "practice")
    answer = one(practice, tmp_path / "export.xlsx")
    told = json.dumps([each for each in answer["rejected"] if each["sheet"] == "Detail"])
    for word in PLANTED:
        assert word not in told
        if word != "Quillfeather":
            assert found_in(practice.workspace, word) == []


def test_patients_in_a_schedule_or_roster_stay_out(tmp_path: Path) -> None:
    roster = tmp_path / "roster.csv"
    roster.write_text(
        "Member Name,Member ID,DOB,Month,Product\n"
        "Zebulon Quillfeather,XQ88123407,03/09/1961,2026-01,PPO\n"
        "Zebulon Quillfeather,,03/09/1961,2026-01,PPO\n"
    )
    practice = fresh_practice(tmp_path / "practice")
    assert one(practice, roster, "Aetna")["rows"] == 1
    fees = tmp_path / "fees.csv"
    fees.write_text("Code,Rate,Patient\n99213,91.00,Zebulon Quillfeather 512-44-9031\n")
    assert one(practice, fees, "Aetna")["rows"] == 1
    for word in PLANTED:
        assert found_in(practice.workspace, word) == []
