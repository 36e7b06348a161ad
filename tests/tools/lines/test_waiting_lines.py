"""Lines whose payer only the user can name, and lines of business that words ask for."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.fixtures.intake import claim, fresh_practice, one, write_csv
from tools.lines.business_lines import asked_business
from tools.lines.waiting_lines import lines_waiting
from tools.payer_mix import payer_mix
from tools.period import Period

YEAR = Period(date(2026, 1, 1), date(2026, 12, 31), "2026")


def test_lines_that_wait_for_a_payer_s_name_are_told_with_their_dollars(tmp_path: Path) -> None:
    practice = fresh_practice(tmp_path / "practice")
    rows = [claim(f"A{n}") for n in range(6)]
    rows += [claim("B1", payer="Granite Peak Insurance Group", allowed="81.50")]
    answer = one(practice, write_csv(tmp_path / "claims.csv", rows))
    (unsure,) = answer["unsure_payers"]
    assert (unsure["payer"], unsure["candidates"]) == (None, ["Granite Peak Health Plan"])
    (told,) = lines_waiting(practice, YEAR)
    assert told.text.count("$81.50") == 1 and "allowed waits for your word" in told.text
    said = [each.text for each in payer_mix(practice, period="2026").caveats]
    assert any("$81.50" in each for each in said), said
    assert lines_waiting(practice, YEAR, ["Granite Peak Health Plan"]) == []


@pytest.mark.parametrize(
    ("words", "business"),
    [
        ("commercial payers", "commercial"),
        ("Medicare Advantage", "medicare_advantage"),
        ("Medicare Advantage HMO", None),
        ("original Medicare", "medicare"),
        ("self-pay", "self_pay"),
        ("PPO", None),
    ],
)
def test_a_line_of_business_is_known_by_its_whole_name(words: str, business: str | None) -> None:
    assert asked_business(words) == business
