"""What the contract adapter is fitted on: questions and clauses by the concept they belong to.

The lexicon's own, its situations, and the clauses and questions of `training/*.toml`. None of
it was written with sight of the contracts or the questions that search is measured on.
"""

from __future__ import annotations

import random
import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from knowledge.retrieval.lexicon import lexicon

_BREAK = re.compile(r"(?<=[.;:])\s+(?=[A-Z(0-9-])")
_SHORTEST = 50  # characters of a sentence that may stand for its clause
_COMMON = (
    "General provisions", "Provider obligations", "Obligations of Plan", "Miscellaneous",
    "Other terms", "Administration", "Payment", "Services", "Participation", "Your part",
    "Our part", "untitled",
)  # fmt: skip


@dataclass(frozen=True)
class Matter:
    """One concept: captions, questions asked about it and clauses that settle it."""

    name: str
    heads: tuple[str, ...]
    questions: tuple[str, ...]
    clauses: tuple[str, ...]


@cache
def matters() -> tuple[Matter, ...]:
    """All concepts of the lexicon with their training texts, in its order.

    Raises KeyError where a training file names a concept that the lexicon lacks.
    """
    questions = {each.name: [*each.asks, *each.situations] for each in lexicon()}
    clauses = {each.name: list(each.says) for each in lexicon()}
    folder = files("knowledge.retrieval").joinpath("training")
    for file in sorted(folder.iterdir(), key=lambda file: file.name):
        if file.name.endswith(".toml"):
            for name, more in tomllib.loads(file.read_text(encoding="utf-8")).items():
                questions[name] += more.get("questions", [])
                clauses[name] += more.get("clauses", [])
    return tuple(
        Matter(each.name, each.heads, tuple(questions[each.name]), tuple(clauses[each.name]))
        for each in lexicon()
    )


def as_indexed(matter: Matter, clause: str, chance: random.Random) -> str:
    """A clause as the index would hold it: whole or a sentence or two, mostly under a caption.

    The caption is the matter's own in two of five, else one that says nothing, or none.
    """
    parts = [part for part in _BREAK.split(clause) if len(part) > _SHORTEST]
    text = clause
    if len(parts) > 1 and chance.random() > 0.45:
        first = chance.randrange(len(parts))
        text = " ".join(parts[first : first + chance.choice((1, 1, 2))])
    drawn = chance.random()
    if drawn < 0.4:
        return f"{chance.choice(matter.heads)}: {text}"
    if drawn < 0.65:
        return f"{chance.choice(_COMMON)}: {text}"
    if drawn < 0.72:
        return f"{chance.choice(chance.choice(matters()).heads)}: {text}"
    return text
