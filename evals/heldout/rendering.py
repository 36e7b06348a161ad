"""The held-out contracts as the files a practice would receive, two PDF and one Word."""

from __future__ import annotations

from pathlib import Path

from evals.sample_practice.markup import blocks_of
from evals.sample_practice.papers import Paper
from evals.sample_practice.pdf_contract import write_pdf
from evals.sample_practice.word_contract import write_word

TEXTS = Path(__file__).parent / "contracts"

_PAPERS = (
    Paper(
        slug="osprey_bend",
        payer="Osprey Bend Health",
        kind="contract",
        format="pdf",
        file="osprey_bend_physicians_agreement.pdf",
        running_title="Osprey Bend Health - Participating Physicians' Agreement",
        font="Times",
        leading=15.5,
        margin=1.25,
        justified=True,
        centred_headings=True,
    ),
    Paper(
        slug="copper_basin",
        payer="Copper Basin Mutual",
        kind="contract",
        format="docx",
        file="copper_basin_clinic_agreement.docx",
        running_title="Copper Basin Mutual - Working Together",
        font="Calibri",
        leading=14,
        margin=1.0,
    ),
    Paper(
        slug="lantana",
        payer="Lantana National Benefit",
        kind="contract",
        format="pdf",
        file="lantana_group_agreement.pdf",
        running_title="Lantana National Benefit - Group Practitioner Network Agreement",
        font="Helvetica",
        size=10,
        leading=13.5,
        margin=0.95,
    ),
)


def write_heldout(folder: Path) -> list[tuple[Path, str]]:
    """Each held-out contract written into the folder, with the payer's name.

    The folder must exist; a file of the same name in it is replaced.
    """
    return [(_written(paper, folder), paper.payer) for paper in _PAPERS]


def _written(paper: Paper, folder: Path) -> Path:
    text = (TEXTS / f"{paper.slug}.txt").read_text(encoding="utf-8")
    write = {"pdf": write_pdf, "docx": write_word}[paper.format]
    path = folder / paper.file
    write(blocks_of(text), paper, path)
    return path
