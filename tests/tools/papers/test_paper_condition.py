"""An answer from a scanned or unsettled paper says so."""

from __future__ import annotations

from knowledge.documents.document import Document
from knowledge.documents.tracked import Change
from tools.papers.paper_condition import paper_condition


def paper(**given: object) -> Document:
    plain = Document("id", "draft.docx", "contract", None, "within ninety days", (), (), (), "")
    return Document(**{**vars(plain), **given})


def test_a_plain_paper_needs_no_word() -> None:
    assert paper_condition([paper()]) == ()


def test_open_changes_are_told_with_their_author_and_count() -> None:
    changes = (
        Change("del", "A. Payer", "", 7, 7, "sixty"),
        Change("ins", "A. Payer", "", 7, 13, "ninety"),
        Change("ins", "A. Payer", "", 14, 18, "days"),
    )
    (told,) = paper_condition([paper(changes=changes)])
    assert "tracked changes by A. Payer" in told.text
    assert [(f.name, f.value) for f in told.figures] == [
        ("Insertions read as accepted", 2),
        ("Deletions left out", 1),
    ]


def test_scanned_and_unread_pages_are_counted() -> None:
    told = paper_condition([paper(ocr_pages=((2, 0.95), (3, 0.6)), unread_pages=(9,))])
    assert [(f.name, f.value) for each in told for f in each.figures] == [
        ("Pages not read", 1),
        ("Pages read by OCR", 2),
        ("Pages read unsurely", 1),
    ]
