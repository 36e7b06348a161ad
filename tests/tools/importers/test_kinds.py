"""Schedules, rosters, quality, hours and utilization as practices and payers send them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import xlsxwriter

from tests.fixtures.intake import fresh_practice, one, write_csv
from tools.practice import Practice


def workbook(path: Path, sheets: dict[str, Sequence[Sequence[Any]]]) -> Path:
    """A workbook of the given sheets."""
    book = xlsxwriter.Workbook(str(path))
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for at, row in enumerate(rows):
            sheet.write_row(at, 0, row)
    book.close()
    return path


def entries(practice: Practice, table: str, *columns: str) -> list[tuple[Any, ...]]:
    """The chosen columns of a table, in the order of the file."""
    frame = practice.tables.frame(practice.tables.table(table).order_by("source_row"))
    return [tuple(row) for row in frame[list(columns)].itertuples(index=False)]


def test_products_side_by_side_with_settings_below_them(tmp_path: Path) -> None:
    practice = fresh_practice(tmp_path / "practice")
    file = workbook(
        tmp_path / "fees.xlsx",
        {
            "Rates": [
                ["Aetna professional fees, effective 1/1/2025"],
                [],
                ["", "", "PPO", "", "HMO", ""],
                ["CPT", "Description", "Non-Facility", "Facility", "Non-Facility", "Facility"],
                ["99213", "visit", 95.5, 70, 90.25, ""],
                ["99214", "visit", "n/a", 100, 130, 95],
                ["Office visits"],
                [99999999, "x", 1, 1, 1, 1],
            ]
        },
    )
    answer = one(practice, file)
    assert (answer["kind"], answer["payer"], answer["rows"]) == ("fee_schedule", "Aetna", 2)
    assert [each["row"] for each in answer["rejected"]] == [8]
    found = entries(practice, "fee_schedules", "code", "product", "setting", "rate")
    assert set(found) == {
        ("99213", "PPO", "office", Decimal("95.50")),
        ("99213", "PPO", "facility", Decimal("70.00")),
        ("99213", "HMO", "office", Decimal("90.25")),
        ("99214", "PPO", "facility", Decimal("100.00")),
        ("99214", "HMO", "office", Decimal("130.00")),
        ("99214", "HMO", "facility", Decimal("95.00")),
    }
    assert set(entries(practice, "fee_schedules", "payer", "effective_from")) == {
        ("Aetna", date(2025, 1, 1))
    }


def test_rules_are_kept_as_rules(tmp_path: Path) -> None:
    practice = fresh_practice(tmp_path / "practice")
    rows = [
        ["99202-99205, 99211-99215", "115% of 2024 Medicare, Colorado", "1/1/2025", "12/31/2025"],
        ["All other codes", "105% of current Medicare", "1/1/2025", ""],
        ["36415", "$3.50", "1/1/2025", ""],
        ["99213", "call us", "", ""],
    ]
    file = write_csv(tmp_path / "f.csv", rows, ["Codes", "Rate", "Effective Date", "End Date"])
    answer = one(practice, file, "Tarn Lake Insurance")
    assert [each["row"] for each in answer["rejected"]] == [5]
    columns = ("code", "rate", "percent_of_medicare", "medicare_year", "locality", "effective_to")
    ruled = (None, Decimal("115.0000"), 2024, "Colorado", date(2025, 12, 31))
    assert sorted(entries(practice, "fee_schedules", *columns)) == [
        ("*", None, Decimal("105.0000"), None, None, None),
        ("36415", Decimal("3.50"), None, None, None, None),
        ("99202-99205", *ruled),
        ("99211-99215", *ruled),
    ]


def test_payers_side_by_side_name_their_columns(tmp_path: Path) -> None:
    practice = fresh_practice(tmp_path / "practice")
    file = write_csv(
        tmp_path / "f.csv",
        [["99213", "91.04", "95", "99.10"]],
        ["Code", "Medicare", "UHC", "Cigna"],
    )
    answer = one(practice, file)
    assert answer["rows"] == 1
    assert set(entries(practice, "fee_schedules", "payer", "rate")) == {
        ("UnitedHealthcare", Decimal("95.00")),
        ("Cigna Healthcare", Decimal("99.10")),
    }


def test_a_member_has_one_key_in_claims_and_rosters(tmp_path: Path) -> None:
    practice = fresh_practice(tmp_path / "practice")
    claims = write_csv(
        tmp_path / "c.csv",
        [["1", "1/15/2026", "Aetna", "99213", "1", "150", "w 00123-45"]],
        ["Claim", "DOS", "Payer", "CPT", "Units", "Charge", "Member ID"],
    )
    roster = write_csv(
        tmp_path / "r.csv",
        [["W0012345", "2026-01", "", "1.2"], ["777", "2026-01", "1/31/2026", ""]],
        ["Member Number", "Month", "Term Date", "RAF"],
    )
    one(practice, claims)
    assert one(practice, roster, "Aetna")["kind"] == "membership"
    frame = practice.tables.frame(practice.tables.table("claim_lines"))
    (person,) = frame["member_key"]
    held = entries(practice, "membership", "member_key", "month", "term_date", "risk_score")
    assert held[0] == (person, date(2026, 1, 1), None, Decimal("1.2000"))
    assert held[1][2] == date(2026, 1, 31)
    other = fresh_practice(tmp_path / "other")
    one(other, claims)
    (elsewhere,) = other.tables.frame(other.tables.table("claim_lines"))["member_key"]
    assert elsewhere != person


def test_monthly_counts_come_long_or_side_by_side(tmp_path: Path) -> None:
    practice = fresh_practice(tmp_path / "practice")
    long = write_csv(
        tmp_path / "l.csv", [["2026-01", "Aetna", "1,204"]], ["Month", "Payer", "Members"]
    )
    wide = write_csv(tmp_path / "w.csv", [["Cigna", "80", "81"]], ["Payer", "Jan 2026", "Feb 2026"])
    assert one(practice, long)["rows"] == 1
    assert one(practice, wide)["kind"] == "membership"
    assert sorted(entries(practice, "membership", "payer", "month", "members")) == [
        ("Aetna", date(2026, 1, 1), 1204),
        ("Cigna Healthcare", date(2026, 1, 1), 80),
        ("Cigna Healthcare", date(2026, 2, 1), 81),
    ]


def test_a_roster_without_a_month_takes_it_from_its_title_or_is_refused(tmp_path: Path) -> None:
    practice = fresh_practice(tmp_path / "practice")
    header, rows = ["Member ID", "Product"], [["1", "PPO"]]
    refused = one(practice, write_csv(tmp_path / "r.csv", rows, header), "Aetna")
    assert refused["status"] == "refused"
    assert "no month" in refused["problem"]
    dated = tmp_path / "dated.csv"
    dated.write_text("Attribution, June 2026\n\nMember ID,Product\n1,PPO\n")
    assert one(practice, dated, "Aetna")["rows"] == 1
    assert entries(practice, "membership", "month") == [(date(2026, 6, 1),)]


def test_quality_measures_are_known_by_id_or_by_name(tmp_path: Path) -> None:
    practice = fresh_practice(tmp_path / "practice")
    rows = [
        ["CMS165v13", "Aetna", "2025", "80", "100"],
        ["Colorectal cancer screening", "All payers", "Q1 2026", "50", "90"],
        ["Depression screening and follow-up", "Aetna", "2025", "95", "90"],
    ]
    header = ["Measure", "Payer", "Period", "Numerator", "Denominator"]
    answer = one(practice, write_csv(tmp_path / "q.csv", rows, header))
    assert (answer["kind"], answer["rows"], answer["rejected"][0]["row"]) == ("quality", 2, 4)
    assert entries(practice, "quality", "measure", "payer", "period_start", "period_end") == [
        ("CMS165", "Aetna", date(2025, 1, 1), date(2025, 12, 31)),
        ("CMS130", None, date(2026, 1, 1), date(2026, 3, 31)),
    ]


def test_hours_are_read_by_day_by_week_and_when_closed(tmp_path: Path) -> None:
    practice = fresh_practice(tmp_path / "practice")
    rows = [["Main", "Mon-Tue", "7:00 AM - 7:00 PM"], ["Main", "Sunday", "closed"],
            ["Main", "Someday", "8-5"]]  # fmt: skip
    answer = one(practice, write_csv(tmp_path / "h.csv", rows, ["Site", "Day", "Hours"]))
    assert (answer["kind"], answer["rows"], answer["candidates"]) == ("access", 2, [])
    wide = ["Location", "Monday", "Tuesday", "Wednesday"]
    one(
        practice,
        write_csv(tmp_path / "w.csv", [["Mesa", "8:00-17:00", "closed", "noon-7pm"]], wide),
    )
    assert sorted(map(str, entries(practice, "access", "site", "weekday", "opens", "closes"))) == [
        "('Main', 'Monday', '07:00', '19:00')",
        "('Main', 'Sunday', None, None)",
        "('Main', 'Tuesday', '07:00', '19:00')",
        "('Mesa', 'Monday', '08:00', '17:00')",
        "('Mesa', 'Tuesday', None, None)",
        "('Mesa', 'Wednesday', '12:00', '19:00')",
    ]


def test_utilization_keeps_its_unit(tmp_path: Path) -> None:
    practice = fresh_practice(tmp_path / "practice")
    rows = [["Aetna", "2025", "Emergency visits per 1,000", "142.6", "188.3"],
            ["Aetna", "2025", "Generic prescribing", "91.2%", "86.7%"]]  # fmt: skip
    header = ["Payer", "Year", "Metric", "Practice", "Network"]
    assert one(practice, write_csv(tmp_path / "u.csv", rows, header))["kind"] == "utilization"
    columns = ("metric", "practice_value", "comparison_value", "unit")
    assert entries(practice, "utilization", *columns) == [
        ("Emergency visits per 1,000", Decimal("142.6000"), Decimal("188.3000"), "per 1,000"),
        ("Generic prescribing", Decimal("91.2000"), Decimal("86.7000"), "percent"),
    ]
