"""A change is written where the words stand, in the looks they have, and can be taken back."""

from __future__ import annotations

import io
from datetime import date

import docx
import pytest

from knowledge.documents.document import Document
from knowledge.redline.change import Change, Where
from knowledge.redline.redline import Redlined, write_redline
from tests.fixtures.word_papers import paragraph, read, run, table, word_file
from tests.fixtures.word_views import (
    W,
    by,
    comment_ids,
    faults,
    lines,
    normal,
    part,
    view,
)

AUTHOR = "Sagebrush Family Medicine"
DAY = date(2026, 11, 23)
BOLD, RED = "<w:b/>", '<w:color w:val="C00000"/>'


def change(
    document: Document, old: str, new: str, where: Where = "in place", **more: object
) -> Change:
    """A change of the first place where the old words stand in the stored text."""
    start = document.text.index(old)
    return Change(
        id=f"ch_{start}",
        position="timely_filing_days",
        title="Timely filing",
        old=old,
        new=new,
        why="A claim filed too late is paid by no one.",
        guide="6/2",
        citation="4.1",
        document=document.id,
        start=start,
        end=start + len(old),
        where=where,
        **more,  # type: ignore[arg-type]
    )


def marked(content: bytes, *wanted: tuple[str, str]) -> Redlined:
    """The file with old words replaced by new ones, checked for form and taken back."""
    document = read(content)
    done = write_redline(
        content, document.text, [change(document, *w) for w in wanted], AUTHOR, DAY
    )
    assert done.left == ()
    check(content, done.content)
    return done


def check(original: bytes, redlined: bytes) -> None:
    """No fault of form; our marks rejected give the original in text and looks."""
    assert faults(redlined) == []
    ours = comment_ids(redlined, AUTHOR)
    assert normal(view(redlined, "old", by(AUTHOR)), ours) == normal(part(original)[0])
    assert normal(view(redlined, "old"), ours) == normal(view(original, "old"))
    assert len(docx.Document(io.BytesIO(redlined)).paragraphs) > 0


def accepted(content: bytes) -> list[str]:
    return [line for line in lines(view(content, "new")) if line]


def inserted(content: bytes) -> list[str]:
    return _ours(content, "ins", "t")


def deleted(content: bytes) -> list[str]:
    return _ours(content, "del", "delText")


def _ours(content: bytes, mark: str, text: str) -> list[str]:
    """The words of each mark of ours that holds some."""
    marks = [m for m in part(content).iter(f"{W}{mark}") if m.get(f"{W}author") == AUTHOR]
    words = ["".join(t.text for t in m.iter(f"{W}{text}")) for m in marks]
    return [each for each in words if each]


def test_only_the_number_is_replaced() -> None:
    content = word_file(paragraph("Claims are sent within sixty (60) days after the service."))
    done = marked(content, ("within sixty (60) days after", "within ninety (90) days after"))
    assert deleted(done.content) == ["sixty", "60"]
    assert inserted(done.content) == ["ninety", "90"]
    assert accepted(done.content) == ["Claims are sent within ninety (90) days after the service."]


def test_words_in_three_runs_keep_the_looks_of_each() -> None:
    content = word_file(
        paragraph(run("within six", BOLD), run("ty (6", RED), run("0) days", BOLD + RED), " after")
    )
    done = marked(content, ("sixty (60) days", "ninety (90) days"))
    (number,) = [r for r in part(done.content).iter(f"{W}r") if "ninety" in "".join(r.itertext())]
    assert number.find(f"{W}rPr/{W}b") is not None  # the looks of the first deleted letter
    assert accepted(done.content) == ["within ninety (90) days after"]


PLACES = [
    pytest.param(table(("Filing", "sixty (60) days"), ("Appeal", "10 days")), id="a table's cell"),
    pytest.param(
        paragraph("Bills go in ", '<w:hyperlink r:id="rIdL">' + run("within sixty (60) days")
                  + "</w:hyperlink>", " of care."), id="a hyperlink"),
    pytest.param(
        paragraph("<w:sdt><w:sdtPr/><w:sdtContent>" + run("sixty (60) days") + "</w:sdtContent>"
                  "</w:sdt>", " of care"), id="a content control in a line"),
    pytest.param(
        "<w:sdt><w:sdtPr/><w:sdtContent>" + paragraph("sixty (60) days of care")
        + "</w:sdtContent></w:sdt>", id="a content control of paragraphs"),
    pytest.param(
        paragraph('<w:smartTag w:uri="u" w:element="e">', run("sixty (60) days"), "</w:smartTag>"),
        id="a smart tag"),
    pytest.param(
        paragraph('<w:fldSimple w:instr=" REF a ">' + run("sixty (60) days") + "</w:fldSimple>"),
        id="a simple field"),
    pytest.param(
        paragraph('<w:r><w:t xml:space="preserve">sixty</w:t><w:tab/><w:t>(60)</w:t><w:br/>'
                  '<w:t>days</w:t></w:r>', " of care"), id="tabs and line breaks"),
    pytest.param(
        paragraph("sixty ", run("(60)"),
                  '<w:r><w:sym w:font="Symbol" w:char="F0B7"/></w:r>', run(" days")),
        id="a symbol between"),
    pytest.param(
        paragraph('<w:bookmarkStart w:id="9" w:name="n"/>', run("sixty "),
                  '<w:bookmarkEnd w:id="9"/>', run("(60) days")), id="bookmarks"),
    pytest.param(
        paragraph("within sixty", '<w:proofErr w:type="gramStart"/>', run(" (60)"),
                  '<w:proofErr w:type="gramEnd"/>', run(" days")), id="spelling marks"),
]  # fmt: skip


@pytest.mark.parametrize("body", PLACES)
def test_words_are_replaced_wherever_word_may_hold_them(body: str) -> None:
    done = marked(word_file(body + paragraph("End.")), ("sixty (60) days", "ninety (90) days"))
    assert any("ninety (90) days" in line for line in accepted(done.content))
    assert not any("sixty" in line for line in accepted(done.content))


def test_a_field_goes_with_its_whole_result_and_comes_back() -> None:
    field = "".join(
        f"<w:r>{inner}</w:r>"
        for inner in (
            '<w:fldChar w:fldCharType="begin"/>', "<w:instrText> REF x </w:instrText>",
            '<w:fldChar w:fldCharType="separate"/>', "<w:t>sixty (60) days</w:t>",
            '<w:fldChar w:fldCharType="end"/>',
        )
    )  # fmt: skip
    content = word_file(paragraph("Pay within ", field, " of receipt of the bill by us."))
    done = marked(content, ("sixty (60) days", "one month"))
    left = view(done.content, "new")
    assert list(lines(left)) == ["Pay within one month of receipt of the bill by us."]
    assert not list(left.iter(f"{W}fldChar")) and not list(left.iter(f"{W}instrText"))


def test_a_footnote_inside_a_rewritten_sentence_stays() -> None:
    note = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    content = word_file(
        paragraph("Plan may amend", note, " at any time."),
        footnotes='<w:footnote w:id="2">' + paragraph("See the manual.") + "</w:footnote>",
    )
    document = read(content)
    assert "[Note: See the manual.]" in document.text
    wanted = change(document, document.text, "Both parties must sign a change.")
    done = write_redline(content, document.text, [wanted], AUTHOR, DAY)
    check(content, done.content)
    assert len(list(view(done.content, "new").iter(f"{W}footnoteReference"))) == 1
    assert accepted(done.content) == ["Both parties must sign a change."]


def test_another_authors_marks_and_comments_survive() -> None:
    theirs = 'w:author="Payer Counsel" w:date="2026-01-05T00:00:00Z"'
    body = (
        paragraph("Claims ", f'<w:ins w:id="7" {theirs}>' + run("are sent within sixty (60) days")
                  + "</w:ins>", f'<w:del w:id="8" {theirs}><w:r><w:delText>or never</w:delText>'
                  "</w:r></w:del>", run(" of care."))
        + paragraph('<w:commentRangeStart w:id="3"/>', run("Notices go by mail."),
                    '<w:commentRangeEnd w:id="3"/><w:r><w:commentReference w:id="3"/></w:r>')
    )  # fmt: skip
    comments = f'<w:comment w:id="3" {theirs} w:initials="PC">{paragraph("Why?")}</w:comment>'
    content = word_file(body, comments=comments)
    done = marked(content, ("sixty (60) days", "ninety (90) days"), ("by mail", "by courier"))
    root = part(done.content)
    assert [d.get(f"{W}id") for d in root.iter(f"{W}del") if "Payer" in d.get(f"{W}author")] == [
        "8"
    ]
    kept = view(done.content, "old", by(AUTHOR))
    assert "are sent within sixty (60) days" in "".join(kept.itertext())
    assert accepted(done.content)[0] == "Claims are sent within ninety (90) days of care."
    words = ["".join(c.itertext()) for c in part(done.content, "word/comments.xml")]
    assert words[0] == "Why?" and len(words) == 3
    assert {c.get(f"{W}author") for c in part(done.content, "word/comments.xml")} == {
        "Payer Counsel", AUTHOR
    }  # fmt: skip


def test_a_word_put_into_anothers_insertion_cuts_it_in_two() -> None:
    theirs = 'w:author="Payer Counsel" w:date="2026-01-05T00:00:00Z"'
    content = word_file(
        paragraph(
            f'<w:ins w:id="7" {theirs}>' + run("Plan shall pay claims") + "</w:ins>", " soon."
        )
    )
    done = marked(content, ("Plan shall pay claims", "Plan shall promptly pay claims"))
    authors = [i.get(f"{W}author") for i in part(done.content).iter(f"{W}ins")]
    assert authors == ["Payer Counsel", AUTHOR, "Payer Counsel"]


def test_a_paragraph_taken_out_goes_with_its_mark() -> None:
    content = word_file(
        paragraph("First.") + paragraph("Plan gets our best price.", looks='<w:jc w:val="both"/>')
        + paragraph("Last.")
    )  # fmt: skip
    done = marked(content, ("Plan gets our best price.", ""))
    assert lines(view(done.content, "new")) == ["First.", "Last."]


def test_the_last_paragraph_of_a_cell_keeps_its_mark() -> None:
    content = word_file(table(("Price", "Our best price.")) + paragraph("End."))
    done = marked(content, ("Our best price.", ""))
    assert len(list(view(done.content, "new").iter(f"{W}tc"))) == 2
    assert lines(view(done.content, "new")) == ["Price", "", "End."]


def test_a_sentence_taken_out_leaves_no_second_space() -> None:
    content = word_file(paragraph("One is kept. Two is not. Three is kept."))
    done = marked(content, ("Two is not.", ""))
    assert "".join(view(done.content, "new").itertext()) == "One is kept. Three is kept."


NUMBERED = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="4"/></w:numPr>'
NUMBERING = (
    '<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt'
    ' w:val="decimal"/><w:lvlText w:val="4.%1"/></w:lvl></w:abstractNum>'
    '<w:num w:numId="4"><w:abstractNumId w:val="1"/></w:num>'
)


@pytest.mark.parametrize("typed", [True, False], ids=["numbers typed", "numbered by Word"])
def test_a_new_clause_takes_the_looks_and_the_numbering_of_its_neighbours(typed: bool) -> None:
    looks = '<w:spacing w:after="120"/>' if typed else NUMBERED + '<w:spacing w:after="120"/>'
    number = ("4.1 ", "4.2 ") if typed else ("", "")
    content = word_file(
        paragraph(run(f"{number[0]}Filing. ", BOLD), "Claims are sent soon.", looks=looks)
        + paragraph(run(f"{number[1]}Payment. ", BOLD), "Claims are paid soon.", looks=looks)
        + paragraph("ARTICLE V"),
        numbering=NUMBERING,
    )
    document = read(content)
    assert "4.2 Payment. Claims are paid soon." in document.text
    wanted = change(
        document, "Claims are paid soon.", "Plan takes money back within a year.",
        "new paragraph", like=document.text.index("4.2"), heading="Recovery", number="4.3",
    )  # fmt: skip
    done = write_redline(content, document.text, [wanted], AUTHOR, DAY)
    check(content, done.content)
    assert (
        "4.3 Recovery. Plan takes money back within a year." in read(accept_all(done.content)).text
    )
    body = view(done.content, "new")
    new, before = body[2], body[1]
    kinds = [child.tag for child in before.find(f"{W}pPr")]
    assert [c.tag for c in new.find(f"{W}pPr") if c.tag != f"{W}rPr"] == kinds
    bold = ["".join(r.itertext()) for r in new.iter(f"{W}r") if r.find(f"{W}rPr/{W}b") is not None]
    assert bold == ["4.3 Recovery. " if typed else "Recovery. "]


def accept_all(content: bytes) -> bytes:
    """The file with every change accepted, as a file again."""
    import zipfile

    from lxml import etree

    root = part(content)
    root.replace(root.find(f"{W}body"), view(content, "new"))
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(made, "w") as new,
    ):
        for name in old.namelist():
            xml = etree.tostring(root) if name == "word/document.xml" else old.read(name)
            new.writestr(name, xml)
    return made.getvalue()


def test_a_sentence_is_put_behind_another() -> None:
    content = word_file(paragraph("Members are not billed. Other words follow."))
    document = read(content)
    wanted = change(document, "Members are not billed.", "Copayments are.", "after the words")
    done = write_redline(content, document.text, [wanted], AUTHOR, DAY)
    check(content, done.content)
    assert accepted(done.content) == ["Members are not billed. Copayments are. Other words follow."]
    assert deleted(done.content) == []


def test_each_change_has_its_comment_with_author_and_day() -> None:
    content = word_file(paragraph("Claims go in within sixty (60) days."))
    document = read(content)
    law = "C.R.S. 1-2-3 (2023 text): a rule; confirm with counsel"
    wanted = change(document, "sixty (60) days", "ninety (90) days", law=law, level="walk-away")
    done = write_redline(content, document.text, [wanted], AUTHOR, DAY)
    (comment,) = docx.Document(io.BytesIO(done.content)).comments
    assert comment.author == AUTHOR and comment.initials == "SFM"
    assert str(comment.timestamp)[:10] == "2026-11-23"
    assert comment.text.split("\n") == [
        "Timely filing", "A claim filed too late is paid by no one.", "Contracting guide 6/2.",
        f"{law}.",
    ]  # fmt: skip


def test_the_payer_cannot_read_our_level_in_the_file() -> None:
    content = word_file(paragraph("Claims go in within sixty (60) days."))
    document = read(content)
    wanted = change(document, "sixty (60) days", "95 days", level="walk-away", note="Our floor.")
    done = write_redline(content, document.text, [wanted], AUTHOR, DAY)
    words = "".join(part(done.content, "word/comments.xml").itertext())
    assert "walk-away" not in words and "floor" not in words


def test_words_that_cannot_be_told_for_certain_are_left_and_named() -> None:
    content = word_file(paragraph("Claims go in within sixty (60) days."))
    document = read(content)
    lost = Change("x", "p", "T", "thirty days", "ten days", "", "", "", document.id, 900, 911)
    done = write_redline(content, document.text + " " * 900, [lost], AUTHOR, DAY)
    assert done.placed == () and done.left[0][0] == "x"
    assert normal(part(done.content)[0]) == normal(part(content)[0])


def test_two_changes_of_the_same_words_are_not_both_written() -> None:
    content = word_file(paragraph("Claims go in within sixty (60) days."))
    document = read(content)
    one = change(document, "sixty (60) days", "ninety (90) days")
    other = change(document, "within sixty (60) days", "soon")
    done = write_redline(content, document.text, [one, other], AUTHOR, DAY)
    assert done.placed == (one.id,) and done.left == (
        (other.id, "another change rewrites the same words"),
    )
    check(content, done.content)


def test_other_parts_stay_byte_for_byte() -> None:
    import zipfile

    content = word_file(paragraph("within sixty (60) days"), {"word/media/image1.png": b"\x89PNG"})
    done = marked(content, ("sixty (60)", "ninety (90)"))
    before, after = (zipfile.ZipFile(io.BytesIO(c)) for c in (content, done.content))
    touched = {"word/document.xml", "word/_rels/document.xml.rels", "[Content_Types].xml"}
    for name in set(before.namelist()) - touched:
        assert before.read(name) == after.read(name)
