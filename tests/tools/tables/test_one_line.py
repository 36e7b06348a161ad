"""One line known from an export and from an 835: one line, whatever came first."""

from __future__ import annotations

from collections import Counter
from datetime import date
from decimal import Decimal
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from tests.fixtures.told_lines import GRANITE, Told, store_of, told
from tools.tables.store import TableStore

EXPORT = told("1", product="PPO", place_of_service="22", member_key="m1")
REMITTED = told(
    "1", line_number=None, paid_date=date(2026, 2, 3), reason_codes="CO-45 PR-3",
    adjustments="CO-45:60.00 PR-3:20.00", remark_codes="N130",
)  # fmt: skip


def all_lines(store: TableStore) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = store.frame(store.table("claim_lines")).to_dict("records")
    return rows


def in_both_orders(folder: Path, *sources: Told) -> list[list[dict[str, Any]]]:
    """The lines for every order of the sources, where they came from left out."""
    found = []
    for number, order in enumerate(permutations(sources)):
        rows = all_lines(store_of(folder / str(number), order))
        for row in rows:
            for name in ("source_id", "source_row", "row_hash", "source_sheet"):
                del row[name]
        found.append(sorted(rows, key=str))
    return found


def test_the_line_keeps_what_both_sources_tell(tmp_path: Path) -> None:
    first, second = in_both_orders(
        tmp_path, Told("a.csv", "one", (EXPORT,)), Told("b.835", "835", (REMITTED,))
    )
    (line,) = first
    assert first == second
    kept = ("product", "place_of_service", "member_key", "line_number", "reason_codes",
            "adjustments", "remark_codes", "paid_date", "paid")  # fmt: skip
    assert [line[name] for name in kept] == [
        "PPO", "22", "m1", "1", "CO-45 PR-3", "CO-45:60.00 PR-3:20.00", "N130",
        date(2026, 2, 3), Decimal("70.00"),
    ]  # fmt: skip


def test_the_second_file_lists_the_repeat_and_counts_no_row(tmp_path: Path) -> None:
    for folder, order in (("x", (0, 1)), ("y", (1, 0))):
        sources = [Told("a.csv", "one", (EXPORT,)), Told("b.835", "835", (REMITTED,))]
        store = store_of(tmp_path / folder, [sources[n] for n in order])
        (lines,), (again,) = store.sources("claim_lines"), store.sources("line_repeats")
        assert lines["file"] == sources[order[0]].name
        assert (again["file"], again["refused"]) == (sources[order[1]].name, 1)


@pytest.mark.parametrize(
    ("other", "lines"),
    [
        pytest.param({"claim_id": "2"}, 2, id="another claim"),
        pytest.param({"code": "99214"}, 2, id="another code"),
        pytest.param({"service_date": date(2026, 1, 16)}, 2, id="another day"),
        pytest.param({"billed": Decimal(151)}, 2, id="another charge"),
        pytest.param({"payer_order": "secondary", "paid": Decimal(15)}, 2, id="secondary payer"),
        pytest.param({"paid": Decimal(71), "allowed": Decimal(91)}, 1, id="paid otherwise"),
        pytest.param({"posting_date": date(2026, 3, 3)}, 1, id="posted on another day"),
        pytest.param({"payer": "Tarn Lake Insurance"}, 1, id="payer spelled apart, same money"),
        pytest.param(
            {"payer": "Tarn Lake Insurance", "paid": Decimal(0), "allowed": Decimal(0),
             "status": "denied"}, 2, id="denied by another payer"),
        pytest.param({"billed": None}, 1, id="no charge told, same money"),
    ],
)  # fmt: skip
def test_what_makes_two_tellings_one_line(
    tmp_path: Path, other: dict[str, Any], lines: int
) -> None:
    remitted = {**REMITTED, **other}
    found = in_both_orders(
        tmp_path, Told("a.csv", "one", (EXPORT,)), Told("b.835", "835", (remitted,))
    )
    assert [len(rows) for rows in found] == [lines, lines]
    assert found[0] == found[1]


def test_two_equal_lines_stay_two(tmp_path: Path) -> None:
    export = Told("a.csv", "one", (EXPORT, {**EXPORT, "line_number": "2"}))
    remitted = Told("b.835", "835", (REMITTED, {**REMITTED, "remark_codes": "N131"}))
    for rows in in_both_orders(tmp_path, export, remitted):
        assert Counter(row["line_number"] for row in rows) == {"1": 1, "2": 1}


def test_an_export_of_the_last_state_meets_the_correction(tmp_path: Path) -> None:
    """The 835s pay 70.00, take it back, and pay 75.00: 75.00 stays, on one counting line."""
    corrected = {"paid": Decimal(75), "allowed": Decimal(95)}
    export = Told("a.csv", "one", ({**EXPORT, **corrected},))
    first = Told("b.835", "835", (REMITTED,))
    back = {**REMITTED, "billed": Decimal(-150), "allowed": Decimal(-90), "paid": Decimal(-70),
            "patient_responsibility": Decimal(-20), "status": "reversal",
            "paid_date": date(2026, 3, 1)}  # fmt: skip
    again = {**REMITTED, **corrected, "paid_date": date(2026, 3, 1), "reason_codes": "CO-45"}
    for rows in in_both_orders(tmp_path, export, first, Told("c.835", "835", (back, again))):
        (counting,) = [row for row in rows if row["counts"]]
        assert (counting["paid"], counting["product"]) == (Decimal("75.00"), "PPO")
        assert sum(row["paid"] for row in rows) == Decimal("75.00")


def test_a_correction_known_from_the_remittance_alone_counts_instead(tmp_path: Path) -> None:
    """The export was made before the payer took 70.00 back and paid 75.00."""
    back = {**REMITTED, "billed": Decimal(-150), "allowed": Decimal(-90), "paid": Decimal(-70),
            "patient_responsibility": Decimal(-20), "status": "reversal"}  # fmt: skip
    again = {**REMITTED, "paid": Decimal(75), "allowed": Decimal(95)}
    sources = Told("a.csv", "one", (EXPORT,)), Told("b.835", "835", (back, again))
    for rows in in_both_orders(tmp_path, *sources):
        assert [row["paid"] for row in rows if row["counts"]] == [Decimal("75.00")]
        assert sum(row["paid"] for row in rows) == Decimal("75.00")


def test_a_remittance_loaded_twice_under_another_name_adds_nothing(tmp_path: Path) -> None:
    sources = [Told("a.csv", "one", (EXPORT,)), Told("b.835", "835", (REMITTED,)),
               Told("c.835", "835", (REMITTED, {**REMITTED, "claim_id": "2"}))]  # fmt: skip
    for rows in in_both_orders(tmp_path, *sources):
        assert sorted(row["claim_id"] for row in rows) == ["1", "2"]


def event(number: int, line: int, back: bool, paid: int) -> dict[str, Any]:
    sign = -1 if back else 1
    return told(
        str(number), line_number=str(line), code=("99213", "99214")[line - 1],
        billed=Decimal(sign * 150), paid=Decimal(sign * paid), units=Decimal(sign),
        allowed=Decimal(sign * (paid + 20)), patient_responsibility=Decimal(sign * 20),
        status="reversal" if back else "paid",
        posting_date=date(2026, 2, 1), payer=(GRANITE, "Kestrel Mutual")[number % 2],
    )  # fmt: skip


@st.composite
def told_stories(draw: st.DrawFn) -> tuple[list[Told], dict[str, Decimal]]:
    """Sources that tell paid, reversed and corrected lines between them, and the money paid.

    Each line's story is told by one layout or more; only the 835 knows reasons.
    """
    rows: dict[str, list[dict[str, Any]]] = {"one": [], "two": [], "835": []}
    truth: dict[str, Decimal] = {}
    for number in range(draw(st.integers(1, 4))):
        for line in range(1, draw(st.integers(1, 2)) + 1):
            story = [event(number, line, False, 70)]
            if draw(st.booleans()):
                story.append(event(number, line, True, 70))
                if draw(st.booleans()):
                    story.append(event(number, line, False, 75))
            known = draw(st.sets(st.sampled_from(["one", "two", "835"]), min_size=1))
            for each in story:
                truth[each["payer"]] = truth.get(each["payer"], Decimal(0)) + each["paid"]
                for layout in known:
                    own = {"one": {"product": "PPO"}, "two": {"member_key": "m"},
                           "835": {"reason_codes": "CO-45"}}[layout]  # fmt: skip
                    rows[layout].append({**each, **own})
    sources = []
    for layout, held in rows.items():
        cut = draw(st.integers(0, len(held)))
        overlap = draw(st.integers(0, 1))
        for name, some in (("early", held[:cut]), ("late", held[max(0, cut - overlap) :])):
            if some:
                sources.append(Told(f"{name}.{layout}", layout, tuple(some)))
    return sources, truth


@settings(max_examples=10, deadline=None, phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(st.data())
def test_money_in_is_money_out_in_any_order_of_files(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    sources, truth = data.draw(told_stories())
    folder = tmp_path_factory.mktemp("told")
    sums = []
    for number in range(2):
        order = data.draw(st.permutations(sources)) if number else sources
        store = store_of(folder / str(number), order)
        lines = store.table("claim_lines")
        by = lines.group_by(["payer", "code"]).aggregate(
            lines=lines.count(), paid=lines.paid.sum(), counting=lines.counts.sum(),
            units=lines.units.sum(where=lines.counts),
            allowed=lines.allowed.sum(where=lines.counts),
            products=lines["product"].count(), members=lines.member_key.count(),
            reasons=(lines.reason_codes != "").sum(),
        )  # fmt: skip
        sums.append(sorted(store.frame(by).to_dict("records"), key=str))
    assert sums[0] == sums[1]
    paid = Counter({payer: Decimal(0) for payer in truth})
    for row in sums[0]:
        paid[row["payer"]] += row["paid"]
    assert dict(paid) == truth
