"""How repeats are listed: row by row, and rows that stand together where they are very many."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.fixtures.intake import claim, fresh_practice, lines, one, write_csv
from tests.fixtures.told_lines import Told, store_of, told
from tools.importers import repeated

ROWS = tuple(told(str(number)) for number in range(1, 9))


def listed(folder: Path, *sources: Told) -> list[dict[str, object]]:
    """What the last source's answer lists; (row, reason) and how many rows it stands for."""
    store = store_of(folder, sources)
    found: list[dict[str, object]] = store._entries[-1]["rejected"]
    return found


def test_a_few_repeats_are_listed_row_by_row(tmp_path: Path) -> None:
    again = listed(tmp_path, Told("a.csv", "one", ROWS), Told("b.csv", "one", ROWS[1:3]))
    assert again == [
        {"sheet": None, "row": 2, "reason": "repeat of row 3 of a.csv"},
        {"sheet": None, "row": 3, "reason": "repeat of row 4 of a.csv"},
    ]


def test_very_many_are_listed_by_stretch_and_none_is_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(repeated, "LISTED", 2)
    new = told("new")
    file = Told("b.csv", "one", (*ROWS[:3], new, *ROWS[5:8], ROWS[4]))
    again = listed(tmp_path, Told("a.csv", "one", ROWS), file)
    assert [(each["row"], each["rows"]) for each in again] == [(2, 3), (6, 3), (9, 1)]
    assert again[0]["reason"] == "this row to 4: repeats of rows 2 to 4 of a.csv"
    assert again[2]["reason"] == "this row and further repeats, not listed one by one"


def test_an_export_that_has_grown_brings_only_what_is_new_and_says_so(tmp_path: Path) -> None:
    practice = fresh_practice(tmp_path / "practice")
    one(practice, write_csv(tmp_path / "c.csv", [claim(f"A{n}") for n in range(6)]))
    answer = one(practice, write_csv(tmp_path / "c.csv", [claim(f"A{n}") for n in range(9)]))
    assert (answer["status"], answer["rows"], len(answer["rejected"])) == ("imported", 3, 6)
    assert any("6 rows tell lines that are here already" in note for note in answer["notes"])
    assert len(lines(practice)) == 9
