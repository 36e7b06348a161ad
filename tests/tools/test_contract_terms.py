"""Contract terms of a practice with two short contracts (tests/fixtures/two_contracts.py)."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from knowledge.evidence import Figure, Finding, plain
from knowledge.problems import BadInput, NotKnown
from tests.fixtures.two_contracts import JUNIPER, MARMOT, WREN, two_contracts
from tools.contract_terms import contract_terms
from tools.practice import Practice


@pytest.fixture(scope="module")
def practice(tmp_path_factory: pytest.TempPathFactory) -> Practice:
    return two_contracts(tmp_path_factory.mktemp("practice"))


def entry(finding: Finding, payer: str, line: str | None = None) -> dict[str, Any]:
    found = [
        term
        for term in finding.details["terms"]
        if term["payer"] == payer and term["line_of_business"] == line
    ]
    assert len(found) == 1
    return dict(found[0])


def test_an_amendment_in_force_replaces_the_base_and_says_what_it_replaced(
    practice: Practice,
) -> None:
    term = entry(contract_terms(practice, terms=["timely_filing_days"]), JUNIPER)
    assert term["value"] == 130
    assert term["document"] == "Blue Juniper amendment 1.md"
    assert "replaced 95 days" in term["note"]
    assert "January 1, 2025" in term["note"]


def test_a_line_of_business_is_an_entry_of_its_own(practice: Practice) -> None:
    finding = contract_terms(practice, payers=[JUNIPER], terms=["timely_filing_days"])
    assert entry(finding, JUNIPER, "medicare_advantage")["value"] == 200


def test_the_headline_names_shortest_and_longest_across_payers(practice: Practice) -> None:
    finding = contract_terms(practice, terms=["timely filing"])
    said = plain(finding.headline.text)
    assert "Canyon Wren, 60 days" in said
    assert "Blue Juniper, 130 days" in said
    assert [figure.number for figure in finding.headline.figures] == [Decimal(60), Decimal(130)]


def test_one_term_of_one_payer_is_one_sentence_with_its_citation(practice: Practice) -> None:
    finding = contract_terms(practice, payers=[WREN], terms=["timely_filing_days"])
    assert plain(finding.headline.text).startswith(
        "In Canyon Wren's contract the time to file a claim is 60 days ["
    )
    assert finding.details["quotes"] == [finding.passages[0].citation.id]


def test_what_is_not_there_is_said_to_be_missing_and_where_was_looked(practice: Practice) -> None:
    finding = contract_terms(practice, payers=[WREN], terms=["most_favored_nation"])
    said = plain(finding.headline.text)
    assert "Our reading found no clause on most favored nation" in said
    assert "Canyon Wren contract.md" in said
    assert finding.table is not None
    assert finding.table.rows[0][1] == "not found"
    assert not entry(finding, WREN)["found"]


def test_all_terms_stand_side_by_side(practice: Practice) -> None:
    finding = contract_terms(practice)
    assert finding.table is not None
    assert finding.table.columns == ("Term", "Blue Juniper", "Canyon Wren")
    rows = {row[0]: row[1:] for row in finding.table.rows}
    assert isinstance(rows["Timely filing"][0], Figure)
    assert rows["Recoupment look-back"][1] == "not found"
    assert rows["Amendment"][0] == "unilateral by posting (7.1)"


def test_every_quote_stands_in_its_document_at_its_offsets(practice: Practice) -> None:
    for citation in contract_terms(practice).all_citations():
        text = practice.library.document(citation.document).text
        assert text[citation.start : citation.end] == citation.quote


def test_a_payer_without_a_contract_is_named_with_the_file_to_drop(practice: Practice) -> None:
    finding = contract_terms(practice, payers=[WREN, MARMOT], terms=["timely_filing_days"])
    assert any("No contract of Marmot" in plain(each.text) for each in finding.caveats)
    assert finding.details["missing"] == [MARMOT]
    with pytest.raises(NotKnown, match="drop the Marmot agreement"):
        contract_terms(practice, payers=[MARMOT])


def test_words_that_name_no_term_are_refused_with_the_terms_there_are(practice: Practice) -> None:
    with pytest.raises(BadInput, match="timely filing"):
        contract_terms(practice, terms=["parking spaces"])


def test_a_practice_without_contracts_is_told_what_to_drop(tmp_path: Path) -> None:
    practice = two_contracts(tmp_path)
    practice.workspace.write_json(practice.workspace.manifest, {"version": 1, "sources": []})
    with pytest.raises(NotKnown, match="drop your payer agreements"):
        contract_terms(practice)
