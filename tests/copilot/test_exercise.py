"""The exercise in the product: dropped among other files, asked about, and on the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from copilot.core import Copilot
from copilot.exercise import exercise_file
from knowledge.exercise.paper import exercise_paper
from knowledge.exercise.paper_text import exercise_document
from tests.fixtures.marked_exercise import TODAY, tracked
from ui.command_line import main


@pytest.fixture
def copilot(tmp_path: Path) -> Copilot:
    with Copilot(tmp_path / "workspace", TODAY) as opened:
        yield opened  # type: ignore[misc]


def test_a_dropped_exercise_is_answered_and_never_stands_among_the_contracts(
    copilot: Copilot, tmp_path: Path
) -> None:
    note = tmp_path / "note.txt"
    note.write_text("Osprey Bend Health Plan raised its rates on May 1, 2026, by two percent.")
    marked = tracked(tmp_path / "mine.docx", [("4.3", "sixty (60)", "one hundred twenty (120)")])
    first, second = copilot.ingest([marked, note])
    assert (first.file, first.kind, second.file) == ("mine.docx", "exercise", "note.txt")
    assert "found 1 of the 12 points" in first.read_notes[0]
    assert [each["file"] for each in copilot.sources()] == ["note.txt"]
    assert not [name for name in copilot.practice.payers.known() if "Larkspur" in name]
    finding = copilot.tools["check_exercise"].function(copilot.practice)
    assert finding.details["found"] == 1 and finding.details["missed"] == 11
    text = exercise_document().text
    for cited in finding.all_citations():
        assert text[cited.start : cited.end] == cited.quote


def test_without_a_marked_copy_the_check_hands_the_contract_out(copilot: Copilot) -> None:
    finding = copilot.tools["check_exercise"].function(copilot.practice)
    assert "No marked copy" in finding.headline.text
    assert exercise_file(copilot, finding.details["exercise"])[1] == exercise_paper()


def test_the_command_line_writes_it_and_says_what_was_missed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "sample.docx"
    assert main(["exercise", str(out)]) == 0
    capsys.readouterr()
    assert main(["exercise", "--check", str(out), "--json", "--today", "2026-11-23"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["score"], told["found"], told["missed"], told["marks"]) == (0, 0, 12, 0)
    filing = next(p for p in told["points"] if p["id"] == "filing")
    assert filing["section"] == "4.3" and "one hundred eighty (180) days" in filing["ours"]
    assert main(["exercise"]) == 2
    other = tmp_path / "other.txt"
    other.write_text("Lunch is at noon on Friday. Bring a salad, please. The kitchen is open.")
    assert main(["exercise", "--check", str(other)]) == 2
    assert "this is not the exercise" in capsys.readouterr().err
