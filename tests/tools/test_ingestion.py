"""Files into the workspace: answers, repeats, payers, crashes, and nothing half done."""

from __future__ import annotations

import csv
import hashlib
import json
import os
import shutil
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import tools.ingestion
from knowledge.workspace import open_workspace
from tests.fixtures.intake import HEADER, claim, fresh_practice, lines, one, write_csv
from tools.importers.table_file import read_table_file
from tools.ingestion import ingest


def everything_in(folder: Path) -> dict[str, str]:
    """Hash of every file below a folder, by its path; the lock apart."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name not in (".lock", ".owner", "key")
    }


def test_a_claims_file_is_answered_in_full(tmp_path: Path) -> None:
    practice = fresh_practice(tmp_path / "practice")
    file = write_csv(tmp_path / "claims.csv", [claim("1"), claim("2", code="")])
    answer = one(practice, file)
    assert answer["status"] == "imported"
    assert (answer["kind"], answer["payer"], answer["rows"]) == (
        "claims",
        "Granite Peak Health Plan",
        1,
    )
    assert answer["rejected"] == [{"row": 3, "reason": 'no procedure code in column "CPT"'}]
    assert answer["sha256"] == hashlib.sha256(file.read_bytes()).hexdigest()
    assert answer["mapping"]["Date of Service"] == "service_date"
    assert answer["pages"] is None
    json.dumps(answer)


def test_the_same_file_again_changes_nothing_under_any_name(tmp_path: Path) -> None:
    practice = fresh_practice(tmp_path / "practice")
    file = write_csv(tmp_path / "claims.csv", [claim("1"), claim("2")])
    first = one(practice, file)
    before = everything_in(practice.workspace.root)
    again = one(practice, Path(shutil.copy(file, tmp_path / "renamed.csv")))
    assert again["status"] == "unchanged"
    assert again["rows"] == first["rows"]
    assert everything_in(practice.workspace.root) == before


def test_the_same_file_of_another_payer_is_tagged_anew(tmp_path: Path) -> None:
    practice = fresh_practice(tmp_path / "practice")
    file = write_csv(tmp_path / "fees.csv", [["99213", "91.00"]], ["Code", "Rate"])
    assert one(practice, file)["payer"] is None
    answer = one(practice, file, "Tarn Lake Insurance")
    assert (answer["status"], answer["payer"]) == ("imported", "Tarn Lake Insurance")
    frame = practice.tables.frame(practice.tables.table("fee_schedules"))
    assert list(frame["payer"]) == ["Tarn Lake Insurance"]
    assert one(practice, file, "tarn lake")["status"] == "unchanged"


def test_an_unknown_payer_is_null_with_those_known_to_choose_from(tmp_path: Path) -> None:
    practice = fresh_practice(tmp_path / "practice")
    practice.payers.learn("Tarn Lake Insurance", [])
    file = write_csv(tmp_path / "fees.csv", [["99213", "91.00"]], ["Code", "Rate"])
    answer = one(practice, file)
    assert answer["payer"] is None
    assert answer["candidates"] == ["Tarn Lake Insurance"]


def test_repeats_are_refused_in_a_file_and_across_files(tmp_path: Path) -> None:
    practice = fresh_practice(tmp_path / "practice")
    first = write_csv(tmp_path / "a.csv", [claim("1"), claim("1", billed=" $150.00 "), claim("2")])
    second = write_csv(tmp_path / "b.csv", [claim("3"), claim("1", day="01/15/2026")])
    assert one(practice, first)["rejected"] == [{"row": 3, "reason": "repeat of row 2"}]
    assert one(practice, second)["rejected"] == [{"row": 3, "reason": "repeat of row 2 of a.csv"}]
    assert len(lines(practice)) == 3


@pytest.mark.parametrize("apart", [{"line": "2"}, {"posted": "2026-02-02"}], ids=["line", "posted"])
def test_equal_lines_with_another_number_or_posting_day_both_stay(
    tmp_path: Path, apart: dict[str, str]
) -> None:
    practice = fresh_practice(tmp_path / "practice")
    answer = one(practice, write_csv(tmp_path / "a.csv", [claim("1"), claim("1", **apart)]))
    assert (answer["rows"], answer["rejected"]) == (2, [])


def test_a_column_that_is_not_imported_keeps_two_lines_apart(tmp_path: Path) -> None:
    practice = fresh_practice(tmp_path / "practice")
    rows = [[*claim("1"), "North"], [*claim("1"), "South"], [*claim("1"), "South"]]
    answer = one(practice, write_csv(tmp_path / "a.csv", rows, [*HEADER, "Clinic"]))
    assert answer["rows"] == 2


def test_one_line_in_two_layouts_is_one_line(tmp_path: Path) -> None:
    practice = fresh_practice(tmp_path / "practice")
    one(practice, write_csv(tmp_path / "a.csv", [claim("1"), claim("2")]))
    other = ["Svc Date", "Claim #", "Proc", "Charge", "Ins Paid", "Carrier", "Qty"]
    rows = [
        ["1/15/2026", "2", "99213", "150", "70", "Granite Peak", "1"],
        ["1/15/2026", "9", "99213", "150", "70", "Granite Peak", "1"],
    ]
    answer = one(practice, write_csv(tmp_path / "b.csv", rows, other))
    assert answer["rejected"] == [{"row": 2, "reason": "repeat of row 3 of a.csv"}]
    assert len(lines(practice)) == 3


CELLS = st.sampled_from(
    ["", "99213", "1/15/2026", "2026-01-15", "150.00", "abc", "Total", "1,5", "Granite Peak", "7"]
)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(CELLS, max_size=len(HEADER) + 2), max_size=12))
def test_every_row_of_a_file_is_loaded_rejected_or_ignored(rows: list[list[str]]) -> None:
    with TemporaryDirectory() as made:
        folder = Path(made)
        workspace = open_workspace(folder / "practice")
        (workspace.tables / "new").mkdir()
        file = write_csv(folder / "claims.csv", [claim("1"), *rows, claim("2")])
        with file.open(newline="") as read:
            total = sum(1 for _ in csv.reader(read)) - 1
        answer = read_table_file(
            {
                "path": str(file),
                "name": "claims.csv",
                "workbook": False,
                "root": str(workspace.root),
                "folder": str(workspace.tables / "new"),
                "id": "0" * 16,
                "payer": None,
                "remembered": {},
                "earlier": [],
            }
        )
        stored = pq.read_table(workspace.tables / "new" / "claim_lines.parquet")
    told = answer["rejected"] + answer["ignored"]
    assert answer["rows"] + len(told) == total
    assert answer["rows"] == stored.num_rows >= 2
    assert len({each["row"] for each in told}) == len(told)
    assert not {each["row"] for each in told} & set(stored.column("source_row").to_pylist())


def test_titles_totals_headers_and_footers_are_told_apart(tmp_path: Path) -> None:
    practice = fresh_practice(tmp_path / "practice")
    total = ["Subtotal", *[""] * 6, "300.00", "180.00", "140.00", *[""] * 4]
    rows = [["Charge detail"], [], list(HEADER), claim("1"), total, list(HEADER), claim("2"), [],
            ["Report generated 11/01/2026"]]  # fmt: skip
    file = write_csv(tmp_path / "c.csv", rows, ["Sagebrush Family Medicine"])
    answer = one(practice, file)
    assert answer["rows"] == 2
    assert answer["rejected"] == [{"row": 6, "reason": "subtotal or total row, not a line"}]
    assert [(each["row"], each["reason"]) for each in answer["ignored"]] == [
        (1, "title above the table"),
        (2, "title above the table"),
        (3, "blank row"),
        (7, "repeated header"),
        (9, "blank row"),
        (10, "note or footer"),
    ]


@pytest.mark.parametrize(
    ("encoding", "delimiter"),
    [("utf-8-sig", ","), ("cp1252", ";"), ("utf-16", "\t"), ("utf-8", "|")],
)
def test_encodings_and_delimiters_make_no_difference(
    tmp_path: Path, encoding: str, delimiter: str
) -> None:
    practice = fresh_practice(tmp_path / "practice")
    rows = [list(HEADER), claim("1", payer="Café Santé Health Plan"), claim("2", billed="1,150.00")]
    with (tmp_path / "c.csv").open("w", encoding=encoding, newline="") as file:
        csv.writer(file, delimiter=delimiter).writerows(rows)
    assert one(practice, tmp_path / "c.csv")["rows"] == 2
    read = lines(practice)
    assert {line["payer"] for line in read} == {
        "Café Santé Health Plan",
        "Granite Peak Health Plan",
    }
    assert {line["billed"] for line in read} == {Decimal("150.00"), Decimal("1150.00")}


def test_a_workbook_and_a_csv_of_the_same_rows_are_the_same_lines(tmp_path: Path) -> None:
    import xlsxwriter

    practice = fresh_practice(tmp_path / "practice")
    book = xlsxwriter.Workbook(str(tmp_path / "c.xlsx"))
    sheet = book.add_worksheet("Claims")
    hidden = book.add_worksheet("Old")
    hidden.hide()
    hidden.write_row(0, 0, ["x", "y"])
    sheet.write_row(0, 0, HEADER)
    sheet.write_row(1, 0, claim("1")[:6])
    sheet.write_row(1, 6, [1, 150, 90.0, 70.0, 20])
    sheet.write_row(1, 11, claim("1")[11:13])
    sheet.write_datetime(1, 13, __import__("datetime").datetime(2026, 2, 1))
    sheet.write_number(1, 2, 46037)
    book.close()
    answer = one(practice, tmp_path / "c.xlsx")
    assert (answer["rows"], answer["rejected"]) == (1, [])
    assert answer["ignored"] == [{"sheet": "Old", "row": 1, "reason": "hidden sheet"}]
    csv_answer = one(practice, write_csv(tmp_path / "c.csv", [claim("1")]))
    assert csv_answer["rejected"] == [{"row": 2, "reason": "repeat of row 2 of c.xlsx"}]


def test_good_files_are_imported_beside_refused_ones(tmp_path: Path) -> None:
    practice = fresh_practice(tmp_path / "practice")
    good = write_csv(tmp_path / "claims.csv", [claim("1")])
    (tmp_path / "empty.csv").touch()
    answers = ingest(practice, [tmp_path / "empty.csv", good, tmp_path / "gone.csv"])
    assert [answer["status"] for answer in answers] == ["refused", "imported", "refused"]
    assert answers[0]["problem"] == "empty.csv: the file is empty; export or download it again."
    assert len(lines(practice)) == 1


def test_a_crash_at_any_write_leaves_the_old_state_or_the_new(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = write_csv(tmp_path / "a.csv", [claim("1")])
    second = write_csv(tmp_path / "b.csv", [claim("2")])
    real = os.replace

    class Crash(BaseException):
        pass

    seen = set()
    for fail_at in range(1, 12):
        practice = fresh_practice(tmp_path / f"practice{fail_at}")
        one(practice, first)
        count = 0

        def replace(*given: Any, fail_at: int = fail_at, **named: Any) -> None:
            nonlocal count
            count += 1
            if count == fail_at:
                raise Crash
            real(*given, **named)

        monkeypatch.setattr(os, "replace", replace)
        with suppress(Crash):
            one(practice, second)
        monkeypatch.setattr(os, "replace", real)
        practice.tables.refresh()
        found = [line["claim_id"] for line in lines(practice)]
        assert found in (["1"], ["1", "2"])
        seen.add(tuple(found))
        one(practice, second)
        assert [line["claim_id"] for line in lines(practice)] == ["1", "2"]
        parts = list(practice.workspace.tables.glob("*/*"))
        assert len(parts) == 2
        if count < fail_at:
            break
    assert seen == {("1",), ("1", "2")}


def test_a_confirmed_mapping_reads_the_same_file_anew(tmp_path: Path) -> None:
    from tools.importers.remembered import mappings_of, remember

    practice = fresh_practice(tmp_path / "practice")
    header = ["Claim ID", "Date of Service", "Payer", "CPT", "Units", "Billed", "Column Q"]
    row = ["1", "2026-01-15", "Granite Peak Health Plan", "99213", "1", "150.00", "88.00"]
    file = write_csv(tmp_path / "c.csv", [row], header)
    assert one(practice, file)["mapping"]["Column Q"] is None
    ((signature, held),) = mappings_of(practice.workspace).items()
    columns = {**held["columns"], "Column Q": "allowed"}
    chosen = {signature: {"kind": "claims", "columns": columns}}
    remember(practice.workspace, chosen, confirmed=True)
    assert one(practice, file)["status"] == "imported"
    assert [line["allowed"] for line in lines(practice)] == [Decimal("88.00")]
    assert one(practice, file)["status"] == "unchanged"


def test_the_users_payer_wins_over_one_name_and_fills_blanks_beside_several(tmp_path: Path) -> None:
    practice = fresh_practice(tmp_path / "practice")
    single = write_csv(tmp_path / "a.csv", [claim("1", payer="GPX 7"), claim("2", payer="GPX 7")])
    several = write_csv(
        tmp_path / "b.csv",
        [claim("3", payer="Aetna"), claim("4", payer="UHC"), claim("5", payer="")],
    )
    assert one(practice, single, "Granite Peak Health Plan")["payer"] == "Granite Peak Health Plan"
    one(practice, several, "Tarn Lake Insurance")
    assert [line["payer"] for line in lines(practice)] == [
        "Granite Peak Health Plan",
        "Granite Peak Health Plan",
        "Aetna",
        "UnitedHealthcare",
        "Tarn Lake Insurance",
    ]


def test_one_file_twice_at_once_is_imported_once(tmp_path: Path) -> None:
    practice = fresh_practice(tmp_path / "practice")
    file = write_csv(tmp_path / "c.csv", [claim("1"), claim("2")])
    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda _: one(practice, file)["status"], range(2)))
    assert sorted(answers) == ["imported", "unchanged"]
    assert len(lines(practice)) == 2


def test_a_folder_that_cannot_be_written_is_said_in_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    practice = fresh_practice(tmp_path / "practice")
    file = write_csv(tmp_path / "c.csv", [claim("1")])

    def full(*_: Any, **__: Any) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as broken:
        broken.setattr(shutil, "copyfile", full)
        answer = one(practice, file)
    assert answer["status"] == "refused"
    assert "No space left on device" in answer["problem"]
    assert lines(practice) == []
    assert list(practice.workspace.originals.iterdir()) == []
    assert one(practice, file)["status"] == "imported"


def test_progress_is_said_and_ends_at_one(tmp_path: Path) -> None:
    said: list[tuple[str, float]] = []
    practice = fresh_practice(tmp_path / "practice")
    file = write_csv(tmp_path / "c.csv", [claim("1")])
    tools.ingestion.ingest(practice, [file], say=lambda words, share: said.append((words, share)))
    assert said[0] == ("Reading c.csv", 0.0)
    assert said[-1][1] == 1.0
