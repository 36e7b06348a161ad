"""Patients in prose are covered; the parties of a contract and their offices are not."""

from __future__ import annotations

import pytest

from knowledge.identifiers import identifiers_in, name_key, without_identifiers

PLANTED = [
    ("Patient: Zebulon Quillfeather was seen.", ["Zebulon Quillfeather"]),
    ("RE: Quillfeather, Zebulon T., claim denied", ["Quillfeather, Zebulon T."]),
    ("Our patient Zebulon Quillfeather waited.", ["Zebulon Quillfeather"]),
    ("We saw Mr. Quillfeather twice.", ["Quillfeather"]),
    ("Zebulon Quillfeather (DOB 03/09/1961) appeals", ["Zebulon Quillfeather", "03/09/1961"]),
    ("PATIENT NAME: QUILLFEATHER, ZEBULON", ["QUILLFEATHER, ZEBULON"]),
    ("date of birth: March 9, 1961", ["March 9, 1961"]),
    ("born on 9 March 1961", ["9 March 1961"]),
    ("MRN 55501-A2", ["55501-A2"]),
    ("chart number: 0099123", ["0099123"]),
    ("Member ID: XQ88123407", ["XQ88123407"]),
    ("the member's identification number is XQ88123407", ["XQ88123407"]),
    ("Medicare number 1EG4-TE5-MK73", ["1EG4-TE5-MK73"]),
    ("SSN 512-44-9031", ["512-44-9031"]),
    ("the patient can be reached at (720) 555-0143", ["(720) 555-0143"]),
    ("write to the patient at zq@example.org", ["zq@example.org"]),
    ("The patient lives at 9 Thistle Lane, Juniper Flats, CO 80999", ["9 Thistle Lane"]),
]


@pytest.mark.parametrize(("text", "hidden"), PLANTED, ids=[text[:30] for text, _ in PLANTED])
def test_what_names_or_reaches_a_patient_is_covered(text: str, hidden: list[str]) -> None:
    shown = without_identifiers(text, identifiers_in(text))
    assert len(shown) == len(text)
    for words in hidden:
        assert words not in shown


LEFT_ALONE = [
    "Notices to Plan: 1200 Alder Street, Suite 4, Denver, CO 80202, telephone (303) 555-0100.",
    "Re: Proposed Rates for 2027",
    "RE: Provider Agreement between Granite Peak Health Plan and Sagebrush Family Medicine",
    "Patient Protection and Affordable Care Act; Member Services Department",
    "The Member ID card shows the Plan's name. Member: an individual enrolled in a Product.",
    "A claim is filed within 120 days of the date of service, 01/15/2026 or later.",
    "Fee schedule effective January 1, 2026; code 99213 at 91.04; NPI 1234567893.",
    "Call Provider Relations at 800-555-0199 or provider@example.org about a patient.",
    "Dear Ms. Alvarez, thank you for meeting with us about patient access.",
    "Patient responsibility and Member cost share are collected at the visit.",
]


@pytest.mark.parametrize("text", LEFT_ALONE, ids=[text[:30] for text in LEFT_ALONE])
def test_what_speaks_of_no_patient_is_left_alone(text: str) -> None:
    assert [text[f.start : f.end] for f in identifiers_in(text)] == []


def test_a_name_once_found_is_covered_wherever_it_stands() -> None:
    text = "Patient: Zebulon Quillfeather. Later Zebulon Quillfeather paid; Mr. Quillfeather left."
    shown = without_identifiers(text, identifiers_in(text))
    assert "Quillfeather" not in shown
    assert shown.endswith("left.")


def test_a_name_that_claims_hold_is_covered_without_any_word_about_patients() -> None:
    secret = b"k" * 32
    known = {name_key("QUILLFEATHER, ZEBULON T", secret)}
    text = "The denial for Zebulon Quillfeather cost 140 dollars. Susan Alvarez signed."
    shown = without_identifiers(text, identifiers_in(text, secret, known))
    assert "Quillfeather" not in shown
    assert "Susan Alvarez" in shown
