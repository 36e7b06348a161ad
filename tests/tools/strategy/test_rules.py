"""Levels of a rate ask by the rules, and the order of asks."""

from __future__ import annotations

import random
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from knowledge.evidence import Basis, Figure, Sentence
from tools.strategy.asks import Ask, Kind, ranked
from tools.strategy.rules import Levels, around, levels_for, trades


def levels(opening: str, target: str, walk_away: str) -> Levels:
    return Levels(Decimal(opening), Decimal(target), Decimal(walk_away))


def test_the_target_closes_the_gap_in_half_points_and_the_opening_is_half_as_much_again() -> None:
    # 10.3: target 10; opening 15; least half of it, 5
    assert levels_for(Decimal("10.3")) == levels("15", "10", "5")
    # 5.7: target 5.5; opening 8.25, up to 8.5; half is 2.75, but a year's costs rise 3.5
    assert levels_for(Decimal("5.7")) == levels("8.5", "5.5", "3.5")
    # 40: the most we aim for is 15; 22.5 and 7.5 follow
    assert levels_for(Decimal(40)) == levels("22.5", "15", "7.5")
    # 2.4: target 2; the least to take is never above the target
    assert levels_for(Decimal("2.4")) == levels("3", "2", "2")
    assert levels_for(Decimal("1.9")) is None
    assert levels_for(Decimal(-4)) is None


@given(st.decimals(min_value=Decimal("0.1"), max_value=100, places=1))
def test_the_walk_away_is_never_above_the_target_nor_the_target_above_the_opening(
    target: Decimal,
) -> None:
    made = around(target)
    assert made.target == target
    assert 0 < made.walk_away <= made.target <= made.opening


def ask(key: str, worth: int | None, kind: Kind = "a year", severity: str = "high") -> Ask:
    priced = None if worth is None else Figure(key, Decimal(worth), "USD", Basis("made up"))
    return Ask(key, key, "a", "b", "c", (Sentence("It is so."),), priced, kind, severity, "other")


# Difficulty of each is 2; what the payer allows is 100,000, so small is below 500.
# rise 4,000 / 2 = 2,000; late 9,000 once: 9,000 x 0.3333 / 2 = 1,500; back 60,000 exposed:
# 60,000 x 0.02 / 2 = 600; crumbs 100 / 2 = 50 is small.
ASKS = [ask("rise", 4000), ask("late", 9000, "once"), ask("back", 60_000, "exposed"),
        ask("clause", None), ask("minor", None, severity="medium"),
        ask("crumbs", 100, severity="medium")]  # fmt: skip


def test_worth_goes_by_its_kind_and_a_grave_clause_before_crumbs() -> None:
    order = [each.key for each in ranked(ASKS, Decimal(100_000))]
    assert order == ["rise", "late", "back", "clause", "crumbs", "minor"]


@given(st.randoms(use_true_random=False))
def test_the_order_of_asks_does_not_hang_on_the_order_they_came_in(by: random.Random) -> None:
    mixed = list(ASKS)
    by.shuffle(mixed)
    assert ranked(mixed, Decimal(100_000)) == ranked(ASKS, Decimal(100_000))


def test_every_ask_has_a_difficulty_something_to_give_and_an_alternative() -> None:
    for name, table in trades().items():
        if isinstance(table, dict):
            assert table["difficulty"] in (1, 2, 3), name
            assert table["give"] and table["otherwise"], name
