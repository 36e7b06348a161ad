"""A wrong file gets one sentence, quickly, and leaves the workspace as it was."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from copilot.results import IngestResult
from tests.fixtures.intake import claim, fresh_practice, lines, one, write_csv
from tests.fixtures.planted import everything_in


def _written(content: bytes) -> Callable[[Path], object]:
    return lambda path: path.write_bytes(content)


def _dangling(path: Path) -> None:
    path.symlink_to(path.parent / "nowhere.csv")


def _loop(path: Path) -> None:
    path.symlink_to(path)


WRONG = [
    pytest.param("a.csv", Path.mkdir, "is not a file", id="folder"),
    pytest.param("a.csv", os.mkfifo, "is not a file", id="pipe"),
    pytest.param("a.csv", _dangling, "no such file", id="link to nothing"),
    pytest.param("a.csv", _loop, "there is no such file", id="link to itself"),
    pytest.param("a.csv", lambda path: None, "no such file", id="nothing"),
    pytest.param("a.json", _written(b'[{"a": 1}]'), "this is JSON", id="json"),
    pytest.param("a.csv", _written(b'{"a": [1]}'), "this is JSON", id="json named csv"),
    pytest.param("a.xml", _written(b"<?xml version='1.0'?><a/>"), "XML of a kind", id="xml"),
    pytest.param("a.xls", _written(b"<html><p>hello</p></html>"), "no table", id="page"),
    pytest.param("a.csv", _written(os.urandom(9000)), "whatever its name says", id="noise"),
    pytest.param("n" * 250 + ".csv", _written(b"a,b\nc,d\n"), "no row of it names", id="long name"),
    pytest.param("a.pdf", _written(b"%PDF-1.4\n1 0 obj"), "cut off or damaged", id="cut pdf"),
]


@pytest.mark.parametrize(("name", "make", "said"), WRONG)
def test_a_wrong_file_is_refused_in_one_sentence_and_nothing_changes(
    tmp_path: Path, name: str, make: Callable[[Path], object], said: str
) -> None:
    practice = fresh_practice(tmp_path / "practice")
    one(practice, write_csv(tmp_path / "good.csv", [claim("1")]))
    before = everything_in(practice.workspace.root)
    make(tmp_path / name)
    began = time.monotonic()
    answer = one(practice, tmp_path / name)
    assert time.monotonic() - began < 5  # a second on an idle machine; tests share theirs
    assert answer["status"] == "refused"
    assert said in answer["problem"]
    assert answer["problem"].endswith(".")
    IngestResult.model_validate(answer)
    json.dumps(answer)
    assert everything_in(practice.workspace.root) == before


def test_a_link_to_a_file_is_read_as_the_file(tmp_path: Path) -> None:
    practice = fresh_practice(tmp_path / "practice")
    write_csv(tmp_path / "good.csv", [claim("1")])
    (tmp_path / "link.csv").symlink_to(tmp_path / "good.csv")
    assert one(practice, tmp_path / "link.csv")["rows"] == 1


HTML = (
    "<html><head><style>td {{}}</style></head><body><h1>Claims</h1><table border=1>"
    "<tr><th>{header}</th></tr>{rows}</table></body></html>"
)


def _cells(row: list[str], tag: str = "td") -> str:
    return "<tr>" + "".join(f"<{tag}>{cell}</{tag}>" for cell in row) + "</tr>"


def test_a_page_of_html_named_xls_is_read_as_its_table(tmp_path: Path) -> None:
    practice = fresh_practice(tmp_path / "practice")
    header = ["Claim ID", "DOS", "CPT", "Billed", "Paid", "Payer"]
    rows = [[str(n), "1/5/2026", "99213", "$150.00", "$70.00", "Medicare"] for n in range(3)]
    body = HTML.format(header="</th><th>".join(header), rows="".join(map(_cells, rows)))
    (tmp_path / "report.xls").write_text(body)
    answer = one(practice, tmp_path / "report.xls")
    assert (answer["status"], answer["rows"]) == ("imported", 3)
    assert {line["payer"] for line in lines(practice)} == {"Medicare"}


SPREADSHEET = """<?xml version="1.0"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"
 xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">
<Worksheet ss:Name="Lines"><Table>
<Row><Cell ss:MergeAcross="3"><Data ss:Type="String">Claims</Data></Cell></Row>
<Row ss:Index="3"><Cell><Data ss:Type="String">Claim ID</Data></Cell>
<Cell><Data ss:Type="String">DOS</Data></Cell><Cell><Data ss:Type="String">CPT</Data></Cell>
<Cell ss:Index="5"><Data ss:Type="String">Paid</Data></Cell></Row>
<Row><Cell><Data ss:Type="Number">7</Data></Cell>
<Cell><Data ss:Type="DateTime">2026-01-05T00:00:00.000</Data></Cell>
<Cell><Data ss:Type="Number">99213</Data></Cell>
<Cell ss:Index="5"><Data ss:Type="Number">70.5</Data></Cell></Row>
</Table></Worksheet></Workbook>"""


def test_an_xml_spreadsheet_is_read(tmp_path: Path) -> None:
    practice = fresh_practice(tmp_path / "practice")
    (tmp_path / "report.xls").write_text(SPREADSHEET)
    answer = one(practice, tmp_path / "report.xls")
    assert (answer["status"], answer["rows"]) == ("imported", 1), answer["problem"]
    (line,) = lines(practice)
    assert (line["source_row"], str(line["paid"])) == (4, "70.50")


def test_an_xml_spreadsheet_with_entities_is_refused(tmp_path: Path) -> None:
    practice = fresh_practice(tmp_path / "practice")
    bad = SPREADSHEET.replace("<Workbook", '<!DOCTYPE x [<!ENTITY e "x">]><Workbook', 1)
    (tmp_path / "report.xls").write_text(bad)
    assert "damaged" in one(practice, tmp_path / "report.xls")["problem"]


@pytest.mark.parametrize("ending", ["xls", "ods", "xlsx"])
def test_older_and_open_workbooks_are_read(tmp_path: Path, ending: str) -> None:
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("no LibreOffice to write such a workbook with")
    write_csv(tmp_path / "made.csv", [claim(str(n)) for n in range(5)])
    subprocess.run(
        [office, f"-env:UserInstallation=file://{tmp_path}/profile", "--headless",
         "--convert-to", ending, "--outdir", str(tmp_path / "out"), str(tmp_path / "made.csv")],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    practice = fresh_practice(tmp_path / "practice")
    answer = one(practice, tmp_path / "out" / f"made.{ending}")
    assert (answer["status"], answer["rows"]) == ("imported", 5), answer["problem"]
    assert {str(line["paid"]) for line in lines(practice)} == {"70.00"}


def test_what_is_damaged_in_the_workspace_is_made_anew_from_the_same_file(tmp_path: Path) -> None:
    practice = fresh_practice(tmp_path / "practice")
    table = write_csv(tmp_path / "good.csv", [claim("1"), claim("2")])
    letter = tmp_path / "letter.txt"
    letter.write_text("Granite Peak Health Plan\n\nDear provider,\n\nour offer follows.\n")
    one(practice, table)
    one(practice, letter)
    (part,) = practice.workspace.tables.rglob("*.parquet")
    part.write_bytes(part.read_bytes()[:-40])
    text = next(p for p in practice.workspace.texts.glob("*.json"))
    text.write_text('{"id": ')
    fresh = fresh_practice(tmp_path / "practice")
    assert one(fresh, table)["status"] == "imported"
    assert one(fresh, letter)["status"] == "imported"
    assert len(lines(fresh)) == 2
    assert "our offer follows" in fresh.library.documents()[0].text
    assert [one(fresh, file)["status"] for file in (table, letter)] == ["unchanged"] * 2
