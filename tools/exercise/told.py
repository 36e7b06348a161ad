"""The outcome of the exercise for a reader: sentences, one table, and plain data."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from knowledge.evidence import Basis, Cell, Citation, Figure, Sentence, Table, says
from knowledge.exercise.answer_key import Point
from knowledge.exercise.paper import NAME
from knowledge.exercise.paper_text import exercise_document
from tools.exercise.own_redline import OwnProposal
from tools.exercise.verdicts import Outcome, Verdict

NAMES = {"found": "found", "part": "found in part", "missed": "missed", "over": "over-asked",
         "left": "rightly left alone"}  # fmt: skip
ORDER = ("missed", "over", "part", "found", "left")
SAID = 2  # missed points told in a sentence, and as many others; the table has them all
LONGEST = 600  # characters of a reader's words that a table shows
Own = Mapping[str, OwnProposal]


def where(point: Point) -> Citation:
    """The point's section in the sample contract."""
    sample = exercise_document()
    section = next(s for s in sample.sections if s.number == point.section)
    quote = sample.text[section.start : section.end]
    return Citation(NAME, point.section, None, section.start, section.end, quote)


def counted(made: Outcome) -> dict[str, Figure]:
    """How many bad points had each result, how many there are, and the fair ones marked."""
    bad = [v for v in made.verdicts if v.point.kind == "bad"]
    basis = Basis("points of the answer key, each held against your marks")
    counts = {name: len(made.of("bad", name)) for name in ("found", "part", "missed", "over")}
    counts |= {
        "bad": len(bad),
        "too much": len(made.of("bad", "over")) + len(made.of("fair", "over")),
    }
    return {
        name: Figure(f"Exercise points, {name}", Decimal(n), "count", basis)
        for name, n in counts.items()
    }


def score_figure(made: Outcome) -> Figure:
    """The score with how it is made."""
    return Figure(
        "Score of the exercise", made.score, "percent",
        Basis(
            "100 x (weights of the points found, half of them where found in part or over-asked,"
            " less 1 for each fair clause marked) / weights of all points to be found; weights:"
            " high 3, medium 2, low 1; never below 0"
        ),
        places=0,
    )  # fmt: skip


def headline(made: Outcome) -> Sentence:
    """What was found of what there was to find, in one sentence."""
    n = counted(made)
    if not made.marks:
        return says(
            "No mark was found in your copy, so all {bad} points are still to be found.",
            bad=n["bad"],
        )
    if made.score == 100 and not made.of("fair", "over"):
        return says(
            "You found all {bad} points, and none of your marks asks for too much.", bad=n["bad"]
        )
    return says(
        "You found {found} of the {bad} points outright and {part} in part; {missed} were missed,"
        " and {over} of your marks ask for too much.",
        found=n["found"],
        bad=n["bad"],
        part=n["part"],
        missed=n["missed"],
        over=n["too much"],
    )


def sentences(made: Outcome) -> tuple[Sentence, ...]:
    """The score, then what was missed, over-asked and half right, the weightiest first."""
    score = says("Weighed by severity, that is a score of {score}.", score=score_figure(made))
    missed = [
        says("Missed: {title} {where}. {why}", title=v.point.title, where=where(v.point),
             why=v.point.why)
        for v in made.of("bad", "missed")[:SAID]
    ]  # fmt: skip
    others = [*made.of("fair", "over"), *made.of("bad", "over"), *made.of("bad", "part")]
    told = [
        says("{result}: {title} {where}. {note}", result=NAMES[v.result].capitalize(),
             title=v.point.title, where=where(v.point), note=v.note)
        for v in others[:SAID]
    ]  # fmt: skip
    return (score, *missed, *told)


def table(made: Outcome, own: Own) -> Table:
    """Every point with the reader's words beside ours, what was missed first."""
    rows: list[tuple[Cell, ...]] = [
        (
            NAMES[v.result],
            v.point.section,
            v.point.title,
            v.point.severity if v.point.kind == "bad" else "fair",
            _words(v) or "(no mark)",
            ours(v.point, own),
            " ".join(filter(None, (v.note, v.point.what, v.point.why))),
            v.point.guide,
        )
        for v in sorted(made.verdicts, key=lambda v: (v.point.kind, ORDER.index(v.result)))
    ]
    rows += [
        ("neither", mark.section, "", "", mark.words[:LONGEST], "", said, "")
        for mark, said in made.others
    ]
    columns = ("Result", "Section", "Point", "Weight", "Your words", "Our proposal", "Why", "Guide")
    return Table("Your marks beside the copilot's own redline", columns, tuple(rows), 20)


def ours(point: Point, own: Own) -> str:
    """What we propose at a point."""
    if point.kind == "fair":
        return "Leave it as it is"
    return own[point.section].words


def as_data(made: Outcome, own: Own) -> dict[str, Any]:
    """The outcome as plain data for JSON."""
    return {
        "score": int(made.score),
        "marks": made.marks,
        **{name: len(made.of("bad", name)) for name in ("found", "part", "missed", "over")},
        "over_asked": len(made.of("bad", "over")) + len(made.of("fair", "over")),
        "points": [
            {
                "id": v.point.id,
                "result": v.result,
                "kind": v.point.kind,
                "section": v.point.section,
                "title": v.point.title,
                "severity": v.point.severity,
                "guide": v.point.guide,
                "what": v.point.what,
                "why": v.point.why,
                "note": v.note,
                "yours": [mark.words for mark in v.marks],
                "ours": ours(v.point, own),
            }
            for v in made.verdicts
        ],
        "other_marks": [
            {"section": mark.section, "yours": mark.words, "said": said}
            for mark, said in made.others
        ],
    }


def _words(verdict: Verdict) -> str:
    return "; ".join(mark.words for mark in verdict.marks)[:LONGEST]
