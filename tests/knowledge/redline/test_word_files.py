"""What cannot be marked is refused in one sentence; other programs read what we write."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from datetime import date
from pathlib import Path

import docx
import pytest

from knowledge.documents import plain_text
from knowledge.documents.assembly import assembled
from knowledge.documents.docx_package import W
from knowledge.problems import BadInput
from knowledge.redline.change import Change
from knowledge.redline.clean_paper import clean_paper, rendering_note
from knowledge.redline.redline import write_redline
from knowledge.redline.word_diff import edits
from knowledge.terms.language.quantities import durations
from tests.fixtures.word_papers import NS, paragraph, read, table, word_file
from tests.fixtures.word_views import by, comment_ids, faults, lines, normal, part, view

AUTHOR, DAY = "Sagebrush Family Medicine", date(2026, 11, 23)
FIXTURES = Path(__file__).parents[2] / "fixtures"


def settings(lock: str) -> bytes:
    return word_file(paragraph("within sixty (60) days"), settings=lock)


def with_doctype() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(
            "word/document.xml",
            f'<!DOCTYPE d [<!ENTITY a "b">]><w:document xmlns:w="{NS}"><w:body>'
            f"{paragraph('&a;')}</w:body></w:document>",
        )
    return made.getvalue()


def bomb() -> bytes:
    return word_file(paragraph("a"), {"word/big.xml": b" " * (70 << 20)})


REFUSED = [
    pytest.param(settings('<w:documentProtection w:edit="readOnly" w:enforcement="1"/>'),
                 "locked against changes", id="read only"),
    pytest.param(settings('<w:documentProtection w:edit="forms" w:enforcement="true"/>'),
                 "locked against changes", id="a locked form"),
    pytest.param(word_file(paragraph("a"), {"word/vbaProject.bin": b"x"}), "macros", id="macros"),
    pytest.param(with_doctype(), "declares a document type", id="a document type"),
    pytest.param(bomb(), "unpacks to far more", id="a bomb"),
    pytest.param(b"%PDF-1.7 ...", "not a Word file", id="a PDF"),
    pytest.param(b"\xd0\xcf\x11\xe0" + b"x" * 600, "an old (?:Word|Office)",
                 id="an old Office file"),
    pytest.param(word_file(paragraph("a"))[:300], "cut off or damaged", id="cut off"),
    pytest.param(b"", "empty", id="empty"),
]  # fmt: skip


@pytest.mark.parametrize(("content", "says"), REFUSED)
def test_what_cannot_be_marked_is_refused_in_one_sentence(content: bytes, says: str) -> None:
    with pytest.raises(BadInput, match=says) as refused:
        write_redline(content, "within sixty (60) days", [], AUTHOR, DAY, "contract.docx")
    assert str(refused.value).startswith("contract.docx: ")
    assert str(refused.value).count(". ") == 0


def test_a_paper_locked_to_tracked_changes_is_marked_with_them() -> None:
    content = settings('<w:documentProtection w:edit="trackedChanges" w:enforcement="1"/>')
    document = read(content)
    assert numbers_changed(content, document.text).placed


def numbers_changed(content: bytes, text: str):  # type: ignore[no-untyped-def]
    """The file with every span of time made seven days."""
    changes = [
        Change(f"c{at}", "p", "T", text[s.start : s.end], "seven (7) days", "why", "6/2", "c", "",
               s.start, s.end)
        for at, s in enumerate(durations(text)) if text[s.start : s.end] != "seven (7) days"
    ]  # fmt: skip
    return write_redline(content, text, changes, AUTHOR, DAY)


def sources() -> dict[str, bytes]:
    """Word files of our own from every maker at hand, by name."""
    made: dict[str, bytes] = {}
    for file in sorted(FIXTURES.glob("*.md")):
        read_file = plain_text.read(file.read_bytes(), file.name, "markdown")
        document = assembled(read_file, "x" * 16, file.name)
        made[f"rendered from {file.name}"] = clean_paper(document)
    paper = docx.Document()
    paper.add_heading("Provider Agreement", 0)
    for number in range(1, 4):
        paper.add_heading(f"{number}. Section", 1)
        paper.add_paragraph("Claims are sent within sixty (60) days.", style="List Number")
        paper.add_paragraph("Notice is given ninety days ahead.", style="List Bullet")
    grid = paper.add_table(2, 2)
    grid.cell(1, 1).text = "thirty (30) days"
    out = io.BytesIO()
    paper.save(out)
    made["made by python-docx"] = out.getvalue()
    box = (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><w:txbxContent>'
        f"{paragraph('Boxed: forty (40) days.')}</w:txbxContent></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><w:txbxContent>{paragraph('Boxed: forty (40) days.')}"
        "</w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    made["with a text box"] = word_file(
        paragraph("Before it: ten (10) days.", box) + paragraph("After it: twelve (12) days.")
    )
    made["with hidden words and a nested table"] = word_file(
        paragraph("<w:r><w:rPr><w:vanish/></w:rPr><w:t>Secret: one day.</w:t></w:r>", " Two days.")
        + "<w:tbl><w:tblPr/><w:tr><w:tc><w:tcPr/>"
        + table(("three days", "four days"))
        + paragraph("five days")
        + "</w:tc></w:tr></w:tbl>"
        + paragraph("six days")
    )
    return made


@pytest.mark.parametrize("name", sources())
def test_every_number_of_every_paper_goes_there_and_back(name: str) -> None:
    content = sources()[name]
    text = read(content).text
    done = numbers_changed(content, text)
    assert faults(done.content) == []
    ours = comment_ids(done.content, AUTHOR)
    assert normal(view(done.content, "old", by(AUTHOR)), ours) == normal(part(content)[0])
    assert done.placed
    now = " | ".join(lines(view(done.content, "new")))
    spans = {now[s.start : s.end] for s in durations(now)}
    assert spans <= {"seven (7) days", "forty (40) days", "one day"}  # boxed, hidden


def test_a_text_box_is_left_alone_and_said_so() -> None:
    content = sources()["with a text box"]
    done = numbers_changed(content, read(content).text)
    assert {reason for _, reason in done.left} == {
        "its words could not be found again in the Word file"
    }
    assert len(done.placed) == 2


def test_a_rendering_says_in_its_first_comment_that_it_is_one() -> None:
    text = "1. Filing. Claims go in within sixty (60) days.\n\nCode | Fee\n99213 | 91.04"
    document = assembled(plain_text.read(text.encode(), "plan.txt", "text"), "x" * 16, "plan.txt")
    made = clean_paper(document)
    start = document.text.index("sixty")
    wanted = Change("a", "p", "T", "sixty (60) days", "ninety (90) days", "why", "6/2", "c", "",
                    start, start + 15)  # fmt: skip
    done = write_redline(made, document.text, [wanted], AUTHOR, DAY, note=rendering_note(document))
    assert done.placed == ("a",) and faults(done.content) == []
    first, second = docx.Document(io.BytesIO(done.content)).comments
    assert first.text.startswith("This is a Word rendering of plan.txt")
    assert second.text.startswith("T")
    assert "Claims go in within ninety (90) days." in " ".join(lines(view(done.content, "new")))
    assert len(docx.Document(io.BytesIO(made)).tables) == 1


EDITS = [
    pytest.param("within sixty (60) days", "within ninety (90) days", ["sixty", "60"], id="number"),
    pytest.param("Plan may amend.", "Plan may not amend.", [""], id="a not put in"),
    pytest.param("by mail or fax", "by mail", [" or fax"], id="words taken out"),
    pytest.param(
        "Plan may amend this Agreement at any time by posting the amendment on its website.",
        "Both parties sign each change.",
        ["Plan may amend this Agreement at any time by posting the amendment on its website."],
        id="a sentence with nothing in common is replaced whole"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "gone"), EDITS)
def test_the_change_is_the_smallest_in_words(old: str, new: str, gone: list[str]) -> None:
    found = edits(old, new)
    assert [old[e.start : e.end] for e in found] == gone
    made, at = "", 0
    for each in found:
        made, at = made + old[at : each.start] + each.new, each.end
    assert made + old[at:] == new


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_reads_the_marks_as_we_mean_them(tmp_path: Path) -> None:
    """Saved again by LibreOffice, the file still goes back to the paper and on to the words;
    and a file that LibreOffice saved can be marked."""
    paper = docx.Document()
    paper.add_paragraph("4.1 Filing. Claims are sent within sixty (60) days. Late ones are void.")
    paper.add_paragraph("4.2 Price. Plan gets our best price.")
    paper.add_paragraph("4.3 Notice. Notice is given ninety (90) days ahead.")
    paper.add_table(1, 2).cell(0, 1).text = "thirty (30) days"
    paper.add_paragraph("End.")
    out = io.BytesIO()
    paper.save(out)
    text = read(out.getvalue()).text

    def one(id: str, old: str, new: str, where: str = "in place") -> Change:
        at = text.index(old)
        return Change(id, "p", "T", old, new, "why", "6/2", "c", "", at, at + len(old), where)  # type: ignore[arg-type]

    done = write_redline(
        out.getvalue(), text,
        [
            one("a", "sixty (60) days", "ninety (90) days"),
            one("b", "4.2 Price. Plan gets our best price.", ""),
            one("c", "thirty (30) days", "ten (10) days"),
            one("d", "Notice is given ninety (90) days ahead.", "A new clause.", "new paragraph"),
        ],
        AUTHOR, DAY,
    )  # fmt: skip
    assert done.left == ()
    (tmp_path / "marked.docx").write_bytes(done.content)
    again = saved_by_libreoffice(tmp_path / "marked.docx", "docx")
    full = [line for line in lines(part(out.getvalue())[0]) if line]
    assert [line for line in lines(view(again, "old")) if line] == full
    assert [line for line in lines(view(again, "new")) if line] == [
        "4.1 Filing. Claims are sent within ninety (90) days. Late ones are void.",
        "4.3 Notice. Notice is given ninety (90) days ahead.",
        "A new clause.",
        "ten (10) days",
        "End.",
    ]
    assert len(docx.Document(io.BytesIO(again)).comments) == 4
    marks = [m for m in part(again).iter(f"{W}ins", f"{W}del") if m.get(f"{W}author") == AUTHOR]
    assert marks
    saved = saved_by_libreoffice_of(out.getvalue(), tmp_path)
    remarked = numbers_changed(saved, read(saved).text)
    assert remarked.left == () and faults(remarked.content) == []
    ours = comment_ids(remarked.content, AUTHOR)
    assert normal(view(remarked.content, "old", by(AUTHOR)), ours) == normal(part(saved)[0])
    assert saved_by_libreoffice(tmp_path / "marked.docx", "pdf").startswith(b"%PDF")


def saved_by_libreoffice(path: Path, kind: str) -> bytes:
    folder = path.parent / f"as_{kind}"
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{path.parent}/profile", "--headless",
         "--convert-to", kind, "--outdir", str(folder), str(path)],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    return (folder / f"{path.stem}.{kind}").read_bytes()


def saved_by_libreoffice_of(content: bytes, folder: Path) -> bytes:
    (folder / "plain.docx").write_bytes(content)
    return saved_by_libreoffice(folder / "plain.docx", "docx")
