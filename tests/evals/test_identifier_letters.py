"""The newest letters really hold what is looked for, and are the same every time."""

from __future__ import annotations

from pathlib import Path

from evals.identifier_letters import LETTERS, written
from evals.identifiers import text_of


def test_each_letter_holds_what_was_planted_in_it(tmp_path: Path) -> None:
    letters = written(tmp_path)
    assert len(letters) == len(LETTERS) == 60
    for letter in letters:
        text = text_of(letter.file).casefold()
        missing = [words for words, _, _ in letter.planted if words.casefold() not in text]
        assert missing == [], letter.file.name


def test_no_wording_is_among_the_earlier_ones() -> None:
    from evals.identifiers import _SAID, _UNSEEN

    assert set(LETTERS).isdisjoint({*_SAID, *_UNSEEN})
    assert len(set(LETTERS)) == len(LETTERS)


def test_the_same_people_and_numbers_are_planted_every_time(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    first, second = written(tmp_path / "a"), written(tmp_path / "b")
    assert [letter.planted for letter in first] == [letter.planted for letter in second]
