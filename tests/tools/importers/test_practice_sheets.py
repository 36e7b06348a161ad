"""Costs, capacity, contacts, rosters, quality and utilization in the forms practices have them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fixtures.intake import fresh_practice, one, write_csv
from tools.practice import Practice


def entries(practice: Practice, table: str, *columns: str) -> list[tuple[Any, ...]]:
    """The chosen columns of a table, in the order of the file."""
    frame = practice.tables.frame(practice.tables.table(table))
    order = [c for c in ("source_row", "period_start", "month", "payer") if c in frame.columns]
    frame = frame.sort_values(order, kind="stable")
    return [tuple(row) for row in frame[list(columns)].itertuples(index=False)]


def written(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def sheet(folder: Path, header: Sequence[str], *rows: Sequence[str]) -> Path:
    return write_csv(folder / "sheet.csv", rows, header)


def test_a_profit_and_loss_sheet_gives_its_costs_and_lists_totals_and_income(
    tmp_path: Path,
) -> None:
    practice = fresh_practice(tmp_path / "practice")
    file = written(
        tmp_path / "pl.csv",
        "Sagebrush Family Medicine\nProfit and Loss 2025\n\n"
        "Account,Jan 2025,Feb 2025,Total\n"
        "Income,,,\n"
        'Patient fees,"9,000.00","9,500.00","18,500.00"\n'
        'Total Income,"9,000.00","9,500.00","18,500.00"\n'
        "Expenses,,,\n"
        'Salaries and wages,"4,000.00","4,100.00","8,100.00"\n'
        'Rent,"1,500.00","1,500.00","3,000.00"\n'
        'Medical supplies,"300.00","(50.00)",250.00\n'
        'Total Expenses,"5,800.00","5,550.00","11,350.00"\n'
        'Net Income,"3,200.00","3,950.00","7,150.00"\n',
    )
    answer = one(practice, file)
    assert (answer["kind"], answer["status"], answer["rows"]) == ("practice_costs", "imported", 3)
    # costs: 4,000 + 4,100 + 1,500 + 1,500 + 300 - 50; a supplier's credit lowers its month
    assert entries(practice, "practice_costs", "category", "period_start", "amount") == [
        ("Salaries and wages", date(2025, 1, 1), Decimal("4000.00")),
        ("Salaries and wages", date(2025, 2, 1), Decimal("4100.00")),
        ("Rent", date(2025, 1, 1), Decimal("1500.00")),
        ("Rent", date(2025, 2, 1), Decimal("1500.00")),
        ("Medical supplies", date(2025, 1, 1), Decimal("300.00")),
        ("Medical supplies", date(2025, 2, 1), Decimal("-50.00")),
    ]
    # rows 6, 7, 12 and 13 hold money that is no cost; titles, blank and headings are ignored
    assert [each["row"] for each in answer["rejected"]] == [6, 7, 12, 13]
    assert len(answer["ignored"]) == 5


def test_a_ledger_that_writes_spending_below_zero_is_turned(tmp_path: Path) -> None:
    practice = fresh_practice(tmp_path / "practice")
    file = sheet(tmp_path, ["Expense Category", "Month", "Amount"],
                 ["Payroll", "2025-01", "(4,000.00)"], ["Rent", "2025-01", "-1500"],
                 ["Total", "2025-01", "(5,500.00)"])  # fmt: skip
    answer = one(practice, file)
    assert entries(practice, "practice_costs", "amount", "period_end") == [
        (Decimal("4000.00"), date(2025, 1, 31)),
        (Decimal("1500.00"), date(2025, 1, 31)),
    ]
    assert "total row" in answer["rejected"][0]["reason"]


def test_debit_less_credit_is_the_cost_of_the_day_s_month(tmp_path: Path) -> None:
    practice = fresh_practice(tmp_path / "practice")
    file = sheet(tmp_path, ["Date", "Account", "Debit", "Credit"],
                 ["02/14/2025", "Rent", "1500.00", ""],
                 ["02/20/2025", "Medical supplies", "", "80.00"])  # fmt: skip
    one(practice, file)
    assert entries(practice, "practice_costs", "amount", "period_start") == [
        (Decimal("1500.00"), date(2025, 2, 1)),
        (Decimal("-80.00"), date(2025, 2, 1)),
    ]


def test_months_without_a_year_take_the_title_s(tmp_path: Path) -> None:
    practice = fresh_practice(tmp_path / "practice")
    file = written(tmp_path / "c.csv", "Overhead 2024\nCategory,Jan,Feb\nRent,10,20\nPayroll,1,2\n")
    assert one(practice, file)["rows"] == 2
    assert {row[0] for row in entries(practice, "practice_costs", "period_start")} == {
        date(2024, 1, 1),
        date(2024, 2, 1),
    }


def test_a_patients_ledger_is_no_sheet_of_costs(tmp_path: Path) -> None:
    practice = fresh_practice(tmp_path / "practice")
    file = sheet(tmp_path, ["Patient Account", "Date", "Amount"],
                 ["Zebulon Quist", "1/1/2025", "20.00"],
                 ["Ada Thorne", "1/2/2025", "30.00"])  # fmt: skip
    answer = one(practice, file)
    assert answer["status"] == "refused"
    assert "Quist" not in str(answer)


def test_a_list_of_services_is_no_sheet_of_costs(tmp_path: Path) -> None:
    practice = fresh_practice(tmp_path / "practice")
    file = sheet(tmp_path, ["Description", "Date", "Amount"],
                 ["Office visit", "1/1/2025", "120.00"],
                 ["Vaccine administration", "1/1/2025", "30.00"])  # fmt: skip
    assert one(practice, file)["status"] == "refused"


@given(st.lists(st.decimals(-99_999, 999_999, places=2), min_size=1, max_size=12))
@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_every_cent_of_a_ledger_is_in_the_table(amounts: list[Decimal]) -> None:
    with TemporaryDirectory() as made:
        folder = Path(made)
        practice = fresh_practice(folder / "practice")
        rows = [["Rent and salaries", f"2025-{at + 1:02d}", f"{a:,.2f}"]
                for at, a in enumerate([Decimal(1), *amounts][:12])]  # fmt: skip
        rows += [["Payroll", "2024-12", "2.00"], ["Software", "2024-11", "3.00"]]
        held = [Decimal(row[2].replace(",", "")) for row in rows]
        below, above = sum(a < 0 for a in held), sum(a > 0 for a in held)
        sign = -1 if below and below >= 4 * above else 1
        one(practice, sheet(folder, ["Category", "Month", "Amount"], *rows))
        found = entries(practice, "practice_costs", "amount")
        assert sum(row[0] for row in found) == sign * sum(held)


def test_capacity_tells_visits_a_week_from_sessions(tmp_path: Path) -> None:
    practice = fresh_practice(tmp_path / "practice")
    file = sheet(tmp_path, ["Provider", "Role", "Sessions per Week", "Visits per Session", "Rooms"],
                 ["Dr. A. Finch", "MD", "8", "10", "3"], ["B. Wren", "LCSW", "6", "7", "1"],
                 ["Total", "", "14", "", "4"])  # fmt: skip
    answer = one(practice, file)
    assert (answer["kind"], answer["rows"], answer["candidates"]) == ("capacity", 2, [])
    assert entries(practice, "capacity", "provider", "role", "visits_per_week") == [
        ("Dr. A. Finch", "MD", Decimal("80.0000")),
        ("B. Wren", "LCSW", Decimal("42.0000")),
    ]


def test_contacts_keep_their_names_and_addresses(tmp_path: Path) -> None:
    practice = fresh_practice(tmp_path / "practice")
    header = ["Payer", "Contact Name", "Title", "Email", "Phone", "Notes"]
    file = sheet(tmp_path, header,
                 ["Aetna", "Morgan Vale", "Network manager", "m.vale@aetna.example",
                  "(303) 555-0140 x12", "asked about Zebulon Quist"],
                 ["Cigna", "", "Provider relations", "pr@cigna.example", "", ""])  # fmt: skip
    answer = one(practice, file)
    assert (answer["kind"], answer["rows"]) == ("contacts", 2)
    assert entries(practice, "contacts", "payer", "name", "role", "email", "phone") == [
        ("Aetna", "Morgan Vale", "Network manager", "m.vale@aetna.example", "(303) 555-0140 x12"),
        ("Cigna Healthcare", None, "Provider relations", "pr@cigna.example", None),
    ]
    held = b"".join(p.read_bytes() for p in practice.workspace.originals.rglob("*") if p.is_file())
    assert b"Morgan Vale" in held and b"Quist" not in held


@pytest.mark.parametrize(
    ("header", "row"),
    [
        pytest.param(["Payer", "Patient Name", "Phone"],
                     ["Aetna", "Zebulon Quist", "303-555-0100"], id="named a patient"),
        pytest.param(["Insurance", "Name", "Phone", "DOB"],
                     ["Aetna", "Zebulon Quist", "303-555-0100", "1/2/1960"], id="a birth date"),
        pytest.param(["Insurance", "Name", "Phone"], ["Aetna", "Zebulon Quist", "303-555-0100"],
                     id="a name and a phone alone"),
        pytest.param(["Insurance", "Name", "Email"], ["Aetna", "Zebulon Quist", "zq@gmail.com"],
                     id="a private mail address"),
    ],
)  # fmt: skip
def test_a_list_of_patients_is_no_list_of_contacts(
    tmp_path: Path, header: list[str], row: list[str]
) -> None:
    practice = fresh_practice(tmp_path / "practice")
    answer = one(practice, sheet(tmp_path, header, row, row))
    assert answer["status"] == "refused"
    everything = [p for p in practice.workspace.root.rglob("*") if p.is_file()]
    assert not any(b"Quist" in path.read_bytes() for path in everything)


def test_a_roster_with_a_column_a_month_is_a_member_a_month(tmp_path: Path) -> None:
    practice = fresh_practice(tmp_path / "practice")
    file = sheet(tmp_path, ["Member ID", "Product", "Jan 2026", "Feb 2026", "Mar 2026"],
                 ["W1", "PPO", "X", "X", ""], ["W2", "HMO", "1", "0", "1"])  # fmt: skip
    assert one(practice, file, "Aetna")["rows"] == 2
    assert entries(practice, "membership", "product", "month") == [
        ("PPO", date(2026, 1, 1)), ("PPO", date(2026, 2, 1)),
        ("HMO", date(2026, 1, 1)), ("HMO", date(2026, 3, 1)),
    ]  # fmt: skip


def test_a_span_of_coverage_is_its_months_within_the_title(tmp_path: Path) -> None:
    practice = fresh_practice(tmp_path / "practice")
    file = written(
        tmp_path / "r.csv",
        "Attributed members January to March 2026\n\nMember ID,Effective Date,Term Date\n"
        "W1,11/1/2025,2/15/2026\nW2,2/1/2026,12/31/9999\nW3,1/1/2024,12/31/2025\n",
    )
    answer = one(practice, file, "Aetna")
    assert [row[0] for row in entries(practice, "membership", "month")] == [
        date(2026, 1, 1), date(2026, 2, 1), date(2026, 2, 1), date(2026, 3, 1),
    ]  # fmt: skip
    assert [each["row"] for each in answer["rejected"]] == [6]


def test_a_total_row_is_no_payer_of_members(tmp_path: Path) -> None:
    practice = fresh_practice(tmp_path / "practice")
    file = sheet(tmp_path, ["Payer", "Month", "Members"], ["Aetna", "2026-01", "100"],
                 ["Cigna", "2026-01", "50"], ["Total", "2026-01", "150"])  # fmt: skip
    answer = one(practice, file)
    assert answer["rows"] == 2
    assert "total" in answer["rejected"][0]["reason"]


def test_a_rate_and_its_denominator_give_the_patients(tmp_path: Path) -> None:
    practice = fresh_practice(tmp_path / "practice")
    file = sheet(
        tmp_path,
        ["Measure", "Period", "Rate", "Denominator"],
        ["CMS165", "2025", "77.5%", "958"],  # 742.45: 742, and 742 / 958 = 77.453
        ["CMS122", "2025", "0.2037", "437"],  # 89.02: 89, and 89 / 437 = 20.366
        ["CMS2", "2025", "33.3%", "10"],
    )  # no whole number of 10 gives 33.3
    answer = one(practice, file)
    assert entries(practice, "quality", "measure", "numerator", "denominator") == [
        ("CMS165", 742, 958),
        ("CMS122", 89, 437),
    ]
    assert "no whole number" in answer["rejected"][0]["reason"]


def test_exclusions_leave_the_denominator_where_the_rate_says_so(tmp_path: Path) -> None:
    practice = fresh_practice(tmp_path / "practice")
    header = ["Measure", "Period", "Numerator", "Denominator", "Exclusions", "Rate"]
    file = sheet(tmp_path, header, ["CMS165", "2025", "80", "110", "10", "80.0%"],
                 ["CMS122", "2025", "20", "100", "5", "20.0%"])  # fmt: skip
    one(practice, file)
    assert entries(practice, "quality", "numerator", "denominator") == [(80, 100), (20, 100)]


def test_payers_side_by_side_each_give_their_counts(tmp_path: Path) -> None:
    practice = fresh_practice(tmp_path / "practice")
    file = written(
        tmp_path / "q.csv",
        "Quality results 2025\nMeasure,Aetna,Cigna,All payers\n"
        "CMS165,171/222,238/301,742/958\nCMS2,10/20,,30/40\n",
    )
    assert one(practice, file)["rows"] == 2
    assert entries(practice, "quality", "measure", "payer", "numerator", "denominator") == [
        ("CMS165", "Aetna", 171, 222), ("CMS165", "Cigna Healthcare", 238, 301),
        ("CMS165", None, 742, 958), ("CMS2", "Aetna", 10, 20), ("CMS2", None, 30, 40),
    ]  # fmt: skip


def test_pairs_of_columns_each_give_their_payer_s_counts(tmp_path: Path) -> None:
    practice = fresh_practice(tmp_path / "practice")
    header = ["Measure", "Period", "Aetna Num", "Aetna Den", "Cigna Rate", "Cigna Den"]
    one(practice, sheet(tmp_path, header, ["CMS165", "2025", "8", "10", "50%", "40"]))
    assert sorted(entries(practice, "quality", "payer", "numerator", "denominator")) == [
        ("Aetna", 8, 10),
        ("Cigna Healthcare", 20, 40),
    ]


def test_satisfaction_is_read_like_quality(tmp_path: Path) -> None:
    practice = fresh_practice(tmp_path / "practice")
    file = sheet(tmp_path, ["Measure", "Period", "Top Box %", "Responses"],
                 ["Would recommend this practice", "2025", "91.0%", "200"])  # fmt: skip
    assert one(practice, file)["kind"] == "quality"
    assert entries(practice, "quality", "measure", "measure_as_given", "numerator") == [
        (None, "Would recommend this practice", 182)
    ]


def test_years_as_columns_are_periods_of_a_metric(tmp_path: Path) -> None:
    practice = fresh_practice(tmp_path / "practice")
    file = sheet(tmp_path, ["Metric", "2024", "2025", "Benchmark"],
                 ["ED visits per 1,000", "150.0", "142.6", "188.3"],
                 ["Total cost of care PMPM", "$410.00", "$402.50", "$431.00"])  # fmt: skip
    assert one(practice, file, "Aetna")["kind"] == "utilization"
    columns = ("period_end", "practice_value", "comparison_value", "unit")
    assert entries(practice, "utilization", *columns) == [
        (date(2024, 12, 31), Decimal("150.0000"), None, "per 1,000"),
        (date(2025, 12, 31), Decimal("142.6000"), Decimal("188.3000"), "per 1,000"),
        (date(2024, 12, 31), Decimal("410.0000"), None, "USD per member per month"),
        (date(2025, 12, 31), Decimal("402.5000"), Decimal("431.0000"), "USD per member per month"),
    ]


def test_a_network_s_value_stands_beside_each_year(tmp_path: Path) -> None:
    practice = fresh_practice(tmp_path / "practice")
    header = ["Metric", "2024 Practice", "2024 Network", "2025 Practice", "2025 Network"]
    file = sheet(tmp_path, header, ["Admissions per 1,000", "40", "45", "38", "46"],
                 ["ED visits per 1,000", "150", "190", "142", "188"])  # fmt: skip
    one(practice, file, "Aetna")
    assert entries(practice, "utilization", "practice_value", "comparison_value")[:2] == [
        (Decimal("40.0000"), Decimal("45.0000")),
        (Decimal("38.0000"), Decimal("46.0000")),
    ]
