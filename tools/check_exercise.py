"""The exercise checked: a reader's marks beside the copilot's own redline."""

from __future__ import annotations

from knowledge.evidence import Finding, Passage, says
from knowledge.exercise.paper_text import marked_document
from tools.exercise.kept import kept_marked
from tools.exercise.own_redline import own_proposals
from tools.exercise.told import as_data, counted, headline, score_figure, sentences, table, where
from tools.exercise.verdicts import outcome
from tools.practice import Practice
from tools.registry import tool
from tools.start_exercise import begun


@tool(
    label="Exercise checked",
    asks=[
        "how did I do",
        "how did I do on the exercise",
        "check my marked-up sample contract",
        "what did I miss in the exercise",
        "compare my redline of the sample with yours",
        "grade my markup of the practice contract",
        "which points did I find in the sample contract",
        "did I ask for too much in the exercise",
        "my score in the contract exercise",
    ],
    examples=["How did I do on the exercise?"],
)
def check_exercise(practice: Practice) -> Finding:
    """The marks on the sample contract held against the copilot's own redline, point by point.

    Each point is found, found in part, missed or over-asked, with why, the guide's number,
    the reader's words and our proposal. It reads the marked copy that was given back last.
    """
    kept = kept_marked(practice.workspace)
    if kept is None:
        return begun(practice, "No marked copy of the exercise has come back yet.")
    made = outcome(marked_document(kept), practice.today)
    own = own_proposals(practice.today)
    return Finding(
        headline=headline(made),
        sentences=sentences(made),
        figures=(*counted(made).values(), score_figure(made)),
        passages=tuple(Passage(where(v.point)) for v in made.verdicts),
        table=table(made, own),
        caveats=(
            says(
                "Your words were read as accepted, by the same readers that review a contract, and"
                " a remark counts like a change; where a result looks wrong, trust the reasons over"
                " the score. Ours is one good redline at our opening, not the only one."
            ),
        ),
        next_steps=(
            "Which clauses does the guide say to check?",
            "Let me practice marking up a contract.",
            "Review our contracts.",
        ),
        details={"exercise": "own redline", **as_data(made, own)},
        done=f"Read {made.marks} marks and held them against {len(made.verdicts)} points",
    )
