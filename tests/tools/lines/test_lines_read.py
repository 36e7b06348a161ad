"""The rows behind a figure, read again, on the hand-worked practice."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import pytest

from knowledge.evidence import Figure, Finding
from knowledge.problems import BadInput
from knowledge.selection import ColumnTest, Selection, among, selection_from
from tests.fixtures.hand_worked import GRANITE, KESTREL, hand_worked
from tools.compare_rates import compare_rates
from tools.lines.lines_read import RowsRead, rows_read
from tools.payer_mix import payer_mix
from tools.practice import Practice
from tools.top_codes import top_codes


@pytest.fixture(scope="module")
def practice(tmp_path_factory: pytest.TempPathFactory) -> Practice:
    return hand_worked(tmp_path_factory.mktemp("practice"))


def behind(practice: Practice, figure: Figure) -> RowsRead:
    assert figure.basis.select is not None, figure.name
    # as the ledger keeps it: plain data and back
    kept = selection_from(figure.basis.select.as_data())
    assert kept == figure.basis.select
    return rows_read(practice, kept)


def column(read: RowsRead, name: str) -> list[object]:
    at = read.columns.index(name)
    return [row[at] for row in read.rows]


def named(finding: Finding, name: str) -> Figure:
    return next(each for each in finding.all_figures() if each.name == name)


def test_a_percent_of_medicare_opens_on_the_counting_office_lines_of_its_payer(
    practice: Practice,
) -> None:
    # g1, g2, both lines of g3, g4, g6; not the facility line, the denial, the secondary
    # line, the reversed one, nor the one a day before the period
    read = behind(practice, named(compare_rates(practice, payers=[GRANITE]), "Granite Peak: units"))
    assert sorted(column(read, "claim_id")) == ["g1", "g2", "g3", "g3", "g4", "g6"]
    assert sum(column(read, "allowed"), Decimal(0)) == Decimal("1955.00")  # type: ignore[call-overload]


def test_one_code_opens_on_its_own_lines(practice: Practice) -> None:
    finding = compare_rates(practice, payers=[GRANITE])
    read = behind(practice, named(finding, "Granite Peak 99214: allowed per unit"))
    assert column(read, "claim_id") == ["g3", "g4"]


def test_a_product_is_told_apart(practice: Practice) -> None:
    finding = compare_rates(practice, payers=[GRANITE], product="ppo")
    read = behind(practice, named(finding, "Granite Peak: units"))
    assert column(read, "claim_id") == ["g1", "g3"]  # the second line of g3 names no product


def figures_with_rows(practice: Practice) -> Iterator[Figure]:
    for finding in (
        compare_rates(practice),
        compare_rates(practice, payers=[GRANITE], codes=["99213"]),
        compare_rates(practice, payers=[GRANITE], top_n=1),
        compare_rates(practice, payers=[GRANITE, KESTREL], setting="facility"),
        top_codes(practice, by="gap"),
        payer_mix(practice),
    ):
        for each in finding.all_figures():
            if each.basis.select is not None and each.basis.rows is not None:
                yield each


def test_as_many_rows_open_as_the_figure_says_it_read(practice: Practice) -> None:
    checked = 0
    for figure in figures_with_rows(practice):
        assert len(behind(practice, figure).rows) == figure.basis.rows, figure.name
        checked += 1
    assert checked > 50


def test_what_names_a_person_is_not_among_the_columns_and_the_claim_number_is(
    practice: Practice,
) -> None:
    read = behind(practice, next(figures_with_rows(practice)))
    assert not {"member_key", "row_hash", "diagnoses", "rendering_npi"} & set(read.columns)
    assert {"claim_id", "source_file", "source_row"} <= set(read.columns)


def test_lines_of_a_reason_code_are_those_that_hold_it_as_a_word(practice: Practice) -> None:
    lines = Selection("claim_lines", (ColumnTest("modifiers", "has", ("25",)),))
    assert column(rows_read(practice, lines), "claim_id") == ["g4"]


@pytest.mark.parametrize("table", ["membership", "contacts", "no_such"])
def test_a_table_that_names_persons_is_not_opened(practice: Practice, table: str) -> None:
    with pytest.raises(BadInput, match="not shown"):
        rows_read(practice, Selection(table, (among("payer", [GRANITE]),)))


def test_the_ranking_by_volume_opens_with_its_blank_amounts(practice: Practice) -> None:
    first = named(top_codes(practice, payers=[GRANITE]), "99213, Granite Peak: units")
    assert column(behind(practice, first), "claim_id") == ["g1", "g2"]


def test_words_of_a_filter_stay_plain_words(practice: Practice) -> None:
    figure = next(figures_with_rows(practice))
    assert isinstance(figure.as_data()["basis"]["where"], str)
    assert str(figure.basis.where) == figure.basis.where
