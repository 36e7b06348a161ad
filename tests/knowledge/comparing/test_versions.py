"""Two versions of one contract: a number or a "not" is never missed, renumbering is no change."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.comparing.versions import are_versions, compare_versions
from tests.fixtures.papers import AGREEMENT as BASE
from tests.fixtures.papers import contract


def test_a_contract_does_not_differ_from_itself() -> None:
    found = compare_versions(contract(BASE), contract(BASE))
    assert found.differences == ()
    assert found.moved == 0


CHANGES = [
    ("one hundred twenty (120) days after the date", "ninety (90) days after the date", "number"),
    ("one hundred twelve percent (112%)", "one hundred four percent (104%)", "number"),
    ("2024 Medicare", "2021 Medicare", "number"),
    ("Plan shall not offset", "Plan shall offset", "not"),
    ("Provider may decline", "Provider shall decline", "duty"),
    ("Either party may terminate", "Plan may terminate", "party"),
]


@pytest.mark.parametrize(("old", "new", "kind"), CHANGES)
def test_a_change_of_substance_is_found_with_its_kind(old: str, new: str, kind: str) -> None:
    assert old in BASE
    found = compare_versions(contract(BASE), contract(BASE.replace(old, new)))
    assert [each.kind for each in found.differences] == [kind]
    (one,) = found.differences
    assert one.old is not None and old.split()[0] in one.old.quote
    assert one.new is not None and new.split()[0] in one.new.quote


def test_words_beside_digits_are_the_same_number() -> None:
    plain = BASE.replace("thirty (30) days after receipt", "30 days after receipt")
    found = compare_versions(contract(BASE), contract(plain))
    assert [each.kind for each in found.differences] == ["wording"]


def test_other_words_for_the_same_thing_are_wording_and_come_last() -> None:
    other = BASE.replace("furnish covered services", "provide covered services").replace(
        "twelve (12) months", "thirty-six (36) months"
    )
    found = compare_versions(contract(BASE), contract(other))
    assert [each.kind for each in found.differences] == ["number", "wording"]


def test_a_moved_and_renumbered_clause_is_followed() -> None:
    clause = (
        "4.3 Neither party may assign this Agreement without the written consent of the other"
        " party.\n"
    )
    assert clause in BASE
    moved = BASE.replace(clause, "").replace(
        "## 2 Claims\n", f"{clause.replace('4.3', '1.9')}\n## 2 Claims\n"
    )
    found = compare_versions(contract(BASE), contract(moved))
    assert found.differences == ()
    assert found.moved >= 1


def test_an_added_and_a_dropped_clause_are_of_substance() -> None:
    dropped = BASE.replace(
        "3.2 The rates rise by 3% on each anniversary of the effective date.", ""
    )
    (gone,) = compare_versions(contract(BASE), contract(dropped)).differences
    assert gone.kind == "removed" and gone.of_substance
    (new,) = compare_versions(contract(dropped), contract(BASE)).differences
    assert new.kind == "added" and new.of_substance


def test_versions_are_told_from_other_contracts() -> None:
    assert are_versions(contract(BASE), contract(BASE.replace("112%", "104%")))
    other = "\n\n".join(f"{n}.1 The warehouse keeps crate number {n} dry." for n in range(1, 30))
    assert not are_versions(contract(BASE), contract(f"# Storage\n\n{other}"))


NUMBERS = [m.start(1) for m in re.finditer(r"\((\d+)\)|(?<= )(\d+)%", BASE) if m[1]]


@settings(max_examples=60, deadline=None)
@given(place=st.sampled_from(NUMBERS), digit=st.integers(min_value=1, max_value=9))
def test_no_change_of_a_number_in_digits_is_ever_missed(place: int, digit: int) -> None:
    changed = BASE[:place] + str(digit) + BASE[place + 1 :]
    found = compare_versions(contract(BASE), contract(changed)).differences
    if changed == BASE:
        assert found == ()
    else:
        assert found and found[0].of_substance


NOTS = [m.span() for m in re.finditer(r" not\b", BASE)]


@pytest.mark.parametrize("span", NOTS)
def test_no_dropped_not_is_ever_missed(span: tuple[int, int]) -> None:
    changed = BASE[: span[0]] + BASE[span[1] :]
    found = compare_versions(contract(BASE), contract(changed)).differences
    assert found and found[0].kind == "not"
