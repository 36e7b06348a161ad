"""Defined terms lead to their definitions, cross references to their sections."""

from __future__ import annotations

import pytest

from knowledge.documents import plain_text
from knowledge.documents.assembly import assembled
from knowledge.documents.definitions import definition_of, definitions
from knowledge.documents.document import Document
from knowledge.documents.references import references, resolve

PAPER = """PROVIDER AGREEMENT

This agreement is between Silver Larch Health Plan (the "Plan") and the practice that signs it ("Provider").

ARTICLE I DEFINITIONS

1.1 "Clean Claim" means a claim that holds all that Section 3.2 asks for and needs no more.

1.2 "Covered Service" or "Covered Services" shall mean a service that a member's policy pays for.

1.3 Late Bill means a bill that comes after the days of Section 3.1(a), under C.R.S. § 10-16-705.

ARTICLE III CLAIMS

3.1 Filing. Provider shall send claims as follows:

(a) within ninety days of the visit; and

(b) with the words of Exhibit B.

3.2 Payment. Plan pays a Clean Claim under Article I, Section 9.9 and Section 1557 of the Affordable Care Act.

EXHIBIT B RATES

1.1 Basis. The rates of Section 1.2 hold, and those of Section 3.2 of the Agreement.

1.2 Amounts. Plan pays 110% of Medicare.
"""  # noqa: E501


@pytest.fixture(scope="module")
def paper() -> Document:
    return assembled(plain_text.read(PAPER.encode(), "paper.txt", "text"), "id", "paper.txt")


@pytest.mark.parametrize(
    ("term", "section", "words"),
    [
        ("Clean Claim", "1.1", "a claim that holds all"),
        ("clean claims", "1.1", "a claim that holds all"),
        ("Covered Services", "1.2", "a member's policy pays for"),
        ("Late Bill", "1.3", "comes after the days"),
        ("Plan", "", "Silver Larch Health Plan"),
        ("Provider", "", "the practice that signs it"),
    ],
)
def test_a_term_leads_to_its_definition(
    paper: Document, term: str, section: str, words: str
) -> None:
    found = definition_of(term, definitions(paper))
    assert found is not None
    assert words in found.citation.quote
    if section:
        assert found.citation.section == section
    assert found.in_passing == (term in ("Plan", "Provider"))


def test_a_word_that_is_never_defined_has_no_definition(paper: Document) -> None:
    assert definition_of("Emergency Service", definitions(paper)) is None


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("Section 3.2", "3.2"),
        ("Section 3.1(a)", "3.1(a)"),
        ("Section 3.1 (z)", "3.1"),
        ("3.2", "3.2"),
        ("Article I", "Article I"),
        ("ARTICLE 3", "Article III"),
        ("Exhibit B", "Exhibit B"),
        ("Section 1.2 of Exhibit B", "Exhibit B 1.2"),
        ("Section 1.2", "1.2"),
    ],
)
def test_a_reference_leads_to_its_section(paper: Document, words: str, number: str) -> None:
    found = resolve(paper, words)
    assert found is not None and found.number == number


@pytest.mark.parametrize("words", ["Section 9.9", "Exhibit Q", "Article XL", "no number at all"])
def test_a_reference_to_nothing_leads_nowhere(paper: Document, words: str) -> None:
    assert resolve(paper, words) is None


def test_inside_an_exhibit_its_own_numbers_come_first(paper: Document) -> None:
    found = resolve(paper, "Section 1.2", PAPER.index("The rates of"))
    assert found is not None and found.number == "Exhibit B 1.2"


def test_references_of_a_paper_pass_over_statutes_and_headings(paper: Document) -> None:
    told = {each.words: each.section.number if each.section else None
            for each in references(paper)}  # fmt: skip
    assert told == {
        "Section 3.2": "3.2",
        "Section 3.1(a)": "3.1(a)",
        "Exhibit B": "Exhibit B",
        "Article I": "Article I",
        "Section 9.9": None,
        "Section 1.2": "Exhibit B 1.2",
    }
