"""Other payers are found in any spelling; programs and everyday words are not taken for them."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from copilot.drafting.other_payers import payers_named

LARKMOOR, BITTERROOT = "Larkmoor Health Plan", "Bitterroot Mutual"

NAMED: list[Any] = [
    pytest.param("Bitterroot pays us more.", [BITTERROOT], id="short name"),
    pytest.param("as BITTERROOT MUTUAL does", [BITTERROOT], id="capitals"),
    pytest.param("Bitterroot's rates", [BITTERROOT], id="possessive"),
    pytest.param("bitterroot mutual pays", [BITTERROOT], id="lower case"),
    pytest.param("Cigna and Aetna pay more", ["Cigna Healthcare", "Aetna"], id="carriers"),
    pytest.param("UHC is at 120%", ["UnitedHealthcare"], id="abbreviation"),
    pytest.param("Larkmoor Health Plan and Larkmoor HP", [], id="the payer itself"),
    pytest.param("92% of 2025 Colorado Medicare, above Medicaid", [], id="programs"),
    pytest.param("Please answer by Friday, December 4.", [], id="a weekday"),
    pytest.param("United we stand, and a clover grows", [], id="everyday words"),
]


@pytest.mark.parametrize(("text", "names"), NAMED)
def test_payers_in_a_text(room: Any, text: str, names: list[str]) -> None:
    assert payers_named(room.practice, text, LARKMOOR) == names


@settings(max_examples=60, deadline=None,
          suppress_health_check=[HealthCheck.function_scoped_fixture])  # fmt: skip
@given(
    before=st.text("abcdefgh ,.;:()\n", max_size=40),
    after=st.text("abcdefgh ,.;:()\n", max_size=40),
    spelling=st.sampled_from(["Bitterroot", "Bitterroot Mutual", "BITTERROOT MUTUAL"]),
)
def test_a_name_is_found_wherever_it_stands(
    room: Any, before: str, after: str, spelling: str
) -> None:
    text = f"{before} {spelling} {after}"
    assert BITTERROOT in payers_named(room.practice, text, LARKMOOR)


def test_the_practices_own_name_counts_for_nothing(room: Any) -> None:
    text = "Aetna Springs Family Care asks"
    assert payers_named(room.practice, text, LARKMOOR, "Aetna Springs Family Care") == []
