"""A paper put together from parts: paragraphs, lists and tables that keep their figures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from knowledge.evidence import Cell, Citation, Figure, Sentence


@dataclass(frozen=True)
class Part:
    """One part of a paper: its Markdown and what it stands on.

    key: the name by which a user may take it out.
    """

    key: str
    text: str
    figures: tuple[Figure, ...] = ()
    citations: tuple[Citation, ...] = ()


def part(key: str, heading: str, *blocks: Sentence | None) -> Part | None:
    """Blocks under a heading ("" for none); None where every block is empty."""
    held = [block for block in blocks if block is not None and block.text]
    if not held:
        return None
    whole = joined(held, "\n\n")
    text = f"### {heading}\n\n{whole.text}" if heading else whole.text
    return Part(key, text, whole.figures, whole.citations)


def joined(sentences: Iterable[Sentence | None], by: str = " ") -> Sentence:
    """Sentences in a row as one, with all that stands in them; empty ones left out."""
    held = [each for each in sentences if each is not None and each.text]
    return Sentence(
        by.join(each.text for each in held),
        tuple(figure for each in held for figure in each.figures),
        tuple(citation for each in held for citation in each.citations),
    )


def listed(sentences: Iterable[Sentence | None]) -> Sentence:
    """Sentences as a list; empty ones left out."""
    held = [each for each in sentences if each is not None and each.text]
    return joined([Sentence(f"- {s.text}", s.figures, s.citations) for s in held], "\n")


def grid(columns: Sequence[str], rows: Sequence[Sequence[Cell | Sentence]]) -> Sentence:
    """A Markdown table; a column with more numbers than words stands to the right. Empty
    without rows."""
    if not rows:
        return Sentence("")
    right = [_of_numbers([row[at] for row in rows]) for at in range(len(columns))]
    lines = [
        "| " + " | ".join(columns) + " |",
        "|" + "|".join("---:" if number else "---" for number in right) + "|",
    ]
    lines += ["| " + " | ".join(_cell(cell) for cell in row) + " |" for row in rows]
    cells = [cell for row in rows for cell in row]
    said = [cell for cell in cells if isinstance(cell, Sentence)]
    return Sentence(
        "\n".join(lines),
        (*(cell for cell in cells if isinstance(cell, Figure)),
         *(figure for each in said for figure in each.figures)),
        tuple(citation for each in said for citation in each.citations),
    )  # fmt: skip


def _of_numbers(cells: Sequence[Cell | Sentence]) -> bool:
    numbers = sum(isinstance(c, Figure) and not isinstance(c.value, date) for c in cells)
    words = sum(bool(c) and not isinstance(c, Figure) for c in cells)
    return numbers > words


def _cell(cell: Cell | Sentence) -> str:
    if isinstance(cell, Figure):
        return cell.token()
    if isinstance(cell, Sentence):
        return cell.text
    return (cell or "").replace("|", "/").replace("\n", " ")
