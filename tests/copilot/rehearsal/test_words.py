"""The rep's words: nothing unsaid, no number of their own, each temperament in its own voice."""

from __future__ import annotations

import ast
import re
from itertools import combinations
from pathlib import Path

import pytest

import copilot.rehearsal
from copilot.drafting.objections import objections
from copilot.rehearsal.credit import answers
from copilot.rehearsal.moves import TRAPS
from copilot.rehearsal.scoring import criteria
from copilot.rehearsal.speaking import words_of
from copilot.rehearsal.temper import temper_named, tempers
from knowledge.guide_entries import entry

VOICES = ["usual", *tempers()]
NAMED = {
    "payer", "offer", "ask", "day", "what", "why", "now", "medicare", "years", "value",
    "comparison", "hours", "when", "median", "measure", "members", "visits", "rate", "paid",
}  # fmt: skip


def acts() -> set[str]:
    """Every act named by a literal in the code."""
    folder = Path(copilot.rehearsal.__path__[0])
    names: set[str] = set()
    for file in folder.glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Act":
                choices = node.args[0] if node.args else None
                for part in ast.walk(choices) if choices else ():
                    inside = isinstance(choices, ast.JoinedStr)
                    if isinstance(part, ast.Constant) and not inside:
                        names.add(str(part.value))
    return {name for name in names if re.fullmatch(r"[a-z_]+[a-z]", name)}


def test_every_act_has_words() -> None:
    named = acts()
    assert len(named) > 40
    assert named - words_of("usual").keys() == set()


@pytest.mark.parametrize("voice", VOICES)
def test_words_hold_no_number_and_only_known_names(voice: str) -> None:
    for act, listed in words_of(voice).items():
        assert act in words_of("usual"), act
        for words in listed:
            assert set(re.findall(r"\{([a-z_]+)\}", words)) <= NAMED, words
            assert not re.search(r"\d|%|[{}]", re.sub(r"\{[a-z_]+\}", "", words)), words


def test_what_a_temperament_says_can_be_answered() -> None:
    for temper in tempers().values():
        for key in (*temper.objections, *(TRAPS[trap] for trap in temper.traps)):
            assert key in objections()
            assert answers()[key]
        for key in temper.objections:
            assert len(words_of("usual")[f"objection_{key}"]) >= 2


def test_temperaments_share_hardly_a_sentence() -> None:
    for one, other in combinations(tempers(), 2):
        said = [
            {w for listed in words_of(voice).values() for w in listed} for voice in (one, other)
        ]
        assert len(said[0] & said[1]) <= 1, (one, other)


@pytest.mark.parametrize(
    ("words", "temper"),
    [
        ("rehearse with Kestrel, a tough rep", "tough"),
        ("practice with a friendly staller", "staller"),
        ("be a data-minded contracting person", "data"),
        ("someone junior without authority", "junior"),
        ("a polite bureaucrat", "courteous"),
        ("rehearse with Kestrel", None),
    ],
)
def test_a_temperament_is_told_from_the_words(words: str, temper: str | None) -> None:
    found = temper_named(words)
    assert (found.name if found else None) == temper


def test_criteria_add_up_to_one_hundred_and_cite_the_guide() -> None:
    assert sum(criterion.points for criterion in criteria()) == 100
    assert all(entry(criterion.guide) for criterion in criteria())
