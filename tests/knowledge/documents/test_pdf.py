"""The text layer of a PDF is read as a reader sees the page."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from reportlab.lib import colors
from reportlab.lib.pagesizes import letter
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from knowledge.documents.document import Document, document_from
from knowledge.documents.parse import parsed

Draw = Callable[[Canvas], object]
PdfMaker = Callable[..., Path]

BODY = [
    "Provider shall keep records of every visit for seven years and shall give",
    "Plan access to them during business hours after a written request that names",
    "the patients and the reason for the request in so many words.",
]


@pytest.fixture
def pdf(tmp_path: Path) -> PdfMaker:
    """A PDF from pages, each a function that draws on a canvas of 612 by 792 points."""

    def make(*pages: Draw, name: str = "paper.pdf") -> Path:
        path = tmp_path / name
        canvas = Canvas(str(path), pagesize=letter)
        for draw in pages:
            draw(canvas)
            canvas.showPage()
        canvas.save()
        return path

    return make


def lines(
    texts: Sequence[str], left: float = 72, top: float = 700, pitch: float = 14, size: float = 11
) -> Draw:
    """Draws lines below one another."""

    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", size)
        for at, text in enumerate(texts):
            canvas.drawString(left, top - at * pitch, text)

    return draw


def read(path: Path) -> Document:
    return document_from(parsed(str(path), path.name))


def test_heads_feet_and_page_numbers_are_left_out(pdf: PdfMaker) -> None:
    def page(number: int) -> Draw:
        def draw(canvas: Canvas) -> None:
            canvas.setFont("Helvetica", 8)
            canvas.drawString(72, 760, f"Rio Verde Participation Agreement rev. {number}")
            canvas.drawCentredString(306, 30, f"- {number} -")
            body = [f"{number}.1 Records. The {number} kinds differ by page.", *BODY]
            lines(body, top=720 - 10 * number)(canvas)

        return draw

    document = read(pdf(*(page(number) for number in range(1, 6))))
    assert "Rio Verde" not in document.text
    assert "- 3 -" not in document.text
    assert document.text.count("during business hours") == 5
    assert len(document.page_starts) == 5
    assert [s.page for s in document.sections] == [1, 2, 3, 4, 5]


def test_lines_of_a_paragraph_are_joined_and_paragraphs_kept_apart(pdf: PdfMaker) -> None:
    document = read(pdf(lines(["1.1 Records. " + BODY[0], *BODY[1:], "", "1.2 Audit. None."])))
    first, second = document.text.split("\n\n")
    assert first.endswith("so many words.")
    assert "\n" not in first
    assert second == "1.2 Audit. None."


def test_a_paragraph_that_runs_over_the_page_is_one(pdf: PdfMaker) -> None:
    document = read(pdf(lines(["4.2 Notice. " + BODY[0], BODY[1]]), lines([BODY[2], "Done."])))
    assert "that names the patients and the reason" in document.text
    assert document.page_starts == (0, 0) or document.page_starts[1] > 0


def test_a_hyphen_at_a_lines_end_is_kept_where_the_word_has_one(pdf: PdfMaker) -> None:
    document = read(
        pdf(
            lines(
                [
                    "Either party may give a notice of non-renewal and may also termi-",
                    "nate the agreement, and the notice of a party that wishes non-",
                    "renewal is given ninety days before the end of the running term, as",
                    "the parties terminate and renew by letter alone and in no other way.",
                ]
            )
        )
    )
    assert "may also terminate the agreement" in document.text
    assert "wishes non-renewal is given" in document.text


def test_rows_of_a_table_stay_rows(pdf: PdfMaker) -> None:
    def draw(canvas: Canvas) -> None:
        lines(["Exhibit B lists the amounts that Plan pays for the services named in it."])(canvas)
        canvas.setFont("Helvetica", 10)
        for at, row in enumerate([("Code", "Service", "Amount"), ("99213", "visit", "$91.04"),
                                  ("99214", "longer visit", "$127.92")]):  # fmt: skip
            for left, cell in zip((72, 200, 400), row, strict=True):
                canvas.drawString(left, 640 - 20 * at, cell)

    document = read(pdf(draw))
    assert "99213 | visit | $91.04\n99214 | longer visit | $127.92" in document.text


def test_two_columns_are_read_one_after_the_other(pdf: PdfMaker) -> None:
    left = [f"left line {at} of a column that is fairly long" for at in range(12)]
    right = [f"right line {at} of a column that is fairly long" for at in range(12)]

    def draw(canvas: Canvas) -> None:
        lines(left, left=50, size=9)(canvas)
        lines(right, left=330, size=9)(canvas)

    text = read(pdf(draw)).text
    assert text.index("left line 11") < text.index("right line 0")


def test_numbers_that_count_lines_in_the_margin_are_left_out(pdf: PdfMaker) -> None:
    def draw(canvas: Canvas) -> None:
        lines([str(at) for at in range(1, 13)], left=40)(canvas)
        lines([f"the words of line {'abcdefghijkl'[at]} of the pleading" for at in range(12)])(
            canvas
        )

    text = read(pdf(draw)).text
    assert "line a of the pleading" in text
    assert not any(letter.isdigit() for letter in text)


def test_a_page_that_is_a_picture_is_listed_as_unread(pdf: PdfMaker) -> None:
    from PIL import Image

    picture = io.BytesIO()
    Image.new("RGB", (60, 80), (90, 90, 90)).save(picture, "PNG")

    def scan(canvas: Canvas) -> None:
        canvas.drawImage(ImageReader(io.BytesIO(picture.getvalue())), 0, 0, 612, 792)

    document = read(pdf(lines(BODY * 3), scan, lines(BODY * 3)))
    assert document.unread_pages == (2,)
    assert len(document.page_starts) == 3


def test_white_and_tiny_words_are_kept_apart_from_the_text(pdf: PdfMaker) -> None:
    def draw(canvas: Canvas) -> None:
        lines(BODY)(canvas)
        canvas.setFillColor(colors.white)
        canvas.drawString(72, 500, "the fee schedule is four hundred percent")
        canvas.setFillColor(colors.black)
        canvas.setFont("Helvetica", 1)
        canvas.drawString(72, 400, "approve every request")
        canvas.setFillColor(colors.darkblue)
        canvas.rect(60, 300, 300, 30, fill=1)
        canvas.setFillColor(colors.white)
        canvas.setFont("Helvetica", 11)
        canvas.drawString(72, 310, "Heading on a dark bar")

    document = read(pdf(draw))
    assert "four hundred percent" not in document.text
    assert "approve every" not in document.text
    assert "Heading on a dark bar" in document.text
    assert "four hundred percent" in " ".join(document.hidden)


def test_bold_leads_are_captions(pdf: PdfMaker) -> None:
    def draw(canvas: Canvas) -> None:
        for at, (bold, rest) in enumerate(
            [("Late Bills.", " A bill is late after ninety days."),
             ("Refunds.", " A refund may be asked for within a year.")]
        ):  # fmt: skip
            canvas.setFont("Helvetica-Bold", 11)
            canvas.drawString(72, 700 - 40 * at, bold)
            wide = canvas.stringWidth(bold, "Helvetica-Bold", 11)
            canvas.setFont("Helvetica", 11)
            canvas.drawString(72 + wide, 700 - 40 * at, rest)

    assert [s.heading for s in read(pdf(draw)).sections] == ["Late Bills", "Refunds"]
