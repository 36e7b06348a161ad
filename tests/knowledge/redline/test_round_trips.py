"""Random papers, random changes: rejected they give the paper, accepted the words wanted."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from knowledge.redline.change import Change
from knowledge.redline.redline import write_redline
from tests.fixtures.word_papers import paragraph, read, run, word_file
from tests.fixtures.word_views import by, comment_ids, faults, lines, normal, part, view

AUTHOR = "Sagebrush Family Medicine"
THEIRS = 'w:author="Payer Counsel" w:date="2026-01-05T00:00:00Z"'
LOOKS = ("", "<w:b/>", "<w:i/>", '<w:sz w:val="20"/>', '<w:b/><w:u w:val="single"/>')
PARAGRAPHS = (
    "", '<w:jc w:val="both"/>', '<w:ind w:left="720"/>',
    '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="4"/></w:numPr>',
    '<w:numPr><w:ilvl w:val="1"/><w:numId w:val="4"/></w:numPr>',
)  # fmt: skip
NUMBERING = (
    '<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt'
    ' w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl><w:lvl w:ilvl="1"><w:start w:val="1"/>'
    '<w:numFmt w:val="lowerLetter"/><w:lvlText w:val="(%2)"/></w:lvl></w:abstractNum>'
    '<w:num w:numId="4"><w:abstractNumId w:val="1"/></w:num>'
)
Count = Callable[[], int]


@st.composite
def inner(draw: st.DrawFn, count: Count) -> str:
    """What stands in one paragraph: words that stand nowhere else, cut into runs anywhere."""
    words = " ".join(f"w{count():04d}" for _ in range(draw(st.integers(1, 7))))
    words += draw(st.sampled_from(("", ".", ";")))
    cuts = sorted(set(draw(st.lists(st.integers(0, len(words)), max_size=4))) | {0, len(words)})
    made = ""
    for low, high in itertools.pairwise(cuts):
        text, looks = words[low:high], draw(st.sampled_from(LOOKS))
        wrap = draw(st.integers(0, 13))
        piece = run(text, looks)
        if wrap == 1:
            piece = f'<w:hyperlink r:id="rIdL">{piece}</w:hyperlink>'
        elif wrap == 2:
            piece = f"<w:sdt><w:sdtPr/><w:sdtContent>{piece}</w:sdtContent></w:sdt>"
        elif wrap == 3:
            piece = f'<w:ins w:id="{count()}" {THEIRS}>{piece}</w:ins>'
        elif wrap == 4:
            gone = f'<w:r><w:delText xml:space="preserve">x{count()} </w:delText></w:r>'
            piece += f'<w:del w:id="{count()}" {THEIRS}>{gone}</w:del>'
        elif wrap == 5:
            piece = f'<w:smartTag w:uri="u" w:element="e">{piece}</w:smartTag>'
        elif wrap == 6:
            mark = count()
            piece = (f'<w:bookmarkStart w:id="{mark}" w:name="b{mark}"/>{piece}'
                     f'<w:bookmarkEnd w:id="{mark}"/>')  # fmt: skip
        elif wrap == 7 and " " in text.strip():
            piece = piece.replace(" w0", '</w:t><w:tab/><w:t xml:space="preserve">w0', 1)
        elif wrap == 8:
            piece = f'<w:fldSimple w:instr=" REF a ">{piece}</w:fldSimple>'
        made += piece
    return made


@st.composite
def papers(draw: st.DrawFn) -> bytes:
    state = {"at": 100}

    def count() -> int:
        state["at"] += 1
        return state["at"]

    body = ""
    for _ in range(draw(st.integers(1, 5))):
        if draw(st.integers(0, 4)) == 0:
            cells = [paragraph(draw(inner(count))) for _ in range(draw(st.integers(1, 3)))]
            row = "".join(f"<w:tc><w:tcPr/>{cell}</w:tc>" for cell in cells)
            body += f"<w:tbl><w:tblPr/><w:tr>{row}</w:tr></w:tbl>"
        else:
            looks = draw(st.sampled_from(PARAGRAPHS))
            body += paragraph(draw(inner(count)), looks=looks)
    return word_file(body + paragraph("The end."), numbering=NUMBERING)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(paper=papers(), data=st.data())
def test_a_redline_goes_back_to_the_paper_and_on_to_the_words_wanted(
    paper: bytes, data: st.DataObject
) -> None:
    document = read(paper)
    wanted = lines(view(paper, "new"))
    changes: list[Change] = []
    for at, line in enumerate(wanted[:-1]):
        words = line.split(" ")
        if not line or not data.draw(st.booleans(), label=f"change {line}"):
            continue
        low = data.draw(st.integers(0, len(words) - 1))
        high = data.draw(st.integers(low + 1, len(words)))
        kind = data.draw(st.sampled_from(("in place", "in place", "out", "after the words")))
        new = " ".join(
            data.draw(
                st.lists(
                    st.sampled_from([*words[low:high], "new", "(180)"]), min_size=1, max_size=6
                )
            )
        )
        old = " ".join(words[low:high])
        start, end = _found(document.text, words[low:high])
        if kind == "after the words":
            words[high:high] = [new]
        else:
            new = "" if kind == "out" else new
            words[low:high] = [new] if new else []
        wanted[at] = " ".join(words)
        if kind == "in place" and new == old:
            continue
        changes.append(
            Change(str(at), "p", "T", old, new, "why", "6/2", "c", document.id, start, end,
                   "after the words" if kind == "after the words" else "in place")
        )  # fmt: skip
    done = write_redline(paper, document.text, changes, AUTHOR, date(2026, 11, 23))
    assert done.left == ()
    assert faults(done.content) == []
    ours = comment_ids(done.content, AUTHOR)
    assert len(ours) == len(changes)
    assert normal(view(done.content, "old", by(AUTHOR)), ours) == normal(part(paper)[0])
    assert normal(view(done.content, "old"), ours) == normal(view(paper, "old"))
    assert _said(lines(view(done.content, "new"))) == _said(wanted)


def _found(text: str, words: list[str]) -> tuple[int, int]:
    """Where words that stand nowhere else stand in the stored text."""
    start = text.index(words[0])
    return start, text.index(words[-1], start) + len(words[-1])


def _said(found: list[str]) -> list[str]:
    return [line for line in found if line]
