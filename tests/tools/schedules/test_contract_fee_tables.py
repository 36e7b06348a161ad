"""Rates out of a contract's own words: rule, exceptions, worked examples left alone."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from knowledge.documents.document import Document, Section
from knowledge.evidence import plain
from knowledge.problems import NotKnown
from tests.fixtures.hand_worked import GRANITE
from tests.fixtures.intake import fresh_practice, one
from tools.practice import Practice
from tools.schedules.contract_fee_tables import contract_rows
from tools.schedules.contract_rate import contract_rate, fee_schedules
from tools.schedules.contract_table_rows import TableRow, fee_tables
from tools.schedules.schedule_conflicts import conflicts_said
from tools.schedules.schedule_row import ScheduleRow

ON = date(2026, 5, 1)
AGREEMENT = """PARTICIPATING PROVIDER AGREEMENT

This Agreement is between Granite Peak Health Plan ("Plan") and Sagebrush Family Medicine
("Provider"), effective March 1, 2023.

1. SERVICES
1.1 Provider furnishes covered services to members of Plan.

2. PAYMENT
2.1 Plan shall pay Provider one hundred ten percent (110%) of the 2023 Medicare Physician Fee
Schedule, Colorado locality, for covered services that have a price in it.

EXHIBIT A. RATES

A.1 Examples. The figures help the parties to check claims; Section 2.1 prevails over this table.

Code | In plain words | 2023 Medicare, Colorado | Rate
99213 | visit, low | $92.52 | $999.00
99214 | visit, moderate | $130.73 | $998.00

A.2 Items outside the rule.

Item | In plain words | Price
36415 | blood draw | $3.10
99000 | handling | not paid separately
Laboratory tests | in the office | 75% of the 2023 Medicare laboratory schedule
Vaccine products | as purchased | average sales price plus 6%
A service without a Medicare price | any | 40% of the charge
"""


def document(text: str) -> Document:
    return Document("d", "a.txt", "contract", GRANITE, text, (), (), (), "Agreement")


def read(text: str) -> dict[str, TableRow]:
    return {row.code: row for row in fee_tables(document(text)).rows}


@pytest.fixture(scope="module")
def practice(tmp_path_factory: pytest.TempPathFactory) -> Practice:
    folder = tmp_path_factory.mktemp("contract")
    made = fresh_practice(folder / "workspace")
    (folder / "agreement.md").write_text(AGREEMENT)
    assert one(made, folder / "agreement.md", GRANITE)["kind"] == "contract"
    return made


def rate(practice: Practice, code: str) -> Decimal:
    rows = fee_schedules(practice, [GRANITE])
    return contract_rate(rows, payer=GRANITE, code=code, on=ON).amount


def test_the_rule_in_prose_prices_and_examples_do_not(practice: Practice) -> None:
    # 2023 Medicare, Colorado: 92.52 x 110% = 101.772; 130.73 x 110% = 143.803
    assert rate(practice, "99213") == Decimal("101.77")
    assert rate(practice, "99214") == Decimal("143.80")


def test_exceptions_win_over_the_rule(practice: Practice) -> None:
    assert rate(practice, "36415") == Decimal("3.10")


@pytest.mark.parametrize(
    ("code", "why"),
    [
        ("99000", "not paid separately"),
        ("83036", "75% of the 2023 Medicare laboratory schedule"),
        ("90715", "average sales price plus 6%"),
    ],
)
def test_what_rests_on_another_table_is_named_and_not_priced(
    practice: Practice, code: str, why: str
) -> None:
    with pytest.raises(NotKnown, match=why):
        rate(practice, code)


def test_each_row_opens_on_the_contracts_words(practice: Practice) -> None:
    rows = contract_rows(practice, [GRANITE])
    text = practice.library.documents()[0].text
    assert len(rows) == 6
    for row in rows:
        assert row.citation is not None
        assert text[row.citation.start : row.citation.end] == row.citation.quote
        assert row.effective_from == date(2023, 3, 1)


def test_a_file_on_record_wins_and_the_disagreement_is_said(practice: Practice) -> None:
    file = ScheduleRow(GRANITE, None, "36415", "", None, Decimal("4.00"), None, None, None,
                       None, None)  # fmt: skip
    rows = [file, *contract_rows(practice, [GRANITE])]
    assert contract_rate(rows, payer=GRANITE, code="36415", on=ON).amount == 4
    # 101.77 comes from the contract, for the file is silent on 99213
    assert contract_rate(rows, payer=GRANITE, code="99213", on=ON).amount == Decimal("101.77")
    (said,) = conflicts_said(practice, rows, ON)
    assert "disagree on 36415: for 36415 the file says $4.00, the contract $3.10" in plain(
        said.text
    )


def test_percent_rows_with_ranges_and_the_rest_are_rules() -> None:
    rows = read(
        "B.1 The percentages are as follows.\n\n"
        "Category | Codes | Percentage of 2024 Medicare\n"
        "Office visits | 99202 through 99215 | 120%\n"
        "All other services with a 2024 Medicare amount | including procedures | 105%\n"
    )
    assert rows["99202-99215"].percent == 120 and rows["99202-99215"].year == 2024
    assert rows["*"].percent == 105


def test_tables_of_other_matters_give_no_rates() -> None:
    assert not read(
        "Measure | Population | Threshold | Yearly payment\n"
        "Blood pressure control | Adults | 66% | $22.00\n"
        "Well visits | Infants | 62% | $18.00\n"
    )
    assert not read(
        "Product | Kind | Rate\nOpen | PPO | Attachment 2\nSelect | HMO | Attachment 2\n"
    )


def test_a_row_left_blank_is_not_filled_in() -> None:
    found = fee_tables(
        document("Code | What it is | Price\n99213 | visit | $93.00\n99214 | visit | $______\n")
    )
    assert [row.code for row in found.rows] == ["99213"]
    assert len(found.unread) == 1


def test_an_attachment_for_medicare_advantage_is_its_own_product() -> None:
    text = "A.\nCode | Service | Rate\n99213 | visit | $95.00\n99214 | visit | $135.00\n"
    section = Section("A", "MA", ("A",), 0, len(text), None, 1, "medicare_advantage", "exhibit")
    held = Document("d2", "a", "contract", GRANITE, text, (), (section,), (), "")
    from tools.schedules.contract_fee_tables import _rows_of

    assert {row.product for row in _rows_of(held, GRANITE, None)} == {"Medicare Advantage"}
