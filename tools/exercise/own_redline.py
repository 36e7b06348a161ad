"""The copilot's own redline of the exercise: what it changes where, and the Word file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from knowledge.exercise.answer_key import points
from knowledge.exercise.paper import NAME, PAYER, exercise_paper
from knowledge.exercise.paper_text import exercise_document
from knowledge.redline import comments
from knowledge.redline.marks import Pen
from knowledge.redline.word_file import WordFile
from knowledge.redline.word_paragraphs import word_paragraphs
from tools.exercise.bench import on_the_bench
from tools.redlining.changes import proposal
from tools.redlining.files import redline_files
from tools.review_contract import review_contract

_ONLY_A_REMARK = ("blank", "exhibit_missing")  # words that only the two parties can write


@dataclass(frozen=True)
class OwnProposal:
    """What we propose at one section: the words now and ours, or in `new` what we remark."""

    old: str
    new: str
    remark: bool = False

    @property
    def words(self) -> str:
        """The proposal in one line for a reader."""
        if self.remark:
            return f"Comment: {self.new}"
        return f"{self.old} → {self.new or '(taken out)'}"


@lru_cache(maxsize=2)
def own_proposals(today: date) -> dict[str, OwnProposal]:
    """Our proposal by section number, at our opening."""
    sample = exercise_document()
    found: dict[str, OwnProposal] = {}
    with on_the_bench(sample, today) as practice:
        for change in proposal(practice, PAYER).changes:
            section = sample.section_at(change.start)
            found.setdefault(section.label if section else "", OwnProposal(change.old, change.new))
        for issue in review_contract(practice, payers=[PAYER]).details["issues"]:
            if issue["position"] in _ONLY_A_REMARK and issue["section"]:
                asked = str(issue["ask"])
                told = OwnProposal("", f"{asked[:1].upper()}{asked[1:]}.", remark=True)
                found.setdefault(issue["section"], told)
    return found


def own_redline(today: date, author: str) -> bytes:
    """The sample contract with our changes tracked in it and our reasons as comments."""
    sample = exercise_document()
    with on_the_bench(sample, today, author, exercise_paper()) as practice:
        (marked,) = redline_files(practice, proposal(practice, PAYER))
    file = WordFile(marked.content, NAME)
    pen = Pen(
        comments.writable(author).strip() or "Practice", today.isoformat(), file.first_free_id
    )
    told = own_proposals(today)
    for point in points():
        said = told.get(point.section)
        if said is None or not said.remark:
            continue
        home = next(p for p in word_paragraphs(file.body) if p.text.startswith(f"{point.section} "))
        number = pen.taken()
        comments.anchor_paragraph(number, home.element)
        lines = (point.title, said.new, f"Contracting guide {point.guide}.")
        file.add_comment(comments.comment(lines, number, pen))
    return file.as_bytes()
