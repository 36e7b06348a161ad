"""The sections of papers in the styles payers write (outlines.toml)."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from knowledge.documents.assembly import assembled
from knowledge.documents.blocks import Block, ReadFile
from knowledge.documents.document import Document

PAPERS = tomllib.loads((Path(__file__).parent / "outlines.toml").read_text(encoding="utf-8"))[
    "paper"
]


def document_of(text: str) -> Document:
    """A document from lines: `# 2 Words` is a heading of level 2, `**Words.**` is bold."""
    blocks = []
    for chunk in text.strip().split("\n\n"):
        if match := re.match(r"# (\d) (.*)", chunk):
            blocks.append(Block(match[2], level=int(match[1])))
        elif match := re.match(r"\*\*(.+?)\*\*(.*)", chunk):
            blocks.append(Block(match[1] + match[2], bold=len(match[1])))
        else:
            blocks.append(Block(chunk))
    return assembled(ReadFile(tuple(blocks)), id="x", name="paper")


@pytest.mark.parametrize("paper", PAPERS, ids=[paper["name"] for paper in PAPERS])
def test_the_sections_a_reader_finds_are_found(paper: dict[str, Any]) -> None:
    document = document_of(paper["text"])
    found = [f"{s.number} | {s.heading} | {s.level}".strip() for s in document.sections]
    if not paper.get("first_only"):
        assert found == paper["sections"]
    numbers = [section.number for section in document.sections]
    for number in paper.get("later", []):
        assert number in numbers


def test_a_lettered_i_after_h_is_a_letter() -> None:
    paper = next(paper for paper in PAPERS if "I follows H" in paper["name"])
    document = document_of(paper["text"])
    ninth = next(section for section in document.sections if section.heading == "Ninth")
    assert ninth.level == 2
    assert ninth.path[0].endswith("MONEY")


def test_a_section_ends_where_the_next_of_its_level_begins() -> None:
    document = document_of(PAPERS[0]["text"])
    by_number = {section.number: section for section in document.sections}
    time = by_number["2.1"]
    assert document.text[time.start : time.end].endswith("begin with the notice of coverage.")
    assert document.own_end(time) == by_number["2.1(a)"].start
    assert document.section_at(by_number["2.1(b)(i)"].start + 5) == by_number["2.1(b)(i)"]


def test_every_section_begins_with_its_number_or_caption() -> None:
    for paper in PAPERS:
        document = document_of(paper["text"])
        for section in document.sections:
            words = document.text[section.start : section.end]
            assert section.heading in words
            last = re.split(r"[.( ]", section.number.rstrip(")"))[-1]
            assert last.lower() in words[:40].lower()


def test_an_attachment_for_a_line_of_business_says_so() -> None:
    document = document_of(PAPERS[2]["text"])
    scopes = {section.number: section.scope for section in document.sections}
    assert scopes["1.01"] is None
    assert scopes["Attachment 2"] == scopes["Attachment 2 1.01"] == "medicare_advantage"
    assert scopes["Attachment 1 1.01"] == "commercial"


def test_an_attachment_that_names_its_members_only_in_its_first_line_says_so() -> None:
    document = document_of(
        "1. Term. One year.\n\nExhibit C\n\n1. Use. This exhibit applies only to members "
        "enrolled in Medicaid.\n\n2. Filing. In one year."
    )
    assert document.sections[-1].scope == "medicaid"


def test_a_citation_names_the_section_and_quotes_it() -> None:
    document = document_of(PAPERS[0]["text"])
    start = document.text.index("the days do not run")
    citation = document.citation(start, start + 19)
    assert citation.quote == "the days do not run"
    assert citation.section == "2.1(b)(i)"


def test_a_lettered_part_of_a_bare_caption_is_cited_with_the_caption() -> None:
    paper = next(paper for paper in PAPERS if paper["name"].startswith("bare captions"))
    document = document_of(paper["text"])
    start = document.text.index("A bill in a series")
    assert document.citation(start, start + 6).section == "Filing Bills A"
