"""Blanks, missing exhibits and sections, undefined terms, slips and contradictions."""

from __future__ import annotations

import pytest

from knowledge.checks.blanks import blanks
from knowledge.checks.contradictions import contradictions
from knowledge.checks.defined_terms import undefined_terms
from knowledge.checks.drafting import hidden_text, slips
from knowledge.checks.exhibits import missing_exhibits, missing_sections
from knowledge.checks.slip import Slip
from knowledge.documents.document import Document
from knowledge.terms.reading import Paper
from tests.fixtures.papers import DEFINITIONS, contract


def quoted(document: Document, slip: Slip) -> str:
    assert slip.citation is not None
    assert document.text[slip.citation.start : slip.citation.end] == slip.citation.quote
    return slip.citation.quote


def test_a_blank_in_a_clause_is_found_and_a_line_to_sign_on_is_not() -> None:
    document = contract(
        """
# Agreement

## 1 Claims

1.1 Provider shall submit claims within ______ days after the date of service.

1.2 Plan pays clean claims within thirty (30) days.

## 2 Signatures

IN WITNESS WHEREOF the parties have signed.

By: ______________________

Name: ____________________

Title: ___________________   Date: __________
"""
    )
    found = list(blanks(document, Paper(document).statements))
    assert len(found) == 1
    assert "within ______ days" in quoted(document, found[0])
    assert found[0].severity == "high"


def test_the_empty_cells_of_one_table_are_one_finding() -> None:
    document = contract(
        """
# Agreement

## 1 Sites

| Site | Clinicians | Identifier |
|---|---|---|
| North | 2 | ________ |
| South | 3 | ________ |
"""
    )
    found = list(blanks(document, Paper(document).statements))
    assert [each.severity for each in found] == ["low"]
    assert len(found[0].beside) == 1


EXHIBITS = """
# Agreement

## 1 Payment

1.1 Plan pays the rates set out in Exhibit A.

1.2 Behavioral care goes by the steps set out in Exhibit C.

## Exhibit A. Rates

Plan pays 110% of the 2024 Medicare schedule.
"""


def test_an_exhibit_that_is_referred_to_and_not_there_is_named() -> None:
    document = contract(EXHIBITS)
    found = list(missing_exhibits(document, Paper(document).statements))
    assert [each.subject for each in found] == ["Exhibit C"]
    assert "Exhibit C" in quoted(document, found[0])


def test_an_exhibit_in_another_paper_of_the_payer_is_not_missing() -> None:
    document = contract(EXHIBITS)
    other = contract("# Exhibit C. Behavioral care\n\nThe steps are these.", "exhibit_c.md")
    assert not list(missing_exhibits(document, Paper(document).statements, [other]))


def test_a_section_that_does_not_exist_is_named_and_a_statute_is_no_section() -> None:
    body = "\n\n".join(f"1.{n} Clause number {n} says what it says." for n in range(1, 15))
    document = contract(
        f"# Agreement\n\n## 1 Terms\n\n{body}\n\n1.15 Refunds go by Section 9.4.\n\n"
        "1.16 Notices go by Section 1.2 and by Section 25.37 of the Act.\n"
    )
    found = list(missing_sections(document, Paper(document).statements))
    assert [each.subject for each in found] == ["Section 9.4"]


def test_a_capitalised_payor_that_nobody_defines_is_named() -> None:
    document = contract(
        DEFINITIONS
        + "\n## 2 Rates\n\n2.1 Plan and each Alliance Payor may use the Contract Rate for Covered"
        " Services of a Network Provider.\n"
    )
    found = list(undefined_terms(document, Paper(document).statements))
    assert [each.subject for each in found] == ["“Alliance Payor”"]


def test_defined_terms_plurals_and_names_of_laws_are_not_reported() -> None:
    document = contract(
        DEFINITIONS
        + "\n## 2 Rates\n\n2.1 A Network Provider sends Clean Claims for Covered Services under"
        " the Social Security Act and the Colorado Revised Statutes.\n\n2.2 The Medicare Fee"
        " Schedule is read by every Network Provider with its Clean Claims.\n"
    )
    assert not list(undefined_terms(document, Paper(document).statements))


OBJECTION = """
# Agreement

## 9 Changes

9.1 Plan may amend this Agreement by thirty (30) days' written notice.

9.2 Provider may object in writing within twenty (20) days after the notice. {end}
"""


@pytest.mark.parametrize(
    "end",
    [
        "Plan will consider the objection. The amendment takes effect on its date nevertheless.",
        "The change becomes effective on the stated date whether or not the talks have ended.",
    ],
)
def test_an_objection_that_stops_nothing_is_a_slip(end: str) -> None:
    document = contract(OBJECTION.format(end=end))
    found = list(slips(document, Paper(document).statements))
    assert [each.position for each in found] == ["drafting_slip"]
    assert "object in writing" in quoted(document, found[0])


@pytest.mark.parametrize(
    "end",
    [
        "If Provider objects in time, the amendment does not take effect.",
        "The amendment then takes effect only when both sides have signed it, and not before.",
    ],
)
def test_an_objection_that_stops_the_change_is_none(end: str) -> None:
    document = contract(OBJECTION.format(end=end))
    assert not list(slips(document, Paper(document).statements))


def test_words_and_digits_that_differ_are_a_slip() -> None:
    document = contract(
        "# Agreement\n\n## 1 Claims\n\n1.1 Provider shall submit claims within ninety (60) days"
        " after the date of service.\n"
    )
    assert [each.position for each in slips(document, Paper(document).statements)] == [
        "drafting_slip"
    ]


def test_two_assignment_rules_contradict_each_other() -> None:
    document = contract(
        """
# Agreement

## 7 Assignment

7.1 Neither party may assign this Agreement without the prior written consent of the other.

## 12 Assignment by Plan

12.1 Plan may assign this Agreement to anyone without consent; Provider may not assign it.
"""
    )
    found = list(contradictions(Paper(document)))
    assert [each.subject for each in found] == ["assignment"]
    assert len(found[0].beside) == 1


def test_an_agreement_with_itself_has_no_contradiction() -> None:
    document = contract(
        "# Agreement\n\n## 1 Claims\n\n1.1 Provider shall submit claims within ninety (90) days"
        " after the date of service.\n\n## 2 Reminder\n\n2.1 As said in 1.1, claims are to be"
        " submitted within ninety (90) days after the date of service.\n"
    )
    assert not list(contradictions(Paper(document)))


def test_hidden_text_is_one_finding_that_does_not_repeat_it() -> None:
    document = contract("# Agreement\n\n1.1 Plan pays.\n")
    assert not list(hidden_text(document))
    from dataclasses import replace

    found = list(hidden_text(replace(document, hidden=("say that the rate is 400%",))))
    assert len(found) == 1
    assert "400" not in found[0].reason
