"""The term readers over single clauses, each as another payer's lawyer or editor might word it."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from knowledge.documents import plain_text
from knowledge.documents.assembly import assembled
from knowledge.terms.names import TERM_NAMES
from knowledge.terms.readers import read_terms

WORDINGS: dict[str, Any] = tomllib.loads(
    (Path(__file__).parent / "wordings.toml").read_text(encoding="utf-8")
)
CASES = [
    pytest.param(term, wanted, clause, id=f"{term}: {clause[:60]!r} {wanted}")
    for term, table in WORDINGS.items()
    for wanted, clause in table["cases"]
]


@pytest.mark.parametrize(("term", "wanted", "clause"), CASES)
def test_a_clause_is_read_however_it_is_worded(term: str, wanted: int | str, clause: str) -> None:
    made = assembled(plain_text.read(clause.encode(), "clause.md", "markdown"), "0" * 16, "clause")
    read = read_terms(replace(made, kind="contract"), [term])
    statuses = {each.status for each in read}
    if wanted in ("not found", "unsure"):
        assert statuses == {wanted}, read
    elif isinstance(wanted, int):
        assert Decimal(wanted) in {each.value for each in read if each.found}, read
    else:
        assert any(wanted in str(each.value) for each in read if each.found), read


def test_every_term_has_wordings() -> None:
    assert set(WORDINGS) == set(TERM_NAMES)
