"""The term readers over whole contracts in four more styles, terse, chatty and formal.

Each holds decoys beside its clauses: other payers' deadlines, corrections, run-out periods.
"""

from __future__ import annotations

import tomllib
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from knowledge.documents import plain_text
from knowledge.documents.assembly import assembled
from knowledge.terms.readers import read_terms
from knowledge.terms.term import Term

HERE = Path(__file__).parent
KEY: dict[str, Any] = tomllib.loads((HERE / "invented_terms.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def read() -> dict[str, list[Term]]:
    found = {}
    for name in KEY:
        content = (HERE / f"{name}.md").read_bytes()
        made = assembled(plain_text.read(content, f"{name}.md", "markdown"), "0" * 16, name)
        found[name] = read_terms(replace(made, kind="contract"))
    return found


CASES = [
    pytest.param(name, term, wanted, id=f"{name}: {term} {wanted}")
    for name, table in KEY.items()
    for term, wanted in table["terms"]
]


@pytest.mark.parametrize(("name", "term", "wanted"), CASES)
def test_a_term_of_a_whole_contract_is_read(
    read: dict[str, list[Term]], name: str, term: str, wanted: int | str
) -> None:
    entries = [each for each in read[name] if each.name == term]
    if wanted == "not found":
        assert {each.status for each in entries} == {"not found"}, entries
    elif isinstance(wanted, int):
        assert Decimal(wanted) in {each.value for each in entries if each.found}, entries
    else:
        assert any(wanted in str(each.value) for each in entries if each.found), entries
