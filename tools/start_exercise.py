"""The exercise begun: a sample contract to mark up in Word, and how that is done."""

from __future__ import annotations

from decimal import Decimal

from knowledge.evidence import Basis, Citation, Figure, Finding, Passage, says
from knowledge.exercise.answer_key import points
from knowledge.guide_entries import entry
from tools.practice import Practice
from tools.registry import tool


@tool(
    label="Practice contract",
    asks=[
        "start the exercise",
        "practice marking up a contract",
        "give me the sample contract to redline",
        "I want to learn how to redline a contract",
        "the exercise of the last chapter",
        "a practice contract with mistakes in it",
        "train me in reading payer contracts",
        "let me try to find the bad clauses myself",
    ],
    examples=["Let me practice marking up a contract."],
)
def start_exercise(practice: Practice) -> Finding:
    """A sample contract of ours to practice on, to be marked up in Word and given back.

    It needs no data of the practice and is kept apart from its contracts.
    """
    return begun(practice)


def begun(practice: Practice, lead: str = "") -> Finding:
    """The exercise as an answer; lead: a sentence that goes before its own."""
    basis = Basis("points of the answer key")
    bad = Figure("Points to find", Decimal(sum(p.kind == "bad" for p in points())), "count", basis)
    fair = Figure("Fair clauses", Decimal(sum(p.kind == "fair" for p in points())), "count", basis)
    guide = entry("6/1")
    cited = Citation(guide.source, "6/1", None, guide.start, guide.end, guide.text)
    return Finding(
        headline=says(
            "{lead}The sample contract is ready to be marked up: {bad} points in it are worth a"
            " mark, and {fair} clauses sound hard and are fair.",
            lead=f"{lead} " if lead else "",
            bad=bad,
            fair=fair,
        ),
        sentences=(
            says(
                "Save it, open it in Word, and mark what you would not sign: change the words with"
                " tracked changes, or say in a comment what is wrong and what you want {guide}.",
                guide=cited,
            ),
            says(
                "Then drop the file on this page, or give it to `payer-copilot exercise --check`,"
                " and your marks are held against the copilot's own redline."
            ),
        ),
        figures=(bad, fair),
        passages=(Passage(cited),),
        caveats=(
            says(
                "The plan and the contract are invented. The exercise is kept apart: it never"
                " counts among your contracts."
            ),
        ),
        next_steps=(
            "How does the guide say to redline a contract?",
            "Which clauses does the guide say to check?",
            "How did I do on the exercise?",
        ),
        details={"exercise": "contract"},
        done="Made the sample contract ready",
    )
