"""Files from outside become documents, or one clear sentence."""

from __future__ import annotations

import io
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pypdf
import pytest
from reportlab.pdfgen.canvas import Canvas

from knowledge.documents.reader import read_document
from knowledge.problems import BadInput


def simple_pdf(words: str = "Provider shall submit claims within ninety days.") -> bytes:
    made = io.BytesIO()
    canvas = Canvas(made)
    canvas.drawString(72, 700, words)
    canvas.save()
    return made.getvalue()


def locked_pdf() -> bytes:
    writer = pypdf.PdfWriter(io.BytesIO(simple_pdf()))
    writer.encrypt("secret")
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()


def archive_of(**members: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return made.getvalue()


def word_with(document: bytes) -> bytes:
    return archive_of(word__document_xml=document)


BOMB = (
    b'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;">]>'
    b"<d>&b;</d>"
)
SWOLLEN = b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">' + (
    b"<w:p/>" * 4_000_000
)

HOSTILE = [
    pytest.param(
        "a.pdf",
        lambda: b"\x89PNG\r\n\x1a\n" + b"\0" * 99,
        "picture is cut off or damaged",
        id="png",
    ),
    pytest.param(
        "a.pdf",
        lambda: b"\xff\xd8\xff\xe0" + b"\0" * 99,
        "picture is cut off or damaged",
        id="jpeg",
    ),
    pytest.param("a.pdf", lambda: b"plain words", "does not match its name", id="text as pdf"),
    pytest.param("a.pdf", lambda: b"", "empty", id="empty"),
    pytest.param("a.txt", lambda: b"  \n\n ", "empty", id="blank"),
    pytest.param("a.pdf", locked_pdf, "locked with a password", id="encrypted pdf"),
    pytest.param("a.pdf", lambda: simple_pdf()[:400], "cut off", id="truncated pdf"),
    pytest.param("a.pdf", lambda: b"%PDF-1.7\n" + b"junk " * 99, "cut off", id="pdf of junk"),
    pytest.param("a.docx", lambda: archive_of(x=b"y"), "archive", id="archive as docx"),
    pytest.param("a.docx", lambda: archive_of(x=b"y")[:30], "damaged", id="truncated docx"),
    pytest.param("a.docx", lambda: word_with(BOMB), "document type", id="entity bomb"),
    pytest.param("a.docx", lambda: word_with(SWOLLEN), "unpacks to far more", id="swollen docx"),
    pytest.param("a.docx", lambda: word_with(b"<w:document"), "damaged", id="broken xml"),
    pytest.param(
        "a.docx",
        lambda: (
            archive_of(**{f"word__x{at}_xml": b"<a/>" for at in range(4000)})
            and archive_of(
                word__document_xml=b"<a/>", **{f"word__x{at}_xml": b"<a/>" for at in range(4000)}
            )
        ),
        "unpacks to far more",
        id="thousands of members",
    ),
    pytest.param(
        "a.docx", lambda: b"\xd0\xcf\x11\xe0" + b"\0" * 99, "old Office file", id="old office"
    ),
    pytest.param("a.txt", lambda: b"MZ\x90\0" + b"\0" * 99, "Windows program", id="program"),
    pytest.param("a.txt", lambda: b"abc\0\1\2" * 30, "neither text nor", id="binary as text"),
    pytest.param("a.html", lambda: b"<html><script>x()</script></html>", "no text", id="script"),
]


@pytest.mark.parametrize(("name", "content", "said"), HOSTILE)
def test_a_hostile_file_gets_one_sentence(
    tmp_path: Path, name: str, content: Callable[[], bytes], said: str
) -> None:
    path = tmp_path / "upload"
    path.write_bytes(content())
    started = time.monotonic()
    with pytest.raises(BadInput) as refused:
        read_document(path, name)
    assert said in str(refused.value)
    assert str(refused.value).startswith(name)
    assert "\n" not in str(refused.value) and "Traceback" not in str(refused.value)
    assert time.monotonic() - started < 10  # under a second on an idle machine


def test_a_missing_file_gets_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="cannot be opened"):
        read_document(tmp_path / "gone.pdf", "gone.pdf")


def test_a_pdf_that_bears_another_name_is_read_by_its_content(tmp_path: Path) -> None:
    path = tmp_path / "contract.docx"
    path.write_bytes(simple_pdf())
    assert "ninety days" in read_document(path, "contract.docx").text


def test_html_loses_scripts_and_styles_and_keeps_the_order(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text(
        "<html><head><title>t</title><style>p{}</style></head><body><h2>1. Term</h2>"
        "<p>One year.</p><script>steal()</script><table><tr><th>Code</th><th>Fee</th></tr>"
        "<tr><td>99213</td><td>$90.00</td></tr></table><img src='http://x/y'></body></html>"
    )
    document = read_document(path, "a.html")
    assert document.text == "1. Term\n\nOne year.\n\nCode | Fee\n99213 | $90.00"
    assert document.sections[0].heading == "Term"


def test_text_in_windows_letters_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("Provider’s “Clean Claim” — due in 30 days".encode("cp1252"))
    assert read_document(path, "a.txt").text == "Provider’s “Clean Claim” — due in 30 days"


def test_form_feeds_in_text_are_pages(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("First page.\f\nSecond page.\fThird page.")
    document = read_document(path, "a.txt")
    assert [document.page_of(document.text.index(w)) for w in ("First", "Second", "Third")] == [
        1,
        2,
        3,
    ]


def test_the_id_is_the_start_of_the_files_hash(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("abc")
    # sha256 of "abc", FIPS 180-2 appendix B.1: ba7816bf 8f01cfea 414140de 5dae2223 ...
    assert read_document(path, "a.txt").id == "ba7816bf8f01cfea"
