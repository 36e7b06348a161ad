"""Papers made to harm are read for their words or refused in one sentence; nothing runs."""

from __future__ import annotations

import io
import shutil
import time
from pathlib import Path

import pypdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

from knowledge.documents.reader import read_document
from knowledge.problems import BadInput
from tests.fixtures.scans import text_pdf
from tests.knowledge.documents.test_docx import word_bytes

RULE = "Provider shall send every bill within ninety days of the visit."
PAPER = text_pdf([RULE])


def written(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def test_a_pdf_of_ten_thousand_pages_gets_one_sentence_in_time(tmp_path: Path) -> None:
    page = b"%d 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]>>endobj\n"
    kids = b" ".join(b"%d 0 R" % at for at in range(3, 10_003))
    body = (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Count 10000/Kids[" + kids + b"]>>endobj\n"
        + b"".join(page % at for at in range(3, 10_003))
        + b"trailer<</Root 1 0 R/Size 10003>>\nstartxref\n0\n%%EOF"
    )  # fmt: skip
    started = time.monotonic()
    with pytest.raises(BadInput, match="more than 2,000 pages; split it"):
        read_document(written(tmp_path, "long.pdf", body), "long.pdf")
    assert time.monotonic() - started < 10


def test_a_pdf_with_script_launch_and_attachment_is_read_and_nothing_runs(tmp_path: Path) -> None:
    mark = tmp_path / "ran"
    writer = pypdf.PdfWriter(io.BytesIO(PAPER))
    script = DictionaryObject(
        {
            NameObject("/S"): NameObject("/JavaScript"),
            NameObject("/JS"): TextStringObject(f"app.launchURL('file://{mark}');"),
        }
    )
    writer.pages[0][NameObject("/AA")] = DictionaryObject({NameObject("/O"): script})
    writer.add_attachment("a.sh", f"#!/bin/sh\ntouch {mark}\n".encode())
    writer.root_object[NameObject("/OpenAction")] = DictionaryObject(
        {
            NameObject("/S"): NameObject("/Launch"),
            NameObject("/F"): TextStringObject(f"/usr/bin/touch {mark}"),
        }
    )
    made = io.BytesIO()
    writer.write(made)
    document = read_document(written(tmp_path, "active.pdf", made.getvalue()), "active.pdf")
    assert document.text == RULE
    assert not mark.exists()


def test_a_giant_page_is_read_within_bounds(tmp_path: Path) -> None:
    content = PAPER.replace(b"612 792", b"20000 20000").replace(b"612.0 792.0", b"20000 20000")
    document = read_document(written(tmp_path, "giant.pdf", content), "giant.pdf")
    assert RULE in document.text


def test_xml_of_a_hundred_thousand_levels_gets_one_sentence(tmp_path: Path) -> None:
    deep = "<w:p>" * 100_000 + "</w:p>" * 100_000
    with pytest.raises(BadInput, match="cut off or damaged"):
        read_document(written(tmp_path, "deep.docx", word_bytes(deep)), "deep.docx")


@settings(
    max_examples=8,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(flips=st.lists(st.tuples(st.integers(0, len(PAPER) - 1), st.integers(0, 255)),
                      min_size=3, max_size=60))  # fmt: skip
def test_a_pdf_with_flipped_bytes_is_read_or_refused(
    tmp_path: Path, flips: list[tuple[int, int]]
) -> None:
    content = bytearray(PAPER)
    for at, byte in flips:
        content[at] = byte
    try:
        document = read_document(written(tmp_path, "flipped.pdf", bytes(content)), "flipped.pdf")
    except BadInput as refused:
        assert "\n" not in str(refused) and str(refused).startswith("flipped.pdf: ")
    else:
        assert len(document.page_starts) >= 1 or document.text


RTF = (
    r"{\rtf1\ansi{\*\generator x;}{\fonttbl{\f0 Times;}}\f0 1.1 Late Bills. "
    + RULE
    + r"\par{\object\objemb\objupdate{\*\objclass Package}{\*\objdata 01050000}{\result }}"
    r"{\field{\*\fldinst DDEAUTO sh "
    "-c touch %s"
    r"}{\fldrslt safe words}}\par}"
)


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_an_rtf_with_objects_and_commands_is_read_and_nothing_runs(tmp_path: Path) -> None:
    mark = tmp_path / "ran"
    content = RTF.replace("%s", str(mark)).encode()
    document = read_document(written(tmp_path, "old.rtf", content), "old.rtf")
    assert RULE in document.text
    assert document.sections[0].number == "1.1"
    assert not mark.exists()


@pytest.mark.parametrize("name", ["old.rtf", "old.doc", "old.odt"])
def test_older_papers_without_libreoffice_get_one_sentence(
    tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    import zipfile

    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
    content = {
        "old.rtf": RTF.encode(),
        "old.doc": b"\xd0\xcf\x11\xe0" + bytes(600) + "WordDocument".encode("utf-16-le"),
        "old.odt": made.getvalue(),
    }[name]
    monkeypatch.setenv("PATH", str(tmp_path / "nothing"))
    with pytest.raises(BadInput) as refused:
        read_document(written(tmp_path, name, content), name)
    assert "the program LibreOffice is needed, which is not installed" in str(refused.value)
