"""Families and levels, as a practice manager would name them."""

from __future__ import annotations

import pytest

from knowledge.reference.codes import codes_named, description, families, family_of
from knowledge.reference.dated import read_csv

SAID = [
    pytest.param("level 4 visits", ["99214"], id="level"),
    pytest.param("our new patient level 3 visits", ["99203"], id="new level"),
    pytest.param("level four and level five", ["99214", "99215"], id="levels in words"),
    pytest.param("99213 and g2211", ["99213", "G2211"], id="codes"),
    pytest.param("99202-99205", ["99202", "99203", "99204", "99205"], id="range"),
    pytest.param("99213-15", ["99213", "99214", "99215"], id="short range"),
    pytest.param("what about EKGs", ["93000", "93005", "93010"], id="tests, first three"),
    pytest.param("new patient level fours", ["99204"], id="level in the plural"),
    pytest.param("how is the weather", [], id="nothing"),
    pytest.param("a target for 12000 members and $99213", [], id="numbers that are no codes"),
    pytest.param("our zip code 80202", [], id="a place"),
]


@pytest.mark.parametrize(("words", "codes"), SAID)
def test_words_name_codes(words: str, codes: list[str]) -> None:
    named = codes_named(words)
    assert named[: len(codes)] == codes
    assert bool(named) == bool(codes)


def test_physicals_are_the_fourteen_preventive_visits() -> None:
    named = codes_named("what do they pay for physicals")
    assert len(named) == 14
    assert {"99381", "99387", "99391", "99397"} <= set(named)


def test_vaccine_administration_is_not_the_vaccine() -> None:
    assert "90471" in codes_named("vaccine administration")
    assert "90686" not in codes_named("vaccine administration")


def test_every_code_of_the_medicare_table_has_words_and_a_family() -> None:
    codes = {row["code"] for row in read_csv("mpfs.csv")}
    assert not [code for code in codes if not description(code) or not family_of(code)]


def test_descriptions_are_short_and_codes_stand_in_one_family() -> None:
    told = [(code, said) for f in families().values() for code, said in f.codes.items()]
    assert len(told) == len({code for code, _ in told})
    assert not [said for _, said in told if not 1 <= len(said.split()) <= 6]


def test_an_unlisted_lab_or_vaccine_falls_into_its_family() -> None:
    assert family_of("87491") == "lab"
    assert family_of("90653") == "vaccine"
    assert family_of("J1200") == "drug"
    assert family_of("70000") is None
