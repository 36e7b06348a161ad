"""`payer-copilot eval behavioral_questions`: what the contract answers is answered, the rest asked.

On each of the seven sample contracts the list's answers are held against labels read by
hand. An answer is right where the contract answers the question and the quote given is of
the words that do. Precision is the share of given answers that are right, recall the share
of answerable questions that are answered rightly, and asked the share of questions the
contract does not answer that are left open.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from copilot.core import Copilot
from copilot.drafting.bank import questions
from evals.scenarios.cases import data
from evals.scenarios.play import call
from evals.scenarios.workspaces import written_workspace
from evals.scoring import Report, Score, measure

TODAY = date(2026, 11, 23)
QUOTED = re.compile(r"“([^”]*)”\s*\[")


@dataclass(frozen=True)
class Judged:
    """One question on one contract: whether it can be answered, was, and with right words."""

    contract: str
    question: str
    answerable: bool
    quotes: tuple[str, ...]
    right: bool

    @property
    def answered(self) -> bool:
        """Whether a quote was given."""
        return bool(self.quotes)


def run() -> Report:
    """The list of each sample contract against its labels."""
    with tempfile.TemporaryDirectory() as folder:
        workspace = written_workspace(Path(folder), "contracts", "")
        with Copilot(workspace, TODAY, "evaluation") as copilot:
            copilot.wait_until_warm()
            copilot.finish_index()
            return report_of(list(judged(copilot)))


def judged(copilot: Copilot) -> Iterator[Judged]:
    """Every labelled question on every sample contract, as the list has it."""
    for contract, label in data("bh_labels").items():
        key = call(
            copilot,
            "draft_bh_questions",
            {"payer": label["payer"]},
            f"bh-{contract.replace('_', '-')}",
            "behavioral health questions",
        )
        assert key is not None
        body = copilot.draft_out(copilot.drafts.latest(key)).body
        yield from judge(contract, label, answers_in(body, {q.ask: q.id for q in questions()}))


def answers_in(body: str, asks: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """The quotes below each question of a list, by the question's id.

    asks: the id of each question by its words. Raises KeyError for a question not known.
    """
    found: dict[str, tuple[str, ...]] = {}
    for block in re.split(r"(?m)^- \*\*", body)[1:]:
        ask, _, rest = block.partition("**")
        found[asks[ask.strip()]] = tuple(QUOTED.findall(rest))
    return found


def judge(
    contract: str, label: Mapping[str, Any], answers: Mapping[str, Sequence[str]]
) -> Iterator[Judged]:
    """Each question of a list against its label; those called unclear are left out."""
    for question, quotes in answers.items():
        if question in label["unclear"]:
            continue
        words = label["answered"].get(question, [])
        said = " ".join(re.sub(r"\s+", " ", quote) for quote in quotes)
        right = bool(quotes) and any(w.casefold() in said.casefold() for w in words)
        yield Judged(contract, question, bool(words), tuple(quotes), right)


def report_of(results: Sequence[Judged]) -> Report:
    """Precision, recall and what is rightly asked, with what went wrong."""
    answered = [r for r in results if r.answered]
    answerable = [r for r in results if r.answerable]
    measures = {
        "answers right (precision)": measure([float(r.right) for r in answered]),
        "answerable answered (recall)": measure([float(r.right) for r in answerable]),
        "unanswerable asked": measure([float(not r.answered) for r in results if not r.answerable]),
    }
    failures = []
    for r in results:
        if r.answered and not r.right:
            kind = (
                "the quote does not answer it" if r.answerable else "the contract does not answer"
            )
            failures.append(
                Score(f"{r.contract} {r.question}", 0.0, f"{kind}: {r.quotes[0][:90]!r}")
            )
        elif r.answerable and not r.answered:
            failures.append(Score(f"{r.contract} {r.question}", 0.0, "answered in the contract"))
    return Report("behavioral_questions", measures, tuple(failures))
