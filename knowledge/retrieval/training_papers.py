"""Whole papers with questions on them: what tells the adapter a clause from its neighbours.

`training/papers/*.txt` are agreements of our own; questions.toml names for each question words
of the paper that answer it. A paper is cut as the index cuts it.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files

import numpy as np

HARDEST = 12  # sentences that come near a question without answering it


@dataclass(frozen=True)
class Asked:
    """A question, and places of sentences: those that answer it, and hard others.

    beside: all sentences of the passages that answer; they count neither way.
    """

    question: str
    answers: tuple[int, ...]
    beside: frozenset[int]
    hard: tuple[int, ...]


@dataclass(frozen=True)
class Paper:
    """The headed sentences of a paper, the passage about each, and the questions on it."""

    sentences: tuple[str, ...]
    around: tuple[str, ...]
    asked: tuple[Asked, ...]


@cache
def training_papers() -> tuple[Paper, ...]:
    """All papers; their hard sentences are those that the shipped weights put nearest.

    Raises ValueError for an answer that no passage holds.
    """
    folder = files("knowledge.retrieval").joinpath("training/papers")
    questions = tomllib.loads(folder.joinpath("questions.toml").read_text(encoding="utf-8"))
    return tuple(_paper(name, asked) for name, asked in sorted(questions.items()))


def _paper(name: str, asked: dict[str, str]) -> Paper:
    from knowledge.documents.document import document_from
    from knowledge.documents.parse import parsed
    from knowledge.retrieval.encoder import shared_encoder
    from knowledge.retrieval.passage_index import document_index

    folder = files("knowledge.retrieval").joinpath("training/papers")
    with as_file(folder.joinpath(f"{name}.txt")) as path:
        index = document_index(document_from(parsed(str(path), path.name)))
    assert index is not None
    entries = [entry for entry in index.entries for _ in entry.sentences]
    plain = [_even(sentence) for entry in index.entries for sentence in entry.sentences]
    headed = [f"{entry.caption}: {s}" for entry in index.entries for s in entry.sentences]
    encoder = shared_encoder().for_contracts()
    like = encoder.encode(list(asked)) @ encoder.encode(headed).T
    made = []
    for (question, answer), near in zip(asked.items(), like, strict=True):
        words = _even(answer)
        holding = {entry.key for entry in entries if words in _even(entry.passage.text)}
        beside = frozenset(at for at, entry in enumerate(entries) if entry.key in holding)
        if not beside:
            raise ValueError(f"{name}: no passage holds {answer!r}")
        answers = tuple(at for at in beside if words in plain[at] or plain[at] in words)
        hard = [int(at) for at in np.argsort(-near) if int(at) not in beside][:HARDEST]
        made.append(Asked(question, answers or tuple(sorted(beside)), beside, tuple(hard)))
    return Paper(tuple(headed), tuple(entry.embedded for entry in entries), tuple(made))


def _even(text: str) -> str:
    return " ".join(text.split())
