"""Spellings of payers: what is one payer, what stands apart, what is only proposed."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.payer_names import PayerBook
from knowledge.workspace import open_workspace

SAMPLE = (
    "Granite Peak Health Plan",
    "Wolf Creek Mutual",
    "Alder Ridge Benefit Company",
    "Kestrel National Health",
    "Silver Heron Advantage",
)


@pytest.fixture
def book(tmp_path: Path) -> PayerBook:
    made = PayerBook(open_workspace(tmp_path / "practice"))
    for name in SAMPLE:
        made.learn(name, [])
    return made


ONE_PAYER = [
    ("GRANITE PEAK HLTH PLAN", "Granite Peak Health Plan"),
    ("Granite Peak HP", "Granite Peak Health Plan"),
    ("granite peak", "Granite Peak Health Plan"),
    ("Granite Pk Hlth Pln", "Granite Peak Health Plan"),
    ("Alder Ridge Ben. Co.", "Alder Ridge Benefit Company"),
    ("Kestrel Nat'l Health, Inc.", "Kestrel National Health"),
    ("UHC", "UnitedHealthcare"),
    ("United Healthcare", "UnitedHealthcare"),
    ("Anthem BC/BS", "Anthem Blue Cross and Blue Shield"),
    ("BCBS CO", "Anthem Blue Cross and Blue Shield"),
    ("RMHP", "Rocky Mountain Health Plans"),
    ("Colorado Medicaid", "Medicaid"),
    ("Health First Colorado", "Medicaid"),
    ("CHP+", "CHP+"),
    ("Self Pay", "Self-pay"),
    ("MEDICARE PART B", "Medicare"),
]


@pytest.mark.parametrize(("spelling", "name"), ONE_PAYER, ids=[s for s, _ in ONE_PAYER])
def test_a_spelling_means_its_payer(book: PayerBook, spelling: str, name: str) -> None:
    assert book.resolve(spelling).name == name


PROPOSED = [
    "Granite Park Health Plan",
    "Granite Peak Mutual",
    "Aetna Better Health",
    "Humana Gold Plus",
]


@pytest.mark.parametrize("spelling", PROPOSED)
def test_what_is_only_alike_is_proposed_and_not_taken(book: PayerBook, spelling: str) -> None:
    found = book.resolve(spelling)
    assert found.name is None
    assert found.candidates
    assert found.how == "unsure"


def test_an_unknown_name_has_neither_payer_nor_candidates(book: PayerBook) -> None:
    found = book.resolve("Quartz Hollow Trust")
    assert (found.name, found.candidates, found.how) == (None, (), "unknown")


def test_a_subsidiary_with_its_own_contract_stands_apart(book: PayerBook) -> None:
    assert book.resolve("Rocky Mountain Health Plans").name != book.resolve("UHC").name


PRODUCTS = [
    ("Granite Peak Health Plan PPO", "Granite Peak Health Plan", "PPO", None),
    ("Kestrel MA", "Kestrel National Health", "Medicare Advantage", "medicare_advantage"),
    ("Humana Medicare", "Humana", "Medicare", "medicare_advantage"),
    ("Silver Heron Advantage", "Silver Heron Advantage", None, None),
    ("Medicare", "Medicare", None, None),
]


@pytest.mark.parametrize(("spelling", "name", "product", "business"), PRODUCTS)
def test_a_product_at_the_end_is_taken_apart(
    book: PayerBook, spelling: str, name: str, product: str | None, business: str | None
) -> None:
    found = book.resolve(spelling)
    assert (found.name, found.product, found.line_of_business) == (name, product, business)


def test_short_names_are_what_people_say(book: PayerBook) -> None:
    said = [book.short_name(name) for name in SAMPLE]
    assert said == ["Granite Peak", "Wolf Creek", "Alder Ridge", "Kestrel", "Silver Heron"]


def test_a_name_among_the_spellings_becomes_a_spelling(book: PayerBook) -> None:
    book.learn("Wolf Creek Mutual Insurance", ["Wolf Creek Mutual"])
    assert "Wolf Creek Mutual" not in book.known()
    assert book.resolve("Wolf Creek Mutual").name == "Wolf Creek Mutual Insurance"
    assert book.renamed()["Wolf Creek Mutual"] == "Wolf Creek Mutual Insurance"


def test_another_book_of_the_workspace_sees_what_was_learned(tmp_path: Path) -> None:
    workspace = open_workspace(tmp_path)
    first, second = PayerBook(workspace), PayerBook(workspace)
    assert second.known() == ()
    first.learn("Tarn Lake Insurance", ["TLI"], line_of_business="commercial")
    assert second.known() == ("Tarn Lake Insurance",)
    assert second.resolve("tli").name == "Tarn Lake Insurance"
    assert second.line_of_business("Tarn Lake Insurance") == "commercial"


def test_the_vocabulary_alone_learns_nothing() -> None:
    with pytest.raises(ValueError, match="learns nothing"):
        PayerBook().learn("Anyone", [])
