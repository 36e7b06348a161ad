"""Passages keep to sections, to their length, and to the words."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.documents.assembly import assembled
from knowledge.documents.blocks import Block, ReadFile
from knowledge.documents.document import Document, document_from
from knowledge.documents.passages import LONGEST, passages
from knowledge.documents.sentences import sentences

WORDS = st.sampled_from(
    ["Provider", "shall", "pay", "claims.", "within", "30", "days;", "Section", "4.1", "Plan",
     "C.R.S.", "10-16-121", "é", "“Clean", "Claim”", "𝛼", "no.", "(a)"]
)  # fmt: skip
NUMBERS = st.sampled_from(
    ["", "ARTICLE I ", "ARTICLE II ", "Section 1.1 ", "1.1 Term. ", "1.2 Claims. ", "2. ", "(a) ",
     "(b) ", "(i) ", "A. ", "B. ", "§ 3.1 ", "EXHIBIT B ", "Attachment 2: Rates ", "iv. ",
     "10.1.2 "]
)  # fmt: skip
PARAGRAPHS = st.lists(
    st.tuples(NUMBERS, st.lists(WORDS, min_size=1, max_size=120)).map(
        lambda pair: pair[0] + " ".join(pair[1])
    ),
    min_size=1,
    max_size=25,
)


def document_of(paragraphs: list[str]) -> Document:
    return assembled(ReadFile(tuple(Block(text) for text in paragraphs)), id="x", name="paper")


@settings(max_examples=150, deadline=None)
@given(PARAGRAPHS)
def test_offsets_are_code_points_of_the_stored_text(paragraphs: list[str]) -> None:
    document = document_of(paragraphs)
    assert document.text == "\n\n".join(p.rstrip() for p in _as_parted(document, paragraphs))
    for section in document.sections:
        assert 0 <= section.start < section.end <= len(document.text)
        assert section.heading in document.text[section.start : section.end]
    for cut in passages(document):
        citation = document.citation(cut.start, cut.end)
        assert citation.quote == document.text[cut.start : cut.end]
        assert citation.quote.strip() == citation.quote != ""


def _as_parted(document: Document, paragraphs: list[str]) -> list[str]:
    """The paragraphs as stored: long ones may have been parted at a section number."""
    return document.text.split("\n\n") if any(len(p) > 500 for p in paragraphs) else paragraphs


@settings(max_examples=150, deadline=None)
@given(PARAGRAPHS)
def test_passages_are_short_and_leave_out_nothing_but_bare_headings(
    paragraphs: list[str],
) -> None:
    document = document_of(paragraphs)
    covered = bytearray(len(document.text))
    for cut in passages(document):
        assert cut.end - cut.start <= LONGEST
        covered[cut.start : cut.end] = b"x" * (cut.end - cut.start)
    left = "".join(letter for letter, mark in zip(document.text, covered, strict=True) if not mark)
    headings = sum(len(f"{s.number} {s.heading}") + 150 for s in document.sections)
    assert len(" ".join(left.split())) <= headings


@settings(max_examples=80, deadline=None)
@given(PARAGRAPHS)
def test_sections_nest_and_come_in_order(paragraphs: list[str]) -> None:
    sections = document_of(paragraphs).sections
    assert [s.start for s in sections] == sorted(s.start for s in sections)
    for at, section in enumerate(sections):
        for later in sections[at + 1 :]:
            assert later.start >= section.end or later.end <= section.end
            if later.start < section.end:
                assert later.level > section.level


@settings(max_examples=50, deadline=None)
@given(PARAGRAPHS)
def test_a_document_survives_its_own_storage(paragraphs: list[str]) -> None:
    import json

    document = document_of(paragraphs)
    assert document_from(json.loads(json.dumps(document.as_data()))) == document


def test_sentences_do_not_end_at_abbreviations_and_statutes() -> None:
    text = "Plan follows C.R.S. 10-16-106.5 and No. 4 of the list. It pays Dr. Able in 30 days."
    assert [text[low:high] for low, high in sentences(text, 0, len(text))] == [
        "Plan follows C.R.S. 10-16-106.5 and No. 4 of the list.",
        "It pays Dr. Able in 30 days.",
    ]


def test_a_short_section_is_one_passage_with_its_parts() -> None:
    document = document_of(
        ["4.1 Filing. Claims are filed:", "(a) in ninety days; or", "(b) in sixty.", "4.2 Pay. No."]
    )
    assert [document.text[c.start : c.end].count("\n\n") for c in passages(document)] == [2, 0]
