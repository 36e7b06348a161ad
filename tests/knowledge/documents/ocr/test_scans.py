"""A page that is a picture is read with its words, numbers, columns and tables in place."""

from __future__ import annotations

import io
import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from knowledge.documents.document import Document, document_from
from knowledge.documents.ocr.deskew import skew, straight
from knowledge.documents.ocr.page_store import begin, pending, scanned_pages
from knowledge.documents.ocr.pictures import MOST_PIXELS, frame, frames, pdf_page
from knowledge.documents.ocr.said import listed, picture_sentences
from knowledge.documents.ocr.scanned_page import read_page
from knowledge.documents.parse import parsed
from knowledge.problems import BadInput
from knowledge.workspace import open_workspace
from tests.fixtures.scans import lines, page, scanned_pdf, text_pdf, together

WITH_TESSERACT = pytest.mark.skipif(
    shutil.which("tesseract") is None, reason="tesseract is not installed"
)
TERM = [
    "4.2 Late Bills. Provider shall send a bill within ninety-five (95) days",
    "of the visit. Plan pays $127.92 for code 99214 and 118.5% of the fee",
    "schedule of 2025, and may ask for money back within 12 months.",
]


def read(folder: Path, content: bytes, name: str, *pages: int) -> Document:
    """The document of a file after reading the given pages by OCR."""
    path = folder / name
    path.write_bytes(content)
    kept = folder / "pages"
    kept.mkdir()
    for number in pages:
        words = read_page(str(path), number, name)
        (kept / f"{number:05d}.json").write_text(json.dumps(words))
    return document_from(parsed(str(path), name, str(kept)))


@WITH_TESSERACT
def test_a_turned_and_dusty_page_among_text_pages_is_read(tmp_path: Path) -> None:
    words = [
        "1.1 Term. This agreement runs for one year and then from year to year until",
        "either party ends it by a letter that the other one receives in good time.",
    ]
    scan = scanned_pdf(page(lines(TERM), turned=1.0))
    content = together(text_pdf(words), scan, text_pdf(words))
    document = read(tmp_path, content, "mixed.pdf", 2)
    assert "within ninety-five (95) days of the visit" in document.text
    assert "$127.92 for code 99214 and 118.5% of the fee schedule" in document.text
    assert document.unread_pages == ()
    ((number, sure),) = document.ocr_pages
    assert number == 2 and 0.85 < sure <= 1
    at = document.text.index("ninety-five")
    citation = document.citation(at, at + 11)
    assert (citation.page, citation.section) == (2, "4.2")


@WITH_TESSERACT
def test_a_table_of_rates_stays_a_table(tmp_path: Path) -> None:
    rows = [("Code", "Service", "Amount"), ("99213", "office visit", "$91.04"),
            ("99214", "longer visit", "$127.92"), ("99215", "long visit", "$179.33")]  # fmt: skip
    texts = lines(["Exhibit B lists what Plan pays."])
    for at, row in enumerate(rows):
        texts += [
            (left, 150 + 24 * at, cell) for left, cell in zip((72, 220, 420), row, strict=True)
        ]
    text = read(tmp_path, scanned_pdf(page(texts, turned=-0.7)), "rates.pdf", 1).text
    assert "99213 | office visit | $91.04\n99214 | longer visit | $127.92" in text


@WITH_TESSERACT
def test_two_columns_are_read_one_after_the_other(tmp_path: Path) -> None:
    left = [
        f"left row {word} of a first column here"
        for word in ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
    ]
    right = [each.replace("left", "right").replace("first", "second") for each in left]
    drawn = page(
        [*lines(left, left=45, pitch=17), *lines(right, left=330, pitch=17)], turned=0.5, size=10
    )
    text = read(tmp_path, scanned_pdf(drawn), "columns.pdf", 1).text
    assert text.index("left row nine") < text.index("right row one")


@WITH_TESSERACT
def test_a_page_scanned_on_its_side_is_turned_upright(tmp_path: Path) -> None:
    upright = page(lines(TERM * 3))
    content = scanned_pdf(upright.rotate(90, expand=True))
    assert "within ninety-five (95) days" in read(tmp_path, content, "side.pdf", 1).text


@WITH_TESSERACT
@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_picture_file_is_a_scanned_document(tmp_path: Path, kind: str) -> None:
    made = io.BytesIO()
    page(lines(TERM)).convert("RGB").save(made, kind)
    document = read(tmp_path, made.getvalue(), f"letter.{kind.lower()}", 1)
    assert "within ninety-five (95) days" in document.text
    assert len(document.page_starts) == 1


def test_each_picture_of_a_tiff_is_a_page(tmp_path: Path) -> None:
    made = io.BytesIO()
    page([]).save(made, "TIFF", save_all=True, append_images=[page([]), page([])])
    document = read(tmp_path, made.getvalue(), "fax.tiff")
    assert document.unread_pages == (1, 2, 3)
    assert len(document.page_starts) == 3


@pytest.mark.parametrize("turned", [-3.2, -1.0, 0.0, 0.4, 2.5])
def test_the_turn_of_a_page_is_found_to_a_tenth_of_a_degree(turned: float) -> None:
    drawn = page(lines(["words that lie along a line of text across the page"] * 25), turned)
    assert skew(drawn) == pytest.approx(turned, abs=0.1)
    assert abs(skew(straight(drawn))) < 0.1


def test_an_empty_page_is_left_as_it_is() -> None:
    blank = Image.new("L", (1700, 2200), 255)
    assert skew(blank) == 0.0
    assert straight(blank) is blank


def test_a_giant_page_is_drawn_within_bounds() -> None:
    from reportlab.pdfgen.canvas import Canvas

    made = io.BytesIO()
    canvas = Canvas(made, pagesize=(20_000, 20_000))
    canvas.drawString(100, 100, "far away")
    canvas.save()
    image = pdf_page(made.getvalue(), 1, "giant.pdf").image
    assert image.width * image.height <= MOST_PIXELS * 1.01


def _png_of(width: int, height: int) -> bytes:
    import struct
    import zlib

    def chunk(kind: bytes, data: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(kind + data))
        return struct.pack(">I", len(data)) + kind + data + check

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    row = zlib.compress(b"\x00" * 1000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", row) + chunk(b"IEND", b"")


@pytest.mark.parametrize("side", [13_000, 60_000], ids=["above our cap", "above any cap"])
def test_a_picture_of_too_many_dots_is_refused_before_it_is_unpacked(side: int) -> None:
    with pytest.raises(BadInput, match="million dots"):
        frames(_png_of(side, side), "bomb.png")


def test_a_picture_that_is_cut_off_gets_one_sentence() -> None:
    made = io.BytesIO()
    page(lines(TERM)).save(made, "PNG")
    with pytest.raises(BadInput, match="cut off or damaged"):
        frame(made.getvalue()[:5000], 1, "half.png")


def test_pages_read_are_kept_and_a_damaged_one_is_read_again(tmp_path: Path) -> None:
    workspace = open_workspace(tmp_path / "practice")
    file = tmp_path / "scan.pdf"
    file.write_bytes(b"%PDF-")
    begun = begin(workspace, "0123456789abcdef", file, "scan.pdf", {"shown": "scan.pdf"})
    one: dict[str, Any] = {"words": [], "sureness": 0.9, "width": 612.0, "height": 792.0}
    begun.keep(1, one)
    begun.keep(2, one)
    (begun.home / "00002.json").write_text('{"words": [{"te')
    again = begin(workspace, begun.id, file, "scan.pdf", {"shown": "scan.pdf"})
    assert again.missing([1, 2, 3]) == [2, 3]
    assert scanned_pages(again.home)[1].sureness == 0.9
    assert [each.id for each in pending(workspace)] == [begun.id]
    assert begun.home.stat().st_mode & 0o077 == 0
    begun.drop()
    assert pending(workspace) == []


def test_what_is_said_names_the_pages_to_read_by_eye() -> None:
    assert listed([9, 2, 5, 6, 7]) == "2, 5-7, 9"
    assert picture_sentences([(2, 0.96), (3, 0.62), (4, 0.0)], [9]) == [
        "Pages 2-3 were read from pictures by OCR, on average 79% sure of a word; compare "
        "numbers with the paper.",
        "Read by eye: page 3 (62% sure).",
        "Page 4 was looked at, but no word was found there; read by eye.",
        "Page 9 is a picture and not read.",
    ]
    assert picture_sentences([], []) == []


def test_a_text_stored_before_scans_were_read_is_still_read() -> None:
    old = {"id": "a", "name": "a.pdf", "kind": "contract", "payer": None, "text": "Term.",
           "page_starts": [0], "sections": [], "unread_pages": [2], "title": "Term"}  # fmt: skip
    document = document_from(old)
    assert (document.ocr_pages, document.changes, document.comments) == ((), (), ())
