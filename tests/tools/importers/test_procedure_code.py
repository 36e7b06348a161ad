"""Codes and modifiers as spreadsheets leave them."""

from __future__ import annotations

import pytest

from tools.importers.medicare_rule import codes_spoken_of, medicare_rule
from tools.importers.procedure_code import code_and_modifiers, code_span, modifiers

READ = [
    ("99213", "99213", ()),
    ("'99213", "99213", ()),
    (" g0439 ", "G0439", ()),
    ("99213-25", "99213", ("25",)),
    ("99213 25", "99213", ("25",)),
    ("99213-25-59", "99213", ("25", "59")),
    ("99213.0", "99213", ()),
    ("0001f", "0001F", ()),
    ("00100", "00100", ()),
]


@pytest.mark.parametrize(("text", "code", "inside"), READ)
def test_a_code_is_read_with_the_modifiers_in_it(
    text: str, code: str, inside: tuple[str, ...]
) -> None:
    assert code_and_modifiers(text) == (code, inside)


def test_a_lost_leading_zero_is_said_and_not_guessed() -> None:
    with pytest.raises(ValueError, match="dropped leading zeros"):
        code_and_modifiers("100")


@pytest.mark.parametrize("text", ["TOTAL", "9921X3", "visit", "99213,99214", "9921325", "0450-1"])
def test_what_is_no_code_is_refused_without_repeating_it(text: str) -> None:
    with pytest.raises(ValueError) as refusal:
        code_and_modifiers(text)
    assert text not in str(refusal.value)


def test_modifiers_come_sorted_and_once() -> None:
    assert modifiers(["59, 25", "25"]) == ("25", "59")
    assert modifiers(["2559"]) == ("25", "59")
    with pytest.raises(ValueError):
        modifiers(["2"])


SPANS = [
    ("99202-99205, 99211-99215", ["99202-99205", "99211-99215"]),
    ("99381 to 99397", ["99381-99397"]),
    ("99213", ["99213"]),
    ("All other codes", ["*"]),
    ("99213-25", ["99213"]),
]


@pytest.mark.parametrize(("text", "codes"), SPANS)
def test_ranges_of_codes_are_kept_as_ranges(text: str, codes: list[str]) -> None:
    assert code_span(text) == codes


RULES = [
    ("115% of 2024 Medicare, Colorado", "115", 2024, "Colorado"),
    ("104 percent of the 2020 Medicare Physician Fee Schedule", "104", 2020, None),
    ("100% of then-current Medicare", "100", None, None),
    ("112.5% of CMS RBRVS 2023 (national)", "112.5", 2023, "National"),
]


@pytest.mark.parametrize(("text", "percent", "year", "place"), RULES)
def test_a_rule_keeps_percent_year_and_place(
    text: str, percent: str, year: int | None, place: str | None
) -> None:
    rule = medicare_rule(text)
    assert rule is not None
    assert (str(rule.percent), rule.year, rule.locality) == (percent, year, place)


def test_a_sentence_says_which_codes_its_rule_is_for() -> None:
    assert codes_spoken_of("All other services at 105% of 2024 Medicare") == ["*"]
    assert codes_spoken_of("99381-99397: 120% of 2024 Medicare") == ["99381-99397"]
    assert medicare_rule("the Medicare rate plus 5") is None
