"""How a fixed payment swings: hand-worked, and against the spread of the members' own use."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import pytest

from knowledge.evidence import Basis, Figure, plain
from knowledge.problems import BadInput
from tools.risk.member_use import MemberUse, another_year
from tools.savings.capitation_swing import Ahead, swing_of

SEEN = Figure("Members seen", Decimal(200), "count", Basis("given"))
ALLOWED = Figure("Allowed", Decimal(120_000), "USD", Basis("given"))
MONTHS = Figure("Member months", Decimal(4_800), "count", Basis("given"))
# 400 members, half of whom used 600 and half nothing: 120,000 a year, 25.00 a month each.
USE = MemberUse(np.array([600.0] * 200 + [0.0] * 200), SEEN, 1.0)


def test_another_year_has_the_mean_and_spread_of_drawing_members_again() -> None:
    drawn = another_year(USE, 400)
    # one member: mean 300, standard deviation 300; 400 of them: 120,000 and 300 x 20 = 6,000
    assert drawn.mean() == pytest.approx(120_000, rel=0.002)
    assert drawn.std() == pytest.approx(6_000, rel=0.02)


def test_break_even_put_back_in_loses_every_other_year() -> None:
    said = swing_of(USE, ALLOWED, MONTHS, Decimal(1), "Kestrel", Decimal(25), Ahead())
    assert 45 < said[0].figures[0].number < 55
    # a heavy year, one in twenty: 1.645 x 6,000 = 9,870 below
    assert said[0].figures[1].number == pytest.approx(Decimal(-9_870), abs=700)
    # nine years of ten: 1.2816 x 6,000 / 4,800 = 1.60 a month
    assert said[1].figures[0].number == pytest.approx(Decimal("1.60"), abs=Decimal("0.15"))


def test_a_withhold_and_a_trend_cost_what_they_say() -> None:
    # 10% of 120,000 held back and 5% more work: 12,000 + 6,000 below the plain offer
    plainly = swing_of(USE, ALLOWED, MONTHS, Decimal(1), "K", Decimal(25), Ahead())
    held = swing_of(USE, ALLOWED, MONTHS, Decimal(1), "K", Decimal(25),
                    Ahead(Decimal(5), Decimal(10)))  # fmt: skip
    apart = plainly[0].figures[1].number - held[0].figures[1].number
    assert apart == pytest.approx(Decimal(18_000), abs=600)
    assert "withhold" in plain(held[-1].text)


def test_what_cannot_be_known_is_said_and_what_cannot_be_is_named() -> None:
    assert "do not name members" in plain(
        swing_of(None, ALLOWED, MONTHS, Decimal(1), "K", None, Ahead())[0].text
    )
    with pytest.raises(BadInput, match="withhold"):
        swing_of(USE, ALLOWED, MONTHS, Decimal(1), "K", None, Ahead(withhold=Decimal(100)))
