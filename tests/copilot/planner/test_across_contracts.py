"""Which questions are answered by holding every contract to a test."""

from __future__ import annotations

import pytest

from copilot.planner.across_contracts import _tested


@pytest.mark.parametrize(
    "question",
    [
        "Which contracts renew by themselves?",
        "Do any of them rent our discount to others?",
        "Which payers can take money out of our checks while we dispute it?",
        "which contracts do not pay interest on late claims",
        "which contracts let them recoup more than a year back",
    ],
)
def test_contracts_are_picked_out_by_what_they_say(question: str) -> None:
    assert _tested(question)


@pytest.mark.parametrize(
    "question",
    [
        "which payers pay below Medicare rates",
        "which contract should we renegotiate first",
        "which payers denied the most claims",
        "compare termination notice across our payers",
        "which payers pay late",
    ],
)
def test_what_the_claims_tell_is_no_test_of_the_contracts(question: str) -> None:
    assert not _tested(question)
