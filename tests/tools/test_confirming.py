"""What the user says of an import takes effect: a payer's spelling, a column's field."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.problems import BadInput
from tests.fixtures.intake import HEADER, claim, fresh_practice, lines, one, write_csv
from tools.confirming import confirm_mapping, open_payers, settle_payer
from tools.ingestion import ingest

FULL, ALIKE = "Granite Peak Health Plan", "Granite Park Health Plan"


def _alike(tmp_path: Path) -> Path:
    rows = [claim(str(n)) for n in range(4)] + [claim("9", payer=ALIKE), claim("10", payer=ALIKE)]
    return write_csv(tmp_path / "claims.csv", rows)


def test_a_spelling_in_doubt_names_no_payer_and_is_offered(tmp_path: Path) -> None:
    practice = fresh_practice(tmp_path / "practice")
    answer = one(practice, _alike(tmp_path))
    offered = {"spelling": ALIKE, "rows": 2, "payer": None, "candidates": [FULL]}
    assert answer["unsure_payers"] == [offered]
    assert answer["candidates"] == [FULL]
    assert [line["payer"] for line in lines(practice)].count(None) == 2
    assert open_payers(practice) == [offered]


@pytest.mark.parametrize("said", [FULL, "granite peak", ALIKE, "Quartz Hollow Mutual"])
def test_a_settled_spelling_names_its_rows_without_a_new_import(tmp_path: Path, said: str) -> None:
    practice = fresh_practice(tmp_path / "practice")
    file = _alike(tmp_path)
    one(practice, file)
    name = FULL if said == "granite peak" else said
    assert settle_payer(practice, ALIKE, said) == {"spelling": ALIKE, "payer": name, "rows": 2}
    payers = [line["payer"] for line in lines(practice)]
    assert (payers.count(FULL), payers.count(name)) == ((6, 6) if name == FULL else (4, 2))
    assert open_payers(practice) == []
    assert one(practice, file)["unsure_payers"] == []
    again = one(practice, write_csv(tmp_path / "next.csv", [claim("77", payer=ALIKE)]))
    assert again["payer"] == name


def test_only_a_spelling_that_waits_can_be_settled(tmp_path: Path) -> None:
    practice = fresh_practice(tmp_path / "practice")
    one(practice, _alike(tmp_path))
    with pytest.raises(BadInput, match="no row waits"):
        settle_payer(practice, "Granite", FULL)
    with pytest.raises(BadInput, match="blank"):
        settle_payer(practice, ALIKE, " ")


def test_the_columns_are_shown_with_how_they_were_told_and_a_sample(tmp_path: Path) -> None:
    practice = fresh_practice(tmp_path / "practice")
    header = ["Patient", "Allowed", "Proc Code", "Servce Date", "Zahlung", "Claim ID", "Payer"]
    rows = [
        ["Lee, Ann", f"{90 + n}.00", "99213", "1/5/2026", f"{70 + n}.00", f"C{n}", FULL]
        for n in range(5)
    ]
    answer = one(practice, write_csv(tmp_path / "a.csv", rows, header))
    shown = {each["header"]: each for each in answer["columns"]}
    assert shown["Patient"] == {"header": "Patient", "field": None, "how": None, "sample": []}
    assert shown["Allowed"]["how"] == "exact"
    assert shown["Allowed"]["sample"] == ["90.00", "91.00", "92.00"]
    assert (shown["Proc Code"]["field"], shown["Proc Code"]["how"]) == ("code", "synonym")
    assert (shown["Servce Date"]["field"], shown["Servce Date"]["how"]) == (
        "service_date",
        "similar",
    )
    assert shown["Claim ID"]["sample"] == []


def test_a_confirmed_mapping_is_applied_from_the_whole_original(tmp_path: Path) -> None:
    practice = fresh_practice(tmp_path / "practice")
    rows = [["CMS165", "2025", "60", "80", "100"], ["CMS122", "2025", "9", "10", "50"]]
    header = ["Measure", "Period", "Numerator", "Recounted", "Denominator"]
    file = write_csv(tmp_path / "quality.csv", rows, header)
    assert one(practice, file)["kind"] == "quality"
    (source,) = practice.tables.sources("quality")
    columns = {"Numerator": None, "Recounted": "numerator"}
    answer = confirm_mapping(practice, source["id"], columns)
    assert (answer["status"], answer["send_again"]) == ("imported", False)
    assert answer["file"] == "quality.csv"
    frame = practice.tables.frame(practice.tables.table("quality"))
    assert sorted(frame["numerator"]) == [10, 80]


def test_a_redacted_original_asks_for_the_file_and_then_uses_the_mapping(tmp_path: Path) -> None:
    practice = fresh_practice(tmp_path / "practice")
    rows = [[*claim(str(n)), "Lee, Ann", "88.00"] for n in range(3)]
    file = write_csv(tmp_path / "a.csv", rows, [*HEADER, "Patient", "Plan pays"])
    one(practice, file)
    (source,) = practice.tables.sources("claim_lines")
    answer = confirm_mapping(practice, source["id"], {"Allowed": None, "Plan pays": "allowed"})
    assert (answer["status"], answer["send_again"]) == ("unchanged", True)
    (again,) = ingest(practice, [file])
    assert again["status"] == "imported"
    assert {str(line["allowed"]) for line in lines(practice)} == {"88.00"}
    how = {each["header"]: each["how"] for each in again["columns"]}
    assert how["Plan pays"] == "confirmed"


def test_a_mapping_is_held_to_the_columns_and_fields_there_are(tmp_path: Path) -> None:
    practice = fresh_practice(tmp_path / "practice")
    one(practice, write_csv(tmp_path / "fees.csv", [["99213", "91.00"]], ["Code", "Rate"]))
    (source,) = practice.tables.sources("fee_schedules")
    for columns, said in (({"Fee": "rate"}, "no such column"), ({"Rate": "price"}, "no field")):
        with pytest.raises(BadInput, match=said):
            confirm_mapping(practice, source["id"], columns)
    with pytest.raises(BadInput, match="no table file"):
        confirm_mapping(practice, "0" * 16, {"Rate": "rate"})
