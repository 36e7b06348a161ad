"""Writes one contract or letter of the sample practice in the format of its payer."""

from __future__ import annotations

from pathlib import Path

from evals.sample_practice.markup import blocks_of
from evals.sample_practice.papers import Paper
from evals.sample_practice.pdf_contract import write_pdf
from evals.sample_practice.word_contract import write_word


def write_contract(paper: Paper, folder: Path) -> Path:
    """The path of the contract written into the folder, as PDF or Word."""
    path = folder / paper.file
    write = {"pdf": write_pdf, "docx": write_word}[paper.format]
    write(blocks_of(paper.text()), paper, path)
    return path
