"""Contracts compared: payers side by side, and two versions of one contract."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.evidence import plain
from knowledge.problems import NotKnown
from tests.fixtures.papers import AGREEMENT
from tests.fixtures.two_contracts import JUNIPER, WREN, paper, two_contracts
from tools.compare_contracts import compare_contracts
from tools.contract_terms import contract_terms
from tools.practice import Practice

PLOVER = "Sand Plover Plan"


@pytest.fixture(scope="module")
def practice(tmp_path_factory: pytest.TempPathFactory) -> Practice:
    return two_contracts(tmp_path_factory.mktemp("compared"))


def test_payers_stand_side_by_side_with_best_and_worst(practice: Practice) -> None:
    # Blue Juniper as amended allows 130 days to file a claim, Canyon Wren 60.
    found = compare_contracts(practice, payers=[JUNIPER, WREN], terms=["timely_filing_days"])
    assert found.table is not None
    (row,) = found.table.rows
    assert row[0] == "Timely filing"
    assert row[-2:] == ("Blue Juniper", "Canyon Wren")
    assert found.details["best"] == {"timely_filing_days": JUNIPER}
    said = plain(found.headline.text)
    assert "130 days" in said and "60 days" in said


def test_all_terms_of_all_payers_are_compared_when_none_is_named(practice: Practice) -> None:
    found = compare_contracts(practice, payers=[JUNIPER, WREN])
    assert found.table is not None
    assert len(found.table.rows) == 24


def test_one_version_alone_asks_for_the_other(practice: Practice) -> None:
    with pytest.raises(NotKnown, match="only one version"):
        compare_contracts(practice, payers=[WREN])


@pytest.fixture
def redrafted(tmp_path: Path) -> Practice:
    """The same practice with two drafts of a third payer's contract on file."""
    made = two_contracts(tmp_path)
    held = made.workspace.read_json(made.workspace.manifest, {})
    old = "one hundred twenty (120) days after the date"
    for name, text in (
        ("Sand Plover draft 1.md", AGREEMENT),
        ("Sand Plover draft 2.md", AGREEMENT.replace(old, "ninety-five (95) days after the date")),
    ):
        draft = paper(PLOVER, "contract", name, text)
        made.library.store(draft)
        held["sources"].append(
            {"id": draft.id, "file": name, "kind": "contract", "payer": PLOVER,
             "document": draft.id, "parts": {}}
        )  # fmt: skip
    made.workspace.write_json(made.workspace.manifest, held)
    return made


def test_two_versions_are_compared_and_the_number_that_changed_comes_first(
    redrafted: Practice,
) -> None:
    found = compare_contracts(redrafted, payers=[PLOVER])
    first = found.details["differences"][0]
    assert first["kind"] == "number"
    assert "(120) days" in first["old"] and "ninety-five (95) days" in first["new"]
    assert len(found.details["differences"]) == 1
    assert found.details["terms_changed"] == ["timely_filing_days"]


def test_terms_are_read_from_the_later_version_and_the_answer_says_so(redrafted: Practice) -> None:
    found = contract_terms(redrafted, payers=[PLOVER], terms=["timely_filing_days"])
    assert "95 days" in plain(found.headline.text)
    assert any("Sand Plover draft 2.md" in plain(each.text) for each in found.caveats)
