"""The sample practice: repeatable, untidy on purpose, priced by its own contracts."""

from __future__ import annotations

import csv
import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from docx import Document
from pypdf import PdfReader

from evals.sample_practice.claims_exports import CSV_HEADER, XLSX_HEADER, write_csv, write_xlsx
from evals.sample_practice.generate import SampleFile, write_sample
from evals.sample_practice.markup import PageBreak, Paragraph, Table, Title, blocks_of
from evals.sample_practice.medicare import medicare_price
from evals.sample_practice.truth import truth
from knowledge.reference.medicare import medicare_price as shipped_price

REAL_CARRIERS = (
    "aetna", "anthem", "blue cross", "cigna", "colorado access", "denver health", "elevance",
    "health first colorado", "humana", "kaiser", "molina", "optum", "rocky mountain health",
    "select health", "tricare", "uhc", "unitedhealth", "wellpoint",
)  # fmt: skip
AS_IN_THE_CSV = (
    "Date Posted,Claim #,Line,DOS,Patient,DOB,Member ID,Payer,Plan,Ins Order,Proc Code,Mods,Mods 2,"
    "Units,POS,Dx,Charge,Allowed,Ins Paid,Pt Resp,Adj Codes,Status,Rendering NPI,Date Filed"
)
Row = dict[str, str]


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> list[SampleFile]:
    return write_sample(tmp_path_factory.mktemp("sample"))


def _named(files: list[SampleFile], name: str) -> Path:
    return next(made.path for made in files if made.path.name == name)


@pytest.fixture(scope="module")
def csv_rows(files: list[SampleFile]) -> list[Row]:
    with _named(files, "claims_2025.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def xlsx_rows(files: list[SampleFile]) -> list[Row]:
    """The data rows of the workbook, under the names and in the forms of the CSV."""
    sheet = openpyxl.load_workbook(_named(files, "claims_2026.xlsx"), read_only=True).active
    names = dict(zip(XLSX_HEADER, AS_IN_THE_CSV.split(","), strict=True))
    found = []
    for cells in sheet.iter_rows(min_row=6, values_only=True):
        if cells[1] is None:
            continue
        row = {names[head]: cell for head, cell in zip(XLSX_HEADER, cells, strict=True)}
        for money in ("Charge", "Allowed", "Ins Paid", "Pt Resp"):
            row[money] = f"{Decimal(str(row[money])):.2f}"
        for day in ("DOS", "DOB", "Date Posted", "Date Filed"):
            row[day] = _iso(row[day])
        row["Ins Order"] = row["Ins Order"][0]
        row["Mods"] = " ".join(str(part) for part in (row["Mods"], row.pop("Mods 2")) if part)
        found.append({key: "" if value is None else str(value) for key, value in row.items()})
    return found


def _iso(text: str) -> str:
    try:
        return datetime.strptime(text, "%m/%d/%Y").date().isoformat()
    except ValueError:
        return "bad"


@pytest.fixture(scope="module")
def clean(csv_rows: list[Row], xlsx_rows: list[Row]) -> list[Row]:
    """Both exports as one, repeats and unusable rows left out, as a right import has them."""
    unique = {tuple(row[name] for name in CSV_HEADER): row for row in [*csv_rows, *xlsx_rows]}
    return [row for row in unique.values() if row["Proc Code"] and _is_day(row["DOS"])]


def _is_day(text: str) -> bool:
    try:
        return bool(date.fromisoformat(text))
    except ValueError:
        return False


def test_the_same_seed_gives_the_same_bytes_again(files: list[SampleFile], tmp_path: Path) -> None:
    again = {made.path.name: made.path.read_bytes() for made in write_sample(tmp_path)}
    assert again == {made.path.name: made.path.read_bytes() for made in files}


def test_another_seed_gives_other_claims(files: list[SampleFile], tmp_path: Path) -> None:
    write_csv(tmp_path / "other.csv", seed=12)
    first = _named(files, "claims_2025.csv").read_bytes()
    assert (tmp_path / "other.csv").read_bytes() != first


def test_the_sample_holds_every_kind_of_file(files: list[SampleFile]) -> None:
    kinds = [made.kind for made in files]
    assert kinds.count("contract") == 7
    assert kinds.count("fee_schedule") == 3
    assert kinds.count("claims") == 2
    assert {"offer", "membership", "roster", "quality", "access", "utilization"} < set(kinds)


def test_every_contract_pdf_has_twelve_pages_or_more_and_counts_them(
    files: list[SampleFile],
) -> None:
    papers = [made.path for made in files if made.path.suffix == ".pdf"]
    assert len(papers) == 4
    for path in papers:
        pages = PdfReader(path).pages
        assert len(pages) >= 12, path.name
        assert f"Page 12 of {len(pages)}" in pages[11].extract_text()


def test_word_contracts_open_with_tables_captions_and_page_fields(files: list[SampleFile]) -> None:
    papers = [made for made in files if made.path.suffix == ".docx"]
    assert len(papers) == 4
    for made in papers:
        document = Document(str(made.path))
        assert document.tables
        assert any(run.bold for line in document.paragraphs for run in line.runs)
        foot = document.sections[0].footer._element.xml
        assert " PAGE " in foot
        assert " NUMPAGES " in foot


def test_all_words_of_a_contract_stand_in_its_pdf(files: list[SampleFile]) -> None:
    text = " ".join(
        page.extract_text()
        for page in PdfReader(_named(files, "kestrel_national_agreement.pdf")).pages
    )
    for phrase in (
        "Contract Rate",
        "$157.22",
        "lesser of",
        "33.2875",
        "Kestrel Senior Complete",
    ):
        assert phrase.lower() in " ".join(text.split()).lower()


def test_no_real_payer_is_named_anywhere(files: list[SampleFile]) -> None:
    for made in files:
        text = " ".join(_words(made.path)).lower()
        assert len(text) > 200
        for carrier in REAL_CARRIERS:
            assert not re.search(rf"\b{carrier}\b", text), f"{carrier} in {made.path.name}"


def _words(path: Path) -> Iterator[str]:
    if path.suffix == ".pdf":
        yield from (page.extract_text() for page in PdfReader(path).pages)
    elif path.suffix == ".docx":
        document = Document(str(path))
        yield from (line.text for line in document.paragraphs)
        yield from (
            cell.text for table in document.tables for row in table.rows for cell in row.cells
        )
    elif path.suffix == ".xlsx":
        for sheet in openpyxl.load_workbook(path, read_only=True):
            for row in sheet.iter_rows(values_only=True):
                yield " ".join(str(cell) for cell in row if cell is not None)
    else:
        yield path.read_text(encoding="cp1252" if "tarn" in path.name else "utf-8")


def test_claims_are_about_twenty_four_thousand_rows_over_two_years(
    csv_rows: list[Row], xlsx_rows: list[Row]
) -> None:
    assert 23_000 <= len(csv_rows) + len(xlsx_rows) <= 25_000
    days = [row["DOS"] for row in [*csv_rows, *xlsx_rows] if _is_day(row["DOS"])]
    assert (min(days), max(days)) == ("2024-11-01", "2026-10-31")


def test_the_month_in_both_exports_repeats_row_by_row(
    csv_rows: list[Row], xlsx_rows: list[Row]
) -> None:
    first = [[row[name] for name in CSV_HEADER] for row in csv_rows if row["DOS"][:7] == "2025-11"]
    second = [
        [row[name] for name in CSV_HEADER] for row in xlsx_rows if row["DOS"][:7] == "2025-11"
    ]
    assert len(first) > 800
    assert first == second


def test_no_clean_row_repeats_another_by_accident(csv_rows: list[Row]) -> None:
    keys = [tuple(row.values()) for row in csv_rows]
    assert len(set(keys)) == len(keys)


def test_the_rows_to_refuse_are_where_the_writer_says(
    files: list[SampleFile], tmp_path: Path
) -> None:
    bad = write_csv(tmp_path / "c.csv", 4471)
    lines = (tmp_path / "c.csv").read_text(encoding="utf-8").splitlines()
    for at, why in bad.items():
        row = dict(zip(CSV_HEADER, lines[at - 1].split(","), strict=True))
        assert (row["Proc Code"] == "") is (why == "no code")
        assert _is_day(row["DOS"]) is (why == "no code")
    sheet = openpyxl.load_workbook(_named(files, "claims_2026.xlsx"))["Charge Detail"]
    for at, why in write_xlsx(tmp_path / "c.xlsx", 4471).items():
        assert (sheet.cell(at, 11).value is None) is (why == "no code")
        assert (_iso(sheet.cell(at, 4).value) == "bad") is (why == "bad date")


def test_the_workbook_ends_with_totals_that_are_no_claim(
    files: list[SampleFile], xlsx_rows: list[Row]
) -> None:
    sheet = openpyxl.load_workbook(_named(files, "claims_2026.xlsx"))["Charge Detail"]
    total = next(row for row in sheet.iter_rows(min_row=9000) if row[0].value == "Report total")
    billed = sum(Decimal(row["Charge"]) for row in xlsx_rows)
    assert Decimal(str(round(total[16].value, 2))) == billed


PRICED = [  # each amount stands in the fee exhibit of the contract, or in DOMAIN's check values
    pytest.param("Granite Peak Health Plan", "PPO", "99213", 2026, "80.23", id="104% of 2020"),
    pytest.param("Granite Peak Health Plan", "HMO", "99396", 2025, "136.50", id="preventive"),
    pytest.param("Granite Peak Health Plan", "PPO", "36415", 2026, "4.00", id="outside the rule"),
    pytest.param("Kestrel National Health", "PPO", "99214", 2025, "157.22", id="120% of 2024"),
    pytest.param("Kestrel National Health", "HMO", "96127", 2026, "5.07", id="105% of 2024"),
    pytest.param("Kestrel National Health", "Medicare Advantage", "99214", 2025, "127.92", id="MA"),
    pytest.param("Alder Ridge Benefit Company", "PPO", "99395", 2026, "129.96", id="108% of 2022"),
    pytest.param("Silver Heron Advantage", "HMO", "99213", 2025, "91.04", id="current Medicare"),
    pytest.param("Tarn Lake Insurance", "PPO", "99214", 2026, "130.50", id="price list"),
    pytest.param("Medicare", "Original", "G0439", 2025, "129.43", id="Medicare itself"),
]  # fmt: skip


@pytest.mark.parametrize(("payer", "product", "code", "year", "amount"), PRICED)
def test_a_paid_line_is_allowed_what_the_contract_says(
    clean: list[Row], payer: str, product: str, code: str, year: int, amount: str
) -> None:
    short = payer.split()[0].lower()
    allowed = {
        Decimal(row["Allowed"]) / int(row["Units"])
        for row in clean
        if row["Payer"].lower().startswith(short)
        and (row["Plan"], row["Proc Code"], row["DOS"][:4]) == (product, code, str(year))
        and (row["Status"], row["Ins Order"], row["POS"]) == ("Paid", "P", "11")
        and "CO-59" not in row["Adj Codes"]
    }
    assert allowed == {Decimal(amount)}


def test_wolf_creek_pays_its_rate_or_a_few_dollars_less(clean: list[Row]) -> None:
    """112% of 2023 Medicare is 103.62 for 99213, as its Schedule 2 prints."""
    allowed = [
        Decimal(row["Allowed"])
        for row in clean
        if row["Payer"].lower().startswith("wolf")
        and (row["Proc Code"], row["Status"], row["Mods"]) == ("99213", "Paid", "")
    ]
    under = [amount for amount in allowed if amount != Decimal("103.62")]
    assert max(allowed) == Decimal("103.62")
    assert 0 < len(under) < len(allowed) / 15
    assert all(Decimal("97") < amount < Decimal("102.20") for amount in under)


def test_wolf_creek_denies_far_more_than_the_others(clean: list[Row]) -> None:
    lines: dict[str, list[str]] = defaultdict(list)
    for row in clean:
        lines[row["Payer"].split()[0].lower()].append(row["Status"])
    rates = {name: found.count("Denied") / len(found) for name, found in lines.items()}
    assert 0.12 < rates["wolf"] < 0.17
    assert all(rate < 0.06 for name, rate in rates.items() if name != "wolf")


def test_each_reversal_has_its_original_and_a_corrected_claim(clean: list[Row]) -> None:
    back = [row for row in clean if row["Status"] == "Reversed"]
    assert len(back) >= 40
    paid = {(row["Claim #"], row["Line"]): row for row in clean if row["Status"] == "Paid"}
    for row in back:
        original = paid[row["Claim #"], row["Line"]]
        assert Decimal(row["Allowed"]) == -Decimal(original["Allowed"])
        assert paid[f"{row['Claim #']}C", "1"]["Proc Code"] != row["Proc Code"]


def test_patients_and_clinicians_cannot_be_taken_for_real_ones(clean: list[Row]) -> None:
    assert all(re.fullmatch(r"Sample Patient \d{4}", row["Patient"]) for row in clean)
    assert all(row["Member ID"].startswith("SMP") for row in clean)
    assert not any(_npi_is_valid(npi) for npi in {row["Rendering NPI"] for row in clean})


def _npi_is_valid(npi: str) -> bool:
    digits = [int(digit) for digit in reversed("80840" + npi)]
    doubled = [sum(divmod(2 * digit, 10)) for digit in digits[1::2]]
    return (sum(digits[0::2]) + sum(doubled)) % 10 == 0


@pytest.mark.parametrize("code", ["99213", "99214", "G2211", "G0439", "90460", "17110"])
@pytest.mark.parametrize("year", [2020, 2022, 2023, 2024, 2025])
def test_the_samples_own_medicare_price_is_the_shipped_one(code: str, year: int) -> None:
    own = medicare_price(code, year)
    if own is not None:
        assert own == shipped_price(code, date(year, 7, 1), "Colorado", "office")


def test_truth_payments_are_those_in_the_exported_files(clean: list[Row]) -> None:
    told = truth(4471)["payments"]["2025-11..2026-10"]
    paid: dict[str, Decimal] = defaultdict(Decimal)
    for row in clean:
        if row["DOS"] >= "2025-11-01":
            paid[row["Payer"].split()[0].lower()] += Decimal(row["Ins Paid"])
    wanted = {
        "granite": "Granite Peak Health Plan",
        "kestrel": "Kestrel National Health",
        "wolf": "Wolf Creek Mutual",
        "silver": "Silver Heron Advantage",
        "tarn": "Tarn Lake Insurance",
    }
    total = sum(paid.values())
    for short, name in wanted.items():
        assert Decimal(told[name]["payments"]) == paid[short]
        assert abs(Decimal(told[name]["share"]) - 100 * paid[short] / total) < Decimal("0.0001")


def test_truth_percent_of_medicare_is_that_of_the_exported_files(clean: list[Row]) -> None:
    told = truth(4471)["percent_of_medicare"]["Granite Peak Health Plan"]
    allowed = worth = Decimal(0)
    reversed_ones = {(r["Claim #"], r["Line"]) for r in clean if r["Status"] == "Reversed"}
    for row in clean:
        office = row["POS"] in ("11", "10")
        price = medicare_price(row["Proc Code"], 2025)
        if (
            row["Payer"].lower().startswith("granite")
            and row["DOS"] >= "2025-11-01"
            and (row["Status"], row["Ins Order"]) == ("Paid", "P")
            and (row["Claim #"], row["Line"]) not in reversed_ones
            and office
            and price
        ):
            allowed += Decimal(row["Allowed"])
            worth += price * int(row["Units"])
    assert Decimal(told["allowed"]) == allowed
    assert abs(Decimal(told["percent"]) - 100 * allowed / worth) < Decimal("0.0001")


def test_the_stories_hold() -> None:
    told = truth(4471)
    share = {name: float(v["share"]) for name, v in told["payments"]["2025-11..2026-10"].items()}
    percent = {name: float(v["percent"]) for name, v in told["percent_of_medicare"].items()}
    assert max(share, key=lambda name: share[name]) == "Kestrel National Health"
    assert 20 < share["Granite Peak Health Plan"] < 24
    assert percent["Granite Peak Health Plan"] < 95
    assert 105 < percent["Kestrel National Health"] < 113
    assert 68 < percent["Prairie Lantern Health"] < 72


def test_profile_names_each_payer_with_its_spellings(
    files: list[SampleFile], clean: list[Row]
) -> None:
    told = tomllib.loads(_named(files, "profile.toml").read_text(encoding="utf-8"))
    assert told["profile"]["tin_ending"] == "4471"
    known = {text for payer in told["payers"] for text in (payer["name"], *payer["aliases"])}
    assert {row["Payer"] for row in clean} <= known


def test_roster_holds_members_never_seen_and_misses_some_who_were(
    files: list[SampleFile], clean: list[Row]
) -> None:
    sheet = openpyxl.load_workbook(_named(files, "granite_peak_roster.xlsx")).active
    listed = {row[0] for row in sheet.iter_rows(min_row=5, values_only=True)}
    seen = {row["Member ID"] for row in clean if row["Payer"].lower().startswith("granite")}
    hmo = {row["Member ID"] for row in clean if row["Plan"] == "HMO"} & seen
    assert len(listed - seen) >= 30
    assert len(hmo - listed) >= 5


def test_tarn_lake_fees_are_untidy_windows_text(files: list[SampleFile]) -> None:
    raw = _named(files, "tarn_lake_fees.csv").read_bytes()
    with pytest.raises(UnicodeDecodeError):
        raw.decode("utf-8")
    assert '\'99213,"Return visit, low complexity",$93.00' in raw.decode("cp1252")


def test_kestrel_fees_hold_rules_and_carve_outs_on_two_sheets(files: list[SampleFile]) -> None:
    book = openpyxl.load_workbook(_named(files, "kestrel_fee_schedule.xlsx"))
    assert book.sheetnames == ["Rules", "Carve-outs"]
    assert ("PPO", "Office visits", "99202-99215", 1.2, 2024) in [
        row[:5] for row in book["Rules"].iter_rows(values_only=True)
    ]
    assert ("36415", 2.5) in [(r[0], r[2]) for r in book["Carve-outs"].iter_rows(values_only=True)]


def test_granite_peak_fees_stand_side_by_side_under_an_effective_date(
    files: list[SampleFile],
) -> None:
    sheet = openpyxl.load_workbook(_named(files, "granite_peak_fees_2020.xlsx")).active
    assert sheet["B3"].value == datetime(2020, 7, 1)
    rows = {row[0]: row[2:4] for row in sheet.iter_rows(values_only=True)}
    assert rows[99214] == (116.25, 116.25)


def test_markup_is_read_into_its_blocks() -> None:
    text = "# T\n\n**Cap.** body\nmore\n\n>> (a) in\n>>> (i) deep\n\n===\n"
    text += "| a | b |\n|---|---|\n| **c** | |\n"
    title, body, first, deep, page, table = blocks_of(text)
    assert title == Title("T")
    assert body == Paragraph((("Cap.", True), (" body more", False)))
    assert (first, deep) == (
        Paragraph((("(a) in", False),), 1),
        Paragraph((("(i) deep", False),), 2),
    )
    assert page == PageBreak()
    assert table == Table((((("a", False),), (("b", False),)), ((("c", True),), ())))
    with pytest.raises(ValueError, match="left open"):
        blocks_of("**open")


def test_costs_stand_in_a_profit_and_loss_sheet_with_totals_and_income(
    files: list[SampleFile],
) -> None:
    with _named(files, "profit_and_loss_2026.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    named = {row[0]: row[1:] for row in rows[3:] if row}
    assert named["Account"][0] == "Nov 2025" and named["Account"][11:] == ["Oct 2026", "Total"]
    kinds = [name for name, cells in named.items() if cells[0] and not name.startswith("Total")]
    costs = [name for name in kinds if name not in ("Account", "Net Income")][2:]
    amounts = [Decimal(cell.replace(",", "")) for name in costs for cell in named[name][:12]]
    assert sum(amounts) == Decimal(truth(4471)["cost_per_visit"]["costs"])
    assert Decimal(named["Total Expenses"][12].replace(",", "")) == sum(amounts)


def test_a_visit_costs_what_the_truth_says(clean: list[Row]) -> None:
    told = truth(4471)["cost_per_visit"]
    undone = {(row["Claim #"], row["Line"]) for row in clean if row["Status"] == "Reversed"}
    visits = {
        (row["Claim #"], row["DOS"]) for row in clean
        if row["DOS"] >= "2025-11-01" and row["Ins Order"] == "P" and row["Status"] == "Paid"
        and (row["Claim #"], row["Line"]) not in undone
    }  # fmt: skip
    assert told["visits"] == len(visits)
    assert abs(Decimal(told["per_visit"]) * len(visits) - Decimal(told["costs"])) < len(visits)
