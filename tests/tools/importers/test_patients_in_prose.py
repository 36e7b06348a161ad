"""Patients in contracts and letters: covered in what is kept, whole only where the user says so."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.fixtures.intake import fresh_practice, one
from tests.fixtures.planted import found_in
from tools.ingestion import ingest

LETTER = """Granite Peak Health Plan
Notice of denial

Dear provider,

Patient: Zebulon Quillfeather
Date of birth: 03/09/1961
Member ID: XQ88123407

The claim of Mr. Quillfeather is denied. Call Provider Relations at 800-555-0199.
"""
PLANTED = ("Quillfeather", "Zebulon", "03/09/1961", "XQ88123407")


def _docx(path: Path) -> Path:
    import docx

    document = docx.Document()
    for line in LETTER.splitlines():
        document.add_paragraph(line)
    document.add_heading("Exhibit for patient Zebulon Quillfeather", 1)
    document.save(str(path))
    return path


def _text(path: Path) -> Path:
    path.write_text(LETTER, encoding="utf-8")
    return path


@pytest.mark.parametrize(("name", "make"), [("letter.txt", _text), ("letter.docx", _docx)])
def test_a_letter_keeps_its_words_and_loses_its_patient(tmp_path: Path, name: str, make) -> None:  # type: ignore[no-untyped-def]
    practice = fresh_practice(tmp_path / "practice")
    file = make(tmp_path / name)
    answer = one(practice, file)
    assert answer["status"] == "imported"
    assert "are covered" in answer["notes"][0]
    for word in PLANTED:
        assert found_in(practice.workspace, word) == []
    (kept,) = practice.workspace.originals.rglob("*.redacted.txt")
    assert "800-555-0199" in kept.read_text()
    (document,) = practice.library.documents()
    assert "Patient: ███████ ████████████" in document.text
    assert one(practice, file)["status"] == "unchanged"


def test_a_file_is_sealed_whole_when_the_user_says_so(tmp_path: Path) -> None:
    practice = fresh_practice(tmp_path / "practice")
    file = _text(tmp_path / "letter.txt")
    one(practice, file)
    (answer,) = ingest(practice, [file], keep_originals=True)
    assert answer["status"] == "imported"
    (kept,) = (p for p in practice.workspace.originals.rglob("*") if p.is_file())
    assert kept.read_bytes() == file.read_bytes()
    assert kept.stat().st_mode & 0o777 == 0o600
    for word in PLANTED:
        assert found_in(practice.workspace, word) == ["letter.txt"]
    (again,) = ingest(practice, [file], keep_originals=True)
    assert again["status"] == "unchanged"


def test_a_sealed_claims_export_holds_its_patients_in_the_original_alone(tmp_path: Path) -> None:
    practice = fresh_practice(tmp_path / "practice")
    file = tmp_path / "claims.csv"
    file.write_text(
        "Patient Name,Claim ID,DOS,CPT,Billed,Paid\n"
        '"Quillfeather, Zebulon",1,1/5/2026,99213,150.00,70.00\n'
    )
    (answer,) = ingest(practice, [file], keep_originals=True)
    assert answer["status"] == "imported"
    assert found_in(practice.workspace, "Quillfeather") == ["claims.csv"]
    letter = tmp_path / "mail.txt"
    letter.write_text("We disagree about Zebulon Quillfeather. Agreement follows.\n")
    one(practice, letter)
    assert found_in(practice.workspace, "Quillfeather") == ["claims.csv"]
