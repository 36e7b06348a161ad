"""Denials of a practice worked by hand.

Granite Peak, 2026: ten lines decided, four denied, all 99213 of 1 unit billed 200:
    d1 CO-197, d2 CO-16 and CO-29, d3 CO-45 and CO-50, d4 CO-97 (paid on a later claim).
    Six paid at 80: the payer's own average is 80, so 4 x 80 = 320 expected; 3 x 80 = 240 never
    paid. Days from submission to payment: 10, 10, 20, 20, 30, 40.
Kestrel: two lines decided, none denied. One reversal, one open line and self-pay do not count.
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from knowledge.evidence import Figure, Finding, plain
from knowledge.problems import NotKnown
from knowledge.reference.denial_reasons import chief_reason, denial_reason
from tests.fixtures.hand_worked import GRANITE, KESTREL, SELF, hand_worked, line
from tools.denials import denials
from tools.denied.payment_days import days_within
from tools.lines.lines_read import rows_read
from tools.practice import Practice

DAY = date(2026, 2, 2)


def denied(claim: str, reasons: str, **more: Any) -> Any:
    return line(GRANITE, claim, DAY, "99213", 1, "0", "0", status="denied", reason_codes=reasons,
                paid_date=date(2026, 3, 1), **more)  # fmt: skip


def paid(claim: str, days: int, day: date = DAY, **more: Any) -> Any:
    sent = day + timedelta(3)
    return line(GRANITE, claim, day, "99213", 1, "80", "60", "20", submitted_date=sent,
                paid_date=sent + timedelta(days), **more)  # fmt: skip


LINES = [
    denied("d1", "CO-197"),
    denied("d2", "CO-16 CO-29"),
    denied("d3", "CO-45 CO-50"),
    denied("d4", "CO-97", member_key="m4"),
    paid("p1", 10), paid("p2", 10), paid("p3", 20), paid("p4", 20), paid("p5", 30),
    paid("p6", 40, member_key="m4"),
    line(GRANITE, "r1", DAY, "99213", -1, "-80", "-80", status="reversal"),
    line(GRANITE, "u1", DAY, "99213", 1, None, "0", status="unknown",
         patient_responsibility=None),
    line(KESTREL, "k1", DAY, "99213", 1, "100", "100"),
    line(KESTREL, "k2", date(2026, 10, 30), "99213", 1, "100", "100"),
    line(SELF, "s1", DAY, "99213", 1, None, "60"),
]  # fmt: skip


@pytest.fixture(scope="module")
def practice(tmp_path_factory: pytest.TempPathFactory) -> Practice:
    return hand_worked(tmp_path_factory.mktemp("practice"), claim_lines=LINES)


def shown(finding: Finding, key: str) -> dict[str, str]:
    known = {each.id: each for each in finding.all_figures()}
    return {name: known[figure].shown() for name, figure in finding.details[key].items()}


def table_of(finding: Finding) -> dict[str, list[str]]:
    assert finding.table is not None
    return {
        str(row[0]): [c.shown() if isinstance(c, Figure) else str(c) for c in row[1:]]
        for row in finding.table.rows
    }


def test_rate_is_denied_lines_over_lines_decided(practice: Practice) -> None:
    finding = denials(practice)
    assert shown(finding, "rates") == {GRANITE: "40.0%", KESTREL: "0.0%"}
    # 4 of 12 in all: 33.3%
    assert plain(finding.headline.text).startswith("Insurers denied 33.3% of your lines")


def test_expected_is_the_payer_s_own_average_where_no_contract_prices_it(
    practice: Practice,
) -> None:
    row = table_of(denials(practice))["Granite Peak"]
    # decided, denied, rate, expected, never paid, later paid, then days at half and at nine in
    # ten: from the visit, and from submission three days after it
    assert row[:6] == ["10", "4", "40.0%", "$320.00", "$240.00", "25.0%"]
    assert row[6:] == ["23 days", "43 days", "20 days", "40 days"]


def test_expected_is_the_contract_s_rate_of_the_day_where_one_is_on_file(tmp_path: Path) -> None:
    # 95.00 until January, 99.00 from February 1, 2026: 4 x 99 = 396
    rates = [
        {"payer": GRANITE, "code": "99213", "rate": Decimal(rate), "effective_from": start,
         "effective_to": end}
        for rate, start, end in (("95", date(2025, 1, 1), date(2026, 1, 31)),
                                 ("99", date(2026, 2, 1), None))
    ]  # fmt: skip
    finding = denials(hand_worked(tmp_path, claim_lines=LINES, fee_schedules=rates))
    assert shown(finding, "expected")[GRANITE] == "$396.00"


def test_each_line_stands_under_the_reason_that_says_most(practice: Practice) -> None:
    finding = denials(practice, payers=[GRANITE])
    assert shown(finding, "reasons") == {"197": "1", "29": "1", "50": "1", "97": "1"}
    said = " ".join(plain(each.text) for each in (*finding.sentences, *finding.caveats))
    assert "Denied for prior authorization or referral (reason 197): 1, worth about $80.00" in said
    assert "Denied for filing limits (reason 29): 1" in said
    assert "Lines that name several reasons: 1" in said


def test_a_reason_without_words_is_shown_as_it_stands(tmp_path: Path) -> None:
    lines = [*LINES, denied("d5", "CO-999")]
    table = table_of(denials(hand_worked(tmp_path, claim_lines=lines), payers=[GRANITE]))
    assert "999" in table


def test_a_duplicate_is_not_won_because_its_original_was_paid(tmp_path: Path) -> None:
    lines = [*LINES, denied("d6", "CO-18", member_key="m4")]
    finding = denials(hand_worked(tmp_path, claim_lines=lines), payers=[GRANITE])
    assert table_of(finding)["18, same claim sent twice"][-1] == "0.0%"


def test_codes_narrow_both_sides_of_the_rate(practice: Practice) -> None:
    with pytest.raises(NotKnown, match="no adjudicated lines"):
        denials(practice, codes=["99499"])


@pytest.mark.parametrize(
    ("codes", "chief"),
    [
        pytest.param(["CO-45", "PR-2"], "", id="amounts explained, nothing refused"),
        pytest.param(["CO-16", "CO-197"], "197", id="a general one gives way"),
        pytest.param(["CO16"], "16", id="no dash"),
        pytest.param(["OA-18", "CO-97"], "18", id="the lower of two"),
        pytest.param(["B7"], "B7", id="letters"),
    ],
)
def test_the_chief_reason(codes: list[str], chief: str) -> None:
    assert chief_reason(codes).code == chief


def test_an_unknown_code_has_no_words() -> None:
    assert denial_reason("CO-998").label == "998"


def test_days_by_rank() -> None:
    # ten lines: five within 10 days, nine within 30, the last after 90
    counts = {10: 5, 30: 4, 90: 1}
    assert days_within(counts, Decimal("0.5")) == 10
    assert days_within(counts, Decimal("0.9")) == 30
    assert days_within({7: 1}, Decimal("0.9")) == 7


def test_a_denial_figure_opens_on_its_own_lines_and_no_others(practice: Practice) -> None:
    finding = denials(practice)
    known = {each.id: each for each in finding.all_figures()}

    def claims(key: str, name: str) -> list[str]:
        select = known[finding.details[key][name]].basis.select
        assert select is not None
        read = rows_read(practice, select)
        at = read.columns.index("claim_id")
        return sorted(str(row[at]) for row in read.rows)

    assert claims("denied", GRANITE) == ["d1", "d2", "d3", "d4"]
    assert claims("denied", KESTREL) == []
    # d1 alone says CO-197; of d2's two reasons 29, the filing limit, says more
    assert claims("reasons", "197") == ["d1"]
    assert claims("reasons", "29") == ["d2"]
    paid_lines = ["p1", "p2", "p3", "p4", "p5", "p6"]
    assert claims("adjudicated", GRANITE) == ["d1", "d2", "d3", "d4", *paid_lines]
    assert claims("adjudicated", KESTREL) == ["k1", "k2"]
    whole = next(f for f in known.values() if f.name == "all insurers: denied lines")
    assert whole.basis.select is not None
    assert len(rows_read(practice, whole.basis.select).rows) == whole.number == 4


def test_days_lead_where_they_were_asked_and_the_slowest_payer_is_named(tmp_path: Path) -> None:
    # Kestrel's one line is paid 60 days after the visit, Granite Peak's median is 23.
    late = line(KESTREL, "k9", DAY, "99213", 1, "80", "60", "20", paid_date=DAY + timedelta(60))
    finding = denials(hand_worked(tmp_path, claim_lines=[*LINES, late, late]), topic="days")
    assert plain(finding.headline.text).startswith("Kestrel takes 60 days from the visit")
    assert finding.table is not None and finding.table.rows[0][0] == "Kestrel"
    asked = denials(hand_worked(tmp_path / "b", claim_lines=LINES), payers=[GRANITE], topic="days")
    assert plain(asked.headline.text).startswith("Granite Peak takes 23 days from the visit")
