"""Evidence, drafts and files over HTTP, as the signed-in page asks for them."""

from __future__ import annotations

import csv
import io
import re
from typing import Any

import pytest

from ui.web.spreadsheet import figure_csv, number, table_csv

OURS = {"origin": "http://127.0.0.1:7860"}


def test_a_figure_opens_with_its_formula_its_inputs_and_the_rows_it_read(site: Any) -> None:
    share = site.client.get("/evidence/t1/figures/f_share").text
    assert "92.3%" in share
    assert "Allowed by the payer, divided by the same units at Medicare" in share
    assert 'data-f="f_allowed"' in share
    allowed = site.client.get("/evidence/t1/figures/f_allowed").text
    assert "4,391 claim lines" in allowed
    assert "July 2025 to June 2026" in allowed


@pytest.mark.parametrize(
    "path",
    [
        "/evidence/t1/figures/f_nothing",
        "/evidence/t9/figures/f_share",
        "/evidence/t9/turns/1",
        "/evidence/t1/turns/0",
        "/evidence/t1/turns/2",
        "/evidence/t1/citations/c_other",
        "/tables/t1/1/0.csv",
        "/tables/t1/1/99.csv",
        "/tables/t1/1/x.csv",
        "/evidence/t1/files/r1.exe",
        "/drafts/no-such",
        "/look/page.py",
        "/look/waiting",
    ],
)
def test_what_is_not_there_is_not_found(site: Any, path: str) -> None:
    assert site.client.get(path).status_code == 404


def test_a_citation_opens_its_words_marked_and_the_markup_around_them_stays_words(
    site: Any,
) -> None:
    page = site.client.get("/evidence/t1/citations/c_notice").text
    assert "<mark>written notice of not less than ninety (90) days</mark>" in page
    assert "page 14" in page
    assert "&lt;img src=x onerror=alert(1)&gt;" in page
    assert "<img" not in page


def test_an_answers_panel_has_its_figures_and_its_sources(site: Any) -> None:
    parts = site.client.get("/evidence/t1/turns/1").json()
    assert "Granite Peak, percent of Medicare" in parts["behind"]
    assert "granite_peak.pdf 9.2, p. 14" in parts["sources"]


def test_a_table_is_saved_whole_with_exact_numbers(site: Any) -> None:
    reply = site.client.get("/tables/t1/1/2.csv")
    rows = list(csv.reader(io.StringIO(reply.content.decode("utf-8-sig"))))
    assert reply.headers["content-disposition"] == 'attachment; filename="table.csv"'
    assert rows[0] == ["Code", "Units", "Granite Peak", "Of Medicare"]
    assert len(rows) == 15
    assert rows[1] == ["99202 office visit, level 0", "2140", "116.40", "106"]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_no_word_of_a_table_can_run_as_a_formula(start: str) -> None:
    table = {"columns": [f"{start}x"], "rows": [[f"{start}cmd|' /C calc'!A0"]], "first_rows": 1}
    for row in csv.reader(io.StringIO(table_csv(table, {}).decode("utf-8-sig"), newline="")):
        assert row[0].startswith("'")


def test_a_negative_number_stays_a_number() -> None:
    basis = {"words": "=1+1", "where": None, "rows": None, "source": None, "inputs": []}
    figure = {
        "name": "Gap", "exact": "-12.50", "unit": "USD", "basis": basis, "inputs": [],
    }  # fmt: skip
    rows = list(csv.reader(io.StringIO(figure_csv(figure).decode("utf-8-sig"))))
    assert rows[1][1] == "-12.50"
    assert rows[1][3] == "'=1+1"


def test_an_edit_is_kept_as_the_next_version_and_checked_again(site: Any) -> None:
    version = site.paper.papers["email-1"][-1].version
    edit = {"subject": "Exhibit B", "body": "It pays 77% of Medicare.", "version": version}
    reply = site.client.post("/drafts/email-1", json=edit, headers=OURS)
    assert reply.status_code == 200
    letter = reply.json()["letter"]
    assert f'data-version="{version + 1}"' in letter
    assert "<li>77%</li>" in letter
    assert re.search(r"<ins>[^<]*77%", letter) and "<del>" in letter
    assert f'data-ask="Go back to version {version}"' in letter


def test_an_edit_on_an_older_version_is_refused_and_says_so(site: Any) -> None:
    before = len(site.paper.papers["email-1"])
    edit = {"subject": "s", "body": "b", "version": 0}
    reply = site.client.post("/drafts/email-1", json=edit, headers=OURS)
    assert reply.status_code == 409
    assert "changed elsewhere" in reply.json()["problem"]
    assert len(site.paper.papers["email-1"]) == before


@pytest.mark.parametrize(
    "wish",
    [
        {"to": "exe"},
        {"to": "../../x"},
        {"to": "docx", "vouch": "x" * 501},
        {},
        {"to": ["docx"]},
    ],
)
def test_a_file_of_another_kind_is_refused(site: Any, wish: dict[str, Any]) -> None:
    reply = site.client.post("/drafts/email-1/files", json=wish, headers=OURS)
    assert reply.status_code == 422


def test_forgetting_a_conversation_needs_a_click_not_a_link(site: Any) -> None:
    assert site.client.get("/conversations/t1/forget").status_code == 404
    assert "t1" in site.paper.kept


def test_the_page_says_what_has_left_the_computer(site: Any) -> None:
    assert "Nothing has left this computer." in site.client.get("/data/leaving").text


@pytest.mark.parametrize(
    ("exact", "unit", "cell"),
    [
        ("8E+1", "USD", "80.00"),
        ("24.000", "count", "24"),
        ("1E+3", "count", "1000"),
        ("87.87346221441124780316344464", "percent", "87.873462"),
        ("32.3465", "USD", "32.3465"),
        ("0", "USD", "0.00"),
        ("0", "count", "0"),
        ("2026-10-31", "date", "2026-10-31"),
    ],
)
def test_numbers_are_written_as_a_spreadsheet_reads_them(exact: str, unit: str, cell: str) -> None:
    assert number({"exact": exact, "unit": unit}) == cell


def test_a_defect_shows_its_kind_and_nothing_of_what_it_held(
    site: Any, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def fails(*_: object) -> None:
        raise RuntimeError("Quillfeather, Zebulon")

    monkeypatch.setattr(site.paper, "figure", fails)
    reply = site.client.get("/evidence/t1/figures/f_share")
    assert reply.status_code == 500
    assert "RuntimeError" in reply.text
    told = capfd.readouterr()
    assert "Zebulon" not in reply.text + told.out + told.err


def test_the_lines_behind_a_figure_are_saved_with_nothing_that_runs(site: Any) -> None:
    card = site.client.get("/evidence/t1/figures/f_allowed").text
    assert "Save the 4,391 lines (CSV)" in card
    assert 'data-download="/evidence/t1/rows/f_allowed.csv"' in card
    reply = site.client.get("/evidence/t1/rows/f_allowed.csv")
    rows = list(csv.reader(io.StringIO(reply.content.decode("utf-8-sig"))))
    assert rows == [
        ["service date", "claim id", "allowed", "reason codes", "source file", "source sheet",
         "source row"],
        ["2026-03-02", "C-1", "80.00", "", "claims.csv", "", "4"],
        ["2026-03-03", "'=1+1", "-80.00", "'@SUM(A1)", "claims.csv", "", "5"],
    ]  # fmt: skip


def test_a_figure_without_rows_offers_none_and_too_many_are_said_in_a_sentence(site: Any) -> None:
    assert "/rows/" not in site.client.get("/evidence/t1/figures/f_share").text
    assert site.client.get("/evidence/t1/rows/f_share.csv").status_code == 404
    reply = site.client.get("/evidence/t1/rows/f_medicare.csv")
    assert reply.status_code == 409
    assert "ask about one payer" in reply.json()["problem"]


def test_a_spelling_is_settled_once_and_then_no_longer_asked(site: Any) -> None:
    wish = {"spelling": "KESTRL", "payer": "Kestrel National Health"}
    reply = site.client.post("/data/payers", json=wish, headers=OURS)
    assert "12 rows of “KESTRL” are Kestrel National Health" in reply.json()["unsure"]
    assert "Which payer" not in reply.json()["unsure"]
    other = {"spelling": "NOBODY", "payer": "x"}
    assert site.client.post("/data/payers", json=other, headers=OURS).status_code == 409
    assert site.client.post("/data/closed", json={}, headers=OURS).status_code == 200
