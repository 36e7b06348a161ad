"""Loaded, rejected and ignored rows are all rows of a file but its header, whatever it holds."""

from __future__ import annotations

import csv
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fixtures.intake import fresh_practice, one

KINDS = {
    "claims": (
        ["Claim ID", "DOS", "CPT", "Units", "Billed", "Paid", "Payer", "Patient"],
        ["7", "1/5/2026", "99213", "1", "150.00", "70.00", "Medicare", "Lee, Ann"],
    ),
    "fees": (["Code", "Modifier", "Rate", "Effective Date"], ["99213", "", "91.04", "1/1/2026"]),
    "roster": (
        ["Member ID", "Month", "Product", "Risk Score"],
        ["XQ1234", "2026-01", "PPO", "1.020"],
    ),
    "quality": (
        ["Measure", "Year", "Numerator", "Denominator"],
        ["CMS165", "2025", "60", "100"],
    ),
}
ODD = st.sampled_from(
    ["", " ", "-", "Total", "Subtotal:", "n/a", "99214", "1/6/2026", "2026-13-40", "(12.50)",
     "12,5", "abc", "=1+1", "Page 2 of 3", "0", "1e9", "'00100", "99213-25", "Payer: Aetna", "Ö"]
)  # fmt: skip


@st.composite
def messy(draw: st.DrawFn, kind: str) -> tuple[list[list[str]], int]:
    """Rows of a file with its header among them, and the header's row (from 0)."""
    header, good = KINDS[kind]
    titles = draw(st.lists(st.lists(ODD, min_size=0, max_size=1), max_size=3))
    body: list[list[str]] = []
    for number in range(draw(st.integers(2, 12))):
        form = draw(st.integers(0, 7))
        row = [*good]
        row[0] = row[0] if kind in ("fees", "quality") else f"{row[0]}{number}"
        if form == 0:
            row = []
        elif form == 1:
            row = [*header]
        elif form == 2:
            row = draw(st.lists(ODD, min_size=1, max_size=len(header) + 2))
        elif form == 3:
            row[draw(st.integers(0, len(row) - 1))] = draw(ODD)
        elif form == 4:
            row = row[: draw(st.integers(1, len(row)))]
        body.append(row)
    return [*titles, header, good, *body], len(titles)


@pytest.mark.parametrize("workbook", [False, True], ids=["csv", "xlsx"])
@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_no_row_is_lost(kind: str, workbook: bool, data: st.DataObject) -> None:
    rows, _ = data.draw(messy(kind))
    with TemporaryDirectory() as folder:
        file = Path(folder) / ("a.xlsx" if workbook else "a.csv")
        if workbook:
            book = xlsxwriter.Workbook(str(file), {"strings_to_formulas": False})
            sheet = book.add_worksheet("Data")
            for at, row in enumerate(rows):
                sheet.write_row(at, 0, row)
            book.close()
            while rows and not any(rows[-1]):
                rows.pop()  # a workbook does not keep blank rows at its end
            first = next(at for at, row in enumerate(rows) if any(row))
        else:
            with file.open("w", newline="", encoding="utf-8") as out:
                csv.writer(out).writerows(rows)
            first = 0
        answer = one(fresh_practice(Path(folder) / "practice"), file, "Granite Peak Health Plan")
        if answer["status"] == "refused":
            assert answer["problem"]
            return
        told = answer["rows"] + len(answer["rejected"]) + len(answer["ignored"])
        assert told == len(rows) - 1 or (workbook and told == len(rows) - 1 - first)
        places = [each["row"] for each in (*answer["rejected"], *answer["ignored"])]
        assert len(set(places)) == len(places)
