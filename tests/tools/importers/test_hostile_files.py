"""Files that lie, break or attack: one sentence each, and the workspace as it was."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.fixtures.intake import HEADER, claim, fresh_practice, one, write_csv
from tools.importers.file_kind import shown_name, storage_name

PNG = b"\x89PNG\r\n\x1a\n" + b"\x00\x00\x00\rIHDR" + bytes(range(256))


def _zip(members: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return packed.getvalue()


def _workbook(sheet: bytes) -> dict[str, bytes]:
    return {
        "_rels/.rels": b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
        b'relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/'
        b'officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/>'
        b"</Relationships>",
        "[Content_Types].xml": b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/'
        b'content-types"/>',
        "xl/workbook.xml": b'<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/'
        b'main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
        b'<sheets><sheet name="A" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": b'<Relationships xmlns="http://schemas.openxmlformats.org/'
        b'package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.'
        b'org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/>'
        b"</Relationships>",
        "xl/worksheets/sheet1.xml": sheet,
    }


_ENTITY = (
    b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>'
    b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    b'<row r="1"><c r="A1" t="inlineStr"><is><t>&e;</t></is></c></row></sheetData></worksheet>'
)


def _many_rows() -> bytes:
    row = b'<row r="%d"><c r="A%d"><v>1</v></c><c r="B%d"><v>2</v></c></row>'
    return (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        + b"".join(row % (n, n, n) for n in range(1, 500_000))
        + b"</sheetData></worksheet>"
    )


_LOCKED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le")

HOSTILE = [
    pytest.param(
        "claims.csv", lambda: PNG, "this is a picture, whatever its name says", id="picture"
    ),
    pytest.param("claims.csv", lambda: b"", "the file is empty", id="empty"),
    pytest.param("claims.csv", lambda: b"\n\n , \n", "it holds no rows", id="blank rows only"),
    pytest.param(
        "claims.csv", lambda: b"a,b\nc,d\n", "no row of it names the columns", id="no header"
    ),
    pytest.param(
        "claims.csv",
        lambda: b",".join([b"x"] * 1_000_000) + b"\n1\n",
        "row 1 has 1,000,000 columns",
        id="million columns",
    ),
    pytest.param("claims.csv", lambda: b"x" * 5_000_000, "one line is longer", id="one line"),
    pytest.param(
        "claims.csv",
        lambda: b'Claim ID,DOS,CPT,Paid\n1,1/1/2026,"99213,70' + b"\n2,3" * 20_000,
        "quotation mark",
        id="open quotation",
    ),
    pytest.param(
        "claims.csv", lambda: b"CPT,Paid\x00\n", "whatever its name says", id="null bytes"
    ),
    pytest.param(
        "book.xlsx", lambda: b"PK\x03\x04" + b"\x00" * 50, "damaged or cut short", id="cut zip"
    ),
    pytest.param("book.xlsx", lambda: _zip({"a.txt": b"1"}), "this is an archive", id="archive"),
    pytest.param(
        "book.xlsx",
        lambda: _zip({"xl/workbook.xml": b"0" * (500 << 20)}),
        "unpacks to more",
        id="bomb",
    ),
    pytest.param(
        "book.xlsx",
        lambda: _zip({f"xl/{n}": b"" for n in range(3000)}),
        "unpacks to more",
        id="many members",
    ),
    pytest.param(
        "book.xlsx",
        lambda: _zip({"xl/workbook.xml": b"", "xl/../../../etc/x": b""}),
        "unsafe paths",
        id="paths out of the archive",
    ),
    pytest.param(
        "book.xlsx", lambda: _zip(_workbook(b"<worksheet")), "cannot be read", id="broken sheet"
    ),
    pytest.param(
        "book.xlsx", lambda: _zip(_workbook(_ENTITY)), "cannot be read", id="outer entity"
    ),
    pytest.param(
        "book.xlsx",
        lambda: _zip(_workbook(_many_rows())),
        "has 499,999 rows",
        id="half a million rows",
    ),
    pytest.param("book.xls", lambda: _LOCKED, "locked with a password", id="encrypted"),
    pytest.param("remit.csv", lambda: b"ISA*00*          *00*", "cut short", id="x12"),
]


@pytest.mark.parametrize(("name", "content", "said"), HOSTILE)
def test_a_hostile_file_is_refused_in_one_sentence_and_leaves_nothing(
    tmp_path: Path, name: str, content: Callable[[], bytes], said: str
) -> None:
    practice = fresh_practice(tmp_path / "practice")
    one(practice, write_csv(tmp_path / "good.csv", [claim("1")]))
    before = sorted(str(p) for p in practice.workspace.root.rglob("*"))
    (tmp_path / name).write_bytes(content())
    answer = one(practice, tmp_path / name)
    assert answer["status"] == "refused"
    assert said in answer["problem"]
    assert answer["problem"].startswith(f"{name}: ")
    assert answer["problem"].endswith(".")
    assert "\n" not in answer["problem"]
    assert "Traceback" not in answer["problem"]
    assert sorted(str(p) for p in practice.workspace.root.rglob("*")) == before


def test_a_row_cut_short_at_the_end_of_a_file_is_refused(tmp_path: Path) -> None:
    practice = fresh_practice(tmp_path / "practice")
    file = write_csv(tmp_path / "c.csv", [claim(str(n)) for n in range(5)])
    file.write_bytes(file.read_bytes()[:-40])
    answer = one(practice, file)
    assert answer["rows"] == 4
    assert [each["row"] for each in answer["rejected"]] == [6]
    assert "ends early" in answer["rejected"][0]["reason"]


NAMES = [
    ("../../etc/passwd", "etc_passwd"),
    ("CON.csv", "_CON.csv"),
    ("a" * 300 + ".csv", "a" * 70 + ".csv"),
    ("<img src=x onerror=alert(1)>.csv", "img_src_x_onerror_alert_1_.csv"),
    ("claims\u202evsc.exe", "claimsvsc.exe"),
    (".hidden", "hidden"),
    ("line\nbreak.csv", "line_break.csv"),
    ("日本.csv", "csv"),
]


@pytest.mark.parametrize(("name", "stored"), NAMES, ids=range(len(NAMES)))
def test_a_stored_name_is_plain_whatever_was_given(name: str, stored: str) -> None:
    assert storage_name(name) == stored


def test_a_shown_name_keeps_what_was_given_with_tricks_made_visible() -> None:
    assert shown_name("fees 2025 (final).xlsx") == "fees 2025 (final).xlsx"
    assert shown_name("a\u202eb\nc") == "a\\u202eb\\u000ac"


def test_a_file_of_a_hostile_name_is_kept_inside_its_own_folder(tmp_path: Path) -> None:
    practice = fresh_practice(tmp_path / "practice")
    file = write_csv(tmp_path / "x;rm -rf ~;\u202e.csv", [["99213", "91"]], ["Code", "Rate"])
    answer = one(practice, file)
    assert answer["status"] == "imported"
    assert "\\u202e" in answer["file"]
    (kept,) = practice.workspace.originals.rglob("*.csv")
    assert kept.name == "x_rm_-rf_.csv"
    assert kept.read_bytes() == file.read_bytes()
    assert oct(kept.stat().st_mode)[-3:] == "600"


def test_a_payer_name_with_line_breaks_is_one_line(tmp_path: Path) -> None:
    practice = fresh_practice(tmp_path / "practice")
    row = claim("1", payer="Quartz\nHollow\r\nHealth Plan")
    answer = one(practice, write_csv(tmp_path / "c.csv", [row], HEADER))
    assert answer["payer"] == "Quartz Hollow Health Plan"


def test_formulas_in_the_stored_copy_are_plain_text(tmp_path: Path) -> None:
    practice = fresh_practice(tmp_path / "practice")
    header = ["Patient", "DOS", "CPT", "Paid", "Units", "Payer"]
    row = ["Ann Lee", "1/5/2026", "99213", "-70.00", "1", "=HYPERLINK(1)"]
    one(practice, write_csv(tmp_path / "c.csv", [row], header))
    (kept,) = practice.workspace.originals.rglob("*.csv")
    assert kept.read_text().splitlines()[1] == ",1/5/2026,99213,-70.00,1,'=HYPERLINK(1)"
