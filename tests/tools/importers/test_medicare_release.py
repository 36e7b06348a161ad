"""CMS's release as a user loads it: zips, split headers, both factors, localities, doubts.

The relative values below are those that CMS publishes for 2025 and 2026; prices are worked
out by hand beside the tests.
"""

from __future__ import annotations

import io
import zipfile
from decimal import Decimal
from pathlib import Path

import pytest

from knowledge.problems import BadInput, NotKnown
from tests.fixtures.intake import fresh_practice, one
from tools.practice import Practice
from tools.rates.benchmark import benchmark_of
from tools.schedules.medicare_on_file import medicare_of

TITLES = (
    ",,{year} National Physician Fee Schedule Relative Value File July Release,,,,,,,,,,,,,\n"
    ",,RELEASED 06/30/{year} by the Centers for Medicare,,,,,,,,,,,,,\n"
    ",,,,,,NON-,,,,,,,,,\n"
    ",,,STATUS,MEDICARE,WORK,FAC,NA,FACILITY,NA,MP,MULT,BILAT,ASST,CONV,\n"
    "HCPCS,MOD,DESCRIPTION,CODE,PAYMENT,RVU,PE RVU,INDICATOR,PE RVU,INDICATOR,RVU,PROC,SURG,SURG,"
    "FACTOR,\n"
)
ROWS = (
    "99213,,words that must not be kept,A,,1.30,1.49,,0.39,,0.10,0,0,0,{factor},\n"
    "20610,,words,A,,0.79,1.22,,0.41,,0.09,2,1,0,{factor},\n"
    "80050,,words,X,,0.00,0.00,,0.00,,0.00,9,9,9,{factor},\n"
    "93000,26,words,A,,0.17,0.06,,0.06,,0.01,0,0,0,{factor},\n"
    "99999,,words,A,,oops,1,,1,,1,0,0,0,{factor},\n"
)
GPCI = (
    "ADDENDUM E. FINAL {year} GEOGRAPHIC PRACTICE COST INDICES,,,,,,\n,,,,,,\n"
    "Medicare Administrative Contractor (MAC),State,Locality Number,Locality Name,"
    "{year} PW GPCI (without 1.0 Floor),{year} PW GPCI (with 1.0 Floor),{year} PE GPCI,"
    "{year} MP GPCI\n"
    "04112,CO,01,COLORADO,0.998,1.010,1.050,0.800\n"
    "05535,IA,00,IOWA*,0.967,1.000,0.900,0.400\n"
    "01182,CA,18,LOS ANGELES-LONG BEACH-ANAHEIM (LOS ANGELES CNTY),1.043,1.043,1.187,0.712\n"
)


def values(year: int, factor: str) -> str:
    return TITLES.format(year=year) + ROWS.format(factor=factor)


def zipped(members: dict[str, str | bytes]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in members.items():
            package.writestr(name, content)
    return held.getvalue()


def release(year: int = 2026) -> dict[str, str | bytes]:
    return {
        f"PPRRVU{year}_Jul_nonQPP.csv": values(year, "33.4009"),
        f"PPRRVU{year}_Jul_QPP.csv": values(year, "33.5675"),
        f"GPCI{year}.csv": GPCI.format(year=year),
        f"RVU{year}.pdf": b"%PDF-1.4",
    }


def loaded(folder: Path, content: bytes, name: str = "rvu26c.zip") -> Practice:
    practice = fresh_practice(folder / "workspace")
    (folder / name).write_bytes(content)
    answer = one(practice, folder / name)
    assert answer["status"] == "imported", answer["problem"]
    assert answer["kind"] == "medicare_release"
    return practice


@pytest.mark.parametrize("nested", [False, True])
def test_a_release_zip_gives_its_year_its_own_prices_and_indices(
    tmp_path: Path, nested: bool
) -> None:
    content = zipped(release())
    practice = loaded(tmp_path, zipped({"rvu26c/rvu26c.zip": content}) if nested else content)
    # 1.30 x 1.010 + 1.49 x 1.050 + 0.10 x 0.800 = 1.313 + 1.5645 + 0.08 = 2.9575
    # x 33.4009 = 98.783...
    benchmark = benchmark_of(practice, 2026, None)
    assert benchmark.price("99213", "office") == Decimal("98.78")
    # facility: 1.313 + 0.39 x 1.050 + 0.08 = 1.8025 x 33.4009 = 60.205...
    assert benchmark.price("99213", "facility") == Decimal("60.21")
    figure = benchmark.price_figure("99213", "office")
    assert figure is not None
    assert "the CMS release you loaded (PPRRVU2026_Jul_nonQPP)" in str(figure.basis.source)


def test_the_latest_year_with_indices_becomes_the_default(tmp_path: Path) -> None:
    assert benchmark_of(fresh_practice(tmp_path / "bare"), None, None).year == 2025
    assert benchmark_of(loaded(tmp_path, zipped(release())), None, None).year == 2026


def test_qualifying_participants_have_a_factor_of_their_own(tmp_path: Path) -> None:
    book = medicare_of(loaded(tmp_path, zipped(release())))
    # 2.9575 x 33.5675 = 99.275...
    assert book.price("99213", 2026, qualifying=True) == Decimal("99.28")


def test_localities_go_by_name_number_or_state_and_take_the_floor(tmp_path: Path) -> None:
    practice = loaded(tmp_path, zipped(release()))
    # Iowa with the 1.0 floor: 1.30 x 1 + 1.49 x 0.9 + 0.10 x 0.4 = 2.681 x 33.4009 = 89.547...
    for said in ("Iowa", "iowa", "05535-00", "IA"):
        assert benchmark_of(practice, 2026, said).price("99213", "office") == Decimal("89.55")
    assert benchmark_of(practice, None, "los angeles").label() == (
        "2026 Medicare, Los Angeles-Long Beach-Anaheim (Los Angeles Cnty)"
    )
    with pytest.raises(BadInput, match="choose one of"):
        benchmark_of(practice, 2026, "Atlantis")
    with pytest.raises(NotKnown, match="those on file are of 2026"):
        benchmark_of(practice, 2025, "Iowa").price("99213", "office")


def test_a_loaded_year_is_used_alone_and_other_years_stay_as_shipped(tmp_path: Path) -> None:
    practice = loaded(tmp_path, zipped(release()))
    book = medicare_of(practice)
    assert book.price("99213", 2025) == Decimal("91.04")
    with pytest.raises(NotKnown, match="it is not in the release"):
        book.price("99214", 2026)


def test_components_and_policy_letters_are_read(tmp_path: Path) -> None:
    book = medicare_of(loaded(tmp_path, zipped(release())))
    # 0.17 x 1.010 + 0.06 x 1.050 + 0.01 x 0.8 = 0.2427 x 33.4009 = 8.106...
    assert book.price("93000", 2026, modifier="26") == Decimal("8.11")
    assert book.indicators("20610", 2026).bilateral == "1"
    assert book.indicators("99213", 2026).bilateral == "0"
    assert book.indicators("20610", 2025).bilateral == ""


def test_every_row_is_loaded_refused_or_ignored_and_descriptions_are_not_kept(
    tmp_path: Path,
) -> None:
    practice = fresh_practice(tmp_path / "workspace")
    file = tmp_path / "PPRRVU2026_Jul_nonQPP.csv"
    file.write_text(values(2026, "33.4009"))
    answer = one(practice, file)
    lines = values(2026, "33.4009").count("\n")
    assert answer["rows"] == 4
    assert [each["row"] for each in answer["rejected"]] == [10]
    assert answer["rows"] + len(answer["rejected"]) + len(answer["ignored"]) == lines
    table = practice.tables.frame(practice.tables.table("medicare_values"))
    assert "must not be kept" not in table.to_string()


def test_a_bare_index_file_is_read_with_its_doubts(tmp_path: Path) -> None:
    practice = fresh_practice(tmp_path / "workspace")
    file = tmp_path / "GPCI2026.csv"
    rows = "".join(f"0{n}112,S{n},01,PLACE {n},1.000,1.000,1.000,0.823\n" for n in range(1, 8))
    file.write_text(GPCI.format(year=2026) + rows)
    answer = one(practice, file)
    assert answer["rows"] == 10
    assert any("10 localities where CMS lists about 109" in note for note in answer["notes"])
    assert any("the same indices stand for 7 states" in note for note in answer["notes"])


def test_a_release_of_2024_keeps_the_factor_of_the_day(tmp_path: Path) -> None:
    from datetime import date

    content = zipped({"PPRRVU2024_Jan.csv": values(2024, "32.7442")})
    book = medicare_of(loaded(tmp_path, content, "rvu24a.zip"))
    assert book.factor(date(2024, 2, 1)) == Decimal("32.7442")
    assert book.factor(date(2024, 6, 1)) == Decimal("33.2875")


@pytest.mark.parametrize(
    "content",
    [
        zipped({"PPRRVU2026.csv": "nothing here\n"}),
        zipped({"PPRRVU2026.csv": b"0" * (70 << 20)}),
        zipped({"rvu.zip": zipped({"rvu.zip": zipped(release())})}),
        zipped({"rvu.zip": b"PK no zip"}),
        zipped(release())[:400],
    ],
    ids=["no header", "a bomb", "zips within zips", "a broken inner zip", "cut short"],
)
def test_a_bad_release_is_refused_in_one_sentence_and_leaves_nothing(
    tmp_path: Path, content: bytes
) -> None:
    practice = fresh_practice(tmp_path / "workspace")
    file = tmp_path / "rvu26c.zip"
    file.write_bytes(content)
    answer = one(practice, file)
    assert answer["status"] == "refused"
    assert answer["problem"].count("\n") == 0
    assert not list(practice.workspace.tables.glob("*/*"))
