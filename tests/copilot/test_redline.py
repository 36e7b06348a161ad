"""A redline is written on the user's word: the marked contract, and its memo beside it."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import docx
import pytest

from copilot.core import Copilot
from copilot.problems import BadInput
from copilot.redline import proposed, write_redlines
from copilot.review import review
from tests.fixtures.word_papers import paragraph, run, word_file
from tests.fixtures.word_views import by, comment_ids, faults, lines, normal, part, view

PAPER = (
    paragraph("Participating Provider Agreement")
    + paragraph(
        'This agreement is between Osprey Bend Health Plan, Inc. ("Plan") and Sagebrush Family'
        ' Medicine ("Provider").'
    )
    + paragraph("ARTICLE IV CLAIMS")
    + paragraph(run("4.1 Timely Filing. ", "<w:b/>"), "Provider shall submit claims to Plan within"
                " sixty (60) days after the date of service.")
    + paragraph("ARTICLE V GENERAL PROVISIONS")
    + paragraph("5.1 Amendments. Plan may amend this Agreement by posting the amendment.")
)  # fmt: skip
NAME = "Osprey Bend Health Plan"


@pytest.fixture
def copilot(tmp_path: Path) -> Copilot:
    file = tmp_path / "osprey.docx"
    file.write_bytes(word_file(PAPER))
    with Copilot(tmp_path / "workspace", date(2026, 11, 23)) as opened:
        assert opened.ingest([file], NAME)[0].kind == "contract"
        yield opened  # type: ignore[misc]


def test_a_review_writes_the_payers_own_paper_marked_and_a_memo(
    copilot: Copilot, tmp_path: Path
) -> None:
    out = tmp_path / "marked.docx"
    result = review(copilot, NAME, out, level="target", author="Jane Roe")
    assert result["redline"] == str(out)
    content = out.read_bytes()
    assert faults(content) == []
    ours = comment_ids(content, "Jane Roe")
    assert normal(view(content, "old", by("Jane Roe")), ours) == normal(part(word_file(PAPER))[0])
    assert any(
        "one hundred twenty (120) days after" in line for line in lines(view(content, "new"))
    )
    (file,) = result["redlines"]["files"]
    assert file["rendered"] is False and file["changes"] == len(result["redlines"]["changes"])
    memo = docx.Document(str(tmp_path / "marked.memo.docx"))
    words = "\n".join(p.text for p in memo.paragraphs)
    assert "sixty (60) days" in words and "one hundred twenty (120) days" in words
    assert "target" not in words and "walk-away" not in words


def test_the_user_drops_a_change_and_words_another(copilot: Copilot, tmp_path: Path) -> None:
    changes = proposed(copilot, NAME)["changes"]
    filing = next(c for c in changes if c["position"] == "timely_filing_days")
    rest = [c["id"] for c in changes if c["id"] != filing["id"]]
    out = tmp_path / "one.docx"
    write_redlines(copilot, NAME, out, language={filing["id"]: "one year"}, without=rest)
    said = lines(view(out.read_bytes(), "new"))
    assert any("within one year after the date of service" in line for line in said)
    assert len(list(docx.Document(io.BytesIO(out.read_bytes())).comments)) == 1


@pytest.mark.parametrize(
    ("name", "says"),
    [("no/such/folder/x.docx", "folder does not exist"), ("x.pdf", "a redline is a Word file")],
)
def test_a_place_that_cannot_be_used_is_refused_and_nothing_is_written(
    copilot: Copilot, tmp_path: Path, name: str, says: str
) -> None:
    before = sorted(tmp_path.iterdir())
    with pytest.raises(BadInput, match=says):
        write_redlines(copilot, NAME, tmp_path / name)
    assert sorted(tmp_path.iterdir()) == before


def test_words_with_a_patients_mark_do_not_leave(copilot: Copilot, tmp_path: Path) -> None:
    change = proposed(copilot, NAME)["changes"][0]
    with pytest.raises(BadInput):
        write_redlines(
            copilot, NAME, tmp_path / "x.docx", language={change["id"]: "SSN 123-45-6789"}
        )
    assert not (tmp_path / "x.docx").exists()


def test_an_id_of_no_change_is_refused(copilot: Copilot, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="no change of this redline"):
        write_redlines(copilot, NAME, tmp_path / "x.docx", without=["ch_nothing"])


def test_the_answer_and_its_new_words_hold_no_unowned_number(
    copilot: Copilot, tmp_path: Path
) -> None:
    finding = copilot.tools["redline_contract"].function(copilot.practice, payer=NAME)
    ledger = copilot.ledger("t")
    ledger.add(finding, "redline_contract", {"payer": NAME}, 1)
    assert finding.table is not None
    cells = "\n".join(f"{row[3]}\n{row[4]}" for row in finding.table.rows)
    said = [finding.headline, *finding.sentences, *finding.caveats]
    assert ledger.verify("\n".join([*(s.text for s in said), cells])).unsupported == ()
