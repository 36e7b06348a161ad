"""How much a question, and each passage, is about each concept of the lexicon.

By meaning where vectors are at hand, by words alone where they are not.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from knowledge.retrieval.lexicon import question_cues
from knowledge.retrieval.training_texts import matters
from knowledge.retrieval.vector_cache import VectorCache

Array = NDArray[np.float32]

_CUE = 0.15  # what a cue adds to the likeness of a question and a concept
_READ = 0.5  # what the reading learned from all ways of asking adds
_SHARP = 0.08  # temperature over concepts for a question
_CLAUSE_SHARP = 0.06  # and for a clause


@dataclass(frozen=True)
class ConceptVectors:
    """Questions and clauses of all concepts as vectors, with the concept each belongs to."""

    questions: Array
    questions_of: NDArray[np.int64]
    clauses: Array
    clauses_of: NDArray[np.int64]
    reading: Array  # (384, concepts): a question's vector times this says what it is about


@cache
def concept_texts() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """All questions and all clauses of the concepts, to be encoded."""
    groups = matters()
    return (
        tuple(text for each in groups for text in each.questions),
        tuple(text for each in groups for text in each.clauses),
    )


def concept_vectors(cache: VectorCache) -> ConceptVectors | None:
    """The concepts' vectors from the cache, None while any is missing."""
    questions, clauses = (cache.held(texts) for texts in concept_texts())
    if questions is None or clauses is None:
        return None
    questions_of = _owners([len(each.questions) for each in matters()])
    clauses_of = _owners([len(each.clauses) for each in matters()])
    reading = _reading(questions, questions_of)
    return ConceptVectors(questions, questions_of, clauses, clauses_of, reading)


def question_weights(query: str, vector: Array | None, known: ConceptVectors | None) -> Array:
    """How much a question is about each concept; not negative, sums to 1, or all 0.

    Without vectors by cues alone, and all 0 when no cue is found.
    """
    cues = np.sqrt(np.minimum(question_cues().counts(query), 2.0))
    if vector is None or known is None:
        total = float(cues.sum())
        return np.asarray(cues / total if total else cues, dtype=np.float32)
    like = np.maximum.reduceat(known.questions @ vector, _starts(known.questions_of))
    return _softmax(like + _CUE * cues + _READ * (vector @ known.reading), _SHARP)


def clause_shares(vectors: Array, known: ConceptVectors) -> Array:
    """What share of each text is about each concept, (vectors, concepts), rows summing to 1.

    Shares rather than likeness, so that a passage which resembles every clause a little does
    not win them all.
    """
    like = np.maximum.reduceat(vectors @ known.clauses.T, _starts(known.clauses_of), axis=1)
    return _softmax(like, _CLAUSE_SHARP)


def _softmax(values: Array, temperature: float) -> Array:
    grown = np.exp((values - values.max(axis=-1, keepdims=True)) / temperature)
    return np.asarray(grown / grown.sum(axis=-1, keepdims=True), dtype=np.float32)


def _reading(vectors: Array, owners: NDArray[np.int64]) -> Array:
    """Ridge regression from vectors of questions, (n, 384), to the concept of each.

    Solves (A'A + I) W = A'Y with Y one where the owner is. Unlike the nearest example it weighs
    what tells the concepts apart.
    """
    told = np.eye(int(owners.max()) + 1)[owners]
    grown = vectors.astype(np.float64)
    solved = np.linalg.solve(grown.T @ grown + np.eye(grown.shape[1]), grown.T @ told)
    return np.asarray(solved, dtype=np.float32)


def _owners(counts: list[int]) -> NDArray[np.int64]:
    return np.repeat(np.arange(len(counts)), counts)


def _starts(owners: NDArray[np.int64]) -> NDArray[np.int64]:
    return np.flatnonzero(np.diff(owners, prepend=-1))
