"""Which lines count: hand-worked stories of claims, in every order and cut of files."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise, permutations
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fixtures.intake import claim, fresh_practice, lines, one, write_csv
from tools.ingestion import ingest

BACK = {"units": "-1", "billed": "-150.00", "allowed": "-90.00", "paid": "-70.00", 
        "share": "-20.00", "posted": "2026-03-01"}  # fmt: skip
AGAIN = claim("1", paid="75.00", allowed="95.00", posted="2026-03-02")

# rows of one story, and how each of them stands afterwards (None: it counts)
STORIES = [
    pytest.param([claim("1")], [None], id="a paid line"),
    pytest.param([claim("1", status="Denied", allowed="0", paid="0", share="0")], ["denied"],
                 id="denied by word"),
    pytest.param([claim("1", status="", allowed="0", paid="0", share="0")], ["denied"],
                 id="denied by nothing allowed, paid or owed"),
    pytest.param([claim("1", paid="0.00", share="90.00")], [None], id="all to the deductible"),
    pytest.param([claim("1", order="Secondary")], ["secondary payer"], id="secondary"),
    pytest.param([claim("1", units="0")], ["no units"], id="no units"),
    pytest.param([claim("1"), claim("1", **BACK)], ["taken back", "taken back"], id="reversed"),
    pytest.param(
        [claim("1"), claim("1", **BACK), AGAIN],
        ["taken back", "taken back", None], id="reversed and corrected"),
    pytest.param(
        [claim("1"), claim("1", **{**BACK, "units": "1", "billed": "150.00"})],
        ["taken back", "taken back"], id="reversal with a positive charge"),
    pytest.param(
        [claim("1"), claim("1", status="Void", posted="2026-03-01")],
        ["taken back", "taken back"], id="void with positive amounts"),
    pytest.param([claim("1", status="Reversed"), claim("1", **BACK)],
        ["taken back", "taken back"], id="original marked as reversed in place"),
    pytest.param([claim("1", **BACK)], ["taken back"], id="orphan reversal"),
    pytest.param(
        [claim("1"), claim("1", billed="0", allowed="0", paid="-5.00", share="0")],
        [None, "taken back"], id="a small clawback leaves the line"),
    pytest.param(
        [claim("1"), claim("1", line="2"), claim("1", **{**BACK, "line": "2"})],
        [None, "taken back", "taken back"], id="another line of the claim"),
]  # fmt: skip


@pytest.mark.parametrize(("rows", "why"), STORIES)
def test_a_story_counts_as_worked_by_hand(
    tmp_path: Path, rows: list[list[str]], why: list[str | None]
) -> None:
    practice = fresh_practice(tmp_path / "practice")
    answer = one(practice, write_csv(tmp_path / "claims.csv", rows))
    assert answer["rejected"] == []
    by_row = {line["source_row"]: line["why_not"] for line in lines(practice)}
    assert [by_row[number + 2] for number in range(len(rows))] == why
    assert {row for row, reason in by_row.items() if reason is None} == {
        line["source_row"] for line in lines(practice) if line["counts"]
    }


def test_a_reversal_its_original_and_the_correction_meet_across_files_in_any_order(
    tmp_path: Path,
) -> None:
    parts = [
        claim("1"),
        claim("1", **BACK),
        AGAIN,
    ]
    for number, order in enumerate(permutations(range(3))):
        practice = fresh_practice(tmp_path / f"practice{number}")
        for place in order:
            one(practice, write_csv(tmp_path / f"{number}-{place}.csv", [parts[place]]))
        counting = [line for line in lines(practice) if line["counts"]]
        assert [line["allowed"] for line in counting] == [Decimal("95.00")]
        assert sum(line["paid"] for line in lines(practice)) == Decimal("75.00")


def test_allowed_is_paid_and_patient_share_where_it_is_not_given(tmp_path: Path) -> None:
    practice = fresh_practice(tmp_path / "practice")
    one(practice, write_csv(tmp_path / "claims.csv", [claim("1", allowed="")]))
    assert lines(practice)[0]["allowed"] == Decimal("90.00")


def test_allowed_stays_unknown_where_the_file_has_no_patient_share(tmp_path: Path) -> None:
    practice = fresh_practice(tmp_path / "practice")
    header = ["Claim ID", "Date of Service", "Payer", "CPT", "Units", "Billed", "Paid"]
    row = ["1", "2026-01-15", "Granite Peak Health Plan", "99213", "1", "150.00", "70.00"]
    one(practice, write_csv(tmp_path / "claims.csv", [row], header))
    assert lines(practice)[0]["allowed"] is None


def test_payments_are_net_where_the_original_is_marked_as_reversed_too(tmp_path: Path) -> None:
    practice = fresh_practice(tmp_path / "practice")
    rows = [claim("1", status="Reversed"), claim("1", **BACK), AGAIN]
    one(practice, write_csv(tmp_path / "claims.csv", rows))
    assert sum(line["paid"] for line in lines(practice)) == Decimal("75.00")


def test_a_void_without_its_original_takes_nothing_from_the_payments(tmp_path: Path) -> None:
    practice = fresh_practice(tmp_path / "practice")
    one(practice, write_csv(tmp_path / "claims.csv", [claim("1", status="Voided")]))
    assert lines(practice)[0]["paid"] == Decimal("0.00")


@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.permutations(range(6)), st.lists(st.integers(1, 5), max_size=3))
def test_totals_do_not_depend_on_the_order_or_the_cut_of_files(
    tmp_path_factory: pytest.TempPathFactory, order: list[int], cuts: list[int]
) -> None:
    rows = [
        claim("1"),
        claim("1", **BACK),
        AGAIN,
        claim("2", payer="GRANITE PEAK HLTH PLAN"),
        claim("3", payer="Granite Peak", code="99214"),
        claim("4", order="Secondary", paid="11.00"),
    ]
    folder = tmp_path_factory.mktemp("cut")
    practice = fresh_practice(folder / "practice")
    edges = sorted({0, 6, *cuts})
    files = [
        write_csv(folder / f"{start}.csv", [rows[place] for place in order[start:stop]])
        for start, stop in pairwise(edges)
    ]
    assert all(answer["status"] == "imported" for answer in ingest(practice, files))
    table = practice.tables.table("claim_lines")
    frame = practice.tables.frame(
        table.group_by("payer").aggregate(
            lines=table.count(), paid=table.paid.sum(), counting=table.counts.sum()
        )
    )
    assert frame.to_dict("records") == [
        {"payer": "Granite Peak Health Plan", "lines": 6, "paid": Decimal("226.00"), "counting": 3}
    ]
