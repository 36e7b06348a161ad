"""The exercise: scripted newcomers mark the sample contract up, and the check understands them."""

from __future__ import annotations

import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest

from knowledge.exercise.answer_key import points
from knowledge.exercise.paper import exercise_paper
from knowledge.exercise.paper_text import exercise_document, looks_like_exercise, marked_document
from knowledge.problems import BadInput
from tests.fixtures.marked_exercise import TODAY, edited, tracked
from tools.exercise.own_redline import own_proposals, own_redline
from tools.exercise.readings import sample_readings
from tools.exercise.verdicts import Outcome, outcome

FIVE_EDITS = [
    ("4.3", "sixty (60)", "one hundred eighty (180)"),
    ("4.2", "the lesser of Provider's billed charges and the amount", "the amount"),
    ("3.2", "Provider Manual prevails", "Agreement prevails"),
    ("8.2", "one hundred eighty (180)", "ninety (90)"),
]
FIVE_REMARKS = [("3.4", "Sole discretion is too one-sided")]
TOO_MUCH = [
    ("10.1", "either party may bring", "Provider alone may bring"),
    ("8.3", "ninety (90)", "thirty (30)"),
]


def checked(path: Path) -> Outcome:
    return outcome(marked_document(path), TODAY)


def results(made: Outcome) -> dict[str, str]:
    """What became of each point that carries a mark."""
    return {v.point.id: v.result for v in made.verdicts if v.marks}


def test_the_score_ranks_five_newcomers_as_a_teacher_would(tmp_path: Path) -> None:
    """Weights by hand: nine points of 3 and three of 2 are 33. Five found: 3 + 2 + 3 + 2 + 3 = 13,
    13 / 33 = 39%; two fair clauses marked as well: 11 / 33 = 33%."""
    nothing = checked(tracked(tmp_path / "nothing.docx"))
    five = checked(tracked(tmp_path / "five.docx", FIVE_EDITS, FIVE_REMARKS))
    eager = checked(tracked(tmp_path / "eager.docx", [*FIVE_EDITS, *TOO_MUCH], FIVE_REMARKS))
    own = tmp_path / "own.docx"
    own.write_bytes(own_redline(TODAY, "Payer Copilot"))
    assert [made.score for made in (nothing, eager, five, checked(own))] == [0, 33, 39, 100]
    assert nothing.marks == 0 and len(nothing.of("bad", "missed")) == 12
    assert set(results(five)) == {"filing", "lesser", "manual", "evergreen", "necessity"}
    assert len(five.of("fair", "left")) == 4
    assert [v.point.id for v in eager.of("fair", "over")] == ["dispute", "exit"]
    assert not checked(own).others


def test_our_own_proposals_cover_every_point_and_our_review_agrees_with_the_key() -> None:
    proposed, read = own_proposals(TODAY), sample_readings(TODAY)
    for point in points():
        assert (point.section in proposed) == (point.kind == "bad"), point.id
        assert (read[point.position].status == "pass") == (point.kind == "fair"), point.id


def test_a_reader_who_only_comments_is_understood(tmp_path: Path) -> None:
    remarks = [
        ("4.3", "Too short, ask 180 days"),
        ("9.2", "No unilateral amendments; need our written consent"),
        ("4.4", "OK, but what about interest on late payment? We want 10%"),
        ("4.1", "blank!"),
        ("3.5", "Exhibit C is not attached"),
        ("8.2", "how long is this?"),
        ("4.2", "ok"),
        ("10.1", "fine"),
        ("5.1", "Strike this, we must be able to bill members"),
    ]
    assert results(checked(tracked(tmp_path / "remarks.docx", (), remarks))) == {
        "filing": "found", "amendment": "found", "interest": "found", "blank": "found",
        "exhibit": "found", "evergreen": "part", "lesser": "missed", "dispute": "left",
        "harmless": "over",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("point", "edit", "result"),
    [
        ("filing", ("4.3", "sixty (60)", "ninety (90)"), "part"),
        ("filing", ("4.3", "sixty (60)", "three hundred sixty-five (365)"), "over"),
        ("filing", ("4.3", "sixty (60)", "thirty (30)"), "missed"),
        ("amendment", ("9.2", "by posting the amendment on its website",
                       "with the written consent of Provider"), "part"),
        ("amendment", ("9.2", "Plan may amend this Agreement at any time by posting the amendment"
                       " on its website. Provider is deemed to accept an amendment when it renders"
                       " Covered Services after the posting.",
                       "No change binds a party that has not signed it."), "found"),
        ("necessity", ("3.4", "Plan in its sole discretion", "Provider in its sole discretion"),
         "over"),
        ("rental", ("2.4", "may lease, sell or otherwise make", "may lease, sell or else make"),
         "missed"),
        ("offset", ("4.7", "at any time, without notice to Provider and even while the amount is"
                    " disputed, ", "after thirty (30) days' written notice "), "part"),
        ("blank", ("4.1", "____ percent (___%)", "one hundred fifteen percent (115%)"), "found"),
    ],
)  # fmt: skip
def test_an_edit_is_judged_by_what_the_clause_says_then(
    tmp_path: Path, point: str, edit: tuple[str, str, str], result: str
) -> None:
    assert results(checked(tracked(tmp_path / "edit.docx", [edit]))) == {point: result}


def test_to_strike_whole_bad_clauses_counts(tmp_path: Path) -> None:
    made = checked(tracked(tmp_path / "struck.docx", struck=["4.2", "4.5", "4.7", "2.4"]))
    assert results(made) == dict.fromkeys(["lesser", "interest", "offset", "rental"], "found")


def test_a_copy_edited_without_a_trace_is_read_all_the_same(tmp_path: Path) -> None:
    copy = edited(
        tmp_path / "plain.docx",
        [("4.3", "sixty (60)", "120"), ("4.6", "twelve (12)", "twenty-four (24)")],
        [("4.5", "Late Clean Claims bear interest at ten percent (10%) a year."),
         ("10.8", "10.9 Each party shall be kind.")],
    )  # fmt: skip
    made = checked(copy)
    assert results(made) == {"filing": "found", "interest": "found"}
    told = {mark.section: said for mark, said in made.others}
    assert "reads worse for you" in told["4.6"] and "No point of the key" in told["10.8"]


def test_the_shipped_contract_is_a_whole_word_file_known_by_its_property(tmp_path: Path) -> None:
    path = tmp_path / "any name.docx"
    path.write_bytes(exercise_paper())
    assert looks_like_exercise(path)
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None and "docProps/custom.xml" in archive.namelist()
    assert {s.number for s in exercise_document().sections} >= {p.section for p in points()}


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_a_copy_that_libreoffice_saved_is_known_and_judged_the_same(tmp_path: Path) -> None:
    copy = tracked(tmp_path / "five.docx", FIVE_EDITS, FIVE_REMARKS)
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless",
         "--convert-to", "docx", "--outdir", str(tmp_path / "saved"), str(copy)],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    saved = tmp_path / "saved" / "five.docx"
    assert looks_like_exercise(saved)
    assert results(checked(saved)) == results(checked(copy))


def test_another_file_gets_one_clear_sentence(tmp_path: Path) -> None:
    other = tmp_path / "other.txt"
    other.write_text("Lunch on Friday is at noon. Bring a salad, please. The kitchen is open.")
    assert not looks_like_exercise(other)
    with pytest.raises(BadInput, match="this is not the exercise"):
        marked_document(other)
