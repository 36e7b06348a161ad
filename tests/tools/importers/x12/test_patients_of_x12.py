"""Planted patients in every segment that may name one: nowhere in the workspace, in no answer."""

from __future__ import annotations

import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from knowledge.workspace import Workspace
from tests.fixtures.intake import fresh_practice, one
from tests.fixtures.x12 import (
    Paid,
    Payment,
    Remitted,
    Sent,
    Submission,
    write_claims,
    write_remittance,
)

PLANTED = ("Quillfeather", "Zebulon", "Ottoline", "19610309", "1961-03-09", "XQ88123407",
           "512449031", "512-44-9031", "MRN55501", "Thistle", "Larkspur", "7205550143",
           "zq@example.org", "wanders")  # fmt: skip
PERSON = (
    "NM1*QC*1*QUILLFEATHER*ZEBULON*M***MI*XQ88123407",
    "NM1*IL*1*QUILLFEATHER*OTTOLINE****MI*XQ88123407",
    "NM1*74*1*QUILLFEATHER*ZEBULON",
    "NM1*82*1*QUILLFEATHER*OTTOLINE****XX*1588888883",
    "N3*9 THISTLE LANE*LARKSPUR HOUSE",
    "N4*LARKSPUR*CO*81000",
    "DMG*D8*19610309*F",
    "PER*CX*ZEBULON QUILLFEATHER*TE*7205550143*EM*zq@example.org",
    "REF*1W*XQ88123407",
    "REF*SY*512-44-9031",
    "REF*EA*MRN55501",
    "REF*CE*QUILLFEATHER GROUP",
    "DTM*036*19610309",
    "NTE*ADD*wanders at night, ZEBULON",
    "ZZZ*XQ88123407*QUILLFEATHER",
    "K3*XQ88123407",
)
LINE = (
    "REF*6R*XQ88123407",
    "REF*1W*XQ88123407",
    "DTM*150*19610309",
    "LQ*HE*ZEBULON",
    "NTE*ADD*QUILLFEATHER",
)


def _found_in(workspace: Workspace, word: str) -> list[str]:
    """Files of the workspace that hold a word in their bytes, names or Parquet values."""
    found = []
    for path in sorted(p for p in workspace.root.rglob("*") if p.is_file()):
        if word.casefold() in path.name.casefold():
            found.append(path.name)
        if word.casefold().encode() in path.read_bytes().lower():
            found.append(path.name)
        if path.suffix == ".parquet":
            for column in pq.read_table(path).columns:
                if any(word.casefold() in str(v).casefold() for v in column.to_pylist()):
                    found.append(f"{path.name}, a value")
    return found


def _clean(workspace: Workspace, answer: object) -> None:
    for word in PLANTED:
        assert _found_in(workspace, word) == [], word
        assert word.casefold() not in json.dumps(answer, default=str).casefold(), word


def test_no_patient_of_a_remittance_is_kept(tmp_path: Path) -> None:
    practice = fresh_practice(tmp_path / "workspace")
    described = Paid(code="HC:99213:25:::::ZEBULON QUILLFEATHER", more=LINE)
    refused = Paid(code="HC:ZEBULON", more=LINE)
    unread = Paid(charge="XQ88123407", day="XQ88123407", more=LINE)
    named = Remitted("QUILLFEATHER01", (described, refused, unread), charge="300", paid="140",
                     control="XQ88123407", member="", more=PERSON)  # fmt: skip
    by_name = Remitted("ZEBULON QUILLFEATHER", (), charge="5", paid="5", more=PERSON)
    odd = Remitted("A3", (Paid(reasons=(("ZEBULON", "QUILLFEATHER", "5"),)),), place="ZEBULON",
                   indicator="QUILLFEATHER", status="ZEBULON", more=PERSON)  # fmt: skip
    payment = Payment("CHK1", (named, by_name, odd), adjustments=(("WO:XQ88123407", "5.00"),),
                      more=("PER*BL*ZEBULON QUILLFEATHER*TE*7205550143",
                            "RDM*BM*ZEBULON*THISTLE LANE"), stated="210")  # fmt: skip
    answer = one(practice, write_remittance(tmp_path / "r.835", [payment]))
    assert answer["status"] == "imported", answer["problem"]
    assert answer["rows"] + len(answer["rejected"]) == 5
    _clean(practice.workspace, answer)


def test_no_patient_of_a_claims_file_is_kept(tmp_path: Path) -> None:
    practice = fresh_practice(tmp_path / "workspace")
    line = Sent(code="HC:99213::::: ZEBULON QUILLFEATHER",
                more=(*LINE[:2], "DTP*484*D8*19610309", "NTE*ADD*QUILLFEATHER",
                      "NM1*DK*1*QUILLFEATHER*ZEBULON****XX*1111111112"))  # fmt: skip
    claim = Submission(
        "QUILLFEATHER01",
        (line, Sent(units="XQ88123407")),
        diagnoses=("ABK:F321", "ABF:ZEBULON", "BF:QUILLFEATHER"),
        member="XQ88123407",
        more=(*PERSON, "DTP*439*D8*19610309", "PWK*OZ*BM***AC*XQ88123407"),
    )
    claims = write_claims(tmp_path / "c.837", [claim, Submission("A2", member="512449031")])
    text = claims.read_text().replace("HI*ABK:F321*ABF:E119", "HI*ABK:F321*BH:A1:D8:19610309")
    claims.write_text(text.replace("NM1*IL*1*DOE*JANE", "NM1*IL*1*QUILLFEATHER*ZEBULON"))
    answer = one(practice, claims)
    assert answer["status"] == "imported", answer["problem"]
    assert answer["rows"] == 2
    _clean(practice.workspace, answer)


def test_the_stored_copy_differs_by_the_blanks_alone(tmp_path: Path) -> None:
    practice = fresh_practice(tmp_path / "workspace")
    file = write_remittance(
        tmp_path / "r.835", [Payment("CHK1", (Remitted("A1", more=PERSON[:1]),))]
    )
    answer = one(practice, file)
    (copy,) = (practice.workspace.originals / answer["sha256"][:16]).iterdir()
    assert copy.name == "r.835.redacted.x12"
    given = file.read_text().splitlines()
    kept = copy.read_text().splitlines()
    assert len(kept) == len(given)
    differing = {a: b for a, b in zip(given, kept, strict=True) if a != b}
    assert differing == {
        "NM1*QC*1*DOE*JANE****MI*MBR00012345~": "NM1*QC*1******MI*~",
        "NM1*QC*1*QUILLFEATHER*ZEBULON*M***MI*XQ88123407~": "NM1*QC*1******MI*~",
    }


@pytest.mark.parametrize("member", ["MBR00012345", "mbr 00012345", "MBR-00012345"])
def test_a_member_is_the_same_in_remittance_claims_and_exports(tmp_path: Path, member: str) -> None:
    """One member id, written as each source writes it, gives one key."""
    practice = fresh_practice(tmp_path / "workspace")
    one(practice, write_remittance(tmp_path / "r.835", [Payment("C1", (Remitted("A1"),))]))
    one(practice, write_claims(tmp_path / "c.837", [Submission("A2", member=member)]))
    export = tmp_path / "e.csv"
    export.write_text(
        "Claim ID,DOS,Member ID,Payer,CPT,Billed,Paid\n"
        f"A3,1/5/2026,{member},Granite Peak Health Plan,99213,150.00,70.00\n"
    )
    assert one(practice, export)["status"] == "imported"
    keys = {
        key
        for table in ("claim_lines", "charges")
        for key in practice.tables.frame(practice.tables.table(table))["member_key"]
    }
    assert len(keys) == 1 and None not in keys
