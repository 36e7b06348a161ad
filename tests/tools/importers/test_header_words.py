"""Headers that stand in no list: read by their words, only where the cells agree.

What each column means is read off by a person; the headers are of no file we keep.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from tools.importers.columns import columns_of
from tools.importers.delimited import delimited_sheets
from tools.importers.head import find_head

CLAIMS: tuple[tuple[str, Sequence[str], str | None], ...] = (
    ("Visit Date", ("01/05/2026", "01/06/2026", "01/06/2026"), "service_date"),
    ("D.O.S.", ("1/5/26", "1/6/26", "1/6/26"), "service_date"),
    ("Insurer settled on", ("02/05/2026", "02/06/2026", "02/06/2026"), "paid_date"),
    ("What the carrier paid", ("70.00", "0.00", "55.10"), "paid"),
    ("INSURANCE_AMOUNT", ("70.00", "0.00", "55.10"), "paid"),
    ("Negotiated price for service", ("90.00", "0.00", "75.10"), "allowed"),
    ("Family owes", ("20.00", "0.00", "20.00"), "patient_responsibility"),
    ("Self-Pay Portion", ("20.00", "0.00", "20.00"), "patient_responsibility"),
    ("Full list price", ("150.00", "120.00", "99.00"), "billed"),
    ("Filing Level", ("1 - Primary", "2 - Secondary", "1 - Primary"), "payer_order"),
    ("Anything at all", ("Primary", "Secondary", "Primary"), "payer_order"),
    ("Chg Seq", ("1", "2", "1"), "line_number"),
    ("Coverage Member ID", ("XQ1234567", "XQ7654321", "XR1111111"), "member_id"),
    ("Kind of network", ("PPO", "HMO", "PPO"), "product"),
    ("How many", ("1", "2", "1"), "units"),
    ("What came of it: outcome", ("Paid", "Denied", "Reversed"), "status"),
    # Words without cells that agree, or the reverse, decide nothing.
    ("What the carrier paid", ("yes", "no", "yes"), None),
    ("Contractual write-off", ("60.00", "120.00", "23.90"), None),
    ("Patient paid at desk", ("20.00", "0.00", "20.00"), None),
    ("Billing group NPI", ("1992700019", "1992700019", "1992700019"), None),
    ("Charge", ("1", "2", "1", "3", "1"), None),
)
OTHERS: tuple[tuple[str, str, Sequence[str], str], ...] = (
    ("membership", "SpanMonth", ("2026-01", "2026-02", "2026-02"), "month"),
    ("membership", "Mo/Yr", ("01/2026", "02/2026", "02/2026"), "month"),
    ("membership", "Exit Date", ("", "", ""), "term_date"),
    ("membership", "HCC RAF", ("1.02", "0.85", "2.10"), "risk_score"),
    ("membership", "Alternate ID", ("XQ12345", "XQ22345", "XQ32345"), "member_id"),
    ("quality", "Insurer", ("Tarn Lake", "Tarn Lake", "Alder Ridge"), "payer"),
    ("quality", "Meas Year", ("2024", "2025", "2025"), "period"),
    ("quality", "CMS ref", ("CMS165v12", "CMS122v12", "CMS2v13"), "measure_id"),
    ("quality", "Patients satisfying", ("60", "71", "12"), "numerator"),
    ("quality", "In denominator", ("100", "120", "55"), "denominator"),
    ("utilization", "Comparable practices", ("182.0", "51.3", "88.1"), "comparison_value"),
    ("utilization", "Our patients", ("171.0", "49.9", "90.2"), "practice_value"),
    ("practice_costs", "Cost Center", ("Rent", "Supplies", "Salaries"), "category"),
    ("practice_costs", "Expense", ("$6,200.00", "$3,300.10", "$41,000"), "amount"),
    ("fee_schedules", "Applies to", ("All products", "PPO", "HMO"), "product"),
    ("fee_schedules", "Code From-To", ("99202-99205", "All other CPT/HCPCS", "99213"), "code"),
    ("fee_schedules", "Stop", ("", "", ""), "effective_to"),
    ("membership", "Term", ("", "05/31/2026", ""), "term_date"),
)


def read_as(table: str, header: str, cells: Sequence[str]) -> str | None:
    columns = columns_of(table, [header], [[cell] for cell in cells])
    return next((name for name, at in columns.fields.items() if 0 in at), None)


@pytest.mark.parametrize(("header", "cells", "field"), CLAIMS, ids=[f"{c[0]}" for c in CLAIMS])
def test_a_claims_column_is_what_its_words_and_cells_both_say(
    header: str, cells: Sequence[str], field: str | None
) -> None:
    assert read_as("claim_lines", header, cells) == field


@pytest.mark.parametrize(("table", "header", "cells", "field"), OTHERS, ids=[c[1] for c in OTHERS])
def test_columns_of_other_sheets_are_read_the_same_way(
    table: str, header: str, cells: Sequence[str], field: str
) -> None:
    assert read_as(table, header, cells) == field


def test_one_letter_heads_of_counts_are_told_by_standing_together() -> None:
    rows = [["CMS165", "2025", "60", "100"], ["CMS2", "2025", "31", "55"]]
    both = columns_of("quality", ["Measure No.", "Year", "N", "D"], rows).fields
    assert (both["numerator"], both["denominator"]) == ((2,), (3,))


def test_a_header_repeated_among_the_lines_says_nothing_against_its_columns() -> None:
    header = ["Case", "When seen", "Times"]
    rows = [["A100", "01/05/2026", "1"], header, ["A101", "01/06/2026", "2"]]
    assert columns_of("claim_lines", header, rows).fields["units"] == (2,)


def test_names_of_members_are_never_taken_for_their_numbers() -> None:
    columns = columns_of("membership", ["Member", "Month"], [["Lee, Ann", "2026-01"]])
    assert "member_id" not in columns.fields


def test_the_day_a_member_was_last_seen_ends_no_membership() -> None:
    rows = [["XQ12345", "2026-03", "01/15/2026"], ["XQ22345", "2026-03", "02/11/2026"]]
    columns = columns_of("membership", ["Member ID", "Month", "Last Visit Date"], rows)
    assert "term_date" not in columns.fields


def test_headings_over_groups_of_columns_are_not_the_header(tmp_path: Path) -> None:
    rows = [
        ["Service", "", "", "Coverage", "Amounts", "", "Result"],
        ["Claim No", "Service Date", "Procedure Code", "Payer", "Charge", "Ins Paid", "Status"],
        ["7001", "01/05/2026", "99213", "Lodestar Health Plan", "150.00", "80.00", "Paid"],
        ["7002", "01/06/2026", "99214", "Lodestar Health Plan", "210.00", "120.00", "Paid"],
    ]
    path = tmp_path / "grouped.csv"
    path.write_text("\n".join(",".join(row) for row in rows), encoding="utf-8")
    head = find_head(delimited_sheets(path, path.name)[0], {})
    assert head is not None
    assert (head.importer.table, head.number) == ("claim_lines", 2)
