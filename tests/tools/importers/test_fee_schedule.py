"""Fee schedules as payers send them: each workbook's rows are read off beside the test."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from tests.fixtures.intake import fresh_practice, one
from tools.importers.pay_rule import pay_rule
from tools.practice import Practice
from tools.schedules.contract_rate import contract_rate, fee_schedules

PAYER = "Granite Peak Health Plan"
Rows = Sequence[Sequence[object]]


def workbook(path: Path, **sheets: Rows) -> Path:
    book = xlsxwriter.Workbook(str(path))
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name.replace("_", " "))
        for n, row in enumerate(rows):
            for m, cell in enumerate(row):
                if cell is not None:
                    sheet.write(n, m, cell)
    book.close()
    return path


def taken(folder: Path, **sheets: Rows) -> tuple[Practice, dict[str, Any]]:
    practice = fresh_practice(folder / "workspace")
    answer = one(practice, workbook(folder / "fees.xlsx", **sheets), PAYER)
    assert answer["status"] == "imported", answer["problem"]
    assert answer["kind"] == "fee_schedule"
    given = sum(1 for rows in sheets.values() for row in rows)
    told = answer["rows"] + len(answer["rejected"]) + len(answer["ignored"])
    assert told + len(sheets) == given  # a header row a sheet is none of the three
    return practice, answer


def entries(practice: Practice) -> list[dict[str, Any]]:
    rows = practice.tables.frame(practice.tables.table("fee_schedules")).to_dict("records")
    return [{str(k): v for k, v in row.items() if v is not None and v == v} for row in rows]


def rate(practice: Practice, code: str, on: date = date(2026, 5, 1), **more: Any) -> Decimal:
    rows = fee_schedules(practice, [PAYER])
    return contract_rate(rows, payer=PAYER, code=code, on=on, **more).amount


def test_products_side_by_side_with_settings_below(tmp_path: Path) -> None:
    practice, answer = taken(
        tmp_path,
        Fees=[
            ["Granite Peak Health Plan"],
            ["Professional fee schedule, effective 01/01/2026"],
            [None],
            ["Code", "Description", "PPO", None, "HMO", None],
            [None, None, "Non-Facility", "Facility", "Non-Facility", "Facility"],
            ["99213", "visit", 95.5, 70, 90, 66.25],
            ["99214", "visit", 140, 101, "132.10", 95],
            ["Rates are confidential"],
        ],
    )
    assert answer["rows"] == 2
    assert rate(practice, "99213", product="PPO") == Decimal("95.50")
    assert rate(practice, "99213", product="HMO", setting="facility") == Decimal("66.25")
    assert rate(practice, "99214", product="HMO") == Decimal("132.10")
    assert all(entry["effective_from"] == date(2026, 1, 1) for entry in entries(practice))


def test_years_side_by_side_each_hold_for_their_year(tmp_path: Path) -> None:
    practice, _ = taken(
        tmp_path,
        Fees=[
            ["CPT", "2024 Rate", "2025 Rate", "2026 Rate"],
            ["99213", 90, 92.5, 95],
            ["99214", 130, 133, 137],
        ],
    )
    assert rate(practice, "99213", date(2024, 7, 1)) == 90
    assert rate(practice, "99213", date(2025, 12, 31)) == Decimal("92.50")
    assert rate(practice, "99213", date(2027, 2, 1)) == 95


def test_a_single_year_in_a_heading_sets_no_end(tmp_path: Path) -> None:
    practice, _ = taken(tmp_path, Fees=[["CPT", "2020 Rate"], ["99213", 80], ["99214", 116.25]])
    assert rate(practice, "99214") == Decimal("116.25")


def test_modifier_rows_columns_and_cells_are_components(tmp_path: Path) -> None:
    practice, _ = taken(
        tmp_path,
        Rows=[["Code", "Modifier", "Rate"], ["93000", None, 30], ["93000", "26", 11],
              ["93000", "TC", 19]],
        Cells=[["Code", "Rate"], ["94010-26", 8], ["94010-TC", 20], ["94010", 28]],
    )  # fmt: skip
    assert rate(practice, "93000") == 30
    assert rate(practice, "93000", modifiers="26") == 11
    assert rate(practice, "94010", modifiers="26") == 8
    assert rate(practice, "94010") == 28


def test_rules_ranges_and_families_are_kept_as_rules(tmp_path: Path) -> None:
    practice, answer = taken(
        tmp_path,
        Rules=[
            ["Code range", "Basis"],
            ["99202-99205, 99211-99215", "120% of 2024 Medicare, Colorado"],
            ["Preventive visits", "115% of 2024 Medicare, Colorado"],
            ["Labs", "60% of CLFS"],
            ["Drugs", "ASP + 6%"],
            ["36415", "$4.25"],
            ["All other codes", "105% of 2024 Medicare, Colorado"],
        ],
    )
    assert answer["rejected"] == [] or answer["rejected"][0]["row"] == 6
    # 2024 Colorado, from the contract of the sample: 99213 92.99 x 120% = 111.588
    assert rate(practice, "99213") == Decimal("111.59")
    # 99396 126.29 x 115% = 145.2335; G2211 16.53 x 105% = 17.3565
    assert rate(practice, "99396") == Decimal("145.23")
    assert rate(practice, "G2211") == Decimal("17.36")
    held = {entry["code"]: entry for entry in entries(practice)}
    assert "60% of CLFS" in held["lab"]["cannot_price"]
    assert "ASP + 6%" in held["drug"]["cannot_price"]


def test_sequestration_is_kept_beside_the_percent_and_not_taken_off_it(tmp_path: Path) -> None:
    practice, _ = taken(
        tmp_path,
        Rules=[["Code", "Basis"],
               ["All codes", "100% of then-current Medicare less 2% sequestration"]],
    )  # fmt: skip
    (entry,) = entries(practice)
    assert entry["percent_of_medicare"] == 100 and entry["payment_cut"] == 2
    assert "medicare_year" not in entry
    assert rate(practice, "99213", date(2025, 3, 1)) == Decimal("91.04")


def test_a_conversion_factor_prices_by_relative_value_units(tmp_path: Path) -> None:
    practice, _ = taken(
        tmp_path,
        Factors=[["Code range", "Conversion Factor (2025 RVUs)"], ["99202-99215", 38.5],
                 ["10000-69990", 44]],
    )  # fmt: skip
    # 91.04 / 32.3465 is 2.8145 units for 99213 in Colorado in 2025 (2.814524 before rounding);
    # 1.30 x 1.012 + 1.39 x 1.046 + 0.10 x ... worked from the published price: 38.5 x 2.8145
    assert rate(practice, "99213") == pytest.approx(Decimal("108.36"), abs=Decimal("0.02"))


def test_a_percent_of_charges_and_words_for_no_payment_are_rules(tmp_path: Path) -> None:
    practice, _ = taken(
        tmp_path,
        Fees=[
            ["Granite Peak pays the lesser of billed charges or the rate below"],
            ["Code", "Rate"],
            ["99213", "$95.00"],
            ["99080", "Not covered"],
            ["99199", "55% of billed charges"],
            ["99070", "15% discount off billed charges"],
        ],
    )
    held = {entry["code"]: entry for entry in entries(practice)}
    assert held["99199"]["percent_of_charges"] == 55
    assert held["99070"]["percent_of_charges"] == 85
    assert "Not covered" in held["99080"]["cannot_price"]
    assert held["99213"]["lesser_of_charges"] is True


def test_one_sheet_a_product_and_several_payers_side_by_side(tmp_path: Path) -> None:
    practice = fresh_practice(tmp_path / "workspace")
    practice.payers.learn(PAYER, ["Granite Peak"], line_of_business="commercial")
    practice.payers.learn("Kestrel National Health", ["Kestrel"], line_of_business="commercial")
    file = workbook(tmp_path / "all.xlsx", All=[
        ["CPT", "Granite Peak Rate", "Kestrel Rate"], ["99213", 90, 111.59],
        ["99214", 128, 157.22]])  # fmt: skip
    assert one(practice, file)["status"] == "imported"
    rows = fee_schedules(practice)
    kestrel = contract_rate(
        rows, payer="Kestrel National Health", code="99214", on=date(2026, 5, 1)
    )
    assert kestrel.amount == Decimal("157.22")
    assert rate(practice, "99214") == 128


def test_a_row_that_cannot_be_used_is_listed_with_its_reason(tmp_path: Path) -> None:
    _, answer = taken(
        tmp_path,
        Fees=[["Code", "Rate"], ["99213", 90], ["9921", 80], ["99214", "ninety"], ["99215", -4],
              ["Total", 170]],
    )  # fmt: skip
    assert [each["row"] for each in answer["rejected"]] == [3, 4, 5, 6]
    assert all("ninety" not in each["reason"] for each in answer["rejected"])


@pytest.mark.parametrize(
    ("said", "field", "value"),
    [
        ("115% of 2024 Medicare, Colorado", "percent", "115"),
        ("$38.50 per RVU", "per_unit", "38.50"),
        ("conversion factor of $41.25", "per_unit", "41.25"),
        ("60% of billed charges", "of_charges", "60"),
        ("20% off billed charges", "of_charges", "80"),
        ("50 percent of provider's usual and customary charges", "of_charges", "50"),
        ("60% of the Medicare clinical laboratory fee schedule", "cannot_price", None),
        ("AWP minus 15%", "cannot_price", None),
        ("by report", "cannot_price", None),
    ],
)
def test_a_rule_is_read_as_what_it_is(said: str, field: str, value: str | None) -> None:
    rule = pay_rule(said)
    assert rule is not None
    held = getattr(rule, field)
    assert held is not None and (value is None or held == Decimal(value))
    others = {"percent", "of_charges", "per_unit", "cannot_price"} - {field}
    assert all(getattr(rule, other) is None for other in others)


@given(st.text(max_size=80))
def test_no_text_is_read_as_two_rules_or_raises(text: str) -> None:
    rule = pay_rule(text)
    if rule is not None:
        held = [rule.percent, rule.of_charges, rule.per_unit, rule.cannot_price]
        assert sum(each is not None for each in held) == 1
