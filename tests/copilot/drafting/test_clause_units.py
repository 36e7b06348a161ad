"""Sentences, lists and rows of a contract, each with the captions it stands under."""

from dataclasses import replace
from pathlib import Path

import pytest

from copilot.drafting.clause_units import Unit, units_of
from knowledge.documents.document import Document, document_from
from knowledge.documents.parse import parsed

PAPER = """# TERMS

## 3. When must you ask us first?

You never have to ask us before any of these:

- a visit to your office, whatever the reason;
- counseling, for one person or a family.

## 4. Licenses

4.1 Who May Join. We accept: (a) psychologists; (b) social workers; and (c) counselors.

## 5. Schedule of Approval

| Service | Remark |
|---|---|
| Imaging | All of it |
| Psychological testing | After eight hours |
"""


@pytest.fixture
def units(tmp_path: Path) -> tuple[Unit, ...]:
    path = tmp_path / "terms.md"
    path.write_text(PAPER, encoding="utf-8")
    made: Document = replace(document_from(parsed(str(path), path.name)), id="a" * 16)
    found = units_of(made)
    assert all(made.text[unit.start : unit.end] == unit.words for unit in found)
    return found


def holding(units: tuple[Unit, ...], words: str) -> Unit:
    (found,) = [unit for unit in units if words in unit.words]
    return found


def test_a_short_list_is_one_unit_with_the_line_that_opens_it(units: tuple[Unit, ...]) -> None:
    never = holding(units, "counseling, for one person")
    assert never.words.startswith("You never have to ask")
    assert "When must you ask us first?" in never.under


def test_items_of_a_sentence_stay_together_and_its_caption_is_not_of_it(
    units: tuple[Unit, ...],
) -> None:
    listed = holding(units, "psychologists")
    assert listed.words == "We accept: (a) psychologists; (b) social workers; and (c) counselors."


def test_a_row_stands_under_the_head_of_its_table(units: tuple[Unit, ...]) -> None:
    row = holding(units, "Psychological testing")
    assert row.row
    assert "Schedule of Approval" in row.under
    assert "Remark" in row.under


def test_a_caption_that_asks_is_no_statement(units: tuple[Unit, ...]) -> None:
    assert not any(unit.words.endswith("?") for unit in units)
