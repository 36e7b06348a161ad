"""A day counted to ("the ninetieth day") keeps its manner when its count changes."""

import pytest

from knowledge.redline.reworded import reworded_span

CASES = [
    pytest.param("ninetieth day", 120, "one hundred twentieth day", id="in words"),
    pytest.param("ninetieth (90th) day", 95, "ninety-fifth (95th) day", id="in words and digits"),
    pytest.param("90th day", 121, "121st day", id="in digits"),
    pytest.param("tenth business day", 12, "twelfth day", id="business days become days"),
    pytest.param("sixty (60) days", 180, "one hundred eighty (180) days", id="a plain span"),
]


@pytest.mark.parametrize(("words", "count", "becomes"), CASES)
def test_a_counted_day_is_said_anew_in_its_manner(words: str, count: int, becomes: str) -> None:
    assert reworded_span(words, count, "days") == becomes
