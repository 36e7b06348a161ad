"""Patients planted in every kind of table and in odd places stay out of the workspace."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import xlsxwriter

from tests.fixtures.intake import fresh_practice, one
from tests.fixtures.planted import found_in

PLANTED = ("Quillfeather", "Zebulon", "03/09/1961", "512-44-9031", "720-555-0143", "XQ88123407",
           "Thistle Lane", "zq@example.org")  # fmt: skip
COLUMNS = {
    "Patient Name": "Quillfeather, Zebulon",
    "DOB": "03/09/1961",
    "Field 9": "512-44-9031",
    "Contact": "720-555-0143",
    "Kontakt": "zq@example.org",
    "Wohnort": "9 Thistle Lane",
    "Versicherter": "Quillfeather, Zebulon",
    "Geboren": "03/09/1961",
}
KINDS = {
    "claims": {"Claim ID": "7", "DOS": "1/5/2026", "CPT": "99213", "Paid": "70.00", "Units": "1"},
    "fee_schedule": {"Code": "99213", "Rate": "91.04"},
    "membership": {"Member ID": "XQ88123407", "Month": "2026-01", "Risk Score": "1.02"},
    "quality": {"Measure": "CMS165", "Year": "2025", "Numerator": "60", "Denominator": "100"},
    "utilization": {"Metric": "ED visits per 1,000", "Period": "2025", "Practice": "160",
                    "Network": "190"},
}  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_no_kind_of_table_keeps_a_patient(tmp_path: Path, kind: str) -> None:
    cells = {**KINDS[kind], **COLUMNS}
    rows = [[*cells], *[[*cells.values()] for _ in range(4)]]
    titles = [["Report for patient Zebulon Quillfeather, DOB 03/09/1961"]]
    footer = [["Printed for Zebulon Quillfeather 720-555-0143"]]
    file = tmp_path / "a.csv"
    lines = [",".join(f'"{cell}"' for cell in row) for row in [*titles, *rows, *footer]]
    file.write_text("\n".join(lines) + "\n")
    practice = fresh_practice(tmp_path / "practice")
    answer = one(practice, file, "Aetna")
    assert (answer["status"], answer["kind"]) == ("imported", kind), answer["problem"]
    for word in PLANTED:
        assert found_in(practice.workspace, word) == [], word
        assert word.casefold() not in json.dumps(answer).casefold()


def test_a_header_that_names_a_patient_is_shown_by_its_place(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    header = "Claim ID,DOS,CPT,Paid,Units,Patient: Zebulon Quillfeather,512-44-9031"
    file.write_text(f"{header}\n1,1/5/2026,99213,70.00,1,,\n2,1/6/2026,99213,70.00,1,,\n")
    practice = fresh_practice(tmp_path / "practice")
    answer = one(practice, file)
    assert answer["rows"] == 2
    assert {"column 6", "column 7"} <= answer["mapping"].keys()
    for word in PLANTED:
        assert found_in(practice.workspace, word) == []


def test_a_sheet_named_after_its_patient_is_told_by_its_place(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(str(tmp_path / "a.xlsx")) as book:
        for name in ("Detail", "Quillfeather, Zebulon"):
            sheet = book.add_worksheet(name)
            sheet.write_row(0, 0, ["Claim ID", "DOS", "CPT", "Paid", "Units", "Patient Name"])
            sheet.write_row(1, 0, [name[:3], "1/5/2026", "99213", 70.0, 1, "Quillfeather, Zebulon"])
            sheet.write_row(2, 0, ["", "", "99213", 70.0, 1, "Quillfeather, Zebulon"])
    practice = fresh_practice(tmp_path / "practice")
    answer = one(practice, tmp_path / "a.xlsx")
    assert [each["sheet"] for each in answer["rejected"]] == ["Detail", "sheet 2"]
    for word in PLANTED:
        assert found_in(practice.workspace, word) == []
