"""Tracked changes and comments are told with their author, date and place."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from knowledge.documents.document import Document, document_from
from knowledge.documents.parse import parsed
from knowledge.documents.tracked import changes_within, original_text, tracked_sentences
from tests.knowledge.documents.test_docx import numbered, paragraph, word_bytes

DocxMaker = Callable[..., Document]

BY_PAYER = 'w:author="A. Payer" w:date="2026-03-02T10:00:00Z"'
BY_US = 'w:author="Our Office" w:date="2026-03-09T09:30:00Z"'


@pytest.fixture
def docx(tmp_path: Path) -> DocxMaker:
    """The document of a Word body, through the same plain data as from the child process."""

    def make(body: str, **parts: str) -> Document:
        path = tmp_path / "draft.docx"
        path.write_bytes(word_bytes(body, **parts))
        return document_from(json.loads(json.dumps(parsed(str(path), "draft.docx"))))

    return make


def words(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def inserted(text: str, who: str = BY_PAYER) -> str:
    return f'<w:ins w:id="1" {who}>{words(text)}</w:ins>'


def deleted(text: str, who: str = BY_PAYER) -> str:
    run = f'<w:r><w:delText xml:space="preserve">{text}</w:delText></w:r>'
    return f'<w:del w:id="2" {who}>{run}</w:del>'


def of(*parts: str) -> str:
    return f"<w:p>{''.join(parts)}</w:p>"


NINETY = of(words("Bills are sent within "), deleted("sixty"), inserted("ninety"), words(" days."))


def test_a_change_has_its_author_date_and_place(docx: DocxMaker) -> None:
    document = docx(paragraph("Claims.") + NINETY)
    assert document.text == "Claims.\n\nBills are sent within ninety days."
    gone, new = document.changes
    assert (gone.kind, gone.author, gone.date, gone.quote) == (
        "del",
        "A. Payer",
        "2026-03-02T10:00:00Z",
        "sixty",
    )
    assert (new.kind, document.text[new.start : new.end]) == ("ins", "ninety")
    assert gone.start == gone.end == new.start
    assert changes_within(document, 0, 5) == ()


def test_the_original_view_is_the_text_before_the_changes(docx: DocxMaker) -> None:
    document = docx(paragraph("Claims.") + NINETY + of(inserted("A new rule.", BY_US)))
    assert original_text(document).split("\n\n")[:2] == [
        "Claims.",
        "Bills are sent within sixty days.",
    ]
    assert "new rule" not in original_text(document)


@pytest.mark.parametrize(
    ("body", "accepted", "original"),
    [
        pytest.param(
            of(inserted("Late "), words("bills are paid.")),
            "Late bills are paid.", "bills are paid.", id="at the start",
        ),
        pytest.param(
            of(words("Bills are paid"), inserted(" late"), words(".")),
            "Bills are paid late.", "Bills are paid.", id="before the stop",
        ),
        pytest.param(
            of(words("shall "), deleted("not "), words("recoup")),
            "shall recoup", "shall not recoup", id="a not taken out",
        ),
        pytest.param(
            of(words("paid in  "), inserted("thirty"), inserted(" (30)"), words("  days")),
            "paid in thirty (30) days", "paid in days", id="two runs, wide spaces",
        ),
        pytest.param(
            of(deleted("A whole rule.")) + of(words("Next.")),
            "Next.", "A whole rule. Next.", id="a whole paragraph gone",
        ),
    ],
)  # fmt: skip
def test_views_of_a_change(docx: DocxMaker, body: str, accepted: str, original: str) -> None:
    document = docx(body)
    assert document.text == accepted
    assert original_text(document) == original
    for change in document.changes:
        assert change.kind == "del" or document.text[change.start : change.end] == change.quote


def test_changes_stand_right_below_automatic_numbers_and_in_tables(docx: DocxMaker) -> None:
    lists = (
        '<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
        '<w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl></w:abstractNum>'
        '<w:num w:numId="5"><w:abstractNumId w:val="1"/></w:num>'
    )
    item = numbered("Plan pays.", 0).replace("</w:p>", inserted(" In a week.", BY_US) + "</w:p>")
    cell = "<w:tc>{}</w:tc>"
    table = (
        "<w:tbl><w:tr>" + cell.format(paragraph("99213"))
        + cell.format(of(deleted("$80.00"), inserted("$91.04"))) + "</w:tr>"
        + f"<w:tr><w:trPr><w:ins w:id='7' {BY_US}/></w:trPr>"
        + cell.format(of(inserted("99214", BY_US))) + cell.format(of(inserted("$130", BY_US)))
        + "</w:tr></w:tbl>"
    )  # fmt: skip
    document = docx(item + table, numbering=lists)
    assert document.text == "1. Plan pays. In a week.\n\n99213 | $91.04\n99214 | $130"
    found = [document.text[c.start : c.end] for c in document.changes if c.kind == "ins"]
    assert found == ["In a week.", "$91.04", "99214 | $130"]
    assert original_text(document).startswith("1. Plan pays.\n\n99213 | $80.00")


def test_a_comment_has_its_author_words_and_text(docx: DocxMaker) -> None:
    body = of(
        words("Either party may end it "),
        '<w:commentRangeStart w:id="3"/>', words("without cause"), '<w:commentRangeEnd w:id="3"/>',
        '<w:r><w:commentReference w:id="3"/></w:r>', words(" in a month."),
    )  # fmt: skip
    comments = (
        f'<w:comment w:id="3" {BY_US}><w:p><w:r><w:t>Ninety days, please.</w:t></w:r></w:p>'
        "</w:comment>"
    )
    document = docx(paragraph("Term.") + body, comments=comments)
    (comment,) = document.comments
    assert (comment.author, comment.text) == ("Our Office", "Ninety days, please.")
    assert document.text[comment.start : comment.end] == comment.quote == "without cause"


def test_what_is_said_of_a_draft_counts_by_author(docx: DocxMaker) -> None:
    document = docx(NINETY + of(words("Plan pays"), inserted(" soon", BY_US), words(".")))
    assert tracked_sentences(document) == [
        "Tracked and not yet accepted: 2 insertions (1 by A. Payer, 1 by Our Office), "
        "read as accepted.",
        "Tracked and not yet accepted: 1 deletion by A. Payer, left out of the text that is read.",
    ]


def test_a_settled_document_has_nothing_to_say_of_changes(docx: DocxMaker) -> None:
    document = docx(paragraph("Settled."))
    assert document.changes == document.comments == ()
    assert tracked_sentences(document) == []
    assert original_text(document) == "Settled."
