"""Pages that are pictures come into the workspace: before the answer, or behind the work."""

from __future__ import annotations

import shutil
import threading
from pathlib import Path
from typing import Any

import pytest

from copilot.background_reading import BackgroundReading
from knowledge.documents.ocr.page_store import FOLDER, Pending, pending
from tests.fixtures.intake import fresh_practice
from tests.fixtures.scans import lines, page, scanned_pdf, text_pdf, together
from tools.document_intake import BEING_READ, finish_reading
from tools.ingestion import ingest
from tools.practice import Practice

WITH_TESSERACT = pytest.mark.skipif(
    shutil.which("tesseract") is None, reason="tesseract is not installed"
)
OPENING = [
    "PROVIDER AGREEMENT",
    "This agreement is between Silver Larch Health Plan and the practice named below.",
    "1.1 Term. It runs for one year and then from year to year until a party ends it.",
]
SCANNED = ["2.1 Late Bills. Provider shall send a bill within 95 days of the visit."]


@pytest.fixture
def mixed(tmp_path: Path) -> Path:
    """A contract whose second page is a picture."""
    path = tmp_path / "contract.pdf"
    path.write_bytes(together(text_pdf(OPENING), scanned_pdf(page(lines(SCANNED)))))
    return path


def stored(practice: Practice, answer: dict[str, Any]) -> str:
    return practice.library.document(answer["sha256"][:16]).text


def rest(practice: Practice) -> list[Path]:
    """What of the reading of pictures is still in the workspace."""
    return list((practice.workspace.root / FOLDER).glob("*"))


@WITH_TESSERACT
def test_pictures_are_read_before_the_answer_and_progress_is_told(
    tmp_path: Path, mixed: Path
) -> None:
    practice = fresh_practice(tmp_path / "practice")
    told: list[tuple[str, float]] = []
    (answer,) = ingest(practice, [mixed], say=lambda what, share: told.append((what, share)))
    assert answer["unread_pages"] == []
    ((number, sure),) = answer["ocr_pages"]
    assert number == 2 and sure > 0.85
    assert answer["read_notes"][0].startswith("Page 2 was read from pictures by OCR, on average 9")
    assert "within 95 days" in stored(practice, answer)
    assert ("Read page 2 of contract.pdf by OCR (1 of 1)", 1.0) in told
    assert rest(practice) == []


@WITH_TESSERACT
def test_the_text_pages_are_of_use_while_pictures_are_read_behind(
    tmp_path: Path, mixed: Path
) -> None:
    practice = fresh_practice(tmp_path / "practice")
    (answer,) = ingest(practice, [mixed], pictures_later=True)
    assert answer["unread_pages"] == [2]
    assert answer["read_notes"] == [f"Page 2 is a picture {BEING_READ}."]
    assert "runs for one year" in stored(practice, answer)
    reading = BackgroundReading(practice.workspace, lambda begun: _finish(practice, begun))
    ((each,),) = [reading.under_way()]
    assert (each.file, each.done, each.pages) == ("contract.pdf", 0, 1)
    reading.start()
    reading.wait()
    assert "within 95 days" in stored(practice, answer)
    (again,) = ingest(practice, [mixed], pictures_later=True)
    assert (again["status"], again["unread_pages"]) == ("unchanged", [])
    assert reading.under_way() == rest(practice) == []


def _finish(practice: Practice, begun: Pending) -> None:
    assert finish_reading(practice, begun)


@WITH_TESSERACT
def test_a_stop_before_the_end_leaves_the_old_text_and_the_next_start_ends_it(
    tmp_path: Path, mixed: Path
) -> None:
    practice = fresh_practice(tmp_path / "practice")
    (answer,) = ingest(practice, [mixed], pictures_later=True)
    before = stored(practice, answer)

    def die(begun: Pending) -> None:
        raise OSError("killed")

    stopped = BackgroundReading(practice.workspace, die)
    stopped.start()
    stopped.wait()
    assert stored(practice, answer) == before
    (begun,) = pending(practice.workspace)
    assert begun.missing([2]) == []  # the page is read and is not read again
    assert finish_reading(practice, begun)
    assert finish_reading(practice, begun) is False  # nothing is left to do
    assert "within 95 days" in stored(practice, answer)


def test_a_reading_that_is_stopped_starts_no_more_pages(tmp_path: Path, mixed: Path) -> None:
    practice = fresh_practice(tmp_path / "practice")
    done = threading.Event()
    reading = BackgroundReading(practice.workspace, lambda begun: done.set())
    reading.stop()
    reading.start()
    reading.wait()
    assert not done.is_set()


@WITH_TESSERACT
def test_a_patient_on_a_picture_is_covered_and_the_picture_is_not_kept(tmp_path: Path) -> None:
    practice = fresh_practice(tmp_path / "practice")
    path = tmp_path / "contract.pdf"
    named = [*SCANNED, "Patient: Orlanda Quillfeather, DOB 03/14/1957, SSN 521-44-9087."]
    path.write_bytes(together(text_pdf(OPENING), scanned_pdf(page(lines(named)))))
    for later in (False, True):
        (answer,) = ingest(practice, [path], pictures_later=later)
    text = stored(practice, answer)
    assert "within 95 days" in text
    assert "521-44-9087" not in text and "Quillfeather" not in text
    assert rest(practice) == []
    kept = [each for each in practice.workspace.originals.rglob("*") if each.is_file()]
    assert [each.name for each in kept] == ["contract.pdf.redacted.txt"]
    assert not any(b"521-44-9087" in each.read_bytes() for each in kept)


def test_without_tesseract_pages_stay_unread_and_it_is_said_what_to_install(
    tmp_path: Path, mixed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path / "nothing"))
    practice = fresh_practice(tmp_path / "practice")
    picture = tmp_path / "fax.png"
    page([]).save(picture)
    contract, fax = ingest(practice, [mixed, picture])
    assert contract["status"] == "imported" and contract["unread_pages"] == [2]
    (note,) = contract["read_notes"]
    assert note.startswith("Page 2 is a picture and not read: the program tesseract")
    assert "apt install tesseract-ocr" in note
    assert fax["status"] == "refused" and "tesseract" in fax["problem"]
    assert rest(practice) == []


@WITH_TESSERACT
def test_pages_left_unread_are_read_when_the_file_comes_again_with_tesseract_there(
    tmp_path: Path, mixed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    practice = fresh_practice(tmp_path / "practice")
    with monkeypatch.context() as without:
        without.setenv("PATH", str(tmp_path / "nothing"))
        ingest(practice, [mixed])
    (answer,) = ingest(practice, [mixed])
    assert (answer["status"], answer["unread_pages"]) == ("imported", [])
    assert "within 95 days" in stored(practice, answer)
