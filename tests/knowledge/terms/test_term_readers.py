"""Each term reader against its table of cases: sentences in many paper styles, and their terms."""

import tomllib
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from knowledge.documents import plain_text
from knowledge.documents.assembly import assembled
from knowledge.documents.document import Document
from knowledge.terms.names import TERM_MODULES
from knowledge.terms.readers import read_terms
from knowledge.terms.term import Term

TABLES = {
    file.stem: tomllib.loads(file.read_text(encoding="utf-8"))
    for file in sorted(Path(__file__).parent.glob("*.toml"))
    if not file.stem.endswith(("_terms", "wordings"))
}
CASES = [
    pytest.param(table["term"], case, id=f"{module}: {case['id']}")
    for module, table in TABLES.items()
    for case in table["case"]
]


def contract(text: str) -> Document:
    read = plain_text.read(text.strip().encode(), "contract.md", "markdown")
    return replace(assembled(read, "0" * 16, "contract.md"), kind="contract")


def entry_for(case: dict[str, Any], terms: list[Term]) -> Term:
    """The entry of the case's line of business and party; the only one where it names none."""
    line, party = case.get("line_of_business"), case.get("party")
    fitting = [t for t in terms if t.line_of_business == line]
    if party and len(fitting) > 1:
        fitting = [t for t in fitting if t.party == party]
    assert fitting, f"no entry for {line}: {terms}"
    return fitting[0]


@pytest.mark.parametrize(("name", "case"), CASES)
def test_a_reader_reads_the_term_of_its_case(name: str, case: dict[str, Any]) -> None:
    document = contract(case["text"])
    term = entry_for(case, read_terms(document, [name]))
    assert term.status == case.get("status", "found"), term
    value = case.get("value")
    if value is not None:
        expected = Decimal(value) if isinstance(value, int) else value
        assert term.value == expected, term
    if "unit" in case:
        assert term.unit == case["unit"]
    if "party" in case:
        assert term.party == case["party"]
    if "note" in case:
        assert case["note"] in term.note
    if "quote" in case:
        assert term.citation is not None
        assert case["quote"] in term.citation.quote
    if term.citation is not None:
        cited = term.citation
        assert document.text[cited.start : cited.end] == cited.quote
        assert len(cited.quote) <= 500


def test_reader_case_table_and_position_of_a_term_go_by_one_name() -> None:
    knowledge = Path(__file__).parents[3] / "knowledge"
    positions = {file.stem for file in (knowledge / "playbook").glob("*.toml")}
    readers = {
        file.stem
        for file in (knowledge / "terms").glob("*.py")
        if "\nREADER = " in file.read_text(encoding="utf-8")
    }
    assert readers == set(TERM_MODULES.values()) == positions == set(TABLES)


@pytest.mark.parametrize("module", TABLES)
def test_a_table_has_five_cases_and_one_where_nothing_is_to_be_found(module: str) -> None:
    cases = TABLES[module]["case"]
    assert TABLES[module]["term"] in TERM_MODULES
    assert TERM_MODULES[TABLES[module]["term"]] == module
    assert len({case["id"] for case in cases}) == len(cases) >= 5
    assert any(case.get("status") == "not found" for case in cases)
    for case in cases:
        assert case.get("status", "found") == "not found" or "value" in case or "status" in case
