"""The term readers over the seven sample contracts, rendered and read back, against their key."""

from __future__ import annotations

import time
import tomllib
from collections import Counter
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from evals.sample_practice.generate import write_sample
from knowledge.documents.document import Document
from knowledge.documents.reader import read_document
from knowledge.terms.names import TERM_NAMES
from knowledge.terms.readers import read_terms
from knowledge.terms.term import Term

KEY: list[dict[str, Any]] = tomllib.loads(
    (Path(__file__).parent / "sample_terms.toml").read_text(encoding="utf-8")
)["contract"]


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Document]:
    """The contracts, rendered once to PDF and Word and read as an import reads them."""
    made = write_sample(tmp_path_factory.mktemp("sample"))
    return {
        file.path.stem: replace(
            read_document(file.path, file.path.name), kind="contract", payer=file.payer
        )
        for file in made
        if file.kind == "contract"
    }


@pytest.fixture(scope="module")
def read(documents: dict[str, Document]) -> dict[str, list[Term]]:
    return {name: read_terms(document) for name, document in documents.items()}


def entries_for(entry: dict[str, Any], terms: list[Term]) -> list[Term]:
    """The read entries that an entry of the key is about: its term, its line, its side."""
    named = [t for t in terms if t.name == entry["term"]]
    fitting = [t for t in named if t.line_of_business == entry.get("line")]
    if "line" not in entry and not any(t.status != "not found" for t in fitting):
        fitting = named
    side = [t for t in fitting if t.party == entry.get("party", t.party)]
    return side or fitting


def verdict(entry: dict[str, Any], terms: list[Term]) -> str:
    """right, wrong (a value that is not so), missed, or where (right, quoted elsewhere)."""
    fitting = entries_for(entry, terms)
    first = next((t for t in fitting if t.status == "found"), fitting[0] if fitting else None)
    if first is None:
        return "missed"
    if not entry.get("found", True):
        return "right" if first.status == "not found" else "wrong"
    if entry.get("unsure"):
        return {"unsure": "right", "found": "wrong", "not found": "missed"}[first.status]
    if first.status != "found":
        return "missed"
    wanted = entry["value"]
    if isinstance(wanted, int):
        right = first.value == Decimal(wanted)
    else:
        choices = [wanted] if isinstance(wanted, str) else wanted
        right = any(choice in str(first.value) for choice in choices)
    if not right or first.unit != entry.get("unit", ""):
        return "wrong"
    if "party" in entry and first.party != entry["party"]:
        return "wrong"
    if entry.get("note", "") not in first.note:
        return "wrong"
    assert first.citation is not None
    return "right" if first.citation.section in entry["section"] else "where"


def test_the_key_names_every_term_of_every_contract() -> None:
    assert len(KEY) == 7
    for contract in KEY:
        assert {entry["term"] for entry in contract["terms"]} == set(TERM_NAMES)


def test_nine_in_ten_terms_are_right_and_none_is_wrong(read: dict[str, list[Term]]) -> None:
    counts: Counter[str] = Counter()
    told = []
    for contract in KEY:
        for entry in contract["terms"]:
            said = verdict(entry, read[contract["name"]])
            counts[said] += 1
            if said != "right":
                shown = [
                    (t.status, t.shown, t.note, t.citation and t.citation.section)
                    for t in entries_for(entry, read[contract["name"]])
                ]
                told.append(f"{said}: {contract['name']} {entry} read {shown}")
    print(dict(counts), *told, sep="\n")
    assert counts["wrong"] == 0, told
    assert counts["where"] == 0, told
    assert counts["right"] >= 0.9 * counts.total(), told


def test_every_quote_of_the_samples_stands_in_its_document(
    documents: dict[str, Document], read: dict[str, list[Term]]
) -> None:
    for name, terms in read.items():
        for cited in (term.citation for term in terms if term.citation):
            assert documents[name].text[cited.start : cited.end] == cited.quote


def test_a_contract_is_read_in_a_second(documents: dict[str, Document]) -> None:
    for document in documents.values():
        began = time.process_time()
        read_terms(document)
        assert time.process_time() - began < 1, document.name
